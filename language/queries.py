"""Reads of words and facts."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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
