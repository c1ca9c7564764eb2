"""The record store holds opaque names; here is where they are tied to people."""

from typing import Any

from people.models import Pseudonym, User
from people.registry import PersonalData, keeps_nothing, register
from people.services import ensure_pseudonym
from xapi.models import Statement
from xapi.services import erase_actors, rename_actor


def _names(user: User) -> list[Any]:
    return list(Pseudonym.objects.filter(user=user).values_list("name", flat=True))


def export(user: User) -> dict[str, Any]:
    found = Statement.objects.filter(actor__in=_names(user)).order_by("seq")
    return {"statements": [row.document for row in found]}


def erase(user: User) -> dict[str, int]:
    return erase_actors(_names(user))


def merge(source: User, target: User) -> None:
    """Statements of the nameless learner go on under the name of the account."""
    new = ensure_pseudonym(user=target).name
    for old in _names(source):
        rename_actor(old, new)


def register_xapi() -> None:
    register(
        PersonalData(
            room="xapi",
            models=("xapi.Statement",),
            export=export,
            erase=erase,
            retain=keeps_nothing,
            merge=merge,
        )
    )
