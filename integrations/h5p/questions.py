"""The exercises of a lesson as questions of H5P's standard content types, in one of its two texts.

keuze → MultiChoice; waar_onwaar → TrueFalse, and MultiChoice for its reasons; sorteer → a MultiChoice per card;
volgorde → DragText. A Question Set holds them.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape

from assessments.kind import Spec, items
from integrations.h5p.words import DRAG_TEXT, MULTI_CHOICE, TRUE_FALSE
from language.markup import lines, plain
from language.queries import WordsAndFacts
from language.variant import Variant
from modules.steps import Step

MULTI, TRUE, DRAG = "H5P.MultiChoice", "H5P.TrueFalse", "H5P.DragText"
KINDS = {MULTI: "Multiple Choice", TRUE: "True/False Question", DRAG: "Drag Text"}
SIGNS = {"wel": "Mag wel", "niet": "Mag niet", "vraag": "Vraag het eerst"}
_NAMES = uuid.UUID("0c7d5a8c-4a55-4d0b-8f5f-7b2b7f6a0e55")


@dataclass(frozen=True)
class Question:
    """One question: of which content type, what it holds, and a name that stays."""

    library: str
    name: uuid.UUID
    title: str
    params: dict[str, Any]


@dataclass(frozen=True)
class Reader:
    """Reads twin texts in one variant."""

    variant: Variant
    texts: WordsAndFacts

    def line(self, twin: Mapping[str, str]) -> str:
        """As one line, without marks."""
        return " ".join(self._lines(twin))

    def html(self, twin: Mapping[str, str]) -> str:
        """As paragraphs."""
        return "".join(f"<p>{escape(line)}</p>" for line in self._lines(twin))

    def shown(self, values: list[tuple[str, Spec]]) -> list[tuple[str, Spec]]:
        """The entries of a list that this variant has."""
        return [(key, value) for key, value in values if self._has(value)]

    def _has(self, value: Spec) -> bool:
        return self.variant == Variant.STANDAARD or not value.get("only_standaard")

    def _lines(self, twin: Mapping[str, str]) -> list[str]:
        raw = twin.get(self.variant) or twin["standaard"]
        return [plain(line, self.variant, self.texts) for line in lines(raw, self.variant, self.texts)]


def questions_of(step: Step, read: Reader) -> list[Question]:
    """What a step becomes; nothing for one that H5P's standard types cannot hold."""
    make = _MAKERS.get(step.type)
    return list(make(step.id, step.value, read)) if make else []


def _keuze(step: str, spec: Spec, read: Reader) -> Iterator[Question]:
    options = read.shown(items(spec, "options"))
    right = sum(bool(value.get("right")) for _, value in options)
    answers = [_answer(value["text"], bool(value.get("right")), value["why"], read) for _, value in options]
    yield _multi(step, read.html(spec["question"]), read.line(spec["question"]), answers, single=right == 1)


def _waar_onwaar(step: str, spec: Spec, read: Reader) -> Iterator[Question]:
    is_true = bool(spec["is_true"])
    title = read.line(spec["statement"])
    reasons = read.shown(items(spec, "reasons"))
    behaviour = {
        **TRUE_FALSE["behaviour"],
        "feedbackOnCorrect": read.line(spec["why"]),
        "feedbackOnWrong": read.line(spec["hint"]),
    }
    params = {
        **TRUE_FALSE,
        "question": f"<p>Klopt dit?</p>{read.html(spec['statement'])}",
        "correct": "true" if is_true else "false",
        "behaviour": behaviour,
    }
    yield Question(TRUE, _name(step), title, params)
    if reasons:
        answers = [_answer(value["text"], bool(value.get("right")), value["why"], read) for _, value in reasons]
        asked = "Waarom klopt dit?" if is_true else "Waarom klopt dit niet?"
        question = f"{read.html(spec['statement'])}<p>{asked}</p>"
        yield _multi(f"{step}/reden", question, f"{title} {asked}", answers, single=True)


def _sorteer(step: str, spec: Spec, read: Reader) -> Iterator[Question]:
    asked = read.line(spec["question"])
    for key, card in read.shown(items(spec, "cards")):
        answers = [
            _answer_text(label, sign == card["sign"], read.line(card["why" if sign == card["sign"] else "hint"]))
            for sign, label in SIGNS.items()
        ]
        text = f"<p>{escape(asked)}</p><p>{escape(read.line(card['tool']))}</p>{read.html(card['text'])}"
        yield _multi(f"{step}/{key}", text, f"{asked} {read.line(card['text'])}", answers, single=True)


def _volgorde(step: str, spec: Spec, read: Reader) -> Iterator[Question]:
    """Places with a number, in which the steps are dragged."""
    order = [_draggable(read.line(value["text"])) for _, value in read.shown(items(spec, "items"))]
    params = {
        **DRAG_TEXT,
        "taskDescription": f"<p>Zet in de goede volgorde.</p>{read.html(spec['question'])}",
        "textField": "\n".join(f"{number}. *{text}*" for number, text in enumerate(order, 1)),
        "overallFeedback": [
            {"from": 0, "to": 99, "feedback": read.line(spec["hint"])},
            {"from": 100, "to": 100, "feedback": read.line(spec["why"])},
        ],
    }
    yield Question(DRAG, _name(step), read.line(spec["question"]), params)


def _draggable(text: str) -> str:
    """Without the signs that mean something in the text of a DragText."""
    return text.replace("*", "").replace("\\", "").replace(":", " –")


def _answer(text: Mapping[str, str], right: bool, why: Mapping[str, str], read: Reader) -> dict[str, Any]:
    return _answer_text(read.line(text), right, read.line(why))


def _answer_text(text: str, right: bool, why: str) -> dict[str, Any]:
    feedback = {"tip": "", "chosenFeedback": f"<div>{escape(why)}</div>", "notChosenFeedback": ""}
    return {"text": f"<div>{escape(text)}</div>", "correct": right, "tipsAndFeedback": feedback}


def _multi(name: str, question: str, title: str, answers: list[dict[str, Any]], *, single: bool) -> Question:
    behaviour = {**MULTI_CHOICE["behaviour"], "type": "single" if single else "multi"}
    params = {**MULTI_CHOICE, "question": question, "answers": answers, "behaviour": behaviour}
    return Question(MULTI, _name(name), title, params)


def _name(place: str) -> uuid.UUID:
    return uuid.uuid5(_NAMES, place)


_MAKERS: dict[str, Callable[[str, Spec, Reader], Iterator[Question]]] = {
    "keuze": _keuze,
    "waar_onwaar": _waar_onwaar,
    "sorteer": _sorteer,
    "volgorde": _volgorde,
}
CAN_GO = tuple(_MAKERS)
