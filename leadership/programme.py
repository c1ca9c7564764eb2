"""A programme as its file says it, with types: weeks, the products that leads make, and the questions they ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LINE, TEXT, CELL = 200, 1500, 200  # the most characters where a file says nothing

Data = dict[str, Any]
Row = dict[str, str]
Values = dict[str, str | list[Row]]
"""What stands in a product: per field a text, the id of an option, or the rows of a table."""


@dataclass(frozen=True)
class Option:
    """One answer to choose, or a question to ask."""

    id: str
    text: str


@dataclass(frozen=True)
class Column:
    """A column of a table; without options one types in it."""

    id: str
    label: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Field:
    """One question of a product.

    kind: 'line', 'text', 'choice' or 'table'. most: characters, or rows of a table; least: rows of a table that is
    ready.
    """

    id: str
    label: str
    help: str
    kind: str
    required: bool
    most: int
    least: int
    options: tuple[Option, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Template:
    """A guided form for one product. `examples`: one that is filled in, per trade."""

    id: str
    title: str
    pictogram: str
    intro: str
    fields: tuple[Field, ...]
    examples: dict[str, Values]


@dataclass(frozen=True)
class MeetingStep:
    """One thing to do together, and how long it takes. `watch`: what may go wrong, and what helps then."""

    minutes: int
    text: str
    watch: str


@dataclass(frozen=True)
class Meeting:
    """What people do together. `goal`: what each has at the end; `prepare`: what the facilitator has ready before.

    Both are empty for a talk of two.
    """

    goal: str
    prepare: tuple[str, ...]
    steps: tuple[MeetingStep, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class Week:
    """One week: a lesson, what one makes, what to do with a partner, and how the facilitator runs it.

    live: the whole group meets; else the outline is for two.
    """

    number: int
    lesson: str
    title: str
    products: tuple[str, ...]
    peer: str
    live: bool
    meeting: Meeting


@dataclass(frozen=True)
class ProgrammeText:
    """Everything a programme file says."""

    slug: str
    title: str
    intro: str
    least: int
    most: int
    organisations: int
    peer_questions: tuple[Option, ...]
    reflection: tuple[Option, ...]
    weeks: tuple[Week, ...]
    return_after_days: int
    return_meeting: Meeting
    templates: dict[str, Template]

    def week(self, number: int) -> Week | None:
        """The week with this number, from 1."""
        return self.weeks[number - 1] if 1 <= number <= len(self.weeks) else None

    def week_of(self, template: str) -> Week | None:
        """The week in which this product is made."""
        return next((week for week in self.weeks if template in week.products), None)


def from_data(data: Data) -> ProgrammeText:
    """A file that fits its schema, with under `examples` what the files beside it say per trade, as types.

    References in it are not checked here.
    """
    group, back = data["group"], data["return_session"]
    return ProgrammeText(
        slug=data["slug"],
        title=data["title"],
        intro=data["intro"],
        least=group["least"],
        most=group["most"],
        organisations=group["organisations"],
        peer_questions=_options(data["peer_questions"]),
        reflection=_options(data["reflection"]),
        weeks=tuple(_week(number, week) for number, week in enumerate(data["weeks"], 1)),
        return_after_days=back["after_days"],
        return_meeting=_meeting(back),
        templates={entry["id"]: _template(entry, data.get("examples", {})) for entry in data["products"]},
    )


def _options(entries: list[Data]) -> tuple[Option, ...]:
    return tuple(Option(entry["id"], entry["text"]) for entry in entries)


def _meeting(data: Data) -> Meeting:
    steps = tuple(MeetingStep(entry["minutes"], entry["text"], entry.get("watch", "")) for entry in data["steps"])
    return Meeting(data.get("goal", ""), tuple(data.get("prepare", [])), steps)


def _week(number: int, data: Data) -> Week:
    meeting = data["meeting"]
    products = tuple(data["products"])
    return Week(number, data["lesson"], data["title"], products, data["peer"], meeting["live"], _meeting(meeting))


def _template(data: Data, per_trade: Data) -> Template:
    fields = tuple(_field(entry) for entry in data["fields"])
    examples = {trade: _values(fields, said[data["id"]]) for trade, said in per_trade.items() if data["id"] in said}
    return Template(data["id"], data["title"], data["pictogram"], data["intro"], fields, examples)


def _field(data: Data) -> Field:
    columns = tuple(
        Column(entry["id"], entry["label"], _options(entry.get("options", []))) for entry in data.get("columns", [])
    )
    return Field(
        id=data["id"],
        label=data["label"],
        help=data.get("help", ""),
        kind=data["kind"],
        required=not data.get("optional", False),
        most=data.get("most", LINE if data["kind"] == "line" else TEXT),
        least=data.get("least", 0),
        options=_options(data.get("options", [])),
        columns=columns,
    )


def _values(fields: tuple[Field, ...], said: Data) -> Values:
    """An example; its rows are written as lists, in the order of the columns."""
    columns = {field.id: [column.id for column in field.columns] for field in fields}
    return {name: _rows(columns.get(name, []), value) for name, value in said.items()}


def _rows(columns: list[str], value: Any) -> str | list[Row]:
    """Cells without a column keep a name of their own, so that checking the example tells of them."""
    if isinstance(value, str):
        return value
    return [
        {columns[place] if place < len(columns) else f"kolom {place + 1}": cell for place, cell in enumerate(row)}
        for row in value
    ]


def texts_of(programme: ProgrammeText) -> Iterator[tuple[str, str]]:
    """Every text for people that a programme shows, with the field of its file; no examples."""
    yield from (("title", programme.title), ("intro", programme.intro))
    yield from ((f"peer_questions.{one.id}", one.text) for one in programme.peer_questions)
    yield from ((f"reflection.{one.id}", one.text) for one in programme.reflection)
    for week in programme.weeks:
        yield from ((f"weeks.{week.number}", text) for text in (week.title, week.peer))
        yield from ((f"weeks.{week.number}.meeting", text) for text in _texts_of_meeting(week.meeting))
    yield from (("return_session", text) for text in _texts_of_meeting(programme.return_meeting))
    for template in programme.templates.values():
        yield from ((template.id, text) for text in (template.title, template.intro))
        for field in template.fields:
            more = [option.text for option in field.options]
            for column in field.columns:
                more += [column.label, *(option.text for option in column.options)]
            yield from ((f"{template.id}.{field.id}", text) for text in (field.label, field.help, *more) if text)


def _texts_of_meeting(meeting: Meeting) -> Iterator[str]:
    said = [text for step in meeting.steps for text in (step.text, step.watch)]
    yield from (text for text in (meeting.goal, *meeting.prepare, *said) if text)


def example_texts(template: Template, trade: str) -> Iterator[tuple[str, str]]:
    """What stands in the example of a trade and was typed, with its field in the file of that trade."""
    chosen = {field.id for field in template.fields if field.options}
    cells = {column.id for field in template.fields for column in field.columns if column.options}
    for name, value in template.examples[trade].items():
        place = f"{template.id}.{name}"
        if isinstance(value, str):
            yield from [(place, value)] if name not in chosen else []
        else:
            yield from ((place, cell) for row in value for column, cell in row.items() if column not in cells)
