"""Tables as CSV and XLSX: exactly what a screen shows, and no cell that a spreadsheet runs (OWASP, CSV injection)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet may take for a formula, the wide forms too, also behind what one does not see: spaces of every
# kind, control characters, marks without width.
RUNS = re.compile(r"[\t\r\n]|[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")

Row = Sequence[str]


def as_text(value: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{value}" if RUNS.match(value) else value


def as_csv(rows: Iterable[Row], name: str) -> HttpResponse:
    """For a spreadsheet in Dutch: semicolons, and a mark that it is UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return response


def as_xlsx(rows: Iterable[Row], name: str) -> HttpResponse:
    """The same rows; every cell is text, so that nothing is computed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name.capitalize())
    for row in rows:
        cells = [WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", as_text(cell))) for cell in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


SHEETS = {"csv": as_csv, "xlsx": as_xlsx}
