"""Whether the questions of lessons give their answers away: by place, by length, or by always being untrue."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from language import limits
from language.variant import Variant
from modules.curriculum.quality.screens import Screens, Step, visible

ENOUGH = 3  # questions, before a pattern is one
OFTEN = 0.6  # of the questions of a lesson
MOST_IN_ONE_PLACE = 0.5  # of all questions with as many answers


@dataclass(frozen=True)
class Question:
    """One question with one right answer, as a variant shows it. Places count from 1, lengths are in words."""

    step: str
    place: int
    lengths: tuple[int, ...]

    @property
    def right(self) -> int:
        return self.lengths[self.place - 1]

    @property
    def longest_wrong(self) -> int:
        return max(length for place, length in enumerate(self.lengths, 1) if place != self.place)


def questions_of(steps: list[Step], variant: Variant, screens: Screens) -> list[Question]:
    """The questions with one right answer: keuze, and the reasons of a true or false sentence."""
    found = []
    for step in steps:
        options = visible(step, {"keuze": "options", "waar_onwaar": "reasons"}.get(step["type"], ""), variant)
        right = [place for place, option in enumerate(options, 1) if option.get("right")]
        if len(right) == 1 and len(options) > 1:
            lengths = tuple(len(limits.words(screens.shown(option["text"], variant))) for option in options)
            found.append(Question(step["id"], right[0], lengths))
    return found


def problems_of_questions(questions: list[Question]) -> Iterator[str]:
    """What gives answers away within one lesson, in one variant."""
    for question in questions:
        if question.right >= question.longest_wrong + 3 and question.right > 1.5 * question.longest_wrong:
            yield f"{question.step}: het goede antwoord valt op, het is veel langer dan de andere"
    if len(questions) < ENOUGH:
        return
    if len({question.place for question in questions}) == 1:
        yield f"het goede antwoord staat steeds op plek {questions[0].place}"
    longest = [question for question in questions if question.right > question.longest_wrong]
    if len(longest) > OFTEN * len(questions):
        yield f"het goede antwoord is bij {len(longest)} van de {len(questions)} vragen het langste"


def problems_over_lessons(lessons: list[list[Question]], sentences: list[bool]) -> Iterator[str]:
    """What gives answers away over all lessons together; `sentences`: which true or false sentences are true."""
    by_count: dict[int, Counter[int]] = {}
    for question in (question for questions in lessons for question in questions):
        by_count.setdefault(len(question.lengths), Counter())[question.place] += 1
    for count, places in sorted(by_count.items()):
        (place, often), total = places.most_common(1)[0], places.total()
        if total >= 10 and count > 2 and often > MOST_IN_ONE_PLACE * total:
            yield f"bij {count} antwoorden staat het goede {often} van de {total} keer op plek {place}"
    if len(sentences) >= 10 and not any(sentences):
        yield "alle waar-of-niet-waar-zinnen zijn onwaar"


def sentences_of(steps: list[Step]) -> list[bool]:
    """Which of its true or false sentences are true."""
    return [bool(step["is_true"]) for step in steps if step["type"] == "waar_onwaar"]


def signs_of(places: list[Question]) -> str:
    """The places of the right answers, for a table: '2-1-3'."""
    return "-".join(str(question.place) for question in places) or "–"


def judging(steps: list[dict[str, Any]]) -> set[str]:
    """The kinds among these steps in which one uses one's own judgement: every second lesson has one."""
    return {step["type"] for step in steps} & {"oefenchat", "zoek_de_fout", "scenario"}
