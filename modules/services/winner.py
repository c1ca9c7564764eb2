"""Who wins when a file and an author changed the same lesson, fact or word (decision 0013)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.utils import timezone
from django.utils.formats import date_format


@dataclass(frozen=True)
class Force:
    """Which files win anyway: those of `codes`; without codes all that changed on both sides."""

    codes: frozenset[str] = frozenset()

    def names(self, code: str) -> bool:
        """Whether this one was asked for by its code."""
        return code.lower() in {named.lower() for named in self.codes}


@dataclass(frozen=True)
class Conflict:
    """Something that changed in its file and in the editor since it was loaded; it was left as it is."""

    code: str
    title: str
    edited_by: str | None
    edited_at: datetime | None

    def __str__(self) -> str:
        when = date_format(timezone.localtime(self.edited_at), r"\o\p j F Y \o\m H.i \u\u\r") if self.edited_at else ""
        who = f"door {self.edited_by}" if self.edited_by else ""
        last = " ".join(part for part in (when, who) if part)
        name = f"{self.code} {self.title}".strip()
        return f"{name}: laatst bewaard {last}" if last else name


class Turn(Enum):
    """What loading does with one lesson, fact or word."""

    LOAD = auto()
    LEAVE = auto()
    AGREE = auto()
    """The site says what the file says already: only remember that."""
    CONFLICT = auto()


def decide(*, file: str, loaded: str, code: str, own: Callable[[], Collection[str]], force: Force | None) -> Turn:
    """Whose turn it is, from digests: what the file says, what was loaded last, what stands on the site now.

    `own` gives one digest, or two where a draft stands beside what is published; asked only when it matters.
    """
    if force and force.names(code):
        return Turn.AGREE if set(own()) == {file} else Turn.LOAD
    if file == loaded:
        return Turn.LEAVE
    now = set(own())
    if now == {file}:
        return Turn.AGREE
    if now == {loaded} or (force and not force.codes):
        return Turn.LOAD
    return Turn.CONFLICT
