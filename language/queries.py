"""Reads of words and facts."""

from dataclasses import dataclass
from functools import cached_property

from language.models import Fact, GlossaryTerm


class WordsAndFacts:
    """All glossary terms and facts, read once per page: two queries, however many texts refer to them."""

    @cached_property
    def terms(self) -> dict[str, GlossaryTerm]:
        """By term in small letters."""
        return {term.term.lower(): term for term in GlossaryTerm.objects.all()}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """By code."""
        return {fact.code: fact for fact in Fact.objects.all()}


@dataclass(frozen=True)
class Known:
    """The names of words and facts that a text may refer to; for checking, without their texts."""

    terms: frozenset[str]
    facts: frozenset[str]


def known_references() -> Known:
    """What exists now."""
    return Known(
        frozenset(term.lower() for term in GlossaryTerm.objects.values_list("term", flat=True)),
        frozenset(Fact.objects.values_list("code", flat=True)),
    )
