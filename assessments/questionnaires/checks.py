"""What a schema cannot say of a questionnaire: rules that name what exists, and that can all come true."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from assessments.questionnaires.form import DONT_KNOW, answers_of, chosen_by, lesson_ref
from language.files import Problem
from media.drawings import pictogram_names

Data = Mapping[str, Any]


def problems_of(file: Path, data: Data, lessons: frozenset[str] | None = None) -> Iterator[Problem]:
    """Everything wrong with the meaning of a file whose shape is right.

    `lessons`: the codes of lessons that are there or planned; None when that is not known here.
    Rules are only held against items that are right themselves.
    """
    found = [Problem(file, field, message) for field, message in _items(file, data)]
    if not found:
        rules = (_scoring, _levels, _floor, _overrides, _contradictions, _order)
        found = [Problem(file, field, message) for rule in rules for field, message in rule(data)]
    if lessons is not None:
        for field, code in _lessons(data):
            if code not in lessons:
                found.append(Problem(file, field, f"les '{code}' staat in geen enkele lijst"))
    yield from found


Found = Iterator[tuple[str, str]]


def _items(file: Path, data: Data) -> Found:
    if file.stem != data["code"]:
        yield "code", f"is '{data['code']}', maar het bestand heet '{file.name}'"
    scales, themes = data.get("scales", {}), {theme["id"] for theme in data.get("themes", [])}
    yield from _doubles("items.id", (item["id"] for item in data["items"]))
    yield from _doubles("levels.id", (level["id"] for level in data.get("levels", [])))
    yield from _doubles("themes.id", (theme["id"] for theme in data.get("themes", [])))
    for name, answers in scales.items():
        yield from _doubles(f"scales.{name}.id", (answer["id"] for answer in answers))
        if not any(item.get("scale") == name for item in data["items"]):
            yield f"scales.{name}", "geen enkele vraag gebruikt deze schaal"
    for number, item in enumerate(data["items"]):
        where = f"items.{number} ({item['id']})"
        yield from _doubles(f"{where}.answers.id", (answer["id"] for answer in item.get("answers", [])))
        if ("answers" in item) == ("scale" in item):
            yield where, "geef 'answers' of 'scale', één van de twee"
        elif "scale" in item and item["scale"] not in scales:
            yield f"{where}.scale", f"schaal '{item['scale']}' is er niet"
        if any(answer["id"] == DONT_KNOW for answer in answers_of(item, scales)):
            yield f"{where}.answers", f"'{DONT_KNOW}' komt er vanzelf bij met 'dont_know: true'"
        if item.get("dont_know") and "dont_know" not in data:
            yield f"{where}.dont_know", "bovenaan ontbreekt de tekst: 'dont_know'"
        if item.get("sets") == "variant" and not item.get("on_phone_only"):
            yield f"{where}.sets", "welke tekst iemand leest bewaren we niet: zet er 'on_phone_only: true' bij"
        for answer in answers_of(item, scales):
            if answer.get("pictogram", "book") not in pictogram_names():
                yield f"{where}.answers ({answer['id']})", f"pictogram '{answer['pictogram']}' is er niet"
        if item.get("theme", "") not in {"", *themes}:
            yield f"{where}.theme", f"thema '{item['theme']}' is er niet"


def _doubles(field: str, values: Iterable[str]) -> Found:
    for value, count in Counter(values).items():
        if count > 1:
            yield field, f"'{value}' staat er {count} keer"


def _scored(data: Data) -> list[str]:
    """The items that give points; none in a questionnaire that only asks."""
    found: list[str] = data.get("scoring", {}).get("items", [])
    return found


def _points(data: Data) -> dict[str, set[int]]:
    """What each scored item can give; nothing for one that was left out, where that is allowed."""
    items = {item["id"]: item for item in data["items"]}
    found = {}
    for key in _scored(data):
        item = items.get(key)
        if item is None:
            continue
        found[key] = {answer.get("points", 0) for answer in answers_of(item, data.get("scales", {}))}
        if item.get("dont_know") or item.get("optional"):
            found[key].add(0)
    return found


def _scoring(data: Data) -> Found:
    items = {item["id"]: item for item in data["items"]}
    scored = _scored(data)
    yield from _doubles("scoring.items", scored)
    for number, key in enumerate(scored):
        where = f"scoring.items.{number}"
        if key not in items:
            yield where, f"vraag '{key}' is er niet"
        elif items[key].get("on_phone_only"):
            yield where, f"het antwoord op '{key}' blijft op de telefoon en kan niet meetellen"
        elif not any(_points(data)[key]):
            yield where, f"bij '{key}' geeft geen enkel antwoord punten"
    for number, item in enumerate(data["items"]):
        own = any("points" in answer for answer in item.get("answers", []))
        if own and item["id"] not in scored:
            yield f"items.{number} ({item['id']})", "heeft punten maar telt niet mee in 'scoring'"
    for theme in data.get("themes", []):
        if not any(items[key].get("theme") == theme["id"] for key in scored if key in items):
            yield "themes", f"geen vraag die meetelt gaat over '{theme['id']}'"


def _sums(data: Data) -> set[int]:
    """Every total that some set of answers gives."""
    sums = {0}
    for points in _points(data).values():
        sums = {total + more for total in sums for more in points}
    return sums


def _levels(data: Data) -> Found:
    levels, sums = data.get("levels", []), _sums(data)
    if not levels:
        return
    for number, level in enumerate(levels):
        where = f"levels.{number} ({level['id']})"
        if level["from"] > level["to"]:
            yield where, f"loopt van {level['from']} tot {level['to']}: draai dat om"
        elif not any(level["from"] <= total <= level["to"] for total in sums):
            yield where, f"geen enkel antwoord geeft {level['from']} tot {level['to']} punten"
        advised = {lesson_ref(entry).code for part in level["advice"] for entry in _entries(part)}
        for code in sorted(advised & set(level.get("met", []))):
            yield f"{where}.met", f"'{code}' is al gehaald maar staat ook in het advies"
    for number, (lower, upper) in enumerate(pairwise(levels), 1):
        where = f"levels.{number} ({upper['id']})"
        if upper["from"] <= lower["to"]:
            yield where, f"overlapt met '{lower['id']}': {upper['from']} hoort al bij {lower['from']} tot {lower['to']}"
        elif upper["from"] > lower["to"] + 1:
            yield where, f"tussen {lower['to']} en {upper['from']} zit een gat"
    if levels[0]["from"] != min(sums):
        yield f"levels.0 ({levels[0]['id']}).from", f"begin bij {min(sums)}: minder punten kan niet, meer laat een gat"
    if levels[-1]["to"] != max(sums):
        yield (
            f"levels.{len(levels) - 1} ({levels[-1]['id']}).to",
            f"eindig bij {max(sums)}: meer punten kan niet, minder laat een gat",
        )


def _entries(advice: Data) -> list[Any]:
    found: list[Any] = advice.get("lessons", [])
    return found


def _floor(data: Data) -> Found:
    points = _points(data)
    yield from _doubles("floor.item", (rule["item"] for rule in data.get("floor", [])))
    for number, rule in enumerate(data.get("floor", [])):
        where = f"floor.{number} ({rule['item']})"
        if rule["item"] not in points:
            yield where, f"vraag '{rule['item']}' telt niet mee in 'scoring'"
        elif rule["below"] <= min(points[rule["item"]]):
            yield f"{where}.below", f"kan nooit: minder dan {rule['below']} punten bestaat niet"
        elif rule["below"] > max(points[rule["item"]]):
            yield f"{where}.below", f"geldt altijd: elk antwoord geeft minder dan {rule['below']} punten"


def _ids_of(data: Data, key: str) -> frozenset[str]:
    """The ids of all answers to an item, 'Weet ik niet' included."""
    item = next(item for item in data["items"] if item["id"] == key)
    ids = {answer["id"] for answer in answers_of(item, data.get("scales", {}))}
    return frozenset(ids | ({DONT_KNOW} if item.get("dont_know") else set()))


def _item_of_rule(data: Data, where: str, key: str) -> Found:
    item = next((item for item in data["items"] if item["id"] == key), None)
    if item is None:
        yield f"{where}.item", f"vraag '{key}' is er niet"
    elif item.get("on_phone_only"):
        yield f"{where}.item", f"het antwoord op '{key}' blijft op de telefoon: deze regel kan nooit gelden"


def _overrides(data: Data) -> Found:
    for number, rule in enumerate(data.get("overrides", [])):
        where, when = f"overrides.{number}.when", rule["when"]
        if set(rule) <= {"when", "why"}:
            yield f"overrides.{number}", "verandert niets: geef 'first', 'leave_out' of 'marks'"
        problems = list(_item_of_rule(data, where, when["item"]))
        yield from problems
        if problems:
            continue
        every = _ids_of(data, when["item"])
        name = "answers" if "answers" in when else "not_answers"
        for key in when[name]:
            if key not in every:
                yield f"{where}.{name}", f"antwoord '{key}' is er niet bij '{when['item']}'"
        if not chosen_by(when, every):
            yield where, "kan nooit gelden: er blijft geen antwoord over"
        elif chosen_by(when, every) == every:
            yield where, "geldt altijd: bij elk antwoord"


def _contradictions(data: Data) -> Found:
    rules = [
        (f"overrides.{number}", rule, chosen_by(rule["when"], _ids_of(data, rule["when"]["item"])))
        for number, rule in enumerate(data.get("overrides", []))
        if any(item["id"] == rule["when"]["item"] for item in data["items"])
    ]
    for where, rule, _ in rules:
        for code in sorted(set(rule.get("first", [])) & set(rule.get("leave_out", []))):
            yield where, f"zet '{code}' voorop en laat die ook weg"
    for (other, one, ids), (where, two, more) in combinations(rules, 2):
        same_item = one["when"]["item"] == two["when"]["item"]
        if same_item and not ids & more:
            continue
        for first, out in ((one, two), (two, one)):
            for code in sorted(set(first.get("first", [])) & set(out.get("leave_out", []))):
                yield where, f"spreekt {other} tegen: '{code}' voorop en weglaten"
        if same_item:
            for code in sorted(set(one.get("first", [])) & set(two.get("first", []))):
                yield where, f"zegt hetzelfde als {other}: '{code}' staat dan al voorop"
    for number, low in enumerate(data.get("floor", [])):
        for where, rule, _ in rules:
            for code in sorted(set(low.get("lessons", [])) & set(rule.get("leave_out", []))):
                yield where, f"spreekt floor.{number} tegen: '{code}' voorop en weglaten"


def _order(data: Data) -> Found:
    order = data.get("order")
    for number, level in enumerate(data.get("levels", [])):
        for place, advice in enumerate(level["advice"]):
            for entry in _entries(advice):
                if key := lesson_ref(entry).answer_of:
                    yield from _answer_of(data, f"levels.{number} ({level['id']}).advice.{place}.lessons", key)
    if not order:
        return
    problems = list(_item_of_rule(data, "order", order["item"]))
    yield from problems
    if problems:
        return
    every = _ids_of(data, order["item"])
    for key in order["answers"]:
        if key not in every:
            yield "order.answers", f"antwoord '{key}' is er niet bij '{order['item']}'"
    for key in sorted(every - set(order["answers"]) - {DONT_KNOW}):
        yield "order.answers", f"antwoord '{key}' ontbreekt; geef [] als er niets verandert"


def _answer_of(data: Data, where: str, key: str) -> Found:
    problems = list(_item_of_rule(data, where, key))
    yield from problems
    if problems:
        return
    item = next(item for item in data["items"] if item["id"] == key)
    if not any("lesson" in answer for answer in answers_of(item, data.get("scales", {}))):
        yield where, f"geen antwoord op '{key}' noemt een les"


def _lessons(data: Data) -> Iterator[tuple[str, str]]:
    """(field, code) of every lesson the file names."""
    for number, item in enumerate(data["items"]):
        for answer in item.get("answers", []):
            if "lesson" in answer:
                yield f"items.{number} ({item['id']}).answers ({answer['id']}).lesson", answer["lesson"]
    for number, level in enumerate(data.get("levels", [])):
        where = f"levels.{number} ({level['id']})"
        yield from ((f"{where}.met", code) for code in level.get("met", []))
        for place, advice in enumerate(level["advice"]):
            for entry in _entries(advice):
                if code := lesson_ref(entry).code:
                    yield f"{where}.advice.{place}.lessons", code
    for number, rule in enumerate(data.get("floor", [])):
        yield from ((f"floor.{number}.lessons", code) for code in rule.get("lessons", []))
    for number, rule in enumerate(data.get("overrides", [])):
        for name in ("first", "leave_out"):
            yield from ((f"overrides.{number}.{name}", code) for code in rule.get(name, []))
    for key, codes in (data.get("order") or {"answers": {}})["answers"].items():
        yield from ((f"order.answers.{key}", code) for code in codes if len(code) > 1)
