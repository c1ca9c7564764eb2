from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` is a list of the ids of what was tapped, in any order; at least one.

    Right means: all that is wrong, and nothing else. What is wrong stands in both variants.
    """
    known = {part for part, _ in items(spec, "parts")}
    if not isinstance(response, list) or not response or not all(isinstance(part, str) for part in response):
        raise WrongShape("verwacht een lijst van wat is aangetikt")
    tapped = set(response)
    if len(tapped) != len(response) or not tapped <= known:
        raise WrongShape("verwacht stukken van deze opdracht, elk 1 keer")
    return Verdict.whole(tapped == set(key(spec)["wrong"]))


def key(spec: Spec) -> dict[str, Any]:
    """The ids of all parts, and of those that are wrong."""
    parts = items(spec, "parts")
    return {
        "parts": [part for part, _ in parts],
        "wrong": [part for part, value in parts if value.get("wrong")],
    }


def from_form(spec: Spec, posted: Mapping[str, str]) -> list[str]:
    """Each part has a box with its id as name."""
    tapped = [part for part, _ in items(spec, "parts") if posted.get(part)]
    if not tapped:
        raise WrongShape("Kies eerst wat niet klopt.")
    return tapped


def count_lines(found: int, of: int) -> list[str]:
    """How far one is, in two short sentences; zoek_de_fout.js says the same."""
    if found == of:
        return [f"Je vond ze alle {of}.", "Haal weg wat wel klopt."]
    return [f"Je vond er {found} van de {of}.", f"Zoek er nog {of - found}."]


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """How many are still to be found, what to look at, and what is wrong with each one that was found.

    What to look at: something tapped that belongs there, else the hint. The rest is not told yet.
    """
    parts, wrong = dict(items(spec, "parts")), key(spec)["wrong"]
    found = [parts[part] for part in wrong if part in response]
    harmless = [parts[part] for part in response if part not in wrong]
    is_right = len(found) == len(wrong) and not harmless
    told: dict[str, str] = {}
    for variant in ("standaard", "makkelijk"):
        lines = [] if is_right else count_lines(len(found), len(wrong))
        first = spec["why"] if is_right else harmless[0]["why"] if harmless else spec["hint"]
        lines.append(first[variant])
        for part in found:
            lines += [f"‘{part['text'][variant]}’", part["why"][variant]]
        told[variant] = "\n".join(lines)
    return told
