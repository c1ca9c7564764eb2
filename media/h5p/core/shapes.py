"""The shapes of h5p.json and library.json (schemas/), and what is wrong with one that does not fit."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from media.h5p.core.errors import Code, PackageError

_FOLDER = Path(__file__).parent / "schemas"


def check_shape(name: str, value: Any, path: str, code: Code) -> None:
    """Raises PackageError with `code`, and in `field` where it does not fit the schema of this name."""
    error = best_match(_validator(name).iter_errors(value))
    if error is not None:
        field = ".".join(str(part) for part in error.absolute_path)
        raise PackageError(code, path, field=field or _missing(error), rule=str(error.validator))


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def _missing(error: Any) -> str:
    if error.validator != "required":
        return ""
    return next((key for key in error.validator_value if key not in error.instance), "")
