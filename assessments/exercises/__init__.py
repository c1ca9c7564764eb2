"""The kinds of exercise. Each folder here is one; docs/how-to/add-an-exercise-kind.md lists its files."""

import json
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from assessments.kind import Kind

KINDS: dict[str, Kind] = {
    name: import_module(f"{__name__}.{name}").KIND for _, name, is_folder in iter_modules(__path__) if is_folder
}


def folder_of(kind: Kind) -> Path:
    """Where everything of this kind stands."""
    return Path(__file__).parent / kind.name


def fields_schema(kind: Kind) -> dict[str, Any]:
    """What a curriculum file may say of this kind, as a JSON schema: `required` and `properties`.

    It may refer to `#/$defs/twin`, `#/$defs/id` and `#/$defs/picture` of the schema of a module.
    """
    found: dict[str, Any] = json.loads((folder_of(kind) / "schema.json").read_text(encoding="utf-8"))
    return found
