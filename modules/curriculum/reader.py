"""Reads curriculum files into plain data and checks their shape against the schemas."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from modules.curriculum.problems import CurriculumError, Problem

MOST_BYTES = 500_000
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


# Half a character, or one that no database keeps; as JSON writes it.
_UNFIT = re.compile(r"[\ud800-\udfff]|\\u00[01][0-9a-f]")


class _Loader(yaml.SafeLoader):
    """Plain data only: no aliases (a few could stand for a billion words), no dates, no key twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "verwijzingen (* en &) mogen hier niet", mark)
        return super().compose_node(parent, index)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Data:
    keys = [loader.construct_object(key) for key, _ in node.value]
    double = {str(key) for key in keys if keys.count(key) > 1}
    if double:
        raise yaml.constructor.ConstructorError(
            None, None, f"'{', '.join(double)}' staat er twee keer", node.start_mark
        )
    return {str(key): value for key, value in loader.construct_mapping(node, deep=True).items()}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))


def read_curriculum(folder: Path) -> Curriculum:
    """Read facts.yaml, glossary.yaml, modules/*/module.yaml and, where it is there, coming.yaml.

    Raises CurriculumError with every problem of shape in every file.
    """
    problems: list[Problem] = []
    facts = _read(folder / "facts.yaml", "facts", problems)
    glossary = _read(folder / "glossary.yaml", "glossary", problems)
    coming = Source(folder / "coming.yaml", [])
    if coming.file.exists():
        coming = _read(coming.file, "coming", problems)
    modules = [_read(file, "module", problems) for file in sorted(folder.glob("modules/*/module.yaml"))]
    if not modules and not problems:
        problems.append(Problem(folder, "", "hier staan geen lessen; verwacht modules/<id>/module.yaml"))
    if problems:
        raise CurriculumError(problems)
    return Curriculum(facts.data, facts.file, glossary.data, glossary.file, modules, coming.data, coming.file)


def read_file(file: Path, schema: str) -> Any:
    """The data in one file: 'module', 'facts' or 'glossary'.

    Raises CurriculumError with every problem of its shape.
    """
    problems: list[Problem] = []
    source = _read(file, schema, problems)
    if problems:
        raise CurriculumError(problems)
    return source.data


def _read(file: Path, schema: str, problems: list[Problem]) -> Source:
    try:
        return parse(file, file.read_bytes(), schema, problems)
    except FileNotFoundError:
        problems.append(Problem(file, "", "dit bestand is er niet"))
        return Source(file, None)


def parse(file: Path, content: bytes, schema: str, problems: list[Problem]) -> Source:
    """The content of a file as data; what is wrong with its shape is added to `problems`."""
    if len(content) > MOST_BYTES:
        problems.append(Problem(file, "", f"is groter dan {MOST_BYTES // 1000} kB"))
        return Source(file, None)
    try:
        data = yaml.load(content, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problems.append(Problem(file, "", f"is geen YAML: {' '.join(str(error).split())[:300]}"))
        return Source(file, None)
    if unfit := _UNFIT.search(json.dumps(data, ensure_ascii=False, default=str)):
        problems.append(Problem(file, "", f"bevat een teken dat geen tekst is ({unfit[0]!a})"))
        return Source(file, None)
    problems.extend(_shape(file, schema, data))
    return Source(file, data)


def _shape(file: Path, schema: str, data: Any) -> Iterator[Problem]:
    for error in sorted(_validator(schema).iter_errors(data), key=lambda error: list(map(str, error.path))):
        cause = min(error.context, key=lambda inner: -len(inner.path)) if error.context else error
        field = ".".join(str(part) for part in cause.absolute_path)
        yield Problem(file, field, _in_words(cause))


def _in_words(error: Any) -> str:
    missing = error.validator == "required" and error.message.split("'")[1]
    return {
        "required": f"'{missing}' ontbreekt",
        "additionalProperties": f"dit hoort hier niet: {error.message.split('(')[-1].rstrip(')')}",
        "enum": f"kies een van: {', '.join(map(str, error.validator_value or []))}"
        if error.validator == "enum"
        else "",
        "minLength": "is leeg",
        "minItems": "heeft er te weinig",
        "maxItems": "heeft er te veel",
        "type": f"verwacht {error.validator_value}",
        "maxLength": f"is te lang: hoogstens {error.validator_value} tekens",
        "format": "is geen datum; schrijf jjjj-mm-dd",
        "pattern": f"heeft niet de goede vorm: {str(error.instance)[:60]!r}",
    }.get(str(error.validator), error.message[:200])


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(
        json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
