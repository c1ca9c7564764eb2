"""The profile that statements of Kortwijs keep, in the form of the xAPI Profiles specification (adlnet/xapi-profiles).

`profile` is what is served as JSON-LD; `violations` holds a statement to it.
"""

import re
from collections.abc import Iterator
from typing import Any

from xapi.core.rules import Json
from xapi.core.statements import ACTIVITY_TYPES, VERBS

VERSION = "1.0"
_NEVER = (
    "$.actor.name", "$.actor.mbox", "$.actor.mbox_sha1sum", "$.actor.openid", "$.actor.member", "$.result.score",
    "$.result.duration", "$.result.completion", "$.context.instructor", "$.context.team", "$.attachments",
    "$.object.definition.choices", "$.object.definition.source", "$.object.definition.target",
    "$.object.definition.correctResponsesPattern", "$.object.definition.description",
)  # fmt: skip
_ALWAYS = ("$.id", "$.timestamp", "$.actor.account", "$.context.registration", "$.context.contextActivities.parent")

_KIND = "$.object.definition.interactionType"
_CLAIMED = ("$.result.score", "$.result.completion")  # by played content only, and marked as its own word
_UNTOLD = (_KIND, "$.result.response")
_TEMPLATES: tuple[tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("answered", "Een antwoord.", "answered", "interaction", (_KIND,), ()),
    ("done", "Gedaan, zonder het antwoord.", "answered", "step", (), ("$.result", _KIND)),
    ("seen", "Gezien.", "experienced", "step", (), ("$.result", _KIND)),
    (
        "content-begun",
        "Begonnen in inhoud die van elders komt.",
        "attempted",
        "media",
        (),
        (_KIND, "$.result.response"),
    ),
    ("content-answered", "Geantwoord in zulke inhoud.", "answered", "media", (), _UNTOLD),
    ("content-completed", "Zulke inhoud afgemaakt.", "completed", "media", (), _UNTOLD),
    ("content-progressed", "Verder in zulke inhoud.", "progressed", "media", (), _UNTOLD),
    ("content-consumed", "Zulke inhoud bekeken.", "consumed", "media", (), _UNTOLD),
)


def extension(site: str, name: str) -> str:
    return f"{site}/xapi/extensions/{name}"


def profile(site: str) -> Json:
    """The whole profile, for a site with this address."""
    here = f"{site}/xapi/profile"
    edition = f"{here}/v{VERSION}"

    def concept(kind: str, iri: str, label: str, definition: str, **more: Any) -> Json:
        texts = {"prefLabel": {"nl": label}, "definition": {"nl": definition}}
        return {"id": iri, "type": kind, "inScheme": edition, **texts, **more}

    schema = {
        "revision": '{"type": "integer"}',
        "review": '{"const": true}',
        "outcome": '{"type": "string"}',
        "self-reported": '{"const": true}',
    }
    told = {
        "revision": ("ContextExtension", "versie", "De versie van de les die gedaan werd."),
        "review": ("ContextExtension", "herhaling", "De vraag kwam terug buiten de les."),
        "outcome": (
            "ResultExtension",
            "afloop",
            "Waar een scenario op uitkwam; elke afloop is er in beide teksten.",
        ),
        "self-reported": (
            "ContextExtension",
            "volgens de inhoud zelf",
            "Zo zegt de inhoud het die van elders komt. Niemand keek het na.",
        ),
    }
    concepts = [
        concept("Verb", VERBS["answered"][0], VERBS["answered"][1], "Een oefening is gedaan."),
        concept("Verb", VERBS["experienced"][0], VERBS["experienced"][1], "Een stap is gezien."),
        concept("Verb", *VERBS["attempted"], "Inhoud die van elders komt, is begonnen."),
        concept("Verb", *VERBS["completed"], "Zulke inhoud is afgemaakt."),
        concept("Verb", *VERBS["progressed"], "In zulke inhoud is iemand verder."),
        concept("Verb", *VERBS["consumed"], "Zulke inhoud is bekeken."),
        concept("ActivityType", ACTIVITY_TYPES["lesson"], "les", "Een les van enkele minuten."),
        concept("ActivityType", ACTIVITY_TYPES["step"], "stap", "Een scherm van een les."),
        concept("ActivityType", ACTIVITY_TYPES["interaction"], "oefening", "Een stap die iets vraagt."),
        concept(
            "ActivityType",
            ACTIVITY_TYPES["media"],
            "inhoud",
            "Een stap die inhoud van elders speelt, of een deel ervan.",
        ),
        *(
            concept(kind, extension(site, name), label, text, inlineSchema=schema[name])
            for name, (kind, label, text) in told.items()
        ),
    ]
    return {
        "@context": "https://w3id.org/xapi/profiles/context",
        "id": here,
        "type": "Profile",
        "conformsTo": "https://w3id.org/xapi/profiles#1.0",
        "prefLabel": {"nl": "Kortwijs"},
        "definition": {"nl": "Wat Kortwijs vertelt over een les, en wat nooit."},
        "author": {"type": "Organization", "name": "Kortwijs", "url": site},
        "versions": [{"id": edition, "generatedAtTime": "2026-11-28T00:00:00Z"}],
        "concepts": concepts,
        "templates": [
            *(_template(site, *one) for one in _TEMPLATES),
        ],
        "patterns": [],
    }


def _template(
    site: str, name: str, told: str, verb: str, kind: str, needs: tuple[str, ...], never: tuple[str, ...]
) -> Json:
    marks = ("revision", "self-reported") if kind == "media" else ("revision",)
    marked = [f"$.context.extensions['{extension(site, mark)}']" for mark in marks]
    rules: list[Json] = [{"location": place, "presence": "included"} for place in (*_ALWAYS, *marked, *needs)]
    excluded = [place for place in (*_NEVER, *never) if kind != "media" or place not in _CLAIMED]
    rules += [{"location": place, "presence": "excluded"} for place in excluded]
    rules += [
        {"location": "$.context.platform", "presence": "included", "all": ["Kortwijs"]},
        {"location": "$.context.language", "presence": "included", "all": ["nl"]},
        {"location": "$.actor.account.homePage", "presence": "included", "all": [site]},
    ]
    return {
        "id": f"{site}/xapi/profile/templates/{name}",
        "type": "StatementTemplate",
        "inScheme": f"{site}/xapi/profile/v{VERSION}",
        "prefLabel": {"nl": name},
        "definition": {"nl": told},
        "verb": VERBS[verb][0],
        "objectActivityType": ACTIVITY_TYPES[kind],
        "rules": rules,
    }


def violations(statement: Json, held_to: Json) -> list[str]:
    """What a statement does that the profile does not say, or leaves out; nothing when it keeps it."""
    kind = statement["object"].get("definition", {}).get("type")
    fit = [
        one
        for one in held_to["templates"]
        if (one["verb"], one["objectActivityType"]) == (statement["verb"]["id"], kind)
    ]
    if len(fit) != 1:
        return [f"no template for {statement['verb']['id']} on {kind}"]
    known = {concept["id"] for concept in held_to["concepts"]}
    told = (*statement["context"].get("extensions", {}), *statement.get("result", {}).get("extensions", {}))
    found = [f"unknown extension {iri}" for iri in told if iri not in known]
    for rule in fit[0]["rules"]:
        values = list(_at(statement, rule["location"]))
        if rule["presence"] == "included" and not values:
            found.append(f"{rule['location']} is not there")
        if rule["presence"] == "excluded" and values:
            found.append(f"{rule['location']} is there")
        found += [f"{rule['location']} is {value!r}" for value in values if "all" in rule and value not in rule["all"]]
    return found


_STEP = re.compile(r"\.(\w+)|\['([^']+)'\]")


def _at(value: Any, location: str) -> Iterator[Any]:
    """What stands at a location: the part of JSONPath that names properties."""
    for name, quoted in _STEP.findall(location):
        if not isinstance(value, dict) or (name or quoted) not in value:
            return
        value = value[name or quoted]
    yield value
