from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` is the id of the chosen answer."""
    for key, option in items(spec, "options"):
        if key == response:
            return Verdict.whole(bool(option["right"]))
    raise WrongShape("verwacht de id van een antwoord van deze vraag")


def from_form(spec: Spec, posted: Mapping[str, str]) -> str:
    """The button that was pressed."""
    if not posted.get("response"):
        raise WrongShape("Kies eerst een antwoord.")
    return posted["response"]


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """Each answer has its own why."""
    why: Mapping[str, str] = dict(items(spec, "options"))[response]["why"]
    return why
