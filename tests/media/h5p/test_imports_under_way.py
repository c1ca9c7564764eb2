"""An import goes on whatever happens to its message or its worker, and says what became of it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from media.h5p import importing
from media.h5p.core.errors import Code
from media.h5p.files import save_files
from media.h5p.importing import begin_import, go_on_after_approval, refuse, run_import, sweep
from media.h5p.messages import HINTS, SENTENCES, reason
from media.h5p.models import content_prefix
from media.h5p.registry import approve_library
from media.models import H5PImport, H5PLibrary, H5PVersion
from tests.media.h5p.packages import library, package, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
State = H5PImport.State
NOW = timezone.now()


def stored(files: Path) -> list[Path]:
    return [path for path in files.rglob("*") if path.is_file()]


def begin(given=None, name: str = "les.h5p", **options) -> H5PImport:
    content = given if isinstance(given, bytes) else zipped(given or package()).getvalue()
    return begin_import(file=ContentFile(content), name=name, by=options.pop("by", None), **options)


def run(row: H5PImport) -> H5PImport:
    run_import(key=row.key, now=timezone.now())
    row.refresh_from_db()
    return row


def approve_all() -> None:
    for one in H5PLibrary.objects.requested():
        approve_library(library=one, by=None, now=NOW)


def test_an_import_waits_for_its_library_and_then_goes_on(files):
    row = run(begin())
    assert (row.state, [str(one) for one in row.lacking.all()]) == (State.LACKING, ["H5P.Proef 1.0.0"])
    assert sweep(now=NOW) == []  # nothing to do yet
    approve_all()
    assert go_on_after_approval(now=NOW) == 1
    assert sweep(now=NOW) == [row.key]
    assert run(row).state == State.DONE
    assert row.result.package.title == "Wel of niet delen"
    assert row.progress == 100
    assert not default_storage.exists(row.upload)


def test_it_goes_on_only_when_the_last_library_is_there():
    both = package(depends=("H5P.Onder 1.0",), libraries=(library(), library("H5P.Onder 1.0")))
    row = run(begin(both))
    first, second = H5PLibrary.objects.requested()
    approve_library(library=first, by=None, now=NOW)
    assert go_on_after_approval(now=NOW) == 0
    approve_library(library=second, by=None, now=NOW)
    assert go_on_after_approval(now=NOW) == 1
    assert run(row).state == State.DONE


def test_what_waits_for_an_older_patch_goes_on_with_the_newer_one():
    old = run(begin(package(libraries=(library(patch=1),))))
    new = run(begin(package(title="Nieuw", libraries=(library(patch=2),))))
    approve_library(library=new.lacking.get(), by=None, now=NOW)
    assert go_on_after_approval(now=NOW) == 2
    assert str(run(old).result.main_library) == "H5P.Proef 1.0.2"


def test_a_library_that_is_refused_ends_what_waited_for_it(files):
    row = run(begin())
    refuse(library=row.lacking.get(), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.error_code) == (State.FAILED, importing.REFUSED)
    assert "H5P.Proef 1.0.0" in reason(row.error_code, row.error_parameters)
    assert stored(files) == []


def test_what_cannot_be_used_says_why_and_leaves_nothing(files):
    row = run(begin(package() | {"content/plaat.png": b"<html>"}))
    assert (row.state, row.error_code, row.error_path) == (State.FAILED, Code.OTHER_KIND, "content/plaat.png")
    assert stored(files) == []
    assert not H5PLibrary.objects.exists()
    assert not H5PVersion.objects.exists()


@pytest.mark.parametrize("content", [b"", b"geen zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_nothing_is_no_trouble_for_the_worker(files, content):
    row = run(begin(content))
    assert row.state == State.FAILED
    assert stored(files) == []


def test_a_second_message_about_an_import_does_nothing():
    row = run(begin())
    approve_all()
    go_on_after_approval(now=NOW)
    run(row)
    run(row)
    assert H5PVersion.objects.count() == 1


def test_a_message_about_an_import_that_is_gone_does_nothing():
    row = begin()
    row.delete()
    run_import(key=row.key, now=NOW)


def test_of_a_worker_that_died_the_files_go_and_another_begins(files):
    row = begin()
    run(row)
    approve_all()
    H5PImport.objects.filter(pk=row.pk).update(state=State.RUNNING, attempt=row.key)  # as if it died while writing
    save_files(content_prefix(row.key), [("content/half.txt", b"half")])
    assert sweep(now=NOW + timedelta(minutes=5)) == []
    assert sweep(now=NOW + timedelta(minutes=20)) == [row.key]
    assert not [path for path in stored(files) if path.name == "half.txt"]
    assert run(row).state == State.DONE


def test_a_worker_that_was_thought_dead_changes_nothing_any_more(files, monkeypatch):
    row = begin()
    run(row)
    approve_all()
    go_on_after_approval(now=NOW)

    def taken_over(**options):
        H5PImport.objects.filter(pk=row.pk).update(attempt=row.key)
        return importing_package(**options)

    importing_package = importing.import_package
    monkeypatch.setattr(importing, "import_package", taken_over)
    assert run(row).state == State.RUNNING
    assert not H5PVersion.objects.exists()
    assert not [path for path in stored(files) if "inhoud" in path.parts]


def test_what_breaks_off_is_tried_three_times(files, monkeypatch):
    def breaks(**options):
        raise OSError("disk full")

    monkeypatch.setattr(importing, "import_package", breaks)
    row = begin()
    for state in (State.WAITING, State.WAITING, State.FAILED):
        assert run(row).state == state
    assert row.error_code == importing.BROKE_OFF
    assert stored(files) == []


def test_an_upload_that_is_gone_is_asked_for_again():
    row = begin()
    default_storage.delete(row.upload)
    assert (run(row).state, row.error_code) == (State.FAILED, importing.GONE)


def test_what_nobody_approves_ends_after_two_months_and_what_is_over_is_forgotten_after_one(files):
    row = run(begin())
    sweep(now=NOW + timedelta(days=61))
    row.refresh_from_db()
    assert (row.state, row.error_code) == (State.FAILED, importing.WAITED_TOO_LONG)
    assert not default_storage.exists(row.upload)
    sweep(now=NOW + timedelta(days=92))
    assert not H5PImport.objects.exists()


def test_a_package_that_is_deleted_meanwhile_takes_its_replacement_along():
    approved = run(begin())
    approve_all()
    go_on_after_approval(now=NOW)
    home = run(approved).result.package
    row = begin(package(content={"a": 1}), replaces=home)
    home.delete()
    run_import(key=row.key, now=NOW)
    assert not H5PImport.objects.filter(key=row.key).exists()


def test_every_reason_has_a_sentence_that_can_be_filled_in():
    codes = [*Code, importing.BROKE_OFF, importing.GONE, importing.REFUSED, importing.WAITED_TOO_LONG]
    assert set(SENTENCES) == {str(code) for code in codes}
    for code in codes:
        assert "{" not in reason(code, {"most": 64_000_000})
    assert "64 MB" in reason(Code.TOO_BIG, {"most": 64_000_000})
    assert "10000" in reason(Code.TOO_MANY_FILES, {"most": 10_000})
    assert set(HINTS) == {"picture-without-words", "film-without-subtitles", "sound-without-text"}


def test_a_reason_never_fills_in_what_a_package_says_as_a_form():
    assert "{x.__class__}" in reason(Code.LIBRARY_FOLDER, {"says": "{x.__class__}"})
