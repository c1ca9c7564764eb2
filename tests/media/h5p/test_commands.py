"""What a server administrator does from the terminal: many packages at once, and the libraries."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from media.h5p.services import LibrariesLacking, import_package
from media.models import H5PLibrary, H5PVersion
from tests.media.h5p.packages import library, package, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "pakketten"
    (place / "map").mkdir(parents=True)
    (place / "een.h5p").write_bytes(zipped(package()).getvalue())
    (place / "map" / "twee.h5p").write_bytes(zipped(package(title="Twee")).getvalue())
    (place / "kapot.h5p").write_bytes(b"kapot")
    (place / "lees.txt").write_text("nee")
    return place


def run(*arguments: str, fails: bool = False) -> None:
    if fails:
        with pytest.raises(SystemExit) as left:
            call_command(*arguments)
        assert left.value.code == 1
    else:
        call_command(*arguments)


def test_a_folder_comes_in_and_what_cannot_is_named_with_why(folder, capsys):
    run("h5p_import", str(folder), fails=True)
    said = capsys.readouterr().out
    assert said.count("WACHT") == 2
    assert "KAN NIET  kapot.h5p: Dit is geen H5P-bestand." in said
    assert "0 opgenomen, 2 wachten, 1 kunnen niet" in said
    run("h5p_import", str(folder), "--approve-libraries", fails=True)
    assert "2 opgenomen, 0 wachten, 1 kunnen niet" in capsys.readouterr().out
    (folder / "kapot.h5p").unlink()
    run("h5p_import", str(folder))
    assert H5PVersion.objects.count() == 2  # again changes nothing
    run("h5p_import", str(folder / "een.h5p"))


def test_later_patches_that_the_files_bring_are_approved_along(folder, capsys):
    newer = library(patch=3, depends=("H5P.Erbij 1.0",))
    (folder / "kapot.h5p").write_bytes(
        zipped(package(title="Later", libraries=(newer, library("H5P.Erbij 1.0")))).getvalue()
    )
    run("h5p_import", str(folder), "--approve-libraries")
    assert [str(row) for row in H5PLibrary.objects.approved()] == [
        "H5P.Erbij 1.0.0", "H5P.Proef 1.0.3", "H5P.Proef 1.0.0",
    ]  # fmt: skip
    later = H5PVersion.objects.get(title="Later")
    assert {str(row) for row in later.libraries.all()} == {"H5P.Proef 1.0.3", "H5P.Erbij 1.0.0"}


def test_a_folder_without_packages_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"geen \.h5p-bestanden"):
        call_command("h5p_import", str(tmp_path / "er-niet"))


def test_libraries_are_listed_approved_and_removed(capsys):
    with pytest.raises(LibrariesLacking):
        import_package(file=zipped(package()))
    call_command("h5p_libraries", "--list")
    assert "H5P.Proef 1.0.0" in (said := capsys.readouterr().out)
    assert "gevraagd" in said
    with pytest.raises(CommandError, match="is niet gevraagd"):
        call_command("h5p_libraries", "--approve", "H5P.Weg 1.0.0")
    call_command("h5p_libraries", "--approve", "H5P.Proef 1.0.0")
    version = import_package(file=zipped(package()))
    call_command("h5p_libraries", "--remove-unused")
    assert "0 weg" in capsys.readouterr().out
    version.package.delete()
    call_command("h5p_libraries", "--remove-unused")
    assert "Weg: H5P.Proef 1.0.0" in capsys.readouterr().out
    assert not H5PLibrary.objects.exists()


def test_two_of_one_name_are_told_apart_by_their_digest(capsys):
    for code in ("een()", "twee()"):
        with pytest.raises(LibrariesLacking):
            import_package(file=zipped(package(libraries=(library(code=code),))))
    with pytest.raises(CommandError, match="zijn er meer"):
        call_command("h5p_libraries", "--approve", "H5P.Proef 1.0.0")
    first = H5PLibrary.objects.earliest("pk")
    call_command("h5p_libraries", "--approve", f"H5P.Proef 1.0.0@{first.digest[:12]}")
    assert [row.pk for row in H5PLibrary.objects.all()] == [first.pk]  # the other can be approved no more


def test_one_thing_at_a_time():
    with pytest.raises(CommandError):
        call_command("h5p_libraries")
    with pytest.raises(CommandError):
        call_command("h5p_libraries", "--list", "--remove-unused")
