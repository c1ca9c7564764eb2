"""What was found about lessons, as a table for a terminal."""

from collections.abc import Iterator

from language.variant import Variant
from modules.curriculum.quality.lesson import LessonQuality
from modules.curriculum.quality.questions import signs_of

HEAD = ("les", "min", "niveau", "lezen", "luisteren", "stappen", "goed op plek", "oefening", "feiten", "fout")


def table(lessons: list[LessonQuality]) -> Iterator[str]:
    """A line per lesson; two figures in a column are those of Makkelijk and Gewoon."""
    rows = [HEAD, *(_row(lesson) for lesson in lessons)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(lesson: LessonQuality) -> tuple[str, ...]:
    data = lesson.source.data
    easy, plain = lesson.reports[Variant.MAKKELIJK], lesson.reports[Variant.STANDAARD]
    kinds = [step["type"] for step in data["steps"]]
    practice = [kind for kind in kinds if kind not in ("hook", "screen", "keuze", "waar_onwaar", "dit_doe_ik", "card")]
    return (
        lesson.code,
        str(data["minutes"]),
        f"{easy.level} {plain.level}",
        f"{easy.minutes_to_read} {plain.minutes_to_read}",
        f"{easy.minutes_to_listen} {plain.minutes_to_listen}",
        str(len(kinds)),
        signs_of(lesson.questions[Variant.STANDAARD]),
        ", ".join(practice) or "–",
        ", ".join(sorted(lesson.facts)) or "–",
        str(len(lesson.problems)),
    )
