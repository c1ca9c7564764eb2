"""From what is read to a table of groups that share people: per team of one employer, or per sector, size and province.

Parts have nobody in common. At an employer a part is who are in the same teams; in the region it is one employer, and
who is at two counts at the first.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from insight.registry import Counts, Indicator, OfFirms, OfPeople, OfTeams, Period
from insight.suppression.release import Table
from modules.choices import Trade
from people.models import Organisation, Province, SizeClass
from people.queries import learners_of

ALL = "alles"
OTHER_SECTOR = "ander"
SECTORS = {**dict(Trade.choices), OTHER_SECTOR: "Ander werk"}
DIMENSIONS: dict[str, tuple[str, Mapping[str, str]]] = {
    "sector": ("Sector", SECTORS),
    "grootte": ("Grootte", dict(SizeClass.choices)),
    "provincie": ("Provincie", dict(Province.choices)),
}
"""By what the region is divided: what it is called, and its values."""


@dataclass(frozen=True)
class Places:
    """Who learns where, since when: of one employer, or of all that take part in the region.

    teams: per team its people. firm_of_team. firms: per employer from when on it counts.
    """

    teams: Mapping[int, Mapping[int, datetime]]
    firm_of_team: Mapping[int, int]
    firms: Mapping[int, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, organisations: Sequence[Organisation], period: Period) -> "Places":
        """From the begin of the quarter, since someone joined, and since an employer takes part, whatever is last.

        Who came after the quarter is in no figure of it.
        """
        firms = {one.pk: max(one.in_monitor_since or period.begin, period.begin) for one in organisations}
        teams: dict[int, dict[int, datetime]] = {}
        firm_of_team: dict[int, int] = {}
        for firm, team, user, joined in learners_of(list(firms)):
            if joined >= period.end:
                continue
            teams.setdefault(team, {})[user] = max(joined, period.begin)
            firm_of_team[team] = firm
        return cls(teams, firm_of_team, firms)

    def at(self, firm: int) -> "Places":
        """Of one of these employers."""
        teams = {team: members for team, members in self.teams.items() if self.firm_of_team[team] == firm}
        return Places(teams, dict.fromkeys(teams, firm), {firm: self.firms[firm]})

    @property
    def people(self) -> dict[int, datetime]:
        """Everybody, since they joined first."""
        found: dict[int, datetime] = {}
        for members in self.teams.values():
            for user, since in members.items():
                found[user] = min(since, found.get(user, since))
        return found

    @property
    def firm_of(self) -> dict[int, int]:
        """Per person the employer that they count at."""
        found: dict[int, int] = {}
        for team, members in self.teams.items():
            for user in members:
                found[user] = min(self.firm_of_team[team], found.get(user, self.firm_of_team[team]))
        return found


def employer_table(indicator: Indicator, places: Places, period: Period) -> Table:
    """Per team of one employer, and the whole."""
    parts: dict[Hashable, Counter[str]] = {}
    if isinstance(indicator, OfTeams):
        parts = {frozenset({team}): Counter(counts) for team, counts in indicator.read(places.teams, period).items()}
    elif isinstance(indicator, OfPeople):
        teams_of: dict[int, set[int]] = {}
        for team, members in places.teams.items():
            for user in members:
                teams_of.setdefault(user, set()).add(team)
        for user, category in indicator.read(places.people, period).items():
            parts.setdefault(frozenset(teams_of[user]), Counter())[category] += 1
    groups = {
        group_of_team(team): frozenset(part for part in parts if isinstance(part, frozenset) and team in part)
        for team in places.teams
    }
    return Table(parts, {ALL: frozenset(parts)} | groups, tuple(indicator.told))


def group_of_team(team: int) -> str:
    """The key of a team in a release."""
    return f"team:{team}"


def region_table(indicator: Indicator, places: Places, firms: Sequence[Organisation], period: Period) -> Table:
    """Per sector, size class and province of the employers that take part, and the whole."""
    found = _per_firm(indicator, places, period)
    parts: dict[Hashable, Counts] = {firm: counts for firm, counts in found.items() if sum(counts.values())}
    groups = {ALL: frozenset(parts)}
    values = {one.pk: {"sector": one.sector, "grootte": one.size, "provincie": one.province} for one in firms}
    for dimension, (_, names) in DIMENSIONS.items():
        for value in names:
            groups[f"{dimension}:{value}"] = frozenset(
                firm for firm in found if firm in parts and values[firm][dimension] == value
            )
    return Table(parts, groups, tuple(indicator.told))


def _per_firm(indicator: Indicator, places: Places, period: Period) -> Mapping[int, Counts]:
    found: dict[int, Counter[str]] = {}
    if isinstance(indicator, OfFirms):
        return indicator.read(places.firms, period)
    if isinstance(indicator, OfPeople):
        firm_of = places.firm_of
        since = {user: max(at, places.firms[firm_of[user]]) for user, at in places.people.items()}
        for user, category in indicator.read(since, period).items():
            found.setdefault(firm_of[user], Counter())[category] += 1
    elif isinstance(indicator, OfTeams):
        for team, counts in indicator.read(places.teams, period).items():
            found.setdefault(places.firm_of_team[team], Counter()).update(counts)
    return found
