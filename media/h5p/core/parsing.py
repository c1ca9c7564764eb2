"""JSON that is measured before it is parsed: a parser makes up to fifty bytes of each byte it reads."""

import json
import re
from typing import Any, NoReturn

from media.h5p.core.errors import Code, PackageError
from media.h5p.core.limits import Limits

# A text ends at its quote or at the end of all, so that each byte is read once, whatever is wrong with it.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)


def parse_json(content: bytes, path: str, limits: Limits) -> Any:
    """What the JSON holds. Raises PackageError when it is none, too deep or too large, or holds NaN."""
    _measure(content, path, limits)
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_no_number)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(value, ensure_ascii=False).encode()  # half of a character cannot be written again
        return value
    except (ValueError, RecursionError) as error:
        raise PackageError(Code.NOT_JSON, path) from error


def _measure(content: bytes, path: str, limits: Limits) -> None:
    if len(content) > limits.json_bytes:
        raise PackageError(Code.JSON_TOO_LARGE, path, most=limits.json_bytes)
    depth = 0
    for values, token in enumerate(_TOKEN.finditer(content), start=1):
        mark = content[token.start()]
        if mark in b"[{":
            depth += 1
        elif mark in b"]}":
            depth -= 1
        if depth > limits.json_depth:
            raise PackageError(Code.JSON_TOO_DEEP, path, most=limits.json_depth)
        if values > limits.json_values:
            raise PackageError(Code.JSON_TOO_LARGE, path, most=limits.json_bytes)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number in JSON")
