"""What goes out at once: a table of figures over groups that share people, with as much hidden as its audit asks for.

A group that is too small, where nearly all said the same, or of which one organisation is too large a part, is hidden.
Then all that is told is audited; as long as something hidden comes out too exactly, the smallest group that is still
told is hidden along. A group is hidden with all its categories.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from insight.suppression.audit import Audit, Sum, Undecided, Wanted, pinned
from insight.suppression.rules import GROUP, REGION, Rules, is_dominated, is_group, share, step_of, told_share

FEW, ALONG = "few", "along"
"""Why a group is hidden: by itself, or since another could be computed from it."""


@dataclass(frozen=True)
class Figure:
    """What is shown, and which counts would be shown so. width: for a bar, 0 to 100."""

    text: str
    low: int
    high: float
    width: int = 0


@dataclass(frozen=True)
class Manner:
    """How figures are told. tell: (count, people) as a figure, None for one that may not be told by itself.

    people_known: a reader may know how many people a part is, which is assumed of shares; else the count itself is
    what is told. by_organisation: parts are organisations, none of which may be too large a part.
    """

    tell: Callable[[int, int], Figure | None]
    rules: Rules
    people_known: bool = True
    by_organisation: bool = False

    def room(self, people: int) -> int:
        """How many values beside the right one must stay possible of a hidden share.

        Of fewer people than the minimum more than half of all counts; of more at least two others, as a share that is
        told by itself leaves.
        """
        return people // 2 + 1 if people < self.rules.minimum else 2


@dataclass(frozen=True)
class PeopleCounted(Manner):
    """Numbers of people: as vague as one step, and of many a tenth."""

    def room(self, people: int) -> int:
        return max(self.rules.minimum // 2, people // 10)


@dataclass(frozen=True)
class FirmsCounted(Manner):
    """Numbers of firms: one or two are not known exactly; three or more are a number that may be told."""

    def room(self, people: int) -> int:
        return int(people < self.rules.minimum)


@dataclass(frozen=True)
class Reader:
    """Someone who sees a table. known: sums they know from elsewhere, over pairs (part, category). open: parts that
    they were told of there, and that need no guarding from them here. linked: tables they were told of, of which this
    one says something."""

    known: Sequence[Sum] = ()
    open: frozenset[Hashable] = frozenset()
    linked: Sequence["Linked"] = ()


EVERYBODY = Reader()


@dataclass(frozen=True)
class Linked:
    """Another table that is out, and one pair (part, category) here that counts all its people of that category.

    told: its rows. beside: how many of its people do not count here.
    """

    pair: tuple[Hashable, str]
    table: "Table"
    manner: Manner
    told: Mapping[str, "Row"]
    beside: int = 0

    @cached_property
    def possible(self) -> tuple[int, float]:
        """The least and the most people of the category there, for who was told of that table only."""
        return Audit(*self._audited[:2]).possible(self._counted)

    @property
    def known(self) -> Sum:
        """What follows for the pair here: all these people at most."""
        everybody = frozenset(self.table.people)
        try:
            least, _ = self.possible
        except Undecided:
            least = self.table.count(everybody, self.pair[1])  # they are taken to know it exactly
        return Sum(frozenset({self.pair}), max(0, least - self.beside), self.table.size(everybody) - self.beside)

    def is_given_away(self, most: float) -> bool:
        """Whether something hidden there comes out, once it is known that the pair here is at most this."""
        if most + self.beside >= self.possible[1]:
            return False
        limits, known, wanted = self._audited
        less = Sum(self._counted, 0, most + self.beside)
        return next(pinned(limits, [*known, less], wanted), None) is not None

    @property
    def _counted(self) -> frozenset[Hashable]:
        return _of(frozenset(self.table.people), self.pair[1])

    @cached_property
    def _audited(self) -> tuple[dict[Hashable, float], list[Sum], list[Wanted]]:
        return audited(self.table, self.manner, self.told)


@dataclass(frozen=True)
class Table:
    """One thing that is counted, over groups that are told at once.

    people: what each part divides into, per category: {part: {category: count}}; parts have no person in common.
    groups: which parts each group is. told: the categories that are shown. readers: who may not come to know more.
    """

    people: Mapping[Hashable, Mapping[str, int]]
    groups: Mapping[str, frozenset[Hashable]]
    told: tuple[str, ...]
    readers: Sequence[Reader] = (EVERYBODY,)

    def size(self, parts: frozenset[Hashable]) -> int:
        """How many people these parts are."""
        return sum(sum(self.people[part].values()) for part in parts)

    def count(self, parts: frozenset[Hashable], category: str) -> int:
        """How many of them are in this category."""
        return sum(self.people[part].get(category, 0) for part in parts)

    @property
    def categories(self) -> list[str]:
        return sorted({category for counts in self.people.values() for category in counts} | set(self.told))


@dataclass(frozen=True)
class Row:
    """What is shown of one group: a figure per category, or why there are none ('few', 'along')."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    hidden: str = ""


def release(table: Table, manner: Manner) -> dict[str, Row]:
    """What may be told of each group of a table, so that nothing hidden can be computed from all of it together."""
    rows = {group: _alone(table, manner, parts) for group, parts in table.groups.items()}
    told = {group: row for group, row in rows.items() if not row.hidden}
    while told and (given_away := _given_away(table, manner, told)):
        linked = _linked(table, told, given_away)
        out = min(linked or told, key=lambda group: (table.size(table.groups[group]), group))
        del told[out]
        rows[out] = Row(hidden=ALONG)
    return rows


def _given_away(table: Table, manner: Manner, told: Mapping[str, Row]) -> Wanted | None:
    """The first thing that some reader can compute too exactly."""
    return next((one for reader in table.readers for one in _found_out(table, manner, told, reader)), None)


def _found_out(table: Table, manner: Manner, told: Mapping[str, Row], reader: Reader) -> Iterator[Wanted]:
    """What a reader finds out by these rows: here, and in tables that they were told of elsewhere.

    What they can compute without any of these rows, these do not give away.
    """
    most, known, wanted = audited(table, manner, told, reader)
    after = Audit(most, known)
    before = Audit(*audited(table, manner, {}, reader)[:2])
    for one in after.pinned(one for one in wanted if one.parts):
        if not reader.known or _is_narrower(after, before, one.parts):
            yield one
    for linked in reader.linked:
        if _says_too_much(after, linked):
            yield Wanted(frozenset({linked.pair}), 0)


def _is_narrower(after: Audit, before: Audit, parts: frozenset[Hashable]) -> bool:
    """Whether less is possible of these parts than before; so it counts where a search ends without an answer."""
    try:
        least, most = after.possible(parts)
    except Undecided:
        return True
    return most - least < before.room_at_most(parts)


def _says_too_much(after: Audit, linked: Linked) -> bool:
    """Whether this gives away something that is hidden in a table that is linked; so it counts when undecided too."""
    try:
        return linked.is_given_away(after.possible(frozenset({linked.pair}))[1])
    except Undecided:
        return True


def audited(
    table: Table, manner: Manner, told: Mapping[str, Row], reader: Reader = EVERYBODY
) -> tuple[dict[Hashable, float], list[Sum], list[Wanted]]:
    """What a reader knows of a table of which these rows are told, and of what they must not come to know more.

    Per part and category an unknown; where people are known they add up to these.
    """
    most: dict[Hashable, float] = {}
    known = list(reader.known)
    for part in table.people:
        size = table.size(frozenset({part}))
        pairs = frozenset((part, category) for category in table.categories)
        most |= dict.fromkeys(pairs, size if manner.people_known else inf)
        if manner.people_known:
            known.append(Sum(pairs, size, size))
    for group, row in told.items():
        for category, figure in row.figures.items():
            known.append(Sum(_of(table.groups[group], category), figure.low, figure.high))
    return most, known, list(_guarded(table, manner, told, reader))


def _guarded(table: Table, manner: Manner, told: Mapping[str, Row], reader: Reader) -> Iterator[Wanted]:
    """Hidden groups, what is left of a told group beside smaller ones that are told, and parts that are told nowhere.

    A single part is guarded when it is small, or one organisation.
    """
    shown = {table.groups[group] for group in told}
    sets = {parts for group, parts in table.groups.items() if group not in told}
    for whole in shown:
        inside = [parts for parts in shown if parts < whole]
        sets.add(whole - frozenset().union(*inside))
        sets |= {whole - parts for parts in inside}
    for part in table.people:
        if manner.by_organisation or not is_group(table.size(frozenset({part})), manner.rules):
            sets.add(frozenset({part}))
    for parts in sorted(sets - shown, key=lambda parts: sorted(map(str, parts))):
        size = table.size(parts)
        if size and not parts <= reader.open:
            for category in table.told:
                yield Wanted(_of(parts, category), manner.room(size))


def _alone(table: Table, manner: Manner, parts: frozenset[Hashable]) -> Row:
    """A group by itself, whatever else is told."""
    size = table.size(parts)
    sizes = [table.size(frozenset({part})) for part in parts]
    if not is_group(size, manner.rules):
        return Row(hidden=FEW)
    if manner.by_organisation and is_dominated([one for one in sizes if one], manner.rules):
        return Row(hidden=FEW)
    found = {category: manner.tell(table.count(parts, category), size) for category in table.told}
    figures = {category: figure for category, figure in found.items() if figure is not None}
    return Row(figures) if len(figures) == len(found) else Row(hidden=FEW)


def _linked(table: Table, told: Mapping[str, Row], wanted: Wanted) -> list[str]:
    """The groups that are told and say something of these parts, directly or by way of each other."""
    parts = {part for part in table.people if any((part, category) in wanted.parts for category in table.told)}
    found: list[str] = []
    while near := [group for group in told if group not in found and table.groups[group] & parts]:
        found += near
        parts |= frozenset().union(*(table.groups[group] for group in near))
    return found


def _of(parts: frozenset[Hashable], category: str) -> frozenset[Hashable]:
    return frozenset((part, category) for part in parts)


def group_share(part: int, whole: int) -> Figure | None:
    """A share over people of one organisation: `rules.share`, in steps of two and a half people or more."""
    told = share(part, whole)
    return None if told is None else _figure(f"{told}%", told, part, whole, lambda count: share(count, whole) == told)


def region_share(part: int, whole: int) -> Figure | None:
    """A share over the region: in steps of 5%, with open ends."""
    told = told_share(part, whole)
    width = min(5 * round(20 * part / whole), 100) if whole else 0
    if told is None:
        return None
    return _figure(told, width, part, whole, lambda count: told_share(count, whole) == told)


def region_class(part: int, whole: int) -> Figure | None:
    """A share over the region as one of many: in classes of two and a half firms or more, so that the lowest one does
    not say of anybody that they are not in it."""
    if not is_group(whole, REGION):
        return None
    step = step_of(whole, REGION)
    last = 100 // step - 1

    def of(count: int) -> int:
        return min(100 * count // (whole * step), last)

    low = step * of(part)
    text = f"<{step}%" if not low else f"{low}-{100 if of(part) == last else low + step - 1}%"
    return _figure(text, low + step // 2, part, whole, lambda count: of(count) == of(part))


def region_count(count: int, _: int) -> Figure | None:
    """A number of people in the region, in tens; None for fewer than ten."""
    if not is_group(count, REGION):
        return None
    tens = 10 * round(count / 10)
    return Figure(f"{tens}", max(tens - 5, REGION.minimum), tens + 5)


def _figure(text: str, width: int, part: int, whole: int, same: Callable[[int], bool]) -> Figure:
    """With all counts around this one that would be told the same."""
    low = high = part
    while low > 0 and same(low - 1):
        low -= 1
    while high < whole and same(high + 1):
        high += 1
    return Figure(text, low, high, width)


GROUP_SHARES = Manner(group_share, GROUP)
REGION_SHARES = Manner(region_share, REGION, by_organisation=True)
REGION_CLASSES = Manner(region_class, REGION, by_organisation=True)


def firm_count(count: int, _: int) -> Figure | None:
    """How many firms take part; none for one or two."""
    return Figure(str(count), count, count) if count >= FIRMS.minimum else None


FIRMS = Rules(minimum=REGION.organisations)
REGION_COUNTS = PeopleCounted(region_count, REGION, people_known=False, by_organisation=True)
FIRM_COUNTS = FirmsCounted(firm_count, FIRMS, people_known=False)
