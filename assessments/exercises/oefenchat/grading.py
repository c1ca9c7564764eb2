from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items

DONE = "klaar"  # the phone found nothing left; what was typed stayed there
HARMLESS = "niets"
_LEFT = {
    "naam": "een naam",
    "adres": "een adres",
    "bedrag": "een bedrag",
    "gezondheid": "iets over gezondheid",
    "geboortedatum": "een geboortedatum",
    "telefoon": "een telefoonnummer",
    "email": "een mailadres",
    "nummer": "een nummer van iemand",
    "kenteken": "een kenteken",
    "herkenbaar": "iets waaraan je iemand herkent",
}
KINDS = tuple(_LEFT)


def pointing(spec: Spec) -> set[str]:
    """The ids of the parts of the note that point to a person."""
    return {part for part, value in items(spec, "parts") if value["kind"] != HARMLESS}


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` is 'klaar', or {'weg': [ids of parts]} from the form without JavaScript. Never a text."""
    if response == DONE:
        return Verdict.whole(True)
    if not isinstance(response, dict) or set(response) != {"weg"} or not isinstance(response["weg"], list):
        raise WrongShape("verwacht 'klaar' of een lijst met delen")
    gone = response["weg"]
    known = {part for part, _ in items(spec, "parts")}
    if not all(isinstance(part, str) and part in known for part in gone) or len(set(gone)) != len(gone):
        raise WrongShape("verwacht delen van deze tekst, elk hoogstens één keer")
    return Verdict.whole(set(gone) == pointing(spec))


def key(spec: Spec) -> dict[str, Any]:
    """The parts of the note, and what counts beside them; the phone looks for them in what is typed."""
    return {
        "parts": {part: _for_phone(value) for part, value in items(spec, "parts")},
        "phrases": [value for _, value in items(spec, "phrases")] if spec.get("phrases") else [],
        "fine": [value for _, value in items(spec, "fine")] if spec.get("fine") else [],
    }


def _for_phone(part: Spec) -> dict[str, Any]:
    return {"kind": part["kind"], "text": part["text"], "instead": part.get("instead") or {}}


def from_form(spec: Spec, posted: Mapping[str, str]) -> dict[str, list[str]]:
    """The parts that were ticked; only their ids are read."""
    gone = [part for part, _ in items(spec, "parts") if posted.get(f"weg-{part}")]
    if not gone:
        raise WrongShape("Kies eerst wat je weghaalt.")
    return {"weg": gone}


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """Why it is safe now, or what still stands in the note."""
    if grade(spec, response).correct:
        why: Mapping[str, str] = spec["why"]
        return why
    left = [value["kind"] for part, value in items(spec, "parts") if part in pointing(spec) - set(response["weg"])]
    if left:
        told = f"Wacht even.\nEr staat nog {_LEFT[left[0]]} in."
        return {"standaard": told, "makkelijk": told}
    told = "Je haalt te veel weg.\nDe AI weet nu niet wat je wilt."
    return {"standaard": told, "makkelijk": told}
