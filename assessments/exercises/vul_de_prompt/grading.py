from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items

OWN = "zelf"
RIGHT, VAGUE, PRIVATE = "goed", "vaag", "prive"
PRACTICE = ("Oefening.", "Er gaat niets naar buiten.")
COULD_BE = "Zo zou een antwoord kunnen zijn:"
TYPED = ("Je typte zelf iets.", "Alleen jij ziet dat.")


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` maps every slot to the id of one of its tiles, or to 'zelf' where one may type.

    What was typed is not in it, so 'zelf' is never wrong. Right means: no tile that is vague or private.
    """
    slots = key(spec)["slots"]
    if not isinstance(response, dict) or set(response) != set(slots):
        raise WrongShape("verwacht bij elk stukje van de opdracht een keuze")
    for slot, chosen in response.items():
        if not isinstance(chosen, str) or not (chosen in slots[slot] or (chosen == OWN and spec.get("typing"))):
            raise WrongShape("verwacht een tegel van dit stukje")
    return Verdict.whole(all(slots[slot].get(chosen, RIGHT) == RIGHT for slot, chosen in response.items()))


def key(spec: Spec) -> dict[str, Any]:
    """Per slot its tiles, with what each of them is; and whether one may type."""
    return {
        "slots": {
            slot: {tile: found["sort"] for tile, found in items(value, "tiles")} for slot, value in items(spec, "slots")
        },
        "typing": bool(spec.get("typing")),
    }


def from_form(spec: Spec, posted: Mapping[str, str]) -> dict[str, str]:
    """Each slot has a group of buttons with its id as name."""
    chosen = {slot: posted[slot] for slot, _ in items(spec, "slots") if posted.get(slot)}
    if len(chosen) != len(spec["slots"]):
        raise WrongShape("Kies bij elk stukje een tegel.")
    return chosen


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """The prompt as it became, why, and what an assistant could answer; vul_de_prompt.js says the same.

    Of the tiles that are not right one is told, personal data first. To those nothing is answered.
    """
    tiles = {slot: dict(items(value, "tiles")).get(response[slot]) for slot, value in items(spec, "slots")}
    chosen = [tile for tile in tiles.values() if tile]
    wrong = [tile for tile in chosen if tile["sort"] != RIGHT]
    wrong.sort(key=lambda tile: tile["sort"] != PRIVATE)
    told: dict[str, str] = {}
    for variant in ("standaard", "makkelijk"):
        lines = [f"‘{tile['text'][variant]}’" for tile in chosen]
        lines.append((wrong[0] if wrong else spec)["why"][variant])
        if len(chosen) < len(tiles):
            lines += TYPED
        if not wrong or wrong[0]["sort"] == VAGUE:
            lines += [*PRACTICE, COULD_BE, spec["vague_answer" if wrong else "answer"][variant]]
        told[variant] = "\n".join(lines)
    return told
