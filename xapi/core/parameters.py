"""Query parameters, each with its form (1.0.3 part 3 section 2; IEEE 9274.1.1 section 4.1.6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from xapi.core import agents, formats
from xapi.core.errors import Invalid
from xapi.core.keys import activity_key, agent_key, verb_key
from xapi.core.parsing import parse
from xapi.core.rules import Json

Parameters = Mapping[str, str]
FORMATS = ("ids", "exact", "canonical")
_ONE = frozenset(("statementId", "voidedStatementId", "attachments", "format"))
_MANY = frozenset(
    ("agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit",
     "format", "attachments", "ascending", "cursor")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search for statements asks (section 2.1.3); `cursor` is ours, and says where a page begins."""

    agent: int | None = None
    verb: int | None = None
    activity: int | None = None
    registration: str | None = None
    related_activities: bool = False
    related_agents: bool = False
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 0
    ascending: bool = False
    cursor: int | None = None

    @property
    def by_content(self) -> bool:
        """Whether anything is asked of what statements say, and not only of when they came."""
        return any(part is not None for part in (self.agent, self.verb, self.activity, self.registration))


@dataclass(frozen=True, slots=True)
class One:
    """One statement by its id."""

    id: str
    voided: bool


def known(parameters: Parameters, names: Iterable[str]) -> None:
    """No parameter that is unknown, or known in other letters (section 3.2)."""
    if unknown := parameters.keys() - set(names):
        raise Invalid(min(unknown), "is no parameter of this resource")


def search(parameters: Parameters) -> One | Wanted:
    """What a GET on statements asks."""
    known(parameters, _ONE | _MANY)
    names = [name for name in ("statementId", "voidedStatementId") if name in parameters]
    if names:
        if stray := parameters.keys() - {names[0], "attachments", "format"}:
            raise Invalid(min(stray), f"does not go with {names[0]}")
        return One(uuid(parameters, names[0]), names[0] == "voidedStatementId")
    return Wanted(
        agent=agent_key(agent(parameters)) if "agent" in parameters else None,
        verb=verb_key(iri(parameters, "verb")) if "verb" in parameters else None,
        activity=activity_key(iri(parameters, "activity")) if "activity" in parameters else None,
        registration=uuid(parameters, "registration") if "registration" in parameters else None,
        related_activities=flag(parameters, "related_activities"),
        related_agents=flag(parameters, "related_agents"),
        since=moment(parameters, "since"),
        until=moment(parameters, "until"),
        limit=number(parameters, "limit") or 0,
        ascending=flag(parameters, "ascending"),
        cursor=number(parameters, "cursor"),
    )


def format_of(parameters: Parameters) -> str:
    value = parameters.get("format", "exact")
    if value not in FORMATS:
        raise Invalid("format", f"must be one of {', '.join(FORMATS)}")
    return value


def needed(parameters: Parameters, name: str) -> str:
    if name not in parameters:
        raise Invalid(name, "is needed")
    return parameters[name]


def agent(parameters: Parameters, name: str = "agent") -> Json:
    """An agent or identified group as JSON."""
    value = parse(needed(parameters, name), name)
    agents.identified(value, name)
    found: Json = value
    return found


def iri(parameters: Parameters, name: str) -> str:
    value = needed(parameters, name)
    if not formats.IRI(value):
        raise Invalid(name, "must be an IRI with a scheme")
    return value


def uuid(parameters: Parameters, name: str) -> str:
    value = needed(parameters, name)
    if not formats.UUID(value):
        raise Invalid(name, "must be a UUID")
    return value.lower()


def flag(parameters: Parameters, name: str) -> bool:
    value = parameters.get(name, "false")
    if value not in ("true", "false"):
        raise Invalid(name, "must be true or false")
    return value == "true"


def moment(parameters: Parameters, name: str) -> datetime | None:
    return formats.moment(parameters[name], name) if name in parameters else None


def number(parameters: Parameters, name: str) -> int | None:
    value = parameters.get(name)
    if value is None:
        return None
    if not value.isdecimal() or not value.isascii() or len(value) > 19 or int(value) >= 2**63:
        raise Invalid(name, "must be a whole number")
    return int(value)
