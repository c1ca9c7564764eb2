"""What answers mean: pure functions that know no database, no request and no variant."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assessments.questionnaires.form import Answer, Floor, Item, LessonRef, Level, Override, Questionnaire, Text


class WrongAnswers(ValueError):
    """Answers that this questionnaire cannot have; the message says what was expected, without the answer itself."""


@dataclass(frozen=True)
class Proposed:
    """One lesson of the proposal. `why`: what put it first, None where it stands in its usual place."""

    code: str
    only_check: bool = False
    why: Text | None = None


@dataclass(frozen=True)
class GivenAdvice:
    """A piece of advice with its lessons. `because`: 'floor', 'override' or 'level'; `item`: which one asked for it."""

    because: str
    text: Text
    item: str = ""
    lessons: tuple[Proposed, ...] = ()


@dataclass(frozen=True)
class ThemeScore:
    """The points of the items of one theme, and what they could be."""

    theme: str
    points: int
    most: int


@dataclass(frozen=True)
class Result:
    """What a set of answers means.

    level: exactly one of the questionnaire; None where it only asks.
    fired, floor: the rules that the answers set off, in the order of the file.
    advice: all that there is to say, first the floor, then the overrides, then the level.
    lessons: the same as one list in order, each lesson once.
    met: lessons that this level needs no more. marks: what else an answer asks for.
    items: the points per scored item. themes: the same per theme.
    """

    code: str
    version: int
    points: int
    most: int
    level: Level | None
    fired: tuple[Override, ...]
    floor: tuple[Floor, ...]
    advice: tuple[GivenAdvice, ...]
    lessons: tuple[Proposed, ...]
    met: tuple[str, ...]
    marks: tuple[str, ...]
    items: Mapping[str, int]
    themes: tuple[ThemeScore, ...]

    def as_data(self) -> dict[str, Any]:
        """All there is to show of it, as plain data: what is stored, so that it can be shown when the file changed."""
        return {
            "code": self.code,
            "version": self.version,
            "points": self.points,
            "most": self.most,
            "level": _level_as_data(self.level),
            "advice": [_plain(asdict(advice)) for advice in self.advice],
            "lessons": [_plain(asdict(lesson)) for lesson in self.lessons],
            "met": list(self.met),
            "marks": list(self.marks),
            "items": dict(self.items),
            "themes": [asdict(theme) for theme in self.themes],
        }


def _level_as_data(level: Level | None) -> dict[str, Any] | None:
    if level is None:
        return None
    return {"id": level.id, "name": dict(level.name), "meaning": dict(level.meaning)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def score(questionnaire: Questionnaire, answers: Any) -> Result:
    """What these answers mean: {item id: answer id}.

    Raises WrongAnswers for an item or answer that does not exist, one that should have stayed on the phone,
    and one that is missing where the file does not allow that.
    """
    chosen = dict(_chosen(questionnaire, answers))
    items = {key: chosen[key].points if key in chosen else 0 for key in questionnaire.scored}
    points = sum(items.values())
    level = next((level for level in questionnaire.levels if level.start <= points <= level.end), None)
    given = {key: answer.id for key, answer in chosen.items()}
    fired = tuple(rule for rule in questionnaire.overrides if given.get(rule.item) in rule.answers)
    floor = tuple(rule for rule in questionnaire.floor if rule.item in items and items[rule.item] < rule.below)
    advice = tuple(_advice(questionnaire, level, fired, floor, chosen))
    return Result(
        code=questionnaire.code,
        version=questionnaire.version,
        points=points,
        most=sum(item.most for item in questionnaire.items if item.id in items),
        level=level,
        fired=fired,
        floor=floor,
        advice=advice,
        lessons=tuple(_in_order(questionnaire, advice, chosen)),
        met=level.met if level else (),
        marks=tuple(dict.fromkeys(mark for rule in fired for mark in rule.marks)),
        items=items,
        themes=tuple(_themes(questionnaire, items)),
    )


def _chosen(questionnaire: Questionnaire, answers: Any) -> Iterator[tuple[str, Answer]]:
    if not isinstance(answers, Mapping):
        raise WrongAnswers("antwoorden horen bij een vraag")
    known = {item.id: item for item in questionnaire.stored_items}
    if strange := [key for key in answers if key not in known]:
        raise WrongAnswers(f"{len(strange)} antwoord(en) bij een vraag die er niet is")
    for item in known.values():
        if item.id in answers:
            yield item.id, _answer(item, answers[item.id])
        elif not item.optional:
            raise WrongAnswers(f"{item.id}: kies een antwoord")


def _answer(item: Item, given: Any) -> Answer:
    found = item.answer(given) if isinstance(given, str) else None
    if found is None:
        raise WrongAnswers(f"{item.id}: dit antwoord is er niet")
    return found


def _advice(
    questionnaire: Questionnaire,
    level: Level | None,
    fired: tuple[Override, ...],
    floor: tuple[Floor, ...],
    chosen: Mapping[str, Answer],
) -> Iterator[GivenAdvice]:
    for low in floor:
        yield GivenAdvice("floor", low.text, low.item, tuple(Proposed(code, why=low.text) for code in low.lessons))
    for rule in fired:
        if rule.why:
            lessons = tuple(Proposed(code, why=rule.why) for code in rule.first)
            yield GivenAdvice("override", rule.why, rule.item, lessons)
    out = {code for rule in fired for code in rule.leave_out}
    for advice in level.advice if level else ():
        named = (_lesson(entry, chosen) for entry in advice.lessons)
        yield GivenAdvice("level", advice.text, lessons=tuple(one for one in named if one and one.code not in out))


def _lesson(entry: LessonRef, chosen: Mapping[str, Answer]) -> Proposed | None:
    code = entry.code
    if entry.answer_of:
        code = chosen[entry.answer_of].lesson if entry.answer_of in chosen else ""
    return Proposed(code, entry.only_check) if code else None


def _in_order(
    questionnaire: Questionnaire, advice: tuple[GivenAdvice, ...], chosen: Mapping[str, Answer]
) -> Iterator[Proposed]:
    """Each lesson once: what a rule put first, then the rest, ordered by what the person wants first."""
    ahead = [lesson for part in advice if part.because != "level" for lesson in part.lessons]
    rest = [lesson for part in advice if part.because == "level" for lesson in part.lessons]
    order = questionnaire.order
    wanted = order.answers.get(chosen[order.item].id, ()) if order and order.item in chosen else ()
    rest.sort(key=lambda lesson: _place(lesson.code, wanted))
    seen: set[str] = set()
    for lesson in [*ahead, *rest]:
        if lesson.code not in seen:
            seen.add(lesson.code)
            yield lesson


def _place(code: str, wanted: tuple[str, ...]) -> int:
    return next((place for place, want in enumerate(wanted) if want in (code, code[0])), len(wanted))


def _themes(questionnaire: Questionnaire, items: Mapping[str, int]) -> Iterator[ThemeScore]:
    for theme in questionnaire.themes:
        own = [item for item in questionnaire.items if item.theme == theme.id and item.id in items]
        yield ThemeScore(theme.id, sum(items[item.id] for item in own), sum(item.most for item in own))
