"""Writes of facts, words, pronunciations and hard words from curriculum files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.text import slugify
from wagtail.log_actions import log, registry

from language.models import Fact, GlossaryTerm, HardWord
from language.services import fill_word
from media.models import Pronunciation
from modules.curriculum.content import (
    FLAGS,
    SPOKEN,
    digest,
    fact_data,
    fact_values,
    hard_word_data,
    hard_word_values,
    spoken_data,
    spoken_values,
    word_data,
    word_values,
)
from modules.curriculum.convert import Data
from modules.curriculum.problems import CurriculumError, Problem
from modules.curriculum.reader import Curriculum
from modules.services.winner import Conflict, Force, Turn, decide

Report = Callable[[str], None]
_KINDS = {Fact: "(feit)", GlossaryTerm: "(woord)", Pronunciation: "(uitspraak)", HardWord: "(moeilijk woord)"}


@dataclass(frozen=True)
class _Entry:
    """A fact, word or pronunciation, maybe new, and what its file says."""

    row: Any
    code: str
    values: Data
    was: Data


def save_entries(curriculum: Curriculum, force: Force | None, report: Report) -> Iterator[Conflict]:
    """Save facts, words and the other lists; gives those that were left because an author changed them too."""
    entries = (*_facts(curriculum), *_words(curriculum), *_spoken(curriculum), *_hard_words(curriculum))
    for entry in entries:
        file, loaded, own = digest(entry.values), entry.row.source_digest, digest(entry.was)
        turn = decide(file=file, loaded=loaded, own=partial(frozenset, [own]), code=entry.code, force=force)
        if entry.row.pk is None or turn in (Turn.LOAD, Turn.AGREE):
            _write(entry, report if own != loaded else lambda _: None)
        elif turn is Turn.CONFLICT:
            yield _conflict(entry)


def _facts(curriculum: Curriculum) -> Iterator[_Entry]:
    there = {fact.code: fact for fact in Fact.objects.all()}
    for data in curriculum.facts:
        fact = there.get(data["code"])
        was = fact_values(fact_data(fact)) if fact else {}
        yield _Entry(fact or Fact(code=data["code"]), data["code"], fact_values(data), was)


def _words(curriculum: Curriculum) -> Iterator[_Entry]:
    there = {term.slug: term for term in GlossaryTerm.objects.prefetch_related("forms", "translations")}
    by_term = {term.term.lower(): term for term in there.values()}
    for data in curriculum.glossary:
        slug = slugify(data["term"])
        other = by_term.get(data["term"].lower())
        if other and other.slug != slug:
            message = f"dit woord staat al in de woordenlijst, met het adres '{other.slug}'"
            raise CurriculumError([Problem(curriculum.glossary_file, data["term"], message)])
        term = there.get(slug)
        was = word_values(word_data(term)) if term else {}
        yield _Entry(term or GlossaryTerm(slug=slug), data["term"], word_values(data), was)


def _spoken(curriculum: Curriculum) -> Iterator[_Entry]:
    there = {row.written.lower(): row for row in Pronunciation.objects.all()}
    for data in curriculum.pronunciation:
        row = there.get(data["written"].lower())
        was = spoken_values(spoken_data(row)) if row else {}
        yield _Entry(row or Pronunciation(), f"{SPOKEN}{data['written']}", spoken_values(data), was)


def _hard_words(curriculum: Curriculum) -> Iterator[_Entry]:
    there = {word.term.lower(): word for word in HardWord.objects.all()}
    for data in curriculum.hard_words:
        word = there.get(data["term"].lower())
        was = hard_word_values(hard_word_data(word)) if word else {}
        yield _Entry(word or HardWord(), data["term"], hard_word_values(data), was)


def _write(entry: _Entry, report: Report) -> None:
    """What stood there goes into the log; it is reported when an author wrote it."""
    changed = {name: entry.was[name] for name in entry.was if entry.was[name] != entry.values.get(name)}
    if isinstance(entry.row, GlossaryTerm):
        fill_word(entry.row, entry.values)
    else:
        left_out = dict.fromkeys(FLAGS.values(), False) if isinstance(entry.row, Fact) else {}
        for name, value in (left_out | entry.values).items():
            setattr(entry.row, name, value)
    entry.row.source_digest = digest(entry.values)
    entry.row.save()
    if changed:
        log(entry.row, "wagtail.edit", title=str(entry.row), data={"was": changed})
        report(f"{entry.code}: vervangen. Er stond: {' | '.join(map(_told, changed.values()))}")


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_told(inner)}" for name, inner in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


def _conflict(entry: _Entry) -> Conflict:
    last = registry.get_logs_for_instance(entry.row).select_related("user").first()
    kind = _KINDS[type(entry.row)]
    return Conflict(
        entry.code, kind, last.user.get_username() if last and last.user else None, last.timestamp if last else None
    )
