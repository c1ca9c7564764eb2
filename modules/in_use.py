"""What a draft would change for people who take the lesson now. Who they are, this room does not know.

The room that knows how many are busy registers a count (`count_busy_with`); it is said from ten up only.
"""

from collections.abc import Callable, Iterator

from modules.compare import moved_ids
from modules.leaves import name_of
from modules.models import ModulePage
from modules.steps import Step, Steps

TOLD_FROM = 10  # people; below that, some
_counts: list[Callable[[str], int]] = []


def count_busy_with(count: Callable[[str], int]) -> None:
    """Register how many people are busy with the lesson of this code."""
    if count not in _counts:
        _counts.append(count)


def busy_with(code: str) -> int:
    """How many people are in this lesson now."""
    return sum(count(code) for count in _counts)


def people_in_words(count: int) -> str:
    """Never fewer than ten as a number; '' for nobody."""
    if not count:
        return ""
    many = f"{count} mensen zijn" if count >= TOLD_FROM else "Enkele mensen zijn"
    return f"{many} met deze les bezig. Hun antwoorden blijven."


def changes_for_learners(lesson: ModulePage) -> list[str]:
    """What the newest draft does to the exercises that are online, as sentences; texts and pictures do nothing."""
    if not lesson.live:
        return []
    newest = lesson.get_latest_revision_as_object().outline
    return list(_changes(ModulePage.objects.get(pk=lesson.pk).outline, newest))


def _changes(online: Steps, draft: Steps) -> Iterator[str]:
    moved = moved_ids(online.ids, draft.ids)
    for number, step in enumerate(online.all, 1):
        if step.kind is None:
            continue
        after, name = draft.by_id.get(step.id), f"Stap {number}, {name_of(step)}"
        if after is None:
            yield f"{name} gaat weg. Wie nog bezig is, hoeft hem niet meer te doen."
        elif after.type != step.type:
            yield f"{name} wordt een andere opdracht. Oude antwoorden horen bij de oude."
        elif _asks(after) != _asks(step):
            yield f"{name}: de antwoorden of wat goed is, verandert. Wie klaar is, blijft klaar."
        elif step.id in moved:
            yield f"{name} komt op een andere plek. Iedereen houdt zijn plek."
    for number, step in enumerate(draft.all, 1):
        if step.id not in online.by_id:
            yield f"Stap {number}, {name_of(step)} komt erbij. Wie klaar was, blijft klaar en ziet ‘Nieuw’."


def _asks(step: Step) -> tuple[object, ...]:
    """What decides whether an answer is right and enough."""
    kind = step.kind
    if kind is None:
        return ()
    key = getattr(kind.block, "key", lambda _: None)
    return key(step.value), kind.parts(step.value), kind.required(step.value)
