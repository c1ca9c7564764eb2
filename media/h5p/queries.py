"""Reads of packages."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

from media.h5p.models import H5PImport, H5PLibrary, H5PPackage, H5PVersion


@dataclass(frozen=True)
class Use:
    """A place that shows a package."""

    name: str
    address: str
    """Of its editor; '' for who may not go there."""
    is_draft: bool = False


@dataclass(frozen=True)
class LibraryRow:
    library: H5PLibrary
    uses: int
    """Versions of packages."""
    waiting: int
    """Imports that wait for it."""


def libraries_of(version: H5PVersion) -> dict[str, H5PLibrary]:
    """What plays a version, by the folder that a player asks for ('H5P.Image-1.1'); only what is approved."""
    return {row.name.folder: row for row in version.libraries.approved()}


def packages() -> QuerySet[H5PPackage]:
    """Every package that can be played, the newest first."""
    return H5PPackage.objects.filter(current__isnull=False).select_related("current__main_library", "uploaded_by")


def imports_of(user: Any, *, everyones: bool) -> QuerySet[H5PImport]:
    """What is under way or could not be done, the newest first: one's own, or everyone's."""
    rows = H5PImport.objects.exclude(state=H5PImport.State.DONE).select_related("uploaded_by", "replaces")
    return rows if everyones else rows.filter(uploaded_by=user)


def where_used(package: H5PPackage, user: Any = None) -> list[Use]:
    """Where a package is shown: as the reference index knows it, and in drafts of pages that are not online yet."""
    finder = AdminURLFinder(user)
    uses: dict[tuple[int, str], Use] = {}
    for source, _ in ReferenceIndex.get_grouped_references_to(package):
        uses[_key(source)] = Use(str(source), finder.get_edit_url(source) or "")
    for page in Page.objects.filter(has_unpublished_changes=True).select_related("latest_revision"):
        if page.latest_revision and _key(page) not in uses:
            draft = page.latest_revision.as_object()
            if _refers(draft, package):
                uses[_key(page)] = Use(str(draft), finder.get_edit_url(draft) or "", is_draft=True)
    return list(uses.values())


def library_rows() -> list[LibraryRow]:
    """Every library: what uploads wait for, what else was asked for, then what is approved; each by name."""
    rows = H5PLibrary.objects.select_related("requested_by", "approved_by").prefetch_related("versions", "imports")
    lines = [LibraryRow(row, len(row.versions.all()), _waiting(row)) for row in rows]
    return sorted(lines, key=lambda line: (line.library.is_approved, not line.waiting))


def _waiting(row: H5PLibrary) -> int:
    return sum(one.state == H5PImport.State.LACKING for one in row.imports.all())


def _key(source: Any) -> tuple[int, str]:
    kind = ContentType.objects.get_for_model(Page if isinstance(source, Page) else source)
    return kind.pk, str(source.pk)


def _refers(source: Any, package: H5PPackage) -> bool:
    wanted = ContentType.objects.get_for_model(H5PPackage).pk, str(package.pk)
    return any(found[:2] == wanted for found in ReferenceIndex._extract_references_from_object(source))
