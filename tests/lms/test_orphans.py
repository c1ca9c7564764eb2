"""A file whose row is gone goes too, also when storage was away at that moment."""

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.utils import timezone

from courses.models import PathFile
from integrations.models import StatementExport
from lms.orphans import remove_orphans
from lms.tasks import remove_files_without_a_row
from media.models import Recording
from xapi.models import Attachment

pytestmark = pytest.mark.django_db
SUM = "ab" + "0" * 62


@pytest.fixture(autouse=True)
def files(settings, tmp_path: Path) -> Path:
    places = {
        name: {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / name, "base_url": None},
        }
        for name in ("xapi", "paths", "default")
    }
    settings.STORAGES = {**settings.STORAGES, **places}
    return tmp_path


def kept(storage: str, name: str, *, days: float = 2) -> Path:
    """A file of so many days old."""
    assert storages[storage].save(name, ContentFile(b"van Anna")) == name
    path = Path(storages[storage].path(name))
    os.utime(path, (time.time() - days * 86400,) * 2)
    return path


def export_of(user, **values) -> StatementExport:
    return StatementExport.objects.create(asked_by=user, filters={}, through=timezone.now(), first=0, last=1, **values)


def test_a_file_that_a_row_knows_stays_however_old(school, anna):
    Attachment.objects.create(sha2=SUM, statement_id=1)
    file = PathFile.objects.create(organisation=school, digest="c" * 64, kind="pdf", name="blad.pdf", size=8)
    Recording.objects.create(text="Dag.", digest="d" * 32, file="opnamen/d.flac", ms=1, made_at=timezone.now())
    paths = [
        kept("xapi", f"ab/{SUM}", days=900),
        kept("xapi", f"uitvoer/{export_of(anna).pk}/00000-x", days=900),
        kept("paths", file.place, days=900),
        kept("default", "opnamen/d.flac", days=900),
    ]
    assert remove_orphans(now=timezone.now()) == 0
    assert all(path.exists() for path in paths)


def test_a_file_that_no_row_knows_goes_from_every_storage(school, bram):
    ended = export_of(bram, state=StatementExport.State.ENDED)
    file = PathFile.objects.create(organisation=school, digest="c" * 64, kind="pdf", name="blad.pdf", size=8)
    paths = [
        kept("xapi", f"ab/{SUM}"),
        kept("xapi", f"uitvoer/{uuid.uuid4()}/00000-x"),
        kept("xapi", f"uitvoer/{ended.pk}/00000-x"),
        kept("xapi", "uitvoer/geen-nummer/x"),
        kept("paths", f"{school.pk + 1}/{file.digest}.pdf"),
        kept("paths", "readyz-0123"),
        kept("default", "opnamen/e.flac"),
        kept("default", "beeld/origineel/x.jpg"),
        kept("default", "beeld/x.webp"),
    ]
    stays = kept("default", "geluid/x.webm")
    assert remove_orphans(now=timezone.now()) == len(paths)
    assert not any(path.exists() for path in paths)
    assert stays.exists(), "what no shelf is for is nobody's to remove"


def test_a_file_whose_row_may_still_be_on_the_way_stays(files):
    path = kept("xapi", f"ab/{SUM}", days=0.5)
    assert remove_orphans(now=timezone.now()) == 0
    assert path.exists()
    assert remove_orphans(now=timezone.now() + timedelta(days=1)) == 1


def test_what_was_erased_while_storage_was_away_is_gone_the_next_night(monkeypatch, django_capture_on_commit_callbacks):
    from xapi import attachments

    Attachment.objects.create(sha2=SUM, statement_id=1)
    path = kept("xapi", f"ab/{SUM}")

    def away(self, name: str) -> None:
        raise OSError("storage is away")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", away)
        with django_capture_on_commit_callbacks(execute=True):
            attachments.forget([1])
    assert path.exists()
    remove_files_without_a_row()
    assert not path.exists()


def test_a_site_on_which_nothing_was_ever_kept_has_nothing_to_remove():
    assert remove_orphans(now=timezone.now()) == 0
