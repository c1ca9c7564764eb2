"""The libraries that may be used here: asked for by who imports, approved by an administrator, never changed.

A library is trusted code. It is kept by name, version and digest: what was approved is exactly those files.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from media.h5p.core.libraries import Library, LibraryName
from media.h5p.core.package import Installed, Package
from media.h5p.files import delete_files, save_files
from media.h5p.models import H5PLibrary


class NotApproved(Exception):
    """Why a library cannot be approved; in words for an administrator."""


def find_installed(name: LibraryName) -> Installed | None:
    """The latest approved patch of a library."""
    row = H5PLibrary.objects.approved().named(name).first()
    return installed(row) if row else None


def installed(row: H5PLibrary) -> Installed:
    return Installed(row.name, row.patch, _names(row.needs), _names(row.may_need), row.runnable)


def request_libraries(*, package: Package, libraries: Iterable[Library], by: Any = None) -> list[H5PLibrary]:
    """A row and the files of each library, not approved; one that was asked for before stays as it is."""
    return [_request(package, library, by) for library in libraries]


def approve_library(*, library: H5PLibrary, by: Any, now: datetime) -> None:
    """From now on packages may use it; requests for older patches, or other files of this one, go.

    Raises NotApproved for what would replace or go before what is in use.
    """
    with transaction.atomic():
        row = H5PLibrary.objects.select_for_update().get(pk=library.pk)
        if row.is_approved:
            return
        latest = H5PLibrary.objects.approved().named(row.name).first()
        if latest and latest.patch == row.patch:
            raise NotApproved(f"Er is al een {row} goedgekeurd, met andere bestanden. Die blijft.")
        if latest and latest.patch > row.patch:
            raise NotApproved(f"Er is al een nieuwere: {latest}. Een oudere keuren we niet goed.")
        row.approved_at, row.approved_by = now, by
        row.save(update_fields=["approved_at", "approved_by"])
        overtaken = list(H5PLibrary.objects.requested().named(row.name).filter(patch__lte=row.patch))
        for one in overtaken:
            one.delete()
    for one in overtaken:
        delete_files(one.prefix)


def refuse_library(*, library: H5PLibrary) -> None:
    """A library that was asked for goes, with its files. One that is approved stays."""
    with transaction.atomic():
        row = H5PLibrary.objects.select_for_update().requested().filter(pk=library.pk).first()
        if row is None:
            return
        row.delete()
    delete_files(library.prefix)


@dataclass(frozen=True)
class Changes:
    """What a library has that is not in the one that plays now."""

    since: H5PLibrary
    added: list[str]
    removed: list[str]
    resized: list[str]


def changes_since_approved(library: H5PLibrary) -> Changes | None:
    """Beside the latest approved patch of the same library; None when there is none."""
    old = H5PLibrary.objects.approved().named(library.name).exclude(pk=library.pk).first()
    if old is None or library.is_approved:
        return None
    both = sorted(set(old.files) & set(library.files))
    return Changes(
        old,
        sorted(set(library.files) - set(old.files)),
        sorted(set(old.files) - set(library.files)),
        [path for path in both if old.files[path] != library.files[path]],
    )


def unused_libraries() -> list[H5PLibrary]:
    """Approved, and no version of any package uses it."""
    return list(H5PLibrary.objects.approved().filter(versions__isnull=True))


def remove_unused_libraries() -> list[str]:
    """Remove libraries that nothing uses; gives their names."""
    removed = []
    for row in unused_libraries():
        with transaction.atomic():
            lock = H5PLibrary.objects.select_for_update(of=("self",))
            locked = lock.filter(pk=row.pk, versions__isnull=True).first()
            if locked is None:
                continue
            locked.delete()
        delete_files(row.prefix)
        removed.append(str(row))
    return removed


def _request(package: Package, library: Library, by: Any) -> H5PLibrary:
    name = library.name
    row = H5PLibrary(
        machine_name=name.machine_name,
        major=name.major,
        minor=name.minor,
        patch=library.patch,
        digest=library.digest,
        title=library.title,
        runnable=library.runnable,
        needs=[str(one) for one in library.needs],
        may_need=[str(one) for one in library.may_need],
        files=library.files,
        bytes=sum(library.files.values()),
        sites=list(library.sites),
        runs_text_as_code=library.runs_text_as_code,
        requested_by=by,
    )
    known = H5PLibrary.objects.filter(
        machine_name=row.machine_name, major=row.major, minor=row.minor, patch=row.patch, digest=row.digest
    ).first()
    if known:
        return known
    try:
        save_files(row.prefix, package.library_files(name))
        row.save()
    except BaseException:
        delete_files(row.prefix)
        raise
    return row


def _names(texts: Iterable[str]) -> tuple[LibraryName, ...]:
    return tuple(name for text in texts if (name := LibraryName.of_reference(text)))
