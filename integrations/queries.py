"""Reads about the outside world."""

from dataclasses import dataclass

from people.models import Organisation
from xapi.forwarding.models import ForwardTarget
from xapi.models import Credential, Scope


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as an administrator sees it; its secret is known to nobody here."""

    credential: Credential
    organisation: str
    may: str


def keys_of_systems() -> list[KeyRow]:
    """Every key, those in force first, for administrators."""
    names = dict(Organisation.objects.values_list("pk", "name"))
    labels = {value: str(label) for value, label in Scope.choices}
    rows = sorted(Credential.objects.order_by("name", "pk"), key=lambda row: row.ended_at is not None)
    return [KeyRow(row, _organisation(row.organisation, names), _may(row, labels)) for row in rows]


def _organisation(number: int | None, names: dict[int, str]) -> str:
    """The record store knows a number only; the organisation itself may be gone."""
    return "" if number is None else names.get(number, f"Nummer {number}, is er niet meer")


def _may(credential: Credential, labels: dict[str, str]) -> str:
    return ", ".join(labels.get(scope, scope) for scope in credential.scopes.split())


def keys_of_organisation(organisation: Organisation) -> tuple[int, str, str]:
    """How many keys in force are of this organisation, and what one and more are called."""
    return Credential.objects.filter(organisation=organisation.pk, ended_at=None).count(), "sleutel", "sleutels"


def stores_of_organisation(organisation: Organisation) -> tuple[int, str, str]:
    """The same of record stores to which is sent on for it."""
    found = ForwardTarget.objects.filter(organisation=organisation.pk, ended_at=None)
    return found.count(), "systeem om naar door te sturen", "systemen om naar door te sturen"
