"""Reads of words and facts."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F

from language.inflections import inflections
from language.languages import LANGUAGES
from language.matching import Edition, Matcher, matcher_of
from language.models import Fact, GlossaryTerm, HardWord, WordTranslation


class WordsAndFacts:
    """All glossary terms and facts, read once per page: two queries, however many texts refer to them."""

    @cached_property
    def terms(self) -> dict[str, GlossaryTerm]:
        """By term in small letters."""
        return {row.term.lower(): row for row in self._words}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """By code."""
        return {fact.code: fact for fact in Fact.objects.all()}

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the terms in a text by their forms; its keys are those of `terms`."""
        return matcher_of(self.edition)

    @property
    def edition(self) -> Edition:
        """Every form that is marked with its term in small letters; the words themselves first."""
        rows = [(form, term.term.lower()) for term, forms in self._words.items() for form in forms]
        return tuple(sorted(rows, key=lambda pair: (pair[0].lower() != pair[1], pair)))

    @cached_property
    def _words(self) -> dict[GlossaryTerm, list[str]]:
        """Each term with the forms that are marked: its rows, or where it was never saved by itself what rules make."""
        rows = GlossaryTerm.objects.annotate(one_form=F("forms__form"), is_refused=F("forms__refused"))
        found: dict[GlossaryTerm, list[str]] = {}
        for row in rows.order_by("term", "forms__pk"):
            forms = found.setdefault(row, [])
            if row.one_form is None:
                forms += [row.term, *inflections(row.term)]
            elif not row.is_refused:
                forms.append(row.one_form)
        return found

    @cached_property
    def hard(self) -> list[HardWord]:
        """Hard words with a plainer one; read only where texts are checked."""
        return list(HardWord.objects.all())


@dataclass(frozen=True)
class Checked:
    """When someone last looked whether the facts of a text are still true: the day of the oldest."""

    on: date
    is_due: bool
    """Whether one of them must be looked at again by now."""


def checked(facts: Iterable[Fact]) -> Checked | None:
    """None for no facts at all."""
    found = list(facts)
    if not found:
        return None
    return Checked(min(fact.checked_on for fact in found), any(fact.is_due for fact in found))


def words_in_languages() -> dict[str, Any]:
    """All words in all languages, as a phone asks for them: which it looks up in which language stays there."""
    words: dict[str, dict[str, list[str]]] = {}
    used = set()
    for row in WordTranslation.objects.select_related("term").order_by("term__term", "pk"):
        words.setdefault(row.term.slug, {})[row.language] = [row.text, *([row.explanation] if row.explanation else [])]
        used.add(row.language)
    languages = {
        code: {"name": language.name, "dir": language.direction} for code, language in LANGUAGES.items() if code in used
    }
    return {"languages": languages, "words": words}


@dataclass(frozen=True)
class Known:
    """The names of words and facts that a text may refer to; for checking, without their texts."""

    terms: frozenset[str]
    facts: frozenset[str]


_checking: ContextVar[Known | None] = ContextVar("what texts may refer to", default=None)


@contextmanager
def checking_against(known: Known) -> Iterator[None]:
    """Inside, texts are checked against `known`: read once for a page, or standing in files not loaded yet."""
    token = _checking.set(known)
    try:
        yield
    finally:
        _checking.reset(token)


def known_references() -> Known:
    """What a text may refer to: what is being checked against, else what exists now."""
    if known := _checking.get():
        return known
    return Known(
        frozenset(term.lower() for term in GlossaryTerm.objects.values_list("term", flat=True)),
        frozenset(Fact.objects.values_list("code", flat=True)),
    )
