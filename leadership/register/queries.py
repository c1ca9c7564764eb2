"""Reads of the register; each says whose eyes it is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from language.markup import plain
from language.models import Fact
from language.queries import WordsAndFacts
from language.variant import Variant
from leadership.models import AiSystem, State
from leadership.queries import products_of
from leadership.register.risk import facts_behind
from people.models import Membership, Organisation, Role, User

KEEPERS = (Role.HR_LEAD, Role.OWNER)
READERS = (*KEEPERS, Role.TEAM_LEAD, Role.PRIVACY_OFFICER)
PRODUCT, ROWS = "gegevenskaart", "register"  # the product of the programme that holds a table of systems


def organisations_read(user: User) -> QuerySet[Organisation]:
    """Whose register this person may read; none in a session that only learns."""
    return _where(user, READERS)


def organisations_kept(user: User) -> QuerySet[Organisation]:
    """Whose register and dossier this person keeps: HR, and an owner of the firm."""
    return _where(user, KEEPERS)


def _where(user: User, roles: Iterable[Role]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=roles_of(user, roles).values("organisation"))


def roles_of(user: User, roles: Iterable[Role]) -> QuerySet[Membership]:
    """Where this person has one of these roles; nowhere in a session that only learns."""
    mine = Membership.objects.filter(user=user, role__in=roles)
    return mine.none() if user.only_learns else mine


def systems_of(organisation: Organisation) -> QuerySet[AiSystem]:
    """The register. The caller made sure that who looks may read it."""
    return AiSystem.objects.filter(organisation=organisation)


@dataclass(frozen=True)
class SaidFact:
    """A fact as a desk shows it."""

    code: str
    text: str
    source: str
    checked_on: date
    review_by: date
    is_due: bool
    is_secondary: bool


def said_facts(codes: Iterable[str], texts: WordsAndFacts | None = None) -> list[SaidFact]:
    """These facts in plain text, in this order; those that are not there are left out."""
    texts = texts or WordsAndFacts()
    return [_said(texts.facts[code], texts) for code in dict.fromkeys(codes) if code in texts.facts]


def _said(fact: Fact, texts: WordsAndFacts) -> SaidFact:
    text = " ".join(plain(fact.text_standaard, Variant.STANDAARD, texts).split())
    return SaidFact(
        fact.code, text, fact.source, fact.checked_on, fact.review_by, fact.is_due, fact.is_secondary
    )  # fmt: skip


def facts_now(codes: Iterable[str]) -> dict[str, str]:
    """What these facts say now, to remember that somebody saw it."""
    return dict(Fact.objects.filter(code__in=codes).order_by("code").values_list("code", "text_standaard"))


@dataclass(frozen=True)
class FactChange:
    """A fact that says something else than when a system was last looked at."""

    code: str
    before: str
    after: str


@dataclass(frozen=True)
class Look:
    """A system to look at again, and why: its day came, it has none, or a fact behind it changed."""

    system: AiSystem
    is_due: bool
    has_no_day: bool
    changes: tuple[FactChange, ...]

    @property
    def reasons(self) -> list[str]:
        """What came due, each with a name of its own: the day, and what a fact says now. Having no day is none."""
        facts = [f"{one.code} {sha256(one.after.encode()).hexdigest()[:16]}" for one in self.changes]
        return [str(self.system.review_by), *facts] if self.is_due else facts


def looks(systems: Iterable[AiSystem], today: date | None = None) -> list[Look]:
    """What must be looked at again, of systems that are in use or tried. One query for the facts."""
    day = today or timezone.localdate()
    going = [system for system in systems if system.state != State.STOPPED]
    now = facts_now({code for system in going for code in facts_behind(system)}) if going else {}
    found = (_look(system, now, day) for system in going)
    return [look for look in found if look.is_due or look.has_no_day or look.changes]


def _look(system: AiSystem, now: dict[str, str], day: date) -> Look:
    changes = tuple(
        FactChange(code, system.facts_seen[code], now[code])
        for code in facts_behind(system)
        if code in now and code in system.facts_seen and system.facts_seen[code] != now[code]
    )
    return Look(system, bool(system.review_by and system.review_by <= day), system.review_by is None, changes)


def keepers_of(organisation: Organisation) -> QuerySet[User]:
    """Who keeps the register and the dossier of this organisation. For a message to them."""
    keep = Membership.objects.filter(organisation=organisation, role__in=KEEPERS)
    return User.objects.filter(pk__in=keep.values("user"), is_active=True).order_by("pk")


def rows_to_take_over(user: User, systems: Iterable[AiSystem]) -> list[dict[str, Any]]:
    """The systems in this person's own data cards that are not among these of a register: values for a form."""
    there = {system.name.casefold() for system in systems}
    found: dict[str, dict[str, Any]] = {}
    for product in products_of(user).filter(template=PRODUCT):
        rows = product.values.get(ROWS, [])
        for row in rows if isinstance(rows, list) else []:
            name = " ".join(row.get("systeem", "").split())
            if name and name.casefold() not in there:
                found.setdefault(name.casefold(), _values(name, row))
    return list(found.values())


_KINDS = {"geen": "none", "gewoon": "ordinary", "gevoelig": "sensitive"}


def _values(name: str, row: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "purpose": row.get("taak", ""),
        "owner": row.get("rol", ""),
        "personal": _KINDS.get(row.get("soort", ""), ""),
    }
