"""Reads curriculum files into plain data and checks their shape against the schemas."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from assessments.exercises import KINDS, fields_schema
from language.files import read_data, validator_of
from language.queries import Known
from modules.curriculum.photos import add_digests
from modules.curriculum.problems import CurriculumError, Problem

SCHEMAS = Path(__file__).parent / "schemas"

Data = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """One file and what it says."""

    file: Path
    data: Any


@dataclass(frozen=True)
class Curriculum:
    """What a folder holds; its shape is right, its meaning not yet checked."""

    facts: list[Data]
    facts_file: Path
    glossary: list[Data]
    glossary_file: Path
    modules: list[Source]
    coming: list[Data]
    coming_file: Path
    pronunciation: list[Data]
    pronunciation_file: Path
    hard_words: list[Data]
    hard_words_file: Path
    everyday_words: list[str]
    reasons: list[Data]
    reasons_file: Path

    @property
    def folder(self) -> Path:
        """Where all of it stands."""
        return self.facts_file.parent

    @property
    def codes(self) -> set[str]:
        """The codes of all lessons, planned ones too."""
        return {source.data["id"] for source in self.modules} | {entry["id"] for entry in self.coming}

    @property
    def known(self) -> Known:
        """The words and facts that texts beside it may refer to."""
        return Known(
            frozenset(term["term"].lower() for term in self.glossary), frozenset(fact["code"] for fact in self.facts)
        )


def read_curriculum(folder: Path) -> Curriculum:
    """Read facts.yaml, glossary.yaml, modules/*/module.yaml and, where they are there, the other lists.

    Raises CurriculumError with every problem of shape in every file.
    """
    problems: list[Problem] = []
    facts = _read(folder / "facts.yaml", "facts", problems)
    glossary = _read(folder / "glossary.yaml", "glossary", problems)
    coming = _read_if_there(folder / "coming.yaml", "coming", problems)
    spoken = _read_if_there(folder / "pronunciation.yaml", "pronunciation", problems)
    hard_words = _read_if_there(folder / "hard_words.yaml", "hard_words", problems)
    everyday = _read_if_there(folder / "everyday_words.yaml", "everyday_words", problems)
    reasons = _read_if_there(folder / "reasons.yaml", "reasons", problems)
    modules = [_read(file, "module", problems) for file in sorted(folder.glob("modules/*/module.yaml"))]
    if not modules and not problems:
        problems.append(Problem(folder, "", "hier staan geen lessen; verwacht modules/<id>/module.yaml"))
    if problems:
        raise CurriculumError(problems)
    entries = (facts.data, facts.file, glossary.data, glossary.file)
    lists = (coming.data, coming.file, spoken.data, spoken.file, hard_words.data, hard_words.file)
    quality = (everyday.data, reasons.data, reasons.file)
    return Curriculum(*entries, modules, *lists, *quality)


def read_file(file: Path, schema: str) -> Any:
    """The data in one file, by the name of its schema.

    Raises CurriculumError with every problem of its shape.
    """
    problems: list[Problem] = []
    source = _read(file, schema, problems)
    if problems:
        raise CurriculumError(problems)
    return source.data


def _read(file: Path, schema: str, problems: list[Problem]) -> Source:
    try:
        before = len(problems)
        source = parse(file, file.read_bytes(), schema, problems)
        if schema == "module" and len(problems) == before:
            add_digests(file, source.data, problems)
        return source
    except FileNotFoundError:
        problems.append(Problem(file, "", "dit bestand is er niet"))
        return Source(file, None)


def _read_if_there(file: Path, schema: str, problems: list[Problem]) -> Source:
    return _read(file, schema, problems) if file.exists() else Source(file, [])


def parse(file: Path, content: bytes, schema: str, problems: list[Problem]) -> Source:
    """The content of a file as data; what is wrong with its shape is added to `problems`."""
    return Source(file, read_data(file, content, _validator(schema), problems))


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    if name == "module":
        _add_exercises(schema["$defs"]["step"])
    return validator_of(schema)


def _add_exercises(step: Data) -> None:
    """Every kind of exercise brings its own fields."""
    types = step["properties"]["type"]["enum"]
    types[-1:-1] = KINDS  # the card stays last
    for kind in KINDS.values():
        fields = fields_schema(kind)
        fields["properties"] |= {"id": True, "type": True}
        rule = {"properties": {"type": {"const": kind.name}}}
        step["allOf"].append({"if": rule, "then": {**fields, "additionalProperties": False}})
