"""Lists that someone pastes or uploads: read with limits, columns found by their name, no formula run.

What comes in is a stranger's file: nothing here trusts its size, its coding or its shape.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 2_000_000
MOST_UNPACKED = 12_000_000  # of an XLSX, all its parts together
MOST_PARTS = 300
MOST_ROWS = 2_500
MOST_COLUMNS = 60
MOST_IN_CELL = 200
HEADER_WITHIN = 10  # rows: what schools export may begin with a title
NAME_COLUMNS = (
    "roepnaam", "bijnaam", "voornaam", "naam", "weergavenaam", "leerling", "student", "deelnemer",
    "naam leerling", "naam student", "volledige naam", "name", "first name", "nickname",
)  # fmt: skip
CLASS_COLUMNS = ("klas", "groep", "stamgroep", "lesgroep", "stamklas", "class", "group")
NO_NAMES = "We vinden geen kolom met namen. Zet boven die kolom het woord: naam."
_NUMBERING = re.compile(r"^\s*(?:\d{1,4}\s*[.):]\s*|[-*•–]\s+)")


class SheetRefused(ValueError):
    """Why a whole file cannot be read; the message is for who sent it."""


@dataclass(frozen=True)
class Line:
    """One row with a name: where it stood, what was typed, and its class where the list says so."""

    number: int
    name: str
    group: str = ""


def lines_of_text(text: str) -> list[Line]:
    """The names of a pasted list, one a line. What was copied from a spreadsheet may hold its header too.

    Raises SheetRefused.
    """
    if len(text) > MOST_BYTES:
        raise SheetRefused("Deze lijst is te lang.")
    rows = [[cell.strip() for cell in row.split("\t")] for row in text.splitlines()]
    if any(len(row) > 1 for row in rows) and _header(rows[:HEADER_WITHIN]):
        return list(lines_of_rows(rows))
    typed = (" ".join(_NUMBERING.sub("", " ".join(row)).split()) for row in rows)
    lines = [Line(number, _turned(name)) for number, name in enumerate(typed, 1) if name]
    if len(lines) > MOST_ROWS:
        raise SheetRefused(f"Dit zijn te veel namen. Er passen er {MOST_ROWS} in één lijst.")
    return lines


def _turned(name: str) -> str:
    """'Jansen, Anna' is Anna Jansen."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma and "," not in first else name


def lines_of_file(content: bytes) -> Iterator[Line]:
    """The names in a CSV or XLSX, row by row. Raises SheetRefused."""
    yield from lines_of_rows(rows_of_file(content))


def rows_of_file(content: bytes, *, most_in_cell: int = MOST_IN_CELL) -> Iterator[list[str]]:
    """The cells of a CSV or of the first sheet of an XLSX, row by row; a cell is cut at `most_in_cell`, which is more
    than what is taken, so that it is refused. Raises SheetRefused."""
    if len(content) > MOST_BYTES:
        raise SheetRefused("Dit bestand is te groot. Er past 2 MB in.")
    if not content.strip():
        raise SheetRefused("Dit bestand is leeg.")
    if content[:4] == b"PK\x03\x04":
        yield from _rows_of_xlsx(content, most_in_cell)
    elif content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise SheetRefused("Dit is een oud Excel-bestand of er zit een wachtwoord op. Bewaar het als .xlsx of .csv.")
    else:
        yield from _rows_of_csv(content, most_in_cell)


def lines_of_rows(rows: Any) -> Iterator[Line]:
    """The rows below the header that hold a name. Raises SheetRefused where no header names its columns."""
    columns: tuple[int, int | None] | None = None
    found = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS + HEADER_WITHIN:
            raise SheetRefused(f"Dit zijn te veel rijen. Er passen er {MOST_ROWS} in één bestand.")
        if columns is None:
            columns = _columns(row)
            if columns is None and number >= HEADER_WITHIN:
                break
            continue
        name, group = _cell(row, columns[0]), _cell(row, columns[1])
        if name or group:
            found += 1
            yield Line(number, _turned(name), group)
    if columns is None:
        raise SheetRefused(NO_NAMES)
    if not found:
        raise SheetRefused("Onder de kop staan geen namen.")


def _header(rows: Sequence[Sequence[str]]) -> bool:
    return any(_columns(row) for row in rows)


def _columns(row: Sequence[str]) -> tuple[int, int | None] | None:
    """Where the names and the classes stand, if this row is a header."""
    titles = [" ".join(str(cell).casefold().replace("_", " ").split()).strip(" :*") for cell in row]
    name = next((titles.index(title) for title in NAME_COLUMNS if title in titles), None)
    group = next((titles.index(title) for title in CLASS_COLUMNS if title in titles), None)
    return None if name is None else (name, group)


def _cell(row: Sequence[str], column: int | None) -> str:
    return " ".join(row[column].split()) if column is not None and column < len(row) else ""


def _text(value: object, most: int) -> str:
    """A class that a spreadsheet took for a number stays '2'; what is too long is cut, to be refused as a name."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)[:most]


def _rows_of_csv(content: bytes, most: int) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise SheetRefused("Dit bestand kunnen we niet lezen. Bewaar het als .xlsx of .csv.")
    head = "\n".join(text.splitlines()[:HEADER_WITHIN])
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield [_text(cell, most) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise SheetRefused("Dit bestand kunnen we niet lezen. Bewaar het als .xlsx of .csv.") from error


def _decoded(content: bytes) -> str:
    """As Excel, Google and others write it: UTF-8, UTF-16 with its mark, else the Windows code page."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows_of_xlsx(content: bytes, most: int) -> Iterator[list[str]]:
    """The first sheet. What a zip says of itself is looked at before anything is unpacked (zip bombs)."""
    from openpyxl import load_workbook  # reads with defusedxml: no entities, no DTD

    try:
        _check_zip(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its size may be a lie
            for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
                yield [_text(cell, most) for cell in row]
        finally:
            book.close()
    except SheetRefused:
        raise
    except Exception as error:  # a broken file breaks openpyxl in many ways
        raise SheetRefused("Dit bestand is stuk of geen Excel-bestand. Bewaar het opnieuw als .xlsx.") from error


def _check_zip(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise SheetRefused("Dit bestand is uitgepakt te groot. Bewaar alleen de lijst.")
        if "xl/workbook.xml" not in packed.namelist():
            raise SheetRefused("Dit is geen Excel-bestand. Bewaar het als .xlsx of .csv.")
