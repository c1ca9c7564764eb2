"""What the first answers to a question of a lesson add up to, over a class: counts that leave here as shares only.

First answers, each part of an exercise once; private exercises and those without right and wrong are not counted. What
only Gewoon asks or offers is left out, for it would tell how many read Gewoon (decision 0030).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.kind import differs_per_variant, items
from insight.suppression import is_group, share, shares
from modules.leaves import name_of
from modules.steps import Step

YES, NO = "waar", "niet_waar"
TEXTS = ("text", "label", "title", "statement", "question", "name")


@dataclass
class FirstAnswers:
    """What one learner answered first: per part whether it was right, and the choice where there is one."""

    parts: dict[str, bool] = field(default_factory=dict)
    choice: str = ""

    def take(self, answer: Any, parts: Mapping[str, bool | None]) -> None:
        """A later answer to the same part changes nothing."""
        if not self.parts:
            self.choice = choice_of(answer)
        for part, correct in parts.items():
            if correct is not None:
                self.parts.setdefault(part, correct)


@dataclass(frozen=True)
class Told:
    """What may be told: about which part had all of it right at once, chose what, and had each part right."""

    people: int
    right: int | None = None
    choices: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)


def is_counted(step: Step) -> bool:
    """Whether first answers to this step are counted at all."""
    kind = step.kind
    return kind is not None and kind.graded and not kind.private and not kind.stays_here


def told_of(step: Step, answers: Iterable[FirstAnswers]) -> Told | None:
    """What may be told of these learners together; None for too few who answered all of it."""
    assert step.kind is not None
    asked = step.kind.required(step.value)
    whole = [one for one in answers if asked <= set(one.parts)]
    people = len(whole)
    if not is_group(people):
        return None
    right = share(sum(all(one.parts[part] for part in asked) for one in whole), people)
    choices: dict[str, int] = {}
    if right is not None and not differs_per_variant(step.value) and all(one.choice for one in whole):
        cells = dict.fromkeys(labels_of(step), 0)
        for one in whole:
            cells[one.choice] = cells.get(one.choice, 0) + 1
        choices = shares(cells) or {}
    parts = {}
    if len(asked) > 1:
        told = {part: share(sum(one.parts[part] for one in whole), people) for part in sorted(asked)}
        parts = {part: found for part, found in told.items() if found is not None}
    return Told(people, right, choices, parts)


def choice_of(answer: Any) -> str:
    """The one thing that was chosen; '' where an answer is more than one."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Mapping) and isinstance(answer.get("answer"), bool):
        return YES if answer["answer"] else NO
    return ""


def title_of(step: Step) -> str:
    """What is asked, or what the exercise is called."""
    for name in ("question", "statement", "title"):
        if words := _words(step.value.get(name)):
            return words
    return name_of(step)


def labels_of(step: Step) -> dict[str, str]:
    """The words for each choice or part of an exercise, in its own order."""
    if step.type == "waar_onwaar":
        return {YES: "Waar", NO: "Niet waar"}
    return dict(_labels(step.value))


def _labels(value: Any) -> Iterable[tuple[str, str]]:
    """Everything in an exercise that has an id and words."""
    if isinstance(value, Mapping):
        inner = value.get("value", value)
        if "id" in value and isinstance(inner, Mapping):
            words = next((text for name in TEXTS if (text := _words(inner.get(name)))), "")
            if words:
                yield str(value["id"]), words
        for one in value.values():
            yield from _labels(one)
    elif isinstance(value, list):
        for one in value:
            yield from _labels(one)


def _words(value: Any) -> str:
    text = value.get("standaard") if isinstance(value, Mapping) else value
    return text.splitlines()[0] if isinstance(text, str) and text else ""


def right_choices(step: Step) -> dict[str, bool]:
    """Which of the choices is right, where an exercise says so."""
    if step.type == "waar_onwaar":
        answer = bool(step.value["is_true"])
        return {YES: answer, NO: not answer}
    if step.type != "keuze":
        return {}
    return {option: bool(value.get("right")) for option, value in items(step.value, "options")}
