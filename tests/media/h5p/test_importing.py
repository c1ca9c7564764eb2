"""A package comes in whole, with libraries that were approved, or not at all."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from media.h5p.core.errors import Code, PackageError
from media.h5p.registry import NotApproved, approve_library, refuse_library, remove_unused_libraries
from media.h5p.services import LibrariesLacking, delete_package, import_package
from media.models import H5PLibrary, H5PPackage, H5PVersion
from tests.media.h5p.packages import PNG, library, package, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def stored(files: Path) -> list[str]:
    return sorted(str(path.relative_to(files)) for path in files.rglob("*") if path.is_file())


def approve_all() -> None:
    for row in H5PLibrary.objects.requested():
        approve_library(library=row, by=None, now=timezone.now())


def take_in(given, **options) -> H5PVersion:
    """Import, with whatever library it needs approved on the way."""
    try:
        return import_package(file=zipped(given), **options)
    except LibrariesLacking:
        approve_all()
        return import_package(file=zipped(given), **options)


def test_a_package_with_an_unknown_library_waits_and_the_library_is_asked_for(files, eva):
    with pytest.raises(LibrariesLacking) as lacking:
        import_package(file=zipped(package()), by=eva)
    (row,) = lacking.value.libraries
    assert (str(row), row.is_approved, row.requested_by) == ("H5P.Proef 1.0.0", False, eva)
    assert not H5PPackage.objects.exists()
    assert stored(files) == [f"{row.prefix}/{name}" for name in ("library.json", "proef.css", "proef.js")]


def test_with_its_library_approved_a_package_is_kept_with_its_files(files, eva):
    given = package() | {"content/images/plaat.png": PNG}
    version = take_in(given, by=eva)
    assert version.package.current == version
    assert (version.title, version.number, version.language) == ("Wel of niet delen", 1, "nl")
    assert str(version.main_library) == "H5P.Proef 1.0.0"
    assert set(version.files) == {"h5p.json", "content/content.json", "content/images/plaat.png"}
    with default_storage.open(f"{version.prefix}/content/images/plaat.png") as file:
        assert file.read() == PNG


def test_other_sites_of_the_content_and_of_its_libraries_are_kept_with_the_version():
    style = {"H5P.Proef-1.0/proef.css": b"@import '//fonts.voorbeeld.nl/x.css';"}
    content = {"a": "//film.voorbeeld.nl/x", "b": "<img src='//beeld.voorbeeld.nl/x'>", "c": "// los"}
    version = take_in(package(content=content) | style)
    assert version.sites == ["beeld.voorbeeld.nl", "film.voorbeeld.nl", "fonts.voorbeeld.nl"]


def test_the_same_file_again_is_the_version_that_is_there(files):
    first = take_in(package())
    before = stored(files)
    assert import_package(file=zipped(package())) == first
    assert H5PVersion.objects.count() == 1
    assert stored(files) == before


def test_a_new_version_keeps_what_learners_were_busy_with_unless_chosen_otherwise():
    first = take_in(package())
    home = first.package
    second = take_in(package(content={"question": "Nieuw?"}), replaces=home)
    home.refresh_from_db()
    assert (home.current, second.number, home.state_round) == (second, 2, 1)
    take_in(package(content={"question": "Nog nieuwer?"}), replaces=home, reset_state=True)
    home.refresh_from_db()
    assert (home.versions.count(), home.state_round) == (3, 2)


def test_another_kind_of_exercise_begins_anew_for_everyone():
    home = take_in(package()).package
    take_in(package("H5P.Anders 1.0"), replaces=home)
    home.refresh_from_db()
    assert home.state_round == 2


def test_a_package_that_is_deleted_takes_its_files_and_leaves_libraries(files):
    version = take_in(package())
    library_files = [path for path in stored(files) if "bibliotheek" in path]
    delete_package(package=version.package)
    assert not H5PVersion.objects.exists()
    assert stored(files) == library_files
    assert remove_unused_libraries() == ["H5P.Proef 1.0.0"]
    assert stored(files) == []


def test_what_fails_leaves_no_row_and_no_file(files):
    take_in(package())
    before = stored(files)
    with pytest.raises(PackageError) as refused:
        import_package(file=zipped(package(title="Anders") | {"content/plaat.png": b"<html>"}))
    assert (refused.value.code, refused.value.path) == (Code.OTHER_KIND, "content/plaat.png")
    assert H5PVersion.objects.count() == 1
    assert stored(files) == before


def test_what_fails_while_it_is_written_leaves_no_row_and_no_file(files):
    take_in(package())
    before = stored(files)

    def break_off(version):
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        import_package(file=zipped(package(title="Anders", content={"a": 1})), along=break_off)
    assert H5PVersion.objects.count() == 1
    assert stored(files) == before


def test_an_approved_library_goes_before_what_a_package_brings_under_its_name(files):
    first = take_in(package())
    other = package(title="Met andere code", libraries=(library(code="alert('anders')"),))
    version = import_package(file=zipped(other))
    assert version.main_library == first.main_library
    assert H5PLibrary.objects.count() == 1


def test_a_newer_patch_is_asked_for_and_meanwhile_the_approved_one_plays():
    take_in(package())
    version = import_package(file=zipped(package(title="Nieuwer", libraries=(library(patch=4),))))
    assert str(version.main_library) == "H5P.Proef 1.0.0"
    assert [str(row) for row in H5PLibrary.objects.requested()] == ["H5P.Proef 1.0.4"]
    approve_all()
    assert str(import_package(file=zipped(package(title="Later"))).main_library) == "H5P.Proef 1.0.4"
    version.refresh_from_db()
    assert str(version.main_library) == "H5P.Proef 1.0.0"  # old content keeps its own


def test_the_same_file_gets_newer_libraries_once_they_are_approved(eva, jan):
    given = package(title="Nieuwer", libraries=(library(patch=4),))
    take_in(package())
    old = import_package(file=zipped(given), by=eva)
    approve_all()
    assert import_package(file=zipped(given), by=jan) == old  # of someone else: as it is
    new = import_package(file=zipped(given), by=eva)
    assert (new.package, new.number, str(new.main_library)) == (old.package, 2, "H5P.Proef 1.0.4")
    assert import_package(file=zipped(given), by=eva) == new
    assert H5PPackage.objects.count() == 2


def test_a_request_that_is_overtaken_goes_with_its_files(files):
    for given in (library(patch=2), library(patch=4), library(patch=4, code="anders()"), library(patch=5)):
        with pytest.raises(LibrariesLacking):
            import_package(file=zipped(package(libraries=(given,))))
    approve_library(library=H5PLibrary.objects.filter(patch=4).earliest("pk"), by=None, now=timezone.now())
    assert [(row.patch, row.is_approved) for row in H5PLibrary.objects.order_by("patch")] == [(4, True), (5, False)]
    assert len({Path(path).parent for path in stored(files)}) == 2


def test_no_library_is_downgraded_or_overwritten():
    take_in(package(libraries=(library(patch=4),)))
    for patch in (3, 4):
        row = H5PLibrary.objects.create(
            machine_name="H5P.Proef", major=1, minor=0, patch=patch, digest="ab" * 32, title="Proef", runnable=True
        )
        with pytest.raises(NotApproved):
            approve_library(library=row, by=None, now=timezone.now())
        row.refresh_from_db()
        assert not row.is_approved
        row.delete()


def test_a_library_that_is_refused_goes_with_its_files_and_an_approved_one_stays(files):
    with pytest.raises(LibrariesLacking):
        import_package(file=zipped(package()))
    refuse_library(library=H5PLibrary.objects.get())
    assert stored(files) == []
    approved = take_in(package()).main_library
    refuse_library(library=approved)
    assert H5PLibrary.objects.get() == approved
