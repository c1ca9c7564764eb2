"""A lesson as one .h5p file: a Question Set of its exercises, with the approved libraries that play it."""

from collections.abc import Iterable, Iterator
from typing import IO, Any

from integrations.h5p.questions import KINDS, Question, Reader, questions_of
from integrations.h5p.words import QUESTION_SET
from language.queries import WordsAndFacts
from language.variant import Variant
from media.h5p.core.export import write_package
from media.h5p.core.libraries import LibraryName, in_order
from media.h5p.core.package import as_json
from media.h5p.files import read_file
from media.h5p.models import H5PLibrary
from modules.models import ModulePage

SET = "H5P.QuestionSet"


class CannotExport(Exception):
    """Why a lesson cannot become a file; the message is for who asked."""


def export_lesson(*, lesson: ModulePage, variant: Variant, out: IO[bytes]) -> None:
    """Write the exercises of a lesson in one of its texts; the same bytes from the same lesson and libraries.

    Raises CannotExport before anything is written.
    """
    read = Reader(variant, WordsAndFacts())
    questions = [question for step in lesson.outline.all for question in questions_of(step, read)]
    if not questions:
        raise CannotExport("In deze les staat geen oefening die H5P kan houden.")
    main = _approved(SET)
    used = {name: _approved(name) for name in dict.fromkeys(question.library for question in questions)}
    libraries = _with_what_they_need([main, *used.values()])
    title = read.line(lesson.title_twin)
    header = {
        "title": title,
        "language": "nl",
        "mainLibrary": main.machine_name,
        "embedTypes": ["iframe"],
        "license": "U",
        "defaultLanguage": "nl",
        "preloadedDependencies": [row.name.as_json() for row in libraries],
    }
    content = {**QUESTION_SET, "questions": [_content(question, used[question.library]) for question in questions]}
    write_package(out, _files(header, content, libraries))


def _content(question: Question, library: H5PLibrary) -> dict[str, Any]:
    about = {"contentType": KINDS[question.library], "license": "U", "title": question.title[:200]}
    return {
        "library": str(library.name),
        "params": question.params,
        "subContentId": str(question.name),
        "metadata": about,
    }


def _approved(machine_name: str) -> H5PLibrary:
    """The latest approved version of a library."""
    rows = H5PLibrary.objects.approved().filter(machine_name=machine_name)
    row = rows.order_by("-major", "-minor", "-patch").first()
    if row is None:
        raise CannotExport(f"De bibliotheek {machine_name} is hier nog niet goedgekeurd. Vraag het een beheerder.")
    return row


def _with_what_they_need(rows: Iterable[H5PLibrary]) -> list[H5PLibrary]:
    """All libraries, each after those that it needs itself."""
    found: dict[LibraryName, H5PLibrary] = {}
    waiting = list(rows)
    roots = [row.name for row in waiting]
    while waiting:
        row = waiting.pop()
        if row.name in found:
            continue
        found[row.name] = row
        for text in (*row.needs, *row.may_need):
            name = LibraryName.of_reference(text)
            if name and name not in found:
                waiting.append(_named_library(name))
    return [found[name] for name in in_order(sorted({*roots, *found}), lambda name: _needs(found[name]))]


def _named_library(name: LibraryName) -> H5PLibrary:
    row = H5PLibrary.objects.approved().named(name).first()
    if row is None:
        raise CannotExport(f"De bibliotheek {name} is hier nog niet goedgekeurd. Vraag het een beheerder.")
    return row


def _needs(row: H5PLibrary) -> list[LibraryName]:
    return [name for text in row.needs if (name := LibraryName.of_reference(text))]


def _files(header: Any, content: Any, libraries: list[H5PLibrary]) -> Iterator[tuple[str, bytes]]:
    yield "h5p.json", as_json(header)
    yield "content/content.json", as_json(content)
    for row in sorted(libraries, key=lambda row: row.name.folder):
        for path in sorted(row.files):
            yield f"{row.name.folder}/{path}", read_file(row.prefix, path)


def file_name(lesson: ModulePage, variant: Variant) -> str:
    return f"{lesson.slug}-{'makkelijk' if variant == Variant.MAKKELIJK else 'gewoon'}.h5p"
