"""Programmes as files beside the lessons: what they say, what is wrong with them, and the same out again.

A programme is `programmes/<slug>.yaml`, and per trade a file with examples: `programmes/<slug>/<trade>.yaml`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from language.files import read_data, validator_of
from language.markup import FACT, missing_references
from language.readability import Lexicon, check
from language.variant import Variant
from leadership.models import Programme
from leadership.programme import Data, ProgrammeText, Template, example_texts, from_data, texts_of
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
LIVE_MINUTES = 120
PROGRAMME, EXAMPLES = "programme", "examples"  # the schemas


@dataclass(frozen=True)
class ProgrammeFiles:
    """A programme's own file, and per trade the file with its examples."""

    source: Source
    examples: dict[str, Source]

    @property
    def data(self) -> Data:
        """All of it together, as it is kept."""
        return {**self.source.data, "examples": {trade: source.data for trade, source in self.examples.items()}}

    @property
    def text(self) -> ProgrammeText:
        """All of it, as types."""
        return from_data(self.data)

    def texts(self) -> Iterator[tuple[Path, str, str]]:
        """Every text in it, with its file and field."""
        programme = self.text
        yield from ((self.source.file, field, text) for field, text in texts_of(programme))
        for template in programme.templates.values():
            for trade in template.examples:
                yield from ((self.examples[trade].file, *said) for said in example_texts(template, trade))


def read_programmes(folder: Path) -> tuple[list[ProgrammeFiles], list[Problem]]:
    """The files of all programmes in a folder, and what is wrong with their shape."""
    problems: list[Problem] = []
    found = [_read(file, problems) for file in sorted((folder / FOLDER).glob("*.yaml"))]
    return found, problems


def _read(file: Path, problems: list[Problem]) -> ProgrammeFiles:
    beside = {trade.value: _examples_file(file, trade) for trade in Trade}
    examples = {trade: _parsed(own, EXAMPLES, problems) for trade, own in beside.items() if own.exists()}
    return ProgrammeFiles(_parsed(file, PROGRAMME, problems), examples)


def _examples_file(file: Path, trade: str) -> Path:
    return file.with_suffix("") / f"{trade}.yaml"


def _parsed(file: Path, schema: str, problems: list[Problem]) -> Source:
    return Source(file, read_data(file, file.read_bytes(), _validator(schema), problems))


@cache
def _validator(schema: str) -> Draft202012Validator:
    return validator_of(json.loads((Path(__file__).parent / f"{schema}.schema.json").read_text(encoding="utf-8")))


def problems_of_programmes(curriculum: Curriculum) -> list[Problem]:
    """Everything wrong with the programmes beside these lessons."""
    programmes, problems = read_programmes(curriculum.folder)
    problems += _strange_files(curriculum.folder / FOLDER)
    return problems or [problem for files in programmes for problem in _wrong(files, curriculum)]


def _strange_files(folder: Path) -> Iterator[Problem]:
    """Examples that nobody would ever see."""
    for file in sorted(folder.glob("*/*.yaml")):
        if not file.parent.with_suffix(".yaml").exists():
            yield Problem(file, "", f"het programma '{file.parent.name}.yaml' is er niet")
        elif file.stem not in Trade.values:
            yield Problem(file, "", f"'{file.stem}' is geen vak; kies een van: {', '.join(Trade.values)}")


def _wrong(files: ProgrammeFiles, curriculum: Curriculum) -> Iterator[Problem]:
    programme, file = files.text, files.source.file
    yield from (Problem(file, *found) for found in _wrong_programme(programme, files, curriculum))
    yield from _wrong_examples(programme, files)
    for place, field, text in files.texts():
        yield from (Problem(place, field, said) for said in missing_references(text, curriculum.known))


def _wrong_programme(
    programme: ProgrammeText, files: ProgrammeFiles, curriculum: Curriculum
) -> Iterator[tuple[str, str]]:
    if programme.slug != files.source.file.stem:
        yield "slug", f"is '{programme.slug}', maar het bestand heet '{files.source.file.name}'"
    if programme.least > programme.most:
        yield "group", "'least' is meer dan 'most'"
    made = [name for week in programme.weeks for name in week.products]
    ids = [entry["id"] for entry in files.source.data["products"]]
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
    together = {f"weeks.{week.number}": week.meeting for week in programme.weeks if week.live}
    for place, meeting in {**together, "return_session": programme.return_meeting}.items():
        if meeting.minutes != LIVE_MINUTES:
            yield place, f"een bijeenkomst duurt {LIVE_MINUTES} minuten; deze telt er {meeting.minutes}"
    for template in programme.templates.values():
        yield from _wrong_template(template)


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


def _wrong_examples(programme: ProgrammeText, files: ProgrammeFiles) -> Iterator[Problem]:
    """Every trade has an example of every product, and each is ready."""
    for trade in Trade.values:
        if trade not in files.examples:
            yield Problem(_examples_file(files.source.file, trade), "", "dit bestand met voorbeelden is er niet")
            continue
        file = files.examples[trade].file
        for name in files.examples[trade].data:
            if name not in programme.templates:
                yield Problem(file, name, "is geen stuk uit 'products'")
        for template in programme.templates.values():
            yield from (Problem(file, *found) for found in _wrong_example(template, trade))


def _wrong_example(template: Template, trade: str) -> Iterator[tuple[str, str]]:
    if trade not in template.examples:
        yield template.id, "een voorbeeld ontbreekt"
        return
    try:
        lacks = missing(template, clean_values(template, template.examples[trade]))
    except WrongValues as error:
        lacks = iter(error.problems)
    yield from ((f"{template.id}.{field_id}".rstrip("."), said) for field_id, said in lacks)


def _twice(field: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name, count in Counter(names).items():
        if count > 1:
            yield field, f"'{name}' staat er {count} keer; laat er één staan"


def too_hard(curriculum: Curriculum, lexicon: Lexicon) -> Iterator[Problem]:
    """Texts that are harder than B1. There is one text, for both variants (decision 0043)."""
    for file, field, text in _texts(curriculum):
        for message in check(FACT.sub("", text), Variant.STANDAARD, lexicon).messages:
            if message.rule == "zin" or message.blocks:
                yield Problem(file, field, f"{message.text} ‘{text}’")


def quality(curriculum: Curriculum) -> Iterator[Problem]:
    """What a rule for lessons says of these texts too: laws and figures stand in facts, and no brand is named."""
    for file, field, text in _texts(curriculum):
        yield from (Problem(file, field, f"{said} ‘{text}’") for said in problems_of_text(text))


def _texts(curriculum: Curriculum) -> Iterator[tuple[Path, str, str]]:
    for files in read_programmes(curriculum.folder)[0]:
        yield from files.texts()


def load_programmes(curriculum: Curriculum, report: Any) -> None:
    """Make every programme what its files say. They have no editor, so the files win (as routes, decision 0032)."""
    there = {programme.slug: programme for programme in all_programmes()}
    for files in read_programmes(curriculum.folder)[0]:
        data = files.data
        known, content = there.get(data["slug"]), as_content(data)
        if known is None or known.content != content:
            save_programme(programme=known or Programme(slug=data["slug"]), content=content)
            report(f"programma {data['slug']}: {data['title']}")


def as_content(data: Data) -> str:
    """Files in the one way they are kept: their own order, without comments."""
    return json.dumps(data, ensure_ascii=False)


def export_programmes(folder: Path) -> Iterator[Export]:
    """Every programme as its files."""
    for programme in all_programmes():
        data = json.loads(programme.content)
        examples = data.pop("examples", {})
        file = folder / FOLDER / f"{programme.slug}.yaml"
        yield _export(programme, file, PROGRAMME, data)
        yield from (_export(programme, _examples_file(file, trade), EXAMPLES, examples[trade]) for trade in examples)


def _export(programme: Programme, file: Path, schema: str, data: Data) -> Export:
    return Export(f"{NAME}{programme.slug}", file, programme_yaml(data).encode(), _says_already(file, schema, data))


def _says_already(file: Path, schema: str, data: Data) -> bool:
    problems: list[Problem] = []
    return file.exists() and _parsed(file, schema, problems).data == data and not problems


def texts() -> Iterator[tuple[str, str]]:
    """What leads read in programmes, with the name of the programme: for who changes a fact or word."""
    for programme in all_programmes():
        said = list(texts_of(programme.text))
        for template in programme.text.templates.values():
            said += [one for trade in template.examples for one in example_texts(template, trade)]
        yield from ((f"Programma {programme}", text) for _, text in said)


def register_programmes() -> None:
    register(Part(problems_of_programmes, too_hard, load_programmes, export_programmes, quality, texts))
