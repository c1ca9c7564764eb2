"""Lessons as a path builder needs them: what they are called, how long they take, and what is better done first."""

from collections.abc import Mapping
from dataclasses import dataclass

from modules.choices import Level, Track, Trade
from modules.curriculum.coming import MINUTES, planned_lessons
from modules.models import ModulePage
from modules.queries import catalogue, prerequisites, search_index
from modules.search import clean


@dataclass(frozen=True)
class Lesson:
    """One lesson, also one that is only planned."""

    code: str
    title: str
    pictogram: str = "book"
    minutes: int = MINUTES
    coming: bool = True
    slug: str = ""
    track: str = ""
    trades: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """All lessons by code, and the pages they came from, for searching."""

    by_code: Mapping[str, Lesson]
    modules: tuple[ModulePage, ...]

    def lesson(self, code: str) -> Lesson:
        """A lesson of the catalogue, or one that is planned; for an unknown code one that says so little."""
        planned = planned_lessons().get(code)
        if code in self.by_code or planned is None:
            return self.by_code.get(code) or Lesson(code, f"Les {code}")
        return Lesson(code, planned["title"]["standaard"], planned.get("pictogram", "book"))

    def knows(self, code: str) -> bool:
        return code in self.by_code or code in planned_lessons()


def shelf() -> Shelf:
    """Every lesson; two queries."""
    modules = tuple(catalogue())
    codes = {module.pk: module.code for module in modules}
    needs = prerequisites()
    return Shelf({module.code: _lesson(module, codes, needs.get(module.pk, [])) for module in modules}, modules)


def _lesson(module: ModulePage, codes: Mapping[int, str], needs: list[int]) -> Lesson:
    return Lesson(
        code=module.code,
        title=module.title,
        pictogram=module.pictogram,
        minutes=module.minutes,
        coming=not module.live,
        slug=module.slug,
        track=module.track,
        trades=tuple(module.trades),
        levels=tuple(module.levels),
        needs=tuple(codes[pk] for pk in needs if pk in codes),
    )


MINUTE_CHOICES = (("", "Maakt niet uit"), ("4", "Hoogstens 4"), ("5", "Hoogstens 5"), ("6", "Hoogstens 6"))


@dataclass(frozen=True)
class Wanted:
    """Which lessons a teacher looks for; '' means any. What is unknown is ignored."""

    words: str = ""
    track: str = ""
    trade: str = ""
    level: str = ""
    minutes: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        """What an address or a form asks for."""
        return cls(
            words=clean(asked.get("zoek", "")),
            track=_known(asked.get("lijn", ""), Track.values),
            trade=_known(asked.get("vak", ""), Trade.values),
            level=_known(asked.get("voor", ""), Level.values),
            minutes=_known(asked.get("duur", ""), [value for value, _ in MINUTE_CHOICES]),
        )

    @property
    def said(self) -> dict[str, str]:
        """As it stands in an address; nothing for what is any."""
        said = {"zoek": self.words, "lijn": self.track, "vak": self.trade, "voor": self.level, "duur": self.minutes}
        return {name: value for name, value in said.items() if value}

    def fits(self, lesson: Lesson) -> bool:
        return (
            (not self.track or lesson.track == self.track)
            and (not self.trade or not lesson.trades or self.trade in lesson.trades)
            and (not self.level or not lesson.levels or self.level in lesson.levels)
            and (not self.minutes or lesson.minutes <= int(self.minutes))
        )


def _known(value: str, values: list[str]) -> str:
    return value if value in values else ""


def find_lessons(shelf: Shelf, wanted: Wanted) -> list[Lesson]:
    """What fits, best first where words were typed, else in the order of the catalogue."""
    codes = search_index(shelf.modules).search(wanted.words) if wanted.words else list(shelf.by_code)
    return [lesson for code in codes if (lesson := shelf.by_code.get(code)) and wanted.fits(lesson)]
