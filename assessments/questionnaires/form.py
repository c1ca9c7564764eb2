"""What a questionnaire file says, as objects that cannot change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Text = Mapping[str, str]
"""Both variants of a text: {'standaard': ..., 'makkelijk': ...}."""

DONT_KNOW = "weet-niet"
"""The id of 'Weet ik niet', in every item that offers it."""


@dataclass(frozen=True)
class Answer:
    """One thing to choose; `lesson` is the lesson that belongs to it, `sample` a text shown with it."""

    id: str
    text: Text
    points: int = 0
    lesson: str = ""
    sample: Text | None = None
    pictogram: str = ""


@dataclass(frozen=True)
class Item:
    """One question.

    theme: which theme its points count for, '' for none.
    optional: it may stay without an answer.
    on_phone_only: its answer is never stored, so it cannot be scored either.
    short: what it is called in a result, '' for none.
    sets: the choice of this phone that the answer makes: 'variant' or 'trade', '' for none.
    """

    id: str
    text: Text
    answers: tuple[Answer, ...]
    theme: str = ""
    optional: bool = False
    on_phone_only: bool = False
    scale: str = ""
    sets: str = ""
    short: str = ""

    def answer(self, key: str) -> Answer | None:
        """The answer with this id, if the item has it."""
        return next((answer for answer in self.answers if answer.id == key), None)

    @property
    def lines(self) -> list[str]:
        """The lines of a question that has one text for everybody; empty where it has two."""
        one = self.text["standaard"]
        return one.splitlines() if one == self.text["makkelijk"] else []

    @property
    def most(self) -> int:
        """The points of the best answer."""
        return max(answer.points for answer in self.answers)


@dataclass(frozen=True)
class LessonRef:
    """A lesson in a list: by its code, or by the answer to an item (`answer_of`); `only_check`: just its questions."""

    code: str = ""
    answer_of: str = ""
    only_check: bool = False


@dataclass(frozen=True)
class Advice:
    """A piece of advice: what to do, and the lessons that go with it, in order."""

    text: Text
    lessons: tuple[LessonRef, ...] = ()


@dataclass(frozen=True)
class Level:
    """What a number of points means. `met`: lessons someone at this level needs no more."""

    id: str
    name: Text
    meaning: Text
    start: int
    end: int
    advice: tuple[Advice, ...] = ()
    met: tuple[str, ...] = ()


@dataclass(frozen=True)
class Override:
    """An answer that changes the advice, whatever the level: lessons that go first or stay out, and marks."""

    item: str
    answers: frozenset[str]
    first: tuple[str, ...] = ()
    leave_out: frozenset[str] = frozenset()
    marks: tuple[str, ...] = ()
    why: Text | None = None


@dataclass(frozen=True)
class Floor:
    """An item that comes before everything at every level while it has fewer points than `below`."""

    item: str
    below: int
    text: Text
    lessons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """Which of the other lessons go first, by the answer to one item: codes ('A4') or tracks ('B')."""

    item: str
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Theme:
    """What several items are about together."""

    id: str
    title: Text


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire; `files.questionnaire` gives one whose meaning was checked.

    One that only asks has no items that score and no levels.
    """

    code: str
    version: int
    title: Text
    intro: Text
    minutes: int
    items: tuple[Item, ...]
    scored: tuple[str, ...]
    levels: tuple[Level, ...]
    themes: tuple[Theme, ...] = ()
    floor: tuple[Floor, ...] = ()
    overrides: tuple[Override, ...] = ()
    order: Order | None = None

    def item(self, key: str) -> Item | None:
        """The item with this id, if there is one."""
        return next((item for item in self.items if item.id == key), None)

    @property
    def stored_items(self) -> tuple[Item, ...]:
        """The items whose answers may leave the phone."""
        return tuple(item for item in self.items if not item.on_phone_only)


def from_data(data: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire in the data of a file whose shape and meaning are right."""
    scales = data.get("scales", {})
    items = tuple(_item(item, scales, data.get("dont_know")) for item in data["items"])
    order = data.get("order")
    return Questionnaire(
        code=data["code"],
        version=data["version"],
        title=text_of(data["title"]),
        intro=text_of(data["intro"]),
        minutes=data["minutes"],
        items=items,
        scored=tuple(data.get("scoring", {}).get("items", [])),
        levels=tuple(_level(level) for level in data.get("levels", [])),
        themes=tuple(Theme(theme["id"], text_of(theme["title"])) for theme in data.get("themes", [])),
        floor=tuple(
            Floor(rule["item"], rule["below"], text_of(rule["text"]), tuple(rule.get("lessons", [])))
            for rule in data.get("floor", [])
        ),
        overrides=tuple(_override(rule, items) for rule in data.get("overrides", [])),
        order=Order(order["item"], {key: tuple(codes) for key, codes in order["answers"].items()}) if order else None,
    )


def text_of(value: str | Text) -> Text:
    """Both variants; a text that was written once, at A2, serves for both."""
    return {"standaard": value, "makkelijk": value} if isinstance(value, str) else dict(value)


def answers_of(item: Mapping[str, Any], scales: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The answers of an item as written, from itself or from its scale; without 'Weet ik niet'."""
    found: list[dict[str, Any]] = item.get("answers") or scales.get(item.get("scale", ""), [])
    return found


def _item(item: Mapping[str, Any], scales: Mapping[str, Any], dont_know: str | Text | None) -> Item:
    answers = [
        Answer(
            answer["id"],
            text_of(answer["text"]),
            answer.get("points", 0),
            answer.get("lesson", ""),
            text_of(answer["sample"]) if "sample" in answer else None,
            answer.get("pictogram", ""),
        )
        for answer in answers_of(item, scales)
    ]
    if item.get("dont_know") and dont_know:
        answers.append(Answer(DONT_KNOW, text_of(dont_know)))
    return Item(
        id=item["id"],
        text=text_of(item["text"]),
        answers=tuple(answers),
        theme=item.get("theme", ""),
        optional=item.get("optional", False),
        on_phone_only=item.get("on_phone_only", False),
        scale=item.get("scale", ""),
        sets=item.get("sets", ""),
        short=item.get("short", ""),
    )


def _level(level: Mapping[str, Any]) -> Level:
    return Level(
        id=level["id"],
        name=text_of(level["name"]),
        meaning=text_of(level["meaning"]),
        start=level["from"],
        end=level["to"],
        advice=tuple(
            Advice(text_of(advice["text"]), tuple(lesson_ref(entry) for entry in advice.get("lessons", [])))
            for advice in level["advice"]
        ),
        met=tuple(level.get("met", [])),
    )


def lesson_ref(entry: str | Mapping[str, str]) -> LessonRef:
    """A lesson as a file names it: 'A4', {lesson: A4, only: check} or {answer_of: vak}."""
    if isinstance(entry, str):
        return LessonRef(entry)
    return LessonRef(entry.get("lesson", ""), entry.get("answer_of", ""), entry.get("only") == "check")


def _override(rule: Mapping[str, Any], items: tuple[Item, ...]) -> Override:
    item = next(item for item in items if item.id == rule["when"]["item"])
    return Override(
        item=item.id,
        answers=chosen_by(rule["when"], frozenset(answer.id for answer in item.answers)),
        first=tuple(rule.get("first", [])),
        leave_out=frozenset(rule.get("leave_out", [])),
        marks=tuple(rule.get("marks", [])),
        why=text_of(rule["why"]) if "why" in rule else None,
    )


def chosen_by(when: Mapping[str, Any], every: frozenset[str]) -> frozenset[str]:
    """The answers a condition is about: those it names, or all but those (`not_answers`)."""
    if "answers" in when:
        return frozenset(when["answers"]) & every
    return every - frozenset(when["not_answers"])
