"""A guided form as a browser sends it without a script: names of fields, and of cells 'taken-2-soort'."""

import re
from collections.abc import Mapping
from typing import Any

from leadership.programme import Field, Row, Template

ROWS_READ = 100  # of one table; no form has more
PLACE = re.compile(r"[0-9]{1,3}")


def read_posted(template: Template, posted: Mapping[str, str]) -> dict[str, Any]:
    """What was sent, for `clean_values` to judge. Rows keep their order; what no field has is left where it is."""
    values: dict[str, Any] = {}
    for field in template.fields:
        values[field.id] = _rows(field, posted) if field.kind == "table" else posted.get(field.id, "")
    return values


def _rows(field: Field, posted: Mapping[str, str]) -> list[Row]:
    places = sorted({place for name in posted if (place := _place(field, name)) is not None})[:ROWS_READ]
    return [
        {column.id: posted.get(f"{field.id}-{place}-{column.id}", "") for column in field.columns} for place in places
    ]


def _place(field: Field, name: str) -> int | None:
    """The row to which a name belongs."""
    before, _, rest = name.partition("-")
    place, _, column = rest.partition("-")
    is_cell = before == field.id and PLACE.fullmatch(place) and any(column == one.id for one in field.columns)
    return int(place) if is_cell else None
