from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items

SIGNS = ("wel", "niet", "vraag")


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` maps the ids of one or more cards to 'wel', 'niet' or 'vraag'; each card is a part."""
    if not isinstance(response, dict) or not response:
        raise WrongShape("verwacht kaarten met een keuze")
    cards = dict(items(spec, "cards"))
    if not set(response) <= set(cards):
        raise WrongShape("verwacht ids van kaarten van deze opdracht")
    if not all(isinstance(sign, str) and sign in SIGNS for sign in response.values()):
        raise WrongShape("verwacht wel, niet of vraag")
    parts = {key: cards[key]["sign"] == sign for key, sign in response.items()}
    return Verdict(all(parts.values()), parts)


def key(spec: Spec) -> dict[str, Any]:
    """Per card its right sign."""
    return {"cards": {card: value["sign"] for card, value in items(spec, "cards")}}


def from_form(spec: Spec, posted: Mapping[str, str]) -> dict[str, str]:
    """One card and the button that was pressed below it."""
    if not posted.get("part") or not posted.get("sign"):
        raise WrongShape("Kies eerst: mag wel, mag niet of vraag het eerst.")
    return {posted["part"]: posted["sign"]}


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """The why or the hint of the (last) card."""
    key, sign = list(response.items())[-1]
    card = dict(items(spec, "cards"))[key]
    found: Mapping[str, str] = card["why"] if card["sign"] == sign else card["hint"]
    return found
