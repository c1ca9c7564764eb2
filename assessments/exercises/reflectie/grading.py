from collections.abc import Mapping
from typing import Any, NoReturn

from assessments.kind import Spec, WrongShape


def grade(spec: Spec, response: Any) -> NoReturn:
    """Every response is refused, and its words are not repeated."""
    raise WrongShape("dit blijft op de telefoon")


def key(spec: Spec) -> dict[str, Any]:
    """Nothing to grade with."""
    return {}


def from_form(spec: Spec, posted: Mapping[str, str]) -> NoReturn:
    """There is no form."""
    raise WrongShape("Kies ‘Verder in de les’. Dit blijft op je telefoon.")


def explain(spec: Spec, response: Any) -> NoReturn:
    """There is no response to explain."""
    raise WrongShape("dit blijft op de telefoon")


def no_parts(spec: Spec) -> frozenset[str]:
    """Nothing is asked, so there is no part to answer."""
    return frozenset()
