"""The one rule that says when a module is done, as a function and in words; both read `questions`.

Done means: every step seen, and every question right at the last try (curriculum brief, section 2).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from modules.steps import Steps

Results = Mapping[str, Mapping[str, bool | None]]


@dataclass(frozen=True)
class Question:
    """What one exercise asks before the module is done."""

    number: int
    step_id: str
    required: frozenset[str]
    """The parts that must be answered."""
    parts: frozenset[str]
    """The parts that may not be wrong at the last try."""
    graded: bool
    called: str
    """What its parts are called on screen."""
    plays: bool
    """Content from elsewhere says when it is done, or the learner does."""

    def is_met(self, given: Mapping[str, bool | None]) -> bool:
        """Whether these last verdicts are enough."""
        return self.required <= set(given) and not any(given.get(part) is False for part in self.parts)


def questions(steps: Steps) -> Iterator[Question]:
    """What each exercise of a module asks; one that stays on the phone asks nothing here."""
    for number, step in enumerate(steps.all, 1):
        if (kind := step.kind) and not kind.stays_here:
            required, parts = kind.required(step.value), kind.parts(step.value)
            plays = kind.hear is not None
            yield Question(number, step.id, required, parts, kind.graded, kind.parts_called, plays)


def is_complete(steps: Steps, seen: Collection[str], results: Results) -> bool:
    """True when this module, as it is in `steps`, is done.

    seen: ids of steps that were on screen. results: per exercise, per part, the last verdict;
    None is an answer without right or wrong.
    """
    if not len(steps) or not set(steps.ids) <= set(seen):
        return False
    return all(question.is_met(results.get(question.step_id, {})) for question in questions(steps))


def describe(steps: Steps) -> list[str]:
    """The same rule for this module, as Dutch sentences for its author."""
    if not len(steps):
        return ["Deze les heeft nog geen stappen. Zo kan niemand de les afmaken."]
    asked = list(questions(steps))
    graded = [question for question in asked if question.graded]
    sentences = [f"Klaar = {_seen(len(steps))}{_right(graded)}."]
    for question in graded:
        if free := len(question.parts - question.required):
            sentences.append(
                f"Bij stap {question.number} {'staat' if free == 1 else 'staan'} {free} van de {len(question.parts)} "
                f"{question.called} alleen in Gewoon. Die overslaan mag. Wie antwoord geeft, moet het goed hebben."
            )
    sentences += [
        f"Stap {question.number} heeft geen goed of fout. {_asks(question)}"
        for question in asked
        if not question.graded
    ]
    sentences += [
        f"Stap {number} blijft op de telefoon van de leerling. Gezien is genoeg."
        for number, step in enumerate(steps.all, 1)
        if step.kind and step.kind.stays_here
    ]
    return sentences


def _asks(question: Question) -> str:
    if not question.required:
        return "Gezien is genoeg."
    return "Afmaken moet wel." if question.plays else "Kiezen moet wel."


def _seen(count: int) -> str:
    return "de ene stap gezien" if count == 1 else f"alle {count} stappen gezien"


def _right(graded: list[Question]) -> str:
    if not graded:
        return ""
    count = "1 vraag" if len(graded) == 1 else f"{len(graded)} vragen"
    return f", en bij {count} het goede antwoord: stap {', '.join(map(_numbered, graded))}"


def _numbered(question: Question) -> str:
    if question.parts == {""}:
        return str(question.number)
    of_which = "" if question.required == question.parts else " van Makkelijk"
    return f"{question.number} (alle {len(question.required)} {question.called}{of_which})"
