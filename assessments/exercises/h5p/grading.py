from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape
from media.h5p.core.statements import Told, read_statement

BY_HAND = "klaar"
WHY = {"standaard": "Je hebt deze oefening gedaan.", "makkelijk": "Dit is klaar."}


def grade(spec: Spec, response: Any) -> Verdict:
    """The only response is 'klaar', by hand. Nothing is right or wrong: what the content counts, it counts itself."""
    if response != BY_HAND:
        raise WrongShape("verwacht 'klaar'")
    return Verdict.whole(None)


def hear(spec: Spec, statement: Any) -> Told:
    """What the content says while it is played. Raises WrongShape."""
    try:
        return read_statement(statement)
    except ValueError as error:
        raise WrongShape(str(error)) from error


def asked(spec: Spec) -> frozenset[str]:
    """One part, or none when it does not count."""
    return frozenset({""} if spec.get("counts") else ())


def key(spec: Spec) -> dict[str, Any]:
    return {"counts": bool(spec.get("counts"))}


def from_form(spec: Spec, posted: Mapping[str, str]) -> str:
    """There is one button."""
    return BY_HAND


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    return WHY
