from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items

MORE = ("Wat je koos, klopt.", "Er is nog meer goed.")


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` is the id of the chosen answer; where more are right, a list of ids in any order.

    What is right stands in both variants, so right means: exactly those.
    """
    known = key(spec)
    if len(known["right"]) < 2:
        if response not in known["options"]:
            raise WrongShape("verwacht de id van een antwoord van deze vraag")
        return Verdict.whole(response in known["right"])
    if not isinstance(response, list) or not response or not all(isinstance(option, str) for option in response):
        raise WrongShape("verwacht een lijst van gekozen antwoorden")
    chosen = set(response)
    if len(chosen) != len(response) or not chosen <= set(known["options"]):
        raise WrongShape("verwacht antwoorden van deze vraag, elk 1 keer")
    return Verdict.whole(chosen == set(known["right"]))


def key(spec: Spec) -> dict[str, Any]:
    """The ids of all answers, and those of the right ones."""
    options = items(spec, "options")
    return {
        "options": [option for option, _ in options],
        "right": [option for option, value in options if value.get("right")],
    }


def from_form(spec: Spec, posted: Mapping[str, str]) -> str | list[str]:
    """The button that was pressed; where more are right, the boxes, each with the id of its answer as name."""
    known = key(spec)
    if len(known["right"]) < 2:
        if not posted.get("response"):
            raise WrongShape("Kies eerst een antwoord.")
        return posted["response"]
    chosen = [option for option in known["options"] if posted.get(option)]
    if not chosen:
        raise WrongShape("Kies eerst een antwoord.")
    return chosen


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """Each answer has its own why.

    Where more are right: those of what was chosen wrong, else of all when they are right.
    What is still missing is not given away.
    """
    options, right = dict(items(spec, "options")), key(spec)["right"]
    if len(right) < 2:
        why: Mapping[str, str] = options[response]["why"]
        return why
    wrong = [option for option in response if option not in right]
    told = wrong or (right if len(response) == len(right) else [])
    return {
        variant: "\n".join([options[option]["why"][variant] for option in told] or MORE)
        for variant in ("standaard", "makkelijk")
    }
