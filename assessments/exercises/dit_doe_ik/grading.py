from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items

OWN, NOT_TODAY = "zelf", "niet"


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` is the id of a plan, 'zelf' (something of one's own) or 'niet' (not today)."""
    if response not in [key for key, _ in items(spec, "options")] + [OWN, NOT_TODAY]:
        raise WrongShape("verwacht een keuze uit de lijst")
    return Verdict.whole(None)


def key(spec: Spec) -> dict[str, Any]:
    """Everything that can be chosen."""
    return {"choices": [*(plan for plan, _ in items(spec, "options")), OWN, NOT_TODAY]}


def from_form(spec: Spec, posted: Mapping[str, str]) -> str:
    """The plan that was chosen."""
    if not posted.get("response"):
        raise WrongShape("Kies eerst een plan, of: vandaag niet.")
    return posted["response"]


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """No right or wrong, so nothing to explain."""
    kept = "Dit is bewaard. Alleen jij ziet het."
    return {"standaard": kept, "makkelijk": kept}
