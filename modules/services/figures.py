"""Counts what the list of lessons and the reports say; once per version of a lesson's text."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from language.markup import parse
from language.queries import WordsAndFacts
from modules.anatomy import empty_texts, problems_of_parts
from modules.models import LessonFigures, ModulePage
from modules.steps import Steps, twins
from modules.usage import references_in

FORM = "1"  # the next number when something else is counted


def refresh_figures(texts: WordsAndFacts) -> dict[int, LessonFigures]:
    """The figures of every lesson, by its key: counted now where its text, a word or a fact changed since.

    Two queries where nothing changed, besides those of `texts`.
    """
    known = {row.page_id: row for row in LessonFigures.objects.all()}
    around = _digest(texts)
    versions = {
        key: f"{revision or 0}-{around}" for key, revision in ModulePage.objects.values_list("pk", "latest_revision_id")
    }
    stale = [key for key, version in versions.items() if key not in known or known[key].version != version]
    for page in ModulePage.objects.filter(pk__in=stale) if stale else ():
        values = {"version": versions[page.pk], **_counted(page, texts)}
        known[page.pk], _ = LessonFigures.objects.update_or_create(page=page, defaults=values)
    return known


def _digest(texts: WordsAndFacts) -> str:
    """Of what a lesson's figures depend on besides its own text."""
    words = [sorted((term.term, term.explanation) for term in texts.terms.values()), texts.edition]
    facts = sorted((fact.code, fact.text_standaard, fact.text_makkelijk) for fact in texts.facts.values())
    return hashlib.sha256(json.dumps([FORM, words, facts]).encode()).hexdigest()[:16]


def _counted(page: ModulePage, texts: WordsAndFacts) -> dict[str, Any]:
    newest = page.get_latest_revision_as_object()
    steps = newest.outline
    empty = [text.variant for text in empty_texts(steps)]
    parts = [*_without_goals(newest), *problems_of_parts(steps)]
    used = [references_in(step) for step in steps.all]
    found = {place.key for line in _lines(steps) for place in texts.matcher.find(parse(line).text)}
    return {
        "steps": len(steps),
        "empty_standaard": empty.count("standaard"),
        "empty_makkelijk": empty.count("makkelijk"),
        "texts_missing": len(empty),
        "no_alt": sum(1 for step in steps.all for _ in _without_alt(step.value)),
        "no_parts": parts,
        "parts_missing": len(parts),
        "words": sorted(found | {word for words, _ in used for word in words}),
        "facts": sorted({code for _, codes in used for code in codes}),
    }


def _without_goals(page: ModulePage) -> Iterator[str]:
    for goals, name in ((page.goals, "Gewoon"), (page.goals_makkelijk, "Makkelijk")):
        if not goals.strip():
            yield f"Schrijf doelen in {name}."


def _lines(steps: Steps) -> Iterator[str]:
    for step in steps.all:
        for _, twin in twins(step.value):
            yield from (line for text in twin.values() for line in (text or "").splitlines())


def _without_alt(value: Any) -> Iterator[Mapping[str, Any]]:
    """Pictures that do not say what can be seen, and are not called decorative either."""
    if isinstance(value, Mapping):
        if {"alt", "pictograms"} <= set(value) and not value["alt"] and not value.get("decorative"):
            yield value
        for inner in value.values():
            yield from _without_alt(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _without_alt(inner)
