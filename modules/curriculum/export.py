"""Writes lessons, facts, words and pronunciations back to curriculum files: what `load_curriculum` reads."""

import os
import re
from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.text import slugify

from language.markup import missing_references, references
from language.models import Fact, GlossaryTerm, HardWord
from language.queries import WordsAndFacts, known_references
from media.drawings import pictogram_names
from media.models import Pronunciation
from modules.curriculum.content import (
    SPOKEN,
    fact_data,
    file_digest,
    hard_word_data,
    module_data,
    spoken_data,
    tidy,
    word_data,
)
from modules.curriculum.convert import Data
from modules.curriculum.emit import facts_yaml, glossary_yaml, hard_words_yaml, module_yaml, pronunciation_yaml
from modules.curriculum.meaning import problems_of_module
from modules.curriculum.parts import parts
from modules.curriculum.photos import new_photo, photos_in
from modules.curriculum.problems import CurriculumError, Problem
from modules.curriculum.reader import Source, parse, read_file
from modules.models import ModulePage
from modules.usage import references_in, words_seen_in

NOT_PUBLISHED = "deze les is nog niet gepubliceerd; met --draft komt het concept mee"


@dataclass
class Exported:
    """What was written, which lessons are no more than a draft, and what no file can hold."""

    written: list[Path] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """Facts that texts in the files refer to and words that stand in them, in small letters."""
    texts: WordsAndFacts = field(default_factory=WordsAndFacts, repr=False)


@dataclass(frozen=True)
class _Entries:
    """All facts, words or pronunciations: how their file is called and written, and what is wrong with one."""

    file: str
    schema: str
    key: str
    as_yaml: Callable[[list[Data]], str]
    data: dict[str, Data]
    wrong: dict[str, str]
    """By name in small letters, like `data`."""
    prefix: str = ""
    """What stands before the key in a name."""

    def name_of(self, entry: Data) -> str:
        """How one is called among all that can be exported."""
        return f"{self.prefix}{entry[self.key].lower()}"


def export_curriculum(folder: Path, codes: Collection[str] = (), *, draft: bool = False) -> Exported:
    """Write what is published, or with `draft` the latest drafts: these lessons, facts and words, or all.

    A file that says the same already is left as it is. With codes, the words and facts of those lessons are added
    where the files lack them. Raises OSError when the folder cannot be used, CurriculumError for an unknown code.
    """
    wanted = {code.lower() for code in codes}
    pages = {page.code.lower(): page for page in ModulePage.objects.order_by("code")}
    facts, words, spoken, hard = _facts(), _words(), _spoken(), _hard_words()
    beside = [export for part in parts() for export in part.export(folder)]
    known = {*pages, *facts.data, *words.data, *spoken.data, *hard.data, *(export.name for export in beside)}
    if unknown := [code for code in codes if code.lower() not in known]:
        raise CurriculumError(
            [Problem(folder, code, "deze les of route, dit feit of dit woord is er niet") for code in unknown]
        )
    done = Exported()
    for code, page in pages.items():
        if code in wanted or not wanted:
            _export_lesson(folder, page, draft=draft, is_named=bool(wanted), done=done)
    for name in (wanted | done.used) & set(facts.data):
        done.used |= references(f"{facts.data[name]['standaard']}\n{facts.data[name]['makkelijk']}")[0]
    _export_entries(folder, facts, wanted, done)
    _export_entries(folder, words, wanted, done)
    if spoken.data:
        _export_entries(folder, spoken, wanted, done)
    if (hard.data and not wanted) or wanted & set(hard.data):
        done.used = set()
        _export_entries(folder, hard, wanted, done)
    for export in beside:
        if (export.name in wanted or not wanted) and not export.is_there:
            _write(export.file, export.content, done)
    return done


def _export_lesson(folder: Path, page: ModulePage, *, draft: bool, is_named: bool, done: Exported) -> None:
    file = folder / "modules" / page.code / "module.yaml"
    version = page.get_latest_revision_as_object() if draft else page
    data = module_data(version)
    if data["status"] == "draft":
        if not draft:
            if is_named:
                done.problems.append(Problem(file, page.title, NOT_PUBLISHED))
            else:
                done.drafts.append(f"{page.code} {page.title}")
            return
        data["status"] = "published"
    plain = _without_digests(data)
    text = module_yaml(plain)
    problems: list[Problem] = []
    parsed = parse(file, text.encode(), "module", problems).data
    if not problems and parsed != plain:
        problems.append(Problem(file, "", "deze les is niet zonder verlies te schrijven"))
    problems = problems or list(problems_of_module(Source(file, data), known_references()))
    if problems:
        done.problems.extend(problems)
        return
    for step in version.outline.all:
        done.used |= words_seen_in(step, done.texts) | {code.lower() for code in references_in(step)[1]}
    if not _says_already(file, data):
        for _, photo in photos_in(data.get("steps", [])):
            if found := new_photo(file.parent, photo):
                _write(*found, done)
        _write(file, text.encode(), done)


def _without_digests(data: Data) -> Data:
    """What goes into the file: which bytes a photo has stands beside it."""
    plain = deepcopy(data)
    for _, photo in photos_in(plain.get("steps", [])):
        photo.pop("digest", None)
    return plain


def _says_already(file: Path, data: Data) -> bool:
    try:
        return file_digest(read_file(file, "module")) == file_digest(data)
    except CurriculumError:
        return False


def _facts() -> _Entries:
    data, wrong, known = {}, {}, known_references()
    for fact in Fact.objects.all():
        name = fact.code.lower()
        data[name] = fact_data(fact)
        if missing := missing_references(f"{fact.text_standaard}\n{fact.text_makkelijk}", known):
            wrong[name] = " ".join(missing)
    return _Entries("facts.yaml", "facts", "code", facts_yaml, data, wrong)


def _words() -> _Entries:
    data, wrong = {}, {}
    for term in GlossaryTerm.objects.prefetch_related("forms", "translations"):
        name = term.term.lower()
        data[name] = word_data(term)
        if term.slug != slugify(term.term):
            wrong[name] = f"het adres is '{term.slug}', en een bestand maakt er '{slugify(term.term)}' van"
        elif term.pictogram not in pictogram_names():
            wrong[name] = f"pictogram '{term.pictogram}' is er niet"
    return _Entries("glossary.yaml", "glossary", "term", glossary_yaml, data, wrong)


def _spoken() -> _Entries:
    rows = {f"{SPOKEN}{row.written.lower()}": spoken_data(row) for row in Pronunciation.objects.all()}
    return _Entries("pronunciation.yaml", "pronunciation", "written", pronunciation_yaml, rows, {}, SPOKEN)


def _hard_words() -> _Entries:
    data = {word.term.lower(): hard_word_data(word) for word in HardWord.objects.all()}
    return _Entries("hard_words.yaml", "hard_words", "term", hard_words_yaml, data, {})


def _export_entries(folder: Path, entries: _Entries, wanted: set[str], done: Exported) -> None:
    """Of one kind: those that were asked for replace those in the file, the others in the file stay."""
    file = folder / entries.file
    try:
        before = tidy(read_file(file, entries.schema)) if file.exists() else None
    except CurriculumError as error:
        done.problems.extend(error.problems)
        return
    after = {entries.name_of(entry): entry for entry in before or []}
    chosen = [
        name for name in entries.data if not wanted or name in wanted or (name in done.used and name not in after)
    ]
    for name in chosen:
        if problem := _problem(file, entries, name):
            done.problems.append(problem)
        else:
            after[name] = entries.data[name]
    if before is None and not after:
        return
    if before is None or after != {entries.name_of(entry): entry for entry in before}:
        _write(file, entries.as_yaml([after[name] for name in sorted(after, key=_natural)]).encode(), done)


def _problem(file: Path, entries: _Entries, name: str) -> Problem | None:
    problems: list[Problem] = []
    entry = entries.data[name]
    parse(file, entries.as_yaml([entry]).encode(), entries.schema, problems)
    message = entries.wrong.get(name) or "; ".join(f"{problem.field}: {problem.message}" for problem in problems)
    return Problem(file, entry[entries.key], message) if message else None


def _natural(name: str) -> list[tuple[int, int | str]]:
    """F9 before F21."""
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in re.split(r"(\d+)", name) if part]


def _write(file: Path, content: bytes, done: Exported) -> None:
    """Whole or not at all: a reader never sees half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_bytes(content)
    os.replace(new, file)
    done.written.append(file)
