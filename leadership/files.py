"""Programmes as files beside the lessons: what they say, what is wrong with them, and the same out again."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from language.files import read_data, validator_of
from language.markup import FACT, missing_references
from language.readability import Lexicon, check
from language.variant import Variant
from leadership.models import Programme
from leadership.programme import ProgrammeText, Template, example_texts, from_data, texts_of
from leadership.queries import all_programmes
from leadership.services import save_programme
from leadership.values import WrongValues, clean_values, missing
from media.drawings import pictogram_names
from modules.choices import Trade
from modules.curriculum.coming import planned_lessons
from modules.curriculum.emit import programme_yaml
from modules.curriculum.parts import Export, Part, register
from modules.curriculum.problems import Problem
from modules.curriculum.quality.rules import problems_of_text
from modules.curriculum.reader import Curriculum, Source

FOLDER = "programmes"
NAME = "programma:"  # before the slug, to name a programme when exporting
TRADES = (Trade.ZORG, Trade.BOUW, Trade.KANTOOR)  # every product has an example for these
LIVE_MINUTES = 120


def read_programmes(folder: Path) -> tuple[list[Source], list[Problem]]:
    """The files of all programmes in a folder, and what is wrong with their shape."""
    problems: list[Problem] = []
    found = [_parsed(file, file.read_bytes(), problems) for file in sorted((folder / FOLDER).glob("*.yaml"))]
    return found, problems


def _parsed(file: Path, content: bytes, problems: list[Problem]) -> Source:
    return Source(file, read_data(file, content, _validator(), problems))


@cache
def _validator() -> Draft202012Validator:
    return validator_of(json.loads((Path(__file__).parent / "programme.schema.json").read_text(encoding="utf-8")))


def problems_of_programmes(curriculum: Curriculum) -> list[Problem]:
    """Everything wrong with the programmes beside these lessons."""
    sources, problems = read_programmes(curriculum.folder)
    return problems or [Problem(source.file, *found) for source in sources for found in _wrong(source, curriculum)]


def _wrong(source: Source, curriculum: Curriculum) -> Iterator[tuple[str, str]]:
    programme, data = from_data(source.data), source.data
    if programme.slug != source.file.stem:
        yield "slug", f"is '{programme.slug}', maar het bestand heet '{source.file.name}'"
    if programme.least > programme.most:
        yield "group", "'least' is meer dan 'most'"
    made = [name for week in programme.weeks for name in week.products]
    ids = [entry["id"] for entry in data["products"]]
    yield from _twice("products", ids)
    yield from _twice("weeks", made)
    yield from _twice("weeks", [week.lesson for week in programme.weeks])
    yield from _twice("peer_questions", [one.id for one in programme.peer_questions])
    yield from _twice("reflection", [one.id for one in programme.reflection])
    yield from (("weeks", f"'{name}' is geen stuk uit 'products'") for name in made if name not in ids)
    yield from (("products", f"'{name}' staat in geen enkele week") for name in ids if name not in made)
    for week in programme.weeks:
        if week.lesson not in curriculum.codes and week.lesson not in planned_lessons():
            yield f"weeks.{week.number}", f"les '{week.lesson}' bestaat niet; kies er een uit modules/ of coming.yaml"
        if week.live and week.minutes != LIVE_MINUTES:
            yield f"weeks.{week.number}", f"een bijeenkomst duurt {LIVE_MINUTES} minuten; deze telt er {week.minutes}"
    for template in programme.templates.values():
        yield from _wrong_template(template)
    for field, text in [*texts_of(programme), *_typed(programme)]:
        yield from ((field, message) for message in missing_references(text, curriculum.known))


def _typed(programme: ProgrammeText) -> Iterator[tuple[str, str]]:
    for template in programme.templates.values():
        yield from example_texts(template)


def _wrong_template(template: Template) -> Iterator[tuple[str, str]]:
    if template.pictogram not in pictogram_names():
        yield template.id, f"pictogram '{template.pictogram}' is er niet"
    yield from _twice(template.id, [field.id for field in template.fields])
    for field in template.fields:
        place = f"{template.id}.{field.id}"
        yield from _twice(place, [option.id for option in field.options])
        yield from _twice(place, [column.id for column in field.columns])
        for column in field.columns:
            yield from _twice(f"{place}.{column.id}", [option.id for option in column.options])
        if field.least > field.most:
            yield place, "'least' is meer dan 'most'"
    for trade in TRADES:
        if trade not in template.examples:
            yield f"{template.id}.examples", f"een voorbeeld voor '{trade}' ontbreekt"
    for name, values in template.examples.items():
        place = f"{template.id}.examples.{name}"
        try:
            lacks = missing(template, clean_values(template, values))
        except WrongValues as error:
            lacks = iter(error.problems)
        yield from ((f"{place}.{field_id}".rstrip("."), said) for field_id, said in lacks)


def _twice(field: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name, count in Counter(names).items():
        if count > 1:
            yield field, f"'{name}' staat er {count} keer; laat er één staan"


def too_hard(curriculum: Curriculum, lexicon: Lexicon) -> Iterator[Problem]:
    """Texts that are harder than B1. There is one text, for both variants (decision 0043)."""
    for source, programme in _all(curriculum):
        for field, text in [*texts_of(programme), *_typed(programme)]:
            for message in check(FACT.sub("", text), Variant.STANDAARD, lexicon).messages:
                if message.rule == "zin" or message.blocks:
                    yield Problem(source.file, field, f"{message.text} ‘{text}’")


def quality(curriculum: Curriculum) -> Iterator[Problem]:
    """What a rule for lessons says of these texts too: laws and figures stand in facts, and no brand is named."""
    for source, programme in _all(curriculum):
        for field, text in [*texts_of(programme), *_typed(programme)]:
            for said in problems_of_text(text):
                yield Problem(source.file, field, f"{said} ‘{text}’")


def _all(curriculum: Curriculum) -> list[tuple[Source, ProgrammeText]]:
    return [(source, from_data(source.data)) for source in read_programmes(curriculum.folder)[0]]


def load_programmes(curriculum: Curriculum, report: Any) -> None:
    """Make every programme what its file says. They have no editor, so the file wins (as routes, decision 0032)."""
    there = {programme.slug: programme for programme in all_programmes()}
    for source in read_programmes(curriculum.folder)[0]:
        known, content = there.get(source.data["slug"]), as_content(source.data)
        if known is None or known.content != content:
            save_programme(programme=known or Programme(slug=source.data["slug"]), content=content)
            report(f"programma {source.data['slug']}: {source.data['title']}")


def as_content(data: dict[str, Any]) -> str:
    """A file in the one way it is kept: its own order, without comments."""
    return json.dumps(data, ensure_ascii=False)


def export_programmes(folder: Path) -> Iterator[Export]:
    """Every programme as its file."""
    for programme in all_programmes():
        file, data = folder / FOLDER / f"{programme.slug}.yaml", json.loads(programme.content)
        yield Export(f"{NAME}{programme.slug}", file, programme_yaml(data).encode(), _says_already(file, data))


def _says_already(file: Path, data: Any) -> bool:
    problems: list[Problem] = []
    return file.exists() and _parsed(file, file.read_bytes(), problems).data == data and not problems


def texts() -> Iterator[tuple[str, str]]:
    """What leads read in programmes, with the name of the programme: for who changes a fact or word."""
    for programme in all_programmes():
        yield from ((f"Programma {programme}", text) for _, text in texts_of(programme.text))


def register_programmes() -> None:
    register(Part(problems_of_programmes, too_hard, load_programmes, export_programmes, quality, texts))
