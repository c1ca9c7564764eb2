from collections.abc import Iterator, Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items

ENDINGS = {"goed": "Dit gaat goed.", "beter": "Dit kan beter.", "herstel": "Dit kun je herstellen."}
"""The three endings and what stands above them."""

Path = tuple[str, str, str]


def paths(spec: Spec, *, makkelijk: bool = False) -> Iterator[Path]:
    """Every way through: the id of the first choice, that of the second, and the name of the ending.

    makkelijk: only the ways that this variant shows. A choice that leads nowhere, in a draft, gives no way.
    """
    for first, option in _shown(spec, makkelijk):
        if moment := moment_of(spec, option):
            for second, then in _shown(moment, makkelijk):
                yield first, second, then["ending"]


def moment_of(spec: Spec, option: Spec) -> Spec | None:
    """The moment after a first choice; None when there is none with that number."""
    moments = dict(enumerate((value for _, value in items(spec, "moments")), 1))
    number = str(option["moment"])
    return moments.get(int(number)) if number.isdecimal() else None


def _shown(spec: Spec, makkelijk: bool) -> list[tuple[str, Spec]]:
    return [item for item in items(spec, "options") if not (makkelijk and item[1].get("only_standaard"))]


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` is the id of the first choice and that of the second; any way to an ending is enough."""
    outcome(spec, response)
    return Verdict.whole(None)


def outcome(spec: Spec, response: Any) -> str:
    """The name of the ending that these two choices come to. Raises WrongShape when there is no such way."""
    for first, second, ending in paths(spec):
        if response == [first, second]:
            return ending
    raise WrongShape("verwacht 2 keuzes die op elkaar volgen")


def key(spec: Spec) -> dict[str, Any]:
    """Every way through, as lists."""
    return {"paths": [list(path) for path in paths(spec)]}


def from_form(spec: Spec, posted: Mapping[str, str]) -> list[str]:
    """The first choice, and the one at the moment that it leads to."""
    option = dict(items(spec, "options")).get(posted.get("first", ""))
    if option is None:
        raise WrongShape("Kies eerst wat je doet.")
    second = posted.get(f"then-{option['moment']}")
    if not second:
        raise WrongShape("Kies ook wat je daarna doet.")
    return [posted["first"], second]


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """How it ends, and what one can do the next time."""
    name = outcome(spec, response)
    ending = spec["endings"][name]
    return {
        variant: f"**{ENDINGS[name]}**\n{ending['text'][variant]}\n**Volgende keer**\n{ending['next_time'][variant]}"
        for variant in ("standaard", "makkelijk")
    }
