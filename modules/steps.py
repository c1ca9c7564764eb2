"""The steps of one revision of a module as plain data: no page, no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.exercises import KINDS
from assessments.kind import Kind

TWIN = ("standaard", "makkelijk")


@dataclass(frozen=True)
class Step:
    """One screen. `kind` is None for a step that asks nothing."""

    id: str
    type: str
    value: Mapping[str, Any]

    @property
    def kind(self) -> Kind | None:
        return KINDS.get(self.type)


class Steps:
    """What a revision's `steps` field holds, in its stored form: a list of {type, id, value}."""

    def __init__(self, raw: Sequence[Mapping[str, Any]]) -> None:
        self.all = [Step(str(item["id"]), item["type"], item["value"]) for item in raw]

    def __len__(self) -> int:
        return len(self.all)

    @cached_property
    def by_id(self) -> dict[str, Step]:
        return {step.id: step for step in self.all}

    @cached_property
    def ids(self) -> list[str]:
        return [step.id for step in self.all]

    @property
    def values(self) -> list[Mapping[str, Any]]:
        """What each of them says."""
        return [step.value for step in self.all]

    @property
    def kinds(self) -> list[str]:
        """The names of the kinds of exercise among them."""
        return sorted({kind.name for _, kind in self.exercises()})

    @property
    def first_kinds(self) -> list[str]:
        """The name of the kind that is asked first; none where nothing is asked."""
        return [kind.name for _, kind in self.exercises()][:1]

    @property
    def later_kinds(self) -> list[str]:
        """The names of all other kinds."""
        return [name for name in self.kinds if name not in self.first_kinds]

    def exercises(self) -> Iterator[tuple[Step, Kind]]:
        """The steps that ask something."""
        for step in self.all:
            if step.kind is not None:
                yield step, step.kind


def twins(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    """Every twin text inside a stored value, with the names that lead to it."""
    if isinstance(value, Mapping):
        if set(value) == set(TWIN):
            yield path, value
            return
        for name, inner in value.items():
            yield from twins(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from twins(inner.get("value", inner) if isinstance(inner, Mapping) else inner, (*path, str(number)))
