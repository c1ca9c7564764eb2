"""Writes of packages: taking one in, replacing it, removing it."""

import hashlib
import uuid
from collections.abc import Callable
from typing import IO, Any

from django.db import transaction

from media.h5p.core.package import Package, Resolution, header_for_player, resolve
from media.h5p.files import delete_files, save_files
from media.h5p.models import H5PLibrary, H5PPackage, H5PVersion, content_prefix
from media.h5p.registry import find_installed, request_libraries


class LibrariesLacking(Exception):
    """The package is in order, but needs libraries that nobody approved yet; they have been asked for."""

    def __init__(self, libraries: list[H5PLibrary]) -> None:
        super().__init__(", ".join(map(str, libraries)))
        self.libraries = libraries


def import_package(
    *,
    file: IO[bytes],
    by: Any = None,
    replaces: H5PPackage | None = None,
    reset_state: bool = False,
    key: uuid.UUID | None = None,
    tell: Callable[[int], None] = lambda _: None,
    along: Callable[[H5PVersion], None] = lambda _: None,
) -> H5PVersion:
    """A version of a package from an .h5p file: of `replaces`, or of a new package.

    The same file again gives the version that is there, or with newer libraries a new version of it. `tell` hears
    how far it is; `along` is done in the same transaction. Raises PackageError when the file cannot be used,
    LibrariesLacking when it must wait; nothing of the package is left then.
    """
    digest = digest_of(file)
    if same := _same(digest, replaces):
        theirs = by is not None and same.package.uploaded_by != by
        if not has_newer_libraries(same) or (theirs and not replaces):
            with transaction.atomic():
                along(same)
            return same
        replaces = same.package
    package = Package(file)
    tell(40)
    resolution = resolve(package, find_installed)
    tell(60)
    newer = list(resolution.newer.values())
    if resolution.lacking:
        rows = request_libraries(package=package, libraries=[*resolution.lacking.values(), *newer], by=by)
        raise LibrariesLacking(rows[: len(resolution.lacking)])
    request_libraries(package=package, libraries=newer, by=by)
    key = key or uuid.uuid4()
    try:
        files = save_files(content_prefix(key), _kept(package, resolution, tell))
        with transaction.atomic():
            version = _write_rows(package, resolution, files, digest, key, by, replaces, reset_state)
            along(version)
    except BaseException:
        delete_files(content_prefix(key))
        raise
    return version


def has_newer_libraries(version: H5PVersion) -> bool:
    """Whether the same file would be played by a later patch of some library now."""
    rows = version.libraries.all()
    return any(H5PLibrary.objects.approved().named(row.name).filter(patch__gt=row.patch).exists() for row in rows)


def request_what_it_brings(*, file: IO[bytes], by: Any = None) -> list[H5PLibrary]:
    """Ask for every library that a file needs and that is not here, or not in so late a patch; import nothing.

    Raises PackageError when the file cannot be used.
    """
    package = Package(file)
    found = resolve(package, find_installed)
    return request_libraries(package=package, libraries=[*found.lacking.values(), *found.newer.values()], by=by)


def delete_package(*, package: H5PPackage) -> None:
    """Remove a package with all its versions and files. Who asks for it first sees that nothing uses it."""
    prefixes = [version.prefix for version in package.versions.all()]
    with transaction.atomic():
        package.delete()
    for prefix in prefixes:
        delete_files(prefix)


def digest_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 16):
        digest.update(chunk)
    return digest.hexdigest()


def _same(digest: str, replaces: H5PPackage | None) -> H5PVersion | None:
    """The current version that came from the same file."""
    packages = H5PPackage.objects.filter(current__digest=digest).select_related("current__package")
    found = (packages.filter(pk=replaces.pk) if replaces else packages).first()
    return found.current if found else None


def _kept(package: Package, resolution: Resolution, tell: Callable[[int], None]) -> Any:
    yield "h5p.json", header_for_player(package, resolution.order)
    for number, (path, content) in enumerate(package.content_files(), start=1):
        yield f"content/{path}", content
        if number % 20 == 0:
            tell(60 + 40 * number // (len(package.files) + 1))


def _write_rows(
    package: Package,
    resolution: Resolution,
    files: dict[str, int],
    digest: str,
    key: uuid.UUID,
    by: Any,
    replaces: H5PPackage | None,
    reset_state: bool,
) -> H5PVersion:
    about = package.description
    libraries = {name: _row(name, here.patch) for name, here in resolution.installed.items()}
    if replaces:
        home = H5PPackage.objects.select_for_update().get(pk=replaces.pk)
        old = home.current
        other_kind = old is not None and old.main_library.machine_name != about.main.machine_name
        home.state_round += int(reset_state or other_kind)
    else:
        home = H5PPackage(title=about.title, uploaded_by=by)
    home.save()
    last = home.versions.order_by("-number").first()
    version = H5PVersion.objects.create(
        key=key,
        package=home,
        number=last.number + 1 if last else 1,
        digest=digest,
        title=about.title,
        language=about.language,
        licence=about.licence,
        makers=list(about.makers),
        main_library=libraries[about.main],
        files=files,
        bytes=sum(files.values()),
        sites=sorted({*about.sites, *(site for row in libraries.values() for site in row.sites)}),
        hints=[[hint.code, hint.count] for hint in about.hints],
        cleaned=about.cleaned,
        uploaded_by=by,
    )
    version.libraries.set(libraries.values())
    home.current = version
    home.save(update_fields=["current"])
    return version


def _row(name: Any, patch: int) -> H5PLibrary:
    return H5PLibrary.objects.approved().named(name).get(patch=patch)
