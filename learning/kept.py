"""Which lessons a phone keeps for when there is no signal, and what they weigh."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from learning.queries import Line, Stop
from media.speech.queries import bytes_of
from modules.models import ModulePage
from modules.speech import PREFIX

FEW = 5


@dataclass(frozen=True)
class KeptLesson:
    """One lesson that can be kept. `line`: what the phone is told of it; `sound`: bytes of its sound, about."""

    module: ModulePage
    line: str
    sound: int


@dataclass(frozen=True)
class KeptRow:
    """Lessons that are kept with one press, in the order in which they are taken."""

    lessons: tuple[KeptLesson, ...]

    @property
    def sound(self) -> int:
        """Bytes of the sound of all of them, about."""
        return sum(lesson.sound for lesson in self.lessons)


def told_of(module: ModulePage, trade: str) -> str:
    """Address and version of a lesson, as lms/offline/worker.js reads it: another trade has other examples."""
    return f"{reverse('learning:lesson', args=[module.slug])} {module.live_revision_id or 0}.{trade}"


def to_keep(stops: Iterable[Stop | None], trade: str) -> str:
    """What a page asks the phone to keep, as one attribute: lessons that can be taken, each once."""
    return "|".join(dict.fromkeys(told_of(stop.module, trade) for stop in stops if stop and not stop.coming))


def on_the_line(line: Line) -> list[Stop]:
    """What a learner does next, in order: what home shows unfolded."""
    return [*([line.next] if line.next else []), *line.ahead]


def for_on_the_way(line: Line) -> list[Stop]:
    """What is kept with one press: the own route, or the first few lessons of who has none."""
    return on_the_line(line)[: None if line.route else FEW]


def row_of(stops: Iterable[Stop | None], trade: str, sizes: Mapping[str, int]) -> KeptRow:
    """These lessons with their sizes (`sound_sizes`), without those that are only announced."""
    there = {stop.module.code: stop.module for stop in stops if stop and not stop.coming}
    return KeptRow(tuple(KeptLesson(one, told_of(one, trade), sizes.get(one.code, 0)) for one in there.values()))


def sound_sizes() -> dict[str, int]:
    """Bytes of the sound of every lesson by its code, as one phone plays it; one query."""
    return {name.removeprefix(PREFIX): size for name, size in bytes_of(PREFIX).items()}
