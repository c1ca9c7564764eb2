from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` is {"answer": true or false, "reason": id of a reason}; without reasons, only "answer".

    Right means: the right answer for the right reason.
    """
    if not isinstance(response, dict) or not set(response) <= {"answer", "reason"}:
        raise WrongShape("verwacht een antwoord en een reden")
    answer, reason = response.get("answer"), response.get("reason")
    if not isinstance(answer, bool):
        raise WrongShape("verwacht waar of onwaar")
    if not isinstance(reason, str | None):
        raise WrongShape("verwacht de id van een reden van deze vraag")
    reasons = dict(items(spec, "reasons"))
    right = answer is bool(spec["is_true"])
    if reason not in ({*reasons} if right and reasons else {None, *reasons}):
        raise WrongShape("verwacht de id van een reden van deze vraag")
    return Verdict.whole(right and (reason is None or bool(reasons[reason]["right"])))


def key(spec: Spec) -> dict[str, Any]:
    """The right answer, the ids of all reasons, and those of the right ones."""
    reasons = items(spec, "reasons")
    return {
        "right": bool(spec["is_true"]),
        "reasons": [reason for reason, _ in reasons],
        "why": [reason for reason, value in reasons if value.get("right")],
    }


def from_form(spec: Spec, posted: Mapping[str, str]) -> dict[str, Any]:
    """Waar or niet waar, and the reason when there are reasons and the answer is right."""
    if posted.get("answer") not in ("true", "false"):
        raise WrongShape("Kies eerst waar of niet waar.")
    response: dict[str, Any] = {"answer": posted["answer"] == "true"}
    if posted.get("reason"):
        response["reason"] = posted["reason"]
    elif spec["reasons"] and response["answer"] is bool(spec["is_true"]):
        raise WrongShape("Kies ook een reden.")
    return response


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """The hint for the other answer; the reason's own why; else the why of the sentence."""
    found: Mapping[str, str]
    if response["answer"] is not bool(spec["is_true"]):
        found = spec["hint"]
    elif response.get("reason"):
        found = dict(items(spec, "reasons"))[response["reason"]]["why"]
    else:
        found = spec["why"]
    return found
