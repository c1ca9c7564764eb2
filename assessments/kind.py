"""What every kind of exercise is: a block to write it with and a pure function that grades it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StructBlock

from media.h5p.core.statements import Told

Spec = Mapping[str, Any]


class WrongShape(ValueError):
    """A response that this exercise cannot have; the message says what was expected."""


@dataclass(frozen=True)
class Verdict:
    """What a response is worth.

    correct: True or False, None for an exercise without right and wrong.
    parts: the same per part; an exercise of one question has one part, named ''.
    """

    correct: bool | None
    parts: Mapping[str, bool | None] = field(default_factory=dict)

    @classmethod
    def whole(cls, correct: bool | None) -> "Verdict":
        """The verdict on an exercise of one question."""
        return cls(correct, {"": correct})


def _one_part(_: Spec) -> frozenset[str]:
    return frozenset({""})


def _no_outcome(_: Spec, __: Any) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """One kind of exercise; it lives in its own folder and registers itself by being there.

    name: as the curriculum brief names it, with _ for -.
    grade: (spec, response) -> Verdict; knows no database, no request and no variant.
      Raises WrongShape. `spec` is the exercise as it stands in the revision that was taken.
    from_form: (spec, posted fields) -> response: how it is answered without JavaScript.
      Raises WrongShape when something was left out.
    explain: (spec, response) -> the twin text that goes with this response: why, or where to look.
    parts: spec -> the names of its parts.
    required: spec -> the parts that must be right to have the exercise done.
      Only what both variants ask is required, for the server does not know who reads which.
    by_part: True when parts are answered one at a time; without JavaScript the field `part` says which.
    graded: False for an exercise without right or wrong; an answer is enough.
    parts_called: what its parts are called on screen, in the plural.
    interaction: its xAPI interactionType (IEEE 9274.1.1 section 4.2.4.1, 'other' if none fits).
    outcome: (spec, response) -> a name for what the response came to; the statement says it. '' for none.
    stays_here: what is written stays on the phone: no response is taken, and the step being seen is enough.
    private: its response goes into no statement and to no other system.
    hear: (spec, what its content says while it is played) -> what can be kept of that; raises WrongShape.
      None for a kind that plays nothing.
    comes_back: True for one short question with right and wrong, which is asked again after days
      (assessments.reviews).
    """

    name: str
    block: type[StructBlock]
    grade: Callable[[Spec, Any], Verdict]
    from_form: Callable[[Spec, Mapping[str, str]], Any]
    explain: Callable[[Spec, Any], Mapping[str, str]]
    parts: Callable[[Spec], frozenset[str]] = _one_part
    required: Callable[[Spec], frozenset[str]] = _one_part
    by_part: bool = False
    graded: bool = True
    parts_called: str = "onderdelen"
    interaction: str = "other"
    outcome: Callable[[Spec, Any], str] = _no_outcome
    stays_here: bool = False
    private: bool = False
    hear: Callable[[Spec, Any], Told] | None = None
    comes_back: bool = False


def items(spec: Spec, name: str) -> list[tuple[str, Spec]]:
    """The (id, value) pairs of a list in an exercise, from its stored form."""
    return [(item["id"], item["value"]) for item in spec[name]]


def makkelijk_ids(spec: Spec, name: str) -> frozenset[str]:
    """The ids of a list that makkelijk shows too: all that are not marked 'alleen Gewoon'."""
    return frozenset(key for key, value in items(spec, name) if not value.get("only_standaard"))


def differs_per_variant(value: Any) -> bool:
    """Whether makkelijk leaves out something of this exercise, so that an answer could tell which text was read."""
    if isinstance(value, Mapping):
        return bool(value.get("only_standaard")) or any(map(differs_per_variant, value.values()))
    return isinstance(value, list) and any(map(differs_per_variant, value))
