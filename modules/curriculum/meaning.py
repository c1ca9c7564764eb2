"""What a schema cannot say: references that must exist, ids that must be unique, no circles."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail.blocks import StreamBlockValidationError

from language.languages import text_problem
from language.markup import missing_references
from language.queries import Known, checking_against
from media.drawings import pictogram_names, scene_names
from modules.blocks import StepsBlock
from modules.curriculum.coming import planned_only
from modules.curriculum.convert import lists_in, stored_steps
from modules.curriculum.photos import problems_of_photos
from modules.curriculum.problems import Problem
from modules.curriculum.reader import Curriculum, Source


def problems_of(curriculum: Curriculum) -> list[Problem]:
    """Everything wrong with the meaning of these files, all files at once."""
    known = curriculum.known
    found = [
        *_doubles(curriculum.facts_file, "code", [fact["code"] for fact in curriculum.facts]),
        *_doubles(curriculum.glossary_file, "term", [term["term"].lower() for term in curriculum.glossary]),
        *_doubles(curriculum.glossary_file, "adres", [slugify(term["term"]) for term in curriculum.glossary]),
        *_doubles(
            curriculum.pronunciation_file, "written", [entry["written"].lower() for entry in curriculum.pronunciation]
        ),
        *_doubles(curriculum.hard_words_file, "term", [entry["term"].lower() for entry in curriculum.hard_words]),
        *_module_doubles(curriculum.modules),
        *_coming(curriculum),
        *_prerequisites(curriculum),
    ]
    for term in curriculum.glossary:
        if not slugify(term["term"]):
            found.append(Problem(curriculum.glossary_file, term["term"], "van dit woord is geen adres te maken"))
        if term["pictogram"] not in pictogram_names():
            found.append(Problem(curriculum.glossary_file, term["term"], _no_pictogram(term["pictogram"])))
        found += [Problem(curriculum.glossary_file, term["term"], line) for line in _word_problems(term)]
    found += _form_doubles(curriculum)
    for fact in curriculum.facts:
        for text in (fact["standaard"], fact["makkelijk"]):
            found += [Problem(curriculum.facts_file, fact["code"], line) for line in missing_references(text, known)]
    for source in curriculum.modules:
        found.extend(problems_of_module(source, known))
    return found


def _word_problems(term: dict[str, Any]) -> Iterator[str]:
    for form in sorted({*term.get("forms", [])} & {*term.get("not_forms", [])}):
        yield f"'{form}' staat bij forms en bij not_forms"
    for code, entry in term.get("languages", {}).items():
        whole = entry if isinstance(entry, dict) else {"word": entry}
        for field, text in whole.items():
            if problem := text_problem(text, code):
                yield f"languages.{code}.{field}: {problem}"


def _form_doubles(curriculum: Curriculum) -> Iterator[Problem]:
    """A form belongs to one word, or a tap would open the wrong one."""
    owner = {term["term"]: term["term"] for term in curriculum.glossary}
    for term in curriculum.glossary:
        for form in term.get("forms", []):
            if not form.strip():
                yield Problem(curriculum.glossary_file, term["term"], "een vorm is leeg")
            elif owner.setdefault(form, term["term"]) != term["term"]:
                yield Problem(curriculum.glossary_file, term["term"], f"de vorm '{form}' hoort al bij '{owner[form]}'")


def _doubles(file: Path, field: str, values: list[str]) -> Iterator[Problem]:
    for value, count in Counter(values).items():
        if count > 1:
            yield Problem(file, field, f"'{value}' staat er {count} keer")


def _module_doubles(sources: list[Source]) -> Iterator[Problem]:
    for field in ("id", "slug"):
        first: dict[str, Path] = {}
        for source in sources:
            other = first.setdefault(source.data[field], source.file)
            if other != source.file:
                yield Problem(source.file, field, f"'{source.data[field]}' staat ook in {other}")
    for source in sources:
        if source.file.parent.name != source.data["id"]:
            message = f"is '{source.data['id']}', maar de map heet '{source.file.parent.name}'"
            yield Problem(source.file, "id", message)


def _coming(curriculum: Curriculum) -> Iterator[Problem]:
    file, planned = curriculum.coming_file, list(planned_only(curriculum))
    for field in ("id", "slug"):
        yield from _doubles(file, field, [entry[field] for entry in curriculum.coming])
    slugs = {source.data["slug"]: source.file for source in curriculum.modules}
    for entry in planned:
        if entry["slug"] in slugs:
            yield Problem(file, entry["id"], f"'{entry['slug']}' staat ook in {slugs[entry['slug']]}")
        if entry["pictogram"] not in pictogram_names():
            yield Problem(file, entry["id"], _no_pictogram(entry["pictogram"]))


def _prerequisites(curriculum: Curriculum) -> Iterator[Problem]:
    sources, planned = curriculum.modules, {entry["id"] for entry in curriculum.coming}
    needs = {source.data["id"]: source.data.get("prerequisites", []) for source in sources}
    for source in sources:
        for code in needs[source.data["id"]]:
            if code not in needs and code not in planned:
                yield Problem(source.file, "prerequisites", f"les '{code}' bestaat niet")
        circle = _circle(source.data["id"], needs)
        if circle:
            yield Problem(source.file, "prerequisites", f"een kringetje: {' → '.join(circle)}")


def _circle(start: str, needs: dict[str, list[str]]) -> list[str]:
    """A way from a module back to itself, or nothing."""
    ways = [[start]]
    visited: set[str] = set()
    while ways:
        way = ways.pop()
        for code in needs.get(way[-1], []):
            if code == start:
                return [*way, code]
            if code not in visited:
                visited.add(code)
                ways.append([*way, code])
    return []


def problems_of_module(source: Source, known: Known) -> Iterator[Problem]:
    """Everything wrong with the meaning of one lesson by itself."""
    data = source.data
    if data["pictogram"] not in pictogram_names():
        yield Problem(source.file, "pictogram", _no_pictogram(data["pictogram"]))
    steps = data.get("steps", [])
    yield from _doubles(source.file, "steps.id", [step["id"] for step in steps])
    for number, step in enumerate(steps):
        where = f"steps.{number} ({step['id']})"
        for name, items in lists_in(step):
            yield from _doubles(source.file, f"{where}.{name}.id", [item["id"] for item in items])
        picture = step.get("picture", {})
        for name in picture.get("pictograms", []):
            if name not in pictogram_names():
                yield Problem(source.file, f"{where}.picture", _no_pictogram(name))
        if picture.get("scene") and picture["scene"] not in scene_names():
            yield Problem(source.file, f"{where}.picture", f"tekening '{picture['scene']}' is er niet")
    yield from problems_of_photos(source.file, steps)
    references = list(_references(source, steps, known))
    yield from references
    if not references:
        with checking_against(known):
            yield from _blocks(source, steps)


def _no_pictogram(name: str) -> str:
    return f"pictogram '{name}' is er niet"


def _references(source: Source, steps: list[dict[str, Any]], known: Known) -> Iterator[Problem]:
    for number, step in enumerate(steps):
        for path, text in _texts(step):
            for message in missing_references(text, known):
                yield Problem(source.file, f"steps.{number} ({step['id']}).{path}", message)


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}.{number}")


_steps_block = StepsBlock()


def _blocks(source: Source, steps: list[dict[str, Any]]) -> Iterator[Problem]:
    """The same checks as in the editor."""
    value = _steps_block.to_python(stored_steps([_without_photo(step) for step in steps]))
    for name, most in (("hook", 1), ("card", 1), ("dit_doe_ik", 1)):
        if sum(step["type"] == name for step in steps) > most:
            yield Problem(source.file, "steps", f"hoogstens {most} keer '{name}'")
    for number, (child, step) in enumerate(zip(value, steps, strict=True)):
        try:
            child.block.clean(child.value)
        except ValidationError as error:
            for path, message in _messages(error):
                yield Problem(source.file, f"steps.{number} ({step['id']}){path}", message)


def _without_photo(step: dict[str, Any]) -> dict[str, Any]:
    """A photo is no picture of the site yet, so a drawing holds its place while the rest is checked."""
    picture = step.get("picture", {})
    if "photo" not in picture:
        return step
    said = {name: value for name, value in picture.items() if name != "photo"}
    words = {} if said.keys() & {"alt", "decorative"} else {"decorative": True}
    return {**step, "picture": {**said, **words, "pictograms": ["photo"]}}


def _messages(error: Any, path: str = "") -> Iterator[tuple[str, str]]:
    inner = getattr(error, "block_errors", None)
    if inner:
        pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
        for name, child in pairs:
            if child is not None:
                yield from _messages(child, f"{path}.{name}")
        return
    if isinstance(error, StreamBlockValidationError) or not getattr(error, "messages", None):
        return
    for message in error.messages:
        yield path, str(message)
