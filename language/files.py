"""Files that an author writes by hand: read as plain data, with problems named by file and field, in Dutch."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from yaml.composer import Composer, ComposerError

MOST_BYTES = 500_000


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where, and what to do, in the words of its author."""

    file: Path
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field + ': ' if self.field else ''}{self.message}"


class FilesError(Exception):
    """Files that cannot be used; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


# Half a character, or one that no database keeps; as JSON writes it.
_UNFIT = re.compile(r"[\ud800-\udfff]|\\u00[01][0-9a-f]")


class _Loader(Composer, yaml.CSafeLoader):
    """Plain data only: no aliases (a few could stand for a billion words), no dates, no key twice.

    Read by libyaml, composed in Python, where an alias is refused before it is followed.
    """

    def __init__(self, stream: Any) -> None:
        yaml.CSafeLoader.__init__(self, stream)
        Composer.__init__(self)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            alias: Any = self.peek_event()
            raise ComposerError(None, None, "verwijzingen (* en &) mogen hier niet", alias.start_mark)
        return super().compose_node(parent, index)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    double = {str(key) for key in keys if keys.count(key) > 1}
    if double:
        raise yaml.constructor.ConstructorError(
            None, None, f"'{', '.join(double)}' staat er twee keer", node.start_mark
        )
    return {str(key): value for key, value in loader.construct_mapping(node, deep=True).items()}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))


def read_data(file: Path, content: bytes, schema: Draft202012Validator, problems: list[Problem]) -> Any:
    """The content of a file as data that fits the schema.

    What is wrong is added to `problems`; None when there is no data to speak of.
    """
    if len(content) > MOST_BYTES:
        problems.append(Problem(file, "", f"is groter dan {MOST_BYTES // 1000} kB"))
        return None
    try:
        data = yaml.load(content, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problems.append(Problem(file, "", f"is geen YAML: {' '.join(str(error).split())[:300]}"))
        return None
    if unfit := _UNFIT.search(json.dumps(data, ensure_ascii=False, default=str)):
        problems.append(Problem(file, "", f"bevat een teken dat geen tekst is ({unfit[0]!a})"))
        return None
    problems.extend(_shape(file, schema, data))
    return data


def _shape(file: Path, schema: Draft202012Validator, data: Any) -> Iterator[Problem]:
    for error in sorted(schema.iter_errors(data), key=lambda error: list(map(str, error.path))):
        cause = min(error.context, key=lambda inner: -len(inner.path)) if error.context else error
        field = ".".join(str(part) for part in cause.absolute_path)
        yield Problem(file, field, _in_words(cause))


def _in_words(error: Any) -> str:
    missing = error.validator in ("required", "dependentRequired") and error.message.split("'")[1]
    return {
        "required": f"'{missing}' ontbreekt",
        "dependentRequired": f"'{missing}' ontbreekt",
        "additionalProperties": f"dit hoort hier niet: {error.message.split('(')[-1].rstrip(')')}",
        "enum": f"kies een van: {', '.join(map(str, error.validator_value or []))}"
        if error.validator == "enum"
        else "",
        "minLength": "is leeg",
        "minItems": "heeft er te weinig",
        "maxItems": "heeft er te veel",
        "minProperties": "heeft te weinig velden",
        "maxProperties": "heeft te veel velden",
        "minimum": f"is te klein: minstens {error.validator_value}",
        "maximum": f"is te groot: hoogstens {error.validator_value}",
        "type": f"verwacht {error.validator_value}",
        "maxLength": f"is te lang: hoogstens {error.validator_value} tekens",
        "format": "is geen datum; schrijf jjjj-mm-dd",
        "pattern": f"heeft niet de goede vorm: {str(error.instance)[:60]!r}",
    }.get(str(error.validator), error.message[:200])


def validator_of(schema: dict[str, Any]) -> Draft202012Validator:
    """What a JSON schema says, ready to check; dates are checked too."""
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
