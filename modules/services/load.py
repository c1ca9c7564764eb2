"""Loads curriculum files: all of it or nothing, and never over what an author changed meanwhile (decision 0013)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from assessments.questionnaires import read_questionnaires
from language.files import FilesError
from modules.curriculum.coming import to_announce
from modules.curriculum.content import SPOKEN, digest, file_digest, fill_page, module_data
from modules.curriculum.meaning import problems_of
from modules.curriculum.parts import parts, wrong_beside
from modules.curriculum.photos import save_photo
from modules.curriculum.problems import CurriculumError, Problem
from modules.curriculum.reader import Curriculum, Source, read_curriculum
from modules.curriculum.reading import reading_problems
from modules.front_door import read_front_door
from modules.gate import checked_as_files
from modules.models import CataloguePage, ModulePage
from modules.services.catalogue import ensure_catalogue
from modules.services.entries import Report, save_entries
from modules.services.winner import Conflict, Force, Turn, decide


def load_curriculum(
    folder: Path,
    report: Report = lambda _: None,
    *,
    force: Force | None = None,
    on_conflict: Callable[[Conflict], None] = lambda _: None,
) -> int:
    """Load a folder; gives how many modules changed.

    What changed in its file only, is loaded. What an author changed only, stays. What changed on both sides stays
    too and is told to `on_conflict`, unless `force` says that the file wins.

    Raises CurriculumError, naming file and field, before anything is written.
    """
    curriculum = read_curriculum(folder)
    problems = [
        *problems_of(curriculum),
        *_questionnaires(curriculum, folder),
        *wrong_beside(curriculum),
        *_front_door(folder, report),
        *_unknown(curriculum, folder, force),
    ]
    problems = problems or list(reading_problems(curriculum))
    if problems:
        raise CurriculumError(problems)
    with transaction.atomic(), checked_as_files():
        root = ensure_catalogue()
        conflicts = [*save_entries(curriculum, force, report)]
        loading: list[tuple[ModulePage, Source]] = []
        pages = {page.code: page for page in ModulePage.objects.all()}
        for source in [*curriculum.modules, *to_announce(curriculum)]:
            page = pages.get(source.data["id"])
            turn = _turn(page, source, force) if page else Turn.LOAD
            if turn is Turn.LOAD:
                loading.append((page or ModulePage(code=source.data["id"], live=False), source))
            elif turn is Turn.AGREE and page:
                _remember(page, source)
            elif turn is Turn.CONFLICT and page:
                conflicts.append(_conflict(page))
        _save_modules(root, loading, report)
        for part in parts():
            part.load(curriculum, report)
    for conflict in conflicts:
        on_conflict(conflict)
    return len(loading)


def _questionnaires(curriculum: Curriculum, folder: Path) -> list[Problem]:
    """What is wrong in the questionnaires of the folder; a lesson they name is one of these files or a planned one."""
    return read_questionnaires(folder / "questionnaires", frozenset(curriculum.codes))[1]


def _front_door(folder: Path, report: Report) -> list[Problem]:
    """What is wrong in front_door.yaml, where it is there; what nobody looked at for long is only told."""
    file = folder / "front_door.yaml"
    if not file.exists():
        return []
    try:
        for region in read_front_door(file).old:
            report(f"{file.name}: {region.name} is gecontroleerd op {region.checked_on}. Kijk of dit nog klopt.")
    except FilesError as error:
        return error.problems
    return []


def _unknown(curriculum: Curriculum, folder: Path, force: Force | None) -> Iterator[Problem]:
    there = {source.data["id"].lower() for source in curriculum.modules}
    there |= {fact["code"].lower() for fact in curriculum.facts}
    there |= {term["term"].lower() for term in [*curriculum.glossary, *curriculum.hard_words]}
    there |= {f"{SPOKEN}{entry['written'].lower()}" for entry in curriculum.pronunciation}
    for code in sorted(force.codes if force else ()):
        if code.lower() not in there:
            yield Problem(folder, "--force", f"'{code}' staat niet in de bestanden; een map noem je vóór --force")


def _turn(page: ModulePage, source: Source, force: Force | None) -> Turn:
    turn = decide(
        file=file_digest(source.data),
        loaded=page.source_digest,
        code=page.code,
        own=lambda: _own_digests(page),
        force=force,
    )
    return Turn.LOAD if turn is Turn.CONFLICT and _is_announcement(page) else turn


def _own_digests(page: ModulePage) -> set[str]:
    """Of what is published and of the draft beside it."""
    versions = [page]
    if page.latest_revision_id and page.latest_revision_id != page.live_revision_id:
        versions.append(page.get_latest_revision_as_object())
    return {digest(module_data(version)) for version in versions}


def _is_announcement(page: ModulePage) -> bool:
    """A lesson in the list as 'komt nog', as it was loaded: nobody wrote in it, so nothing can be lost."""
    if page.live or not page.announced or not page.source_digest or len(page.steps):
        return False
    return not page.revisions.filter(user__isnull=False).exists()


def _conflict(page: ModulePage) -> Conflict:
    last = page.latest_revision
    user = last.user.get_username() if last and last.user else None
    return Conflict(page.code, page.title, user, last.created_at if last else None)


def _remember(page: ModulePage, source: Source) -> None:
    """Beside the revisions, for it says what was loaded last, not what was written."""
    ModulePage.objects.filter(pk=page.pk).update(source_digest=file_digest(source.data))


def _save_modules(root: CataloguePage, loading: list[tuple[ModulePage, Source]], report: Report) -> None:
    """All pages first, so that each can say which others come before it."""
    for page, source in loading:
        fill_page(page, source.data, photo_id=partial(save_photo, source.file))
        if page.pk is None:
            with _named(source):
                root.add_child(instance=page)
    by_code = {page.code: page for page in ModulePage.objects.all()}
    for page, source in loading:
        page.prerequisites.set([by_code[code] for code in source.data.get("prerequisites", []) if code in by_code])
        with _named(source):
            _save_revision(page, source)
        _remember(page, source)
        report(f"{source.data['id']} {source.data['title']['standaard']}")


def _save_revision(page: ModulePage, source: Source) -> None:
    revision = page.save_revision()
    if source.data.get("status", "published") == "published":
        revision.publish()
    else:
        page.save()


@contextmanager
def _named(source: Source) -> Iterator[None]:
    """What a page refuses is said with the file and the field."""
    try:
        yield
    except ValidationError as error:
        raise CurriculumError(
            [Problem(source.file, field, " ".join(lines)) for field, lines in error.message_dict.items()]
        ) from error
