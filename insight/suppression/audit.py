"""What a reader can compute of what is hidden, from everything that is told: least and most, by linear programming.

Each part is an unknown whole number of people. What is told are sums of parts that lie between two bounds: a rounded
figure is all counts that would be told so. For a set of parts HiGHS finds the smallest and the largest sum that fit
all of it. Sources: Fischetti and Salazar, Models and algorithms for optimizing cell suppression (2000), section 2 (the
attacker's problem); Hundepool e.a., Statistical Disclosure Control (2012), 4.3; decision 0045.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, inf

Part = Hashable
NEARLY = 1e-6
NODES = 500
"""How far a search over whole people goes. A number and not a time, so that the same data give the same release."""


@dataclass(frozen=True)
class Sum:
    """Of these parts together it is known that they are from `low` to `high`."""

    parts: frozenset[Part]
    low: float
    high: float = inf


@dataclass(frozen=True)
class Wanted:
    """Parts of which the sum may not become known: at least so many values beside the right one must stay possible."""

    parts: frozenset[Part]
    room: int


class Undecided(Exception):
    """The search ended before it found any whole people that fit what is told."""


class _Program:
    """The unknowns and what is known of them; only what is asked for changes."""

    def __init__(self, most: Mapping[Part, float], known: Iterable[Sum], *, whole: bool) -> None:
        import highspy  # with numpy it is large in memory: only who makes releases loads it

        self.optimal = highspy.HighsModelStatus.kOptimal
        self.ended = highspy.HighsModelStatus.kSolutionLimit
        self.endless = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
        self.columns = {part: number for number, part in enumerate(most)}
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0),
            ("mip_max_nodes", NODES),
        ):
            self.highs.setOptionValue(option, value)
        for limit in most.values():
            self.highs.addVar(0.0, limit if limit < inf else highspy.kHighsInf)
        if whole:
            for column in self.columns.values():
                self.highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for one in known:
            columns = [self.columns[part] for part in one.parts]
            high = one.high if one.high < inf else highspy.kHighsInf
            self.highs.addRow(one.low, high, len(columns), columns, [1.0] * len(columns))

    def end(self, parts: frozenset[Part], sign: int) -> float:
        """The least (sign 1) or the most (sign -1) that these parts can be together.

        Where the search over whole people ends early: the best that it found. That is possible too, so between two
        such ends there is never more room than there is. Raises Undecided when it found nothing.
        """
        columns = [self.columns[part] for part in parts]
        for column in columns:
            self.highs.changeColCost(column, float(sign))
        self.highs.run()
        status = self.highs.getModelStatus()
        value = sign * self.highs.getInfo().objective_function_value
        for column in columns:
            self.highs.changeColCost(column, 0.0)
        if status in self.endless:
            return inf
        if status == self.ended:
            if value in (inf, -inf):
                raise Undecided
            return value
        if status != self.optimal:
            raise ValueError(f"what is told cannot all be true: {status}")
        return value


@dataclass(frozen=True)
class Audit:
    """Everything that is told, against which sets of parts can be held.

    most: what each part can be at most, `inf` where nobody knows. known: all sums that are told.
    """

    most: Mapping[Part, float]
    known: Sequence[Sum]

    @cached_property
    def _loose(self) -> _Program:
        return _Program(self.most, self.known, whole=False)

    @cached_property
    def _exact(self) -> _Program:
        return _Program(self.most, self.known, whole=True)

    def possible(self, parts: frozenset[Part]) -> tuple[int, float]:
        """The least and the most people that these parts can be, in whole people. Raises ValueError where what is
        told contradicts itself, Undecided where a search ended without an answer."""
        if not parts:
            return 0, 0
        least, most = self._exact.end(parts, 1), self._exact.end(parts, -1)
        return round(least), most if most == inf else round(most)

    def room_at_most(self, parts: frozenset[Part]) -> float:
        """How many values beside one these parts can have, over all numbers: quick, and never too few."""
        least, most = self._loose.end(parts, 1), self._loose.end(parts, -1)
        return inf if most == inf else floor(most + NEARLY) - ceil(least - NEARLY)

    def pinned(self, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
        """Which of these come out too exactly, one by one.

        First over all numbers, which is quick and finds nothing that is not so; then over whole people, who may be
        pinned where halves of them are not.
        """
        left = []
        for one in wanted:
            if self.room_at_most(one.parts) < one.room:
                yield one
            else:
                left.append(one)
        for one in left:
            if self._too_exact(one):
                yield one

    def _too_exact(self, one: Wanted) -> bool:
        """Over whole people; what the search cannot decide counts as given away."""
        try:
            low, high = self.possible(one.parts)
        except Undecided:
            return True
        return high - low < one.room


def possible(most: Mapping[Part, float], known: Sequence[Sum], parts: frozenset[Part]) -> tuple[int, float]:
    """The least and the most that these parts can be together, for who knows all that is told."""
    return Audit(most, known).possible(parts)


def pinned(most: Mapping[Part, float], known: Sequence[Sum], wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """Which of these come out too exactly; none when all that is told together gives none of them away."""
    return Audit(most, known).pinned(one for one in wanted if one.parts)
