"""The record store knows nobody: it holds opaque names."""

from base64 import b64encode
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from integrations.statements.exports import end_exports_with
from people.models import Pseudonym, User
from people.purposes import Purpose, Scope, Tell
from people.registry import WITH_THE_PERSON, Held, PersonalData, keeps_nothing, register
from people.services import ensure_pseudonym
from xapi.forwarding.queries import forwarded_of
from xapi.partitions import Month
from xapi.queries import documents_of, files_of, kept_about
from xapi.retention import forget_before, statements_before
from xapi.services import erase_actors, rename_actor


def _names(user: User) -> list[Any]:
    return list(Pseudonym.objects.filter(user=user).values_list("name", flat=True))


def export(user: User) -> dict[str, Any]:
    names = _names(user)
    told = [
        {
            "target": one.target.name,
            "address": one.target.address,
            "statements": len(one.sent) + len(one.perhaps),
            "names": [str(name) for name in one.names],
        }
        for one in forwarded_of(names)
    ]
    statements = documents_of(names)
    kept = [{"name": one.name, **_content(bytes(one.content), one.content_type)} for one in kept_about(names)]
    files = [{"sha2": sha2, **_content(content, kind)} for sha2, kind, content in files_of(statements)]
    found = {"statements": statements, "sent on": told, "documents": kept, "files": files}
    return {name: value for name, value in found.items() if value or name == "statements"}


def _content(content: bytes, kind: str) -> dict[str, str]:
    """What a system kept, as text where it is that."""
    try:
        return {"type": kind, "content": content.decode()}
    except UnicodeDecodeError:
        return {"type": kind, "base64": b64encode(content).decode()}


def erase(user: User) -> dict[str, int]:
    """Statements, and the files with statements that an administrator asked for and that can hold some of these."""
    names = _names(user)
    return {"exports": end_exports_with(names), **erase_actors(names)}


def _begin_of_month(limit: datetime) -> datetime:
    """Statements go by whole months."""
    return Month.of(limit).begin


def _statements(limit: datetime, _: Scope) -> QuerySet[Any]:
    return statements_before(_begin_of_month(limit))


def _forget_statements(limit: datetime, tell: Tell) -> None:
    forget_before(_begin_of_month(limit), tell)


def _days() -> int | None:
    return 31 * settings.STATEMENT_RETENTION_MONTHS or None


STATEMENTS = Purpose(
    key="statements",
    name="Logboek van lessen (xAPI)",
    about="Welke stap er is gedaan, onder een willekeurige naam; met wat eraan hangt. Per hele maand.",
    unit=("statement", "statements"),
    default=_days,
    setting="STATEMENT_RETENTION_MONTHS",
    least=31,
    least_why="Wat doorgestuurd of opgehaald wordt, moet er dan nog zijn.",
    most=3720,
    most_why="Na 10 jaar vraagt ook onderzoek er niet meer naar.",
    due=_statements,
    sweep=_forget_statements,
    told="Het logboek van je lessen, zonder je naam: {term}.",
)


def merge(source: User, target: User) -> None:
    """Statements of the nameless learner go on under the name of the account."""
    new = ensure_pseudonym(user=target).name
    for old in _names(source):
        rename_actor(old, new)


def register_xapi() -> None:
    register(
        PersonalData(
            room="xapi",
            models={
                "xapi.Statement": Held(
                    "Logboek van lessen onder een willekeurige naam (xAPI)",
                    "tot iemand zichzelf wist, of een termijn: statements",
                ),
                "xapi.Forward": Held(
                    "Doorsturen naar een ander systeem onder een afspraak",
                    "zo lang als het logboek, om het terug te kunnen vragen",
                ),
                "xapi.ForwardName": Held("Per ontvanger een eigen willekeurige naam", WITH_THE_PERSON),
            },
            export=export,
            erase=erase,
            retain=keeps_nothing,
            merge=merge,
            purposes=(STATEMENTS,),
        )
    )
