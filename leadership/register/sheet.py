"""The register as a sheet: columns found by their name, every row checked as the form is, and the same out again."""

from collections.abc import Iterator, Sequence
from typing import Any

from insight.sheets import RUNS
from leadership.models import AiSystem, OwnRole, Personal, Risk, State
from leadership.register.forms import SystemForm
from leadership.register.services import FIELDS
from people.sheets import HEADER_WITHIN, SheetRefused, rows_of_file

MOST_ROWS, MOST_IN_CELL, MOST_TOLD = 500, 1600, 50
COLUMNS = {
    "name": ("systeem", "naam", "naam systeem", "ai-systeem", "system", "name"),
    "purpose": ("doel", "waarvoor", "gebruik", "taak", "purpose"),
    "supplier": ("leverancier", "aanbieder", "supplier", "vendor"),
    "used_by": ("gebruikt door", "rollen", "teams", "gebruikers", "afdeling", "used by"),
    "state": ("stand", "status", "state"),
    "personal": ("gegevens van mensen", "persoonsgegevens", "personal data"),
    "kinds": ("gegevens", "welke gegevens", "data"),
    "own_role": ("onze rol", "eigen rol", "rol van de organisatie"),
    "risk": ("risicoklasse", "risico", "klasse", "risk"),
    "measures": ("maatregelen", "maatregel", "measures"),
    "owner": ("eigenaar", "verantwoordelijke", "owner"),
    "review_by": ("herzien vóór", "herzien voor", "opnieuw kijken", "review", "review date"),
}
CHOICES = {"state": State, "personal": Personal, "own_role": OwnRole, "risk": Risk}
ALSO = {
    "ja": "ordinary", "nee": "none", "geen": "none", "gewone": "ordinary", "gewoon": "ordinary",
    "bijzonder": "sensitive", "bijzondere": "sensitive", "gevoelig": "sensitive", "gevoelige": "sensitive",
    "hoog": "high", "beperkt": "transparency",
    "laag": "other", "minimaal": "other", "gebruiksverantwoordelijke": "deployer", "gebruiker": "deployer",
    "aanbieder": "provider", "actief": "used", "pilot": "trial", "test": "trial", "gestopt": "stopped", "?": "",
    "onbekend": "", "nog uitzoeken": "",
}  # fmt: skip
NO_COLUMN = "We vinden geen kolom met systemen. Zet boven die kolom het woord: systeem."


class WrongRows(Exception):
    """Rows that cannot be taken; `problems` are pairs of a row number and what is wrong."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


def read_systems(content: bytes) -> list[dict[str, Any]]:
    """The systems in a CSV or XLSX: per row the columns that the sheet has, checked. Raises SheetRefused, WrongRows."""
    columns: dict[str, int] | None = None
    found: dict[str, dict[str, Any]] = {}
    problems: list[tuple[int, str]] = []
    for number, row in enumerate(rows_of_file(content, most_in_cell=MOST_IN_CELL), 1):
        if number > MOST_ROWS + HEADER_WITHIN:
            raise SheetRefused(f"Dit zijn te veel rijen. Er passen er {MOST_ROWS} in één bestand.")
        if columns is None:
            columns = _header(row)
            if columns is None and number >= HEADER_WITHIN:
                break
        elif any(cell.strip() for cell in row):
            values, wrong = _row(row, columns)
            key = values.get("name", "").casefold()
            problems += [(number, text) for text in wrong]
            if key in found:
                problems.append((number, f"‘{values['name']}’ staat twee keer in dit bestand."))
            elif key:
                found[key] = values
    if columns is None:
        raise SheetRefused(NO_COLUMN)
    if problems:
        raise WrongRows(problems)
    if not found:
        raise SheetRefused("Onder de kop staan geen systemen.")
    return list(found.values())


def _header(row: Sequence[str]) -> dict[str, int] | None:
    """Per field its column, if this row is a header."""
    titles = [" ".join(cell.casefold().replace("_", " ").split()).strip(" :*") for cell in row]
    found = {
        field: titles.index(title)
        for field, names in COLUMNS.items()
        if (title := next((name for name in names if name in titles), None))
    }
    return found if "name" in found else None


def _row(row: Sequence[str], columns: dict[str, int]) -> tuple[dict[str, Any], list[str]]:
    """The values of one row, and what is wrong with it. An empty cell says nothing."""
    typed = {field: _cell(row, place, field) for field, place in columns.items()}
    form = SystemForm(typed)
    if form.is_valid():
        return {name: value for name, value in form.cleaned_data.items() if typed.get(name)}, []
    labels = {name: names[0] for name, names in COLUMNS.items()}
    wrong = [f"{labels[name]}: {text}" for name, said in form.errors.items() for text in said]
    return {"name": form.cleaned_data.get("name", "")}, wrong


def _cell(row: Sequence[str], place: int, field: str) -> str:
    typed = row[place].strip() if place < len(row) else ""
    if typed[:1] == "'" and RUNS.match(typed[1:]):
        typed = typed[1:]  # what we put before it ourselves, so that no spreadsheet runs it
    return _choice(typed, CHOICES[field]) if field in CHOICES else typed


def _choice(typed: str, choices: Any) -> str:
    """The id of what was typed: an id, a label, the first word of a label, or a word that is used for it."""
    said = " ".join(typed.casefold().split())
    for value, label in choices.choices:
        if said in (value, label.casefold(), label.casefold().split(":")[0]):
            return str(value)
    other = ALSO.get(said)
    return other if other is not None and other in choices.values else typed


def rows_of(systems: Sequence[AiSystem]) -> Iterator[list[str]]:
    """The register as it can be read in again."""
    yield [COLUMNS[name][0] for name in FIELDS]
    for system in systems:
        yield [_told(system, name) for name in FIELDS]


def _told(system: AiSystem, field: str) -> str:
    value = getattr(system, field)
    if field in CHOICES:
        return str(CHOICES[field](value).label)
    return f"{value:%d-%m-%Y}" if field == "review_by" and value else str(value or "")
