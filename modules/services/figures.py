"""Counts what the list of lessons and the reports say; once per version of a lesson's text."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from language.markup import parse
from language.queries import WordsAndFacts
from modules.anatomy import empty_texts, problems_of_parts
from modules.models import LessonFigures, ModulePage
from modules.readability import module_report
from modules.steps import Steps, twins
from modules.usage import references_in

FORM = "2"  # the next number when something else is counted


def refresh_figures(texts: WordsAndFacts) -> dict[int, LessonFigures]:
    """The figures of every lesson, by its key: counted now where its text, or a word or fact in it, changed since.

    Two queries where nothing changed, besides those of `texts`.
    """
    known = {row.page_id: row for row in LessonFigures.objects.all()}
    newest = dict(ModulePage.objects.values_list("pk", "latest_revision_id"))
    edition = _digest(texts.edition)
    changed = [key for key, revision in newest.items() if not _is_fresh(known.get(key), revision, edition, texts)]
    for page in ModulePage.objects.filter(pk__in=changed) if changed else ():
        known[page.pk] = _refreshed(page, known.get(page.pk), edition, texts)
    return known


def _is_fresh(row: LessonFigures | None, revision: int | None, edition: str, texts: WordsAndFacts) -> bool:
    return row is not None and row.version == _version(revision, edition, row.facts, row.words, texts)


def _refreshed(page: ModulePage, row: LessonFigures | None, edition: str, texts: WordsAndFacts) -> LessonFigures:
    """Counted anew, save where another word came into the list that this lesson does not have."""
    steps = page.get_latest_revision_as_object().outline
    if row and row.words == words_of(steps, texts):
        version = _version(page.latest_revision_id, edition, row.facts, row.words, texts)
        if _without_edition(row.version) == _without_edition(version):
            row.version = version
            row.save(update_fields=["version"])
            return row
    values = _counted(page, texts)
    version = _version(page.latest_revision_id, edition, values["facts"], values["words"], texts)
    made, _ = LessonFigures.objects.update_or_create(page=page, defaults={"version": version, **values})
    return made


def _version(
    revision: int | None, edition: str, facts: Sequence[str], words: Sequence[str], texts: WordsAndFacts
) -> str:
    """Of which text the figures are: the revision, and what stands in the words and facts that it uses."""
    used_facts = [texts.facts[code] for code in facts if code in texts.facts]
    used_words = [texts.terms[word] for word in words if word in texts.terms]
    used = [
        *((fact.code, fact.text_standaard, fact.text_makkelijk) for fact in used_facts),
        *((term.term, term.explanation) for term in used_words),
        *((word.term, word.plainer) for word in texts.hard),
    ]
    return f"{FORM}-{revision or 0}-{_digest(used)}-{edition}"


def _without_edition(version: str) -> str:
    return version.rpartition("-")[0]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


def words_of(steps: Steps, texts: WordsAndFacts) -> list[str]:
    """The words of the list in a lesson: those that it refers to, and those that are found by themselves."""
    found = {place.key for line in _lines(steps) for place in texts.matcher.find(parse(line).text)}
    return sorted(found | {word for step in steps.all for word in references_in(step)[0]})


def _counted(page: ModulePage, texts: WordsAndFacts) -> dict[str, Any]:
    newest = page.get_latest_revision_as_object()
    steps = newest.outline
    empty = [text.variant for text in empty_texts(steps)]
    parts = [*_without_goals(newest), *problems_of_parts(steps)]
    report = module_report(newest, texts)
    return {
        "steps": len(steps),
        "level_standaard": str(report.standaard.level) if len(steps) else "",
        "level_makkelijk": str(report.makkelijk.level) if len(steps) else "",
        "minutes_to_read": report.makkelijk.minutes_to_read,
        "minutes_to_listen": report.makkelijk.minutes_to_listen,
        "blocks": len(report.blocks),
        "empty_standaard": empty.count("standaard"),
        "empty_makkelijk": empty.count("makkelijk"),
        "texts_missing": len(empty),
        "no_alt": sum(1 for step in steps.all for _ in _without_alt(step.value)),
        "no_parts": parts,
        "parts_missing": len(parts),
        "words": words_of(steps, texts),
        "facts": sorted({code for step in steps.all for code in references_in(step)[1]}),
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
    """Pictures that do not say what can be seen, and are not called decorative either; a photo says it itself."""
    if isinstance(value, Mapping):
        told = any(value.get(name) for name in ("alt", "decorative", "photo"))
        if {"alt", "pictograms"} <= set(value) and not told:
            yield value
        for inner in value.values():
            yield from _without_alt(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _without_alt(inner)
