"""What may stand in a product: checked against the fields of its template, with what is wrong in words for its author.

A product is saved while it is typed, so it may be half empty. `missing` says what it needs to be ready.
"""

import re
from collections.abc import Iterator
from typing import Any

from leadership.programme import CELL, Column, Field, Template, Values

UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class WrongValues(Exception):
    """What was sent is no product of this template; `problems` are pairs of a field and what is wrong."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{field}: {said}" for field, said in problems))


def clean_values(template: Template, raw: Any) -> Values:
    """What was sent, tidied: only fields of the template, without spaces around texts and without empty rows.

    Raises WrongValues with everything that is wrong. Nothing is cut off in silence.
    """
    if not isinstance(raw, dict):
        raise WrongValues([("", "Dit is geen ingevuld formulier.")])
    fields = {field.id: field for field in template.fields}
    problems = [(str(name)[:30], "Dit hoort niet bij dit formulier.") for name in raw if name not in fields]
    values: Values = {}
    for name, field in fields.items():
        if name not in raw:
            continue
        try:
            values[name] = _table(field, raw[name]) if field.kind == "table" else _one(field, raw[name])
        except ValueError as error:
            problems.append((name, str(error)))
    if problems:
        raise WrongValues(problems[:20])
    return {name: value for name, value in values.items() if value}


def _one(field: Field, value: Any) -> str:
    if field.options:
        return _chosen([option.id for option in field.options], value)
    return _text(value, field.most, one_line=field.kind == "line")


def _chosen(ids: list[str], value: Any) -> str:
    if value not in ("", *ids):
        raise ValueError("Kies een van de antwoorden.")
    return str(value)


def _text(value: Any, most: int, *, one_line: bool) -> str:
    if not isinstance(value, str):
        raise ValueError("Hier hoort tekst.")
    text = value.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise ValueError(f"Dit is te lang. Er passen {most} tekens, je hebt er {len(text)}.")
    if UNFIT.search(text):
        raise ValueError("Hier staat een teken dat geen tekst is. Typ het opnieuw.")
    if one_line and "\n" in text:
        raise ValueError("Houd dit op één regel.")
    return text


def _table(field: Field, value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise ValueError("Hier horen rijen.")
    if len(value) > field.most:
        raise ValueError(f"Dit zijn te veel rijen. Er passen er {field.most}.")
    rows = [_row(field, number, row) for number, row in enumerate(value, 1)]
    return [row for row in rows if any(row.values())]


def _row(field: Field, number: int, row: dict[Any, Any]) -> dict[str, str]:
    columns = {column.id: column for column in field.columns}
    if set(row) - set(columns):
        raise ValueError(f"Rij {number} heeft een vak te veel.")
    try:
        return {name: _cell(column, row.get(name, "")) for name, column in columns.items()}
    except ValueError as error:
        raise ValueError(f"Rij {number}: {error}") from error


def _cell(column: Column, value: Any) -> str:
    if column.options:
        return _chosen([option.id for option in column.options], value)
    return _text(value, CELL, one_line=True)


def missing(template: Template, values: Values) -> Iterator[tuple[str, str]]:
    """What a product still needs to be ready: a field and what to do. Values were cleaned."""
    for field in template.fields:
        value = values.get(field.id)
        if not value:
            if field.required:
                yield field.id, "Vul dit nog in."
        elif isinstance(value, list):
            if len(value) < field.least:
                yield field.id, f"Maak minstens {field.least} rijen. Je hebt er {len(value)}."
            elif any(not cell for row in value for cell in row.values()):
                yield field.id, "Een rij is nog niet helemaal gevuld."
