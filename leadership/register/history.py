"""The history of a system in words."""

from dataclasses import dataclass
from datetime import datetime

from leadership.models import AiSystem, OwnRole, Personal, Risk, State
from leadership.register.forms import SystemForm

CHOICES = {"state": State, "personal": Personal, "own_role": OwnRole, "risk": Risk}
MOST = 50


@dataclass(frozen=True)
class Line:
    """One field that changed: its name, and what it was and became."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """Something that happened to a system."""

    at: datetime
    what: str
    lines: list[Line]


def history_of(system: AiSystem) -> list[Event]:
    """The last things that happened, the newest first."""
    return [
        Event(
            change.at,
            change.get_kind_display(),
            [_line(name, before, after) for name, (before, after) in change.fields.items()],
        )
        for change in system.changes.all()[:MOST]
    ]


def _line(name: str, before: str, after: str) -> Line:
    field = SystemForm.base_fields.get(name)
    return Line(str(field.label if field else name).rstrip("?"), _told(name, before), _told(name, after))


def _told(name: str, value: str) -> str:
    choices = CHOICES.get(name)
    if choices is None:
        return value
    return str(choices(value).label) if value in choices.values else value
