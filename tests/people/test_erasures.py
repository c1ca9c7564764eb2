"""Who was erased stays erased, also after an older copy of the database is put back."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from people import erasures, registry
from people.models import User
from people.services import erase_person, merge_people, replay_erasures
from tests.factories import UserFactory
from xapi.models import Statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def journal(settings, tmp_path):
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "erasures"}}
    settings.STORAGES = {**settings.STORAGES, "erasures": place}
    return tmp_path / "erasures"


def put_back(user: User) -> User:
    """As if a copy of the database from before the erasure was put back: another number, the same keys."""
    return UserFactory(username=f"{user.username}-terug", owner_key=user.owner_key)


def test_an_erasure_writes_a_file_with_random_keys_and_no_name(anna, journal):
    key, number = anna.owner_key, anna.pk
    erase_person(user=anna, actor=None)
    [file] = journal.iterdir()
    told = json.loads(file.read_text())
    assert set(told) == {"at", "keys"}
    assert told["keys"] == [str(key)]
    assert "nna" not in file.read_text()
    assert number not in told.values()


def test_after_an_older_copy_was_put_back_they_are_erased_again_with_all_they_did(phone_of, anna, bram, journal):
    erase_person(user=anna, actor=bram)
    again = put_back(anna)
    phone = phone_of(again)
    phone.keep(*phone.whole_lesson())
    other = phone_of(bram)
    other.keep(other.event("e-haakje"))
    said = StringIO()
    call_command("replay_erasures", "--dry-run", stdout=said)
    assert "1. Opnieuw te wissen: 1." in said.getvalue()
    assert User.objects.filter(pk=again.pk).exists()
    call_command("replay_erasures", stdout=said)
    assert said.getvalue().endswith("Opnieuw gewist: 1.\n")
    assert not User.objects.filter(pk=again.pk).exists()
    assert Statement.objects.count() == 1
    assert len(list(journal.iterdir())) == 1, "it stood there already"
    assert replay_erasures() == (1, 0)


def test_a_nameless_learner_who_became_part_of_them_is_erased_again_too(anna, journal):
    nameless = UserFactory(is_nameless=True, username="naamloos")
    nameless.set_unusable_password()
    nameless.save()
    key = nameless.owner_key
    merge_people(source=nameless, target=anna)
    erase_person(user=anna, actor=None)
    alone = UserFactory(username="naamloos-terug", owner_key=key)
    assert replay_erasures() == (1, 1)
    assert not User.objects.filter(pk=alone.pk).exists()


def test_who_has_only_the_same_number_or_name_is_left_alone(anna):
    number = anna.pk
    erase_person(user=anna, actor=None)
    same = UserFactory(pk=number, username="anna")
    assert replay_erasures() == (1, 0)
    assert User.objects.filter(pk=same.pk).exists()


def test_without_a_line_in_the_journal_nobody_is_erased(anna, settings, journal, monkeypatch):
    journal.write_text("geen map")
    with pytest.raises(OSError, match="erasures"), transaction.atomic():
        erase_person(user=anna, actor=None)
    assert User.objects.filter(pk=anna.pk).exists()


def test_an_erasure_that_fails_half_way_leaves_no_line(anna, journal, monkeypatch):

    def fails(_: User) -> dict[str, int]:
        raise DatabaseError("halverwege")

    last = registry.PersonalData("zzz", (), lambda _: {}, fails, registry.keeps_nothing, lambda *_: None)
    monkeypatch.setitem(registry._rooms, "zzz", last)
    with pytest.raises(DatabaseError), transaction.atomic():
        erase_person(user=anna, actor=None)
    assert User.objects.filter(pk=anna.pk).exists()
    assert not journal.exists()


def test_an_empty_journal_is_fine_and_a_file_that_is_no_line_is_named(journal):
    assert replay_erasures() == (0, 0)
    for content in (
        b"{}",
        b"x",
        b'{"at": "gisteren", "keys": []}',
        b'{"at": "2026-01-01T00:00:00+00:00", "keys": [1]}',
    ):
        name = storages["erasures"].save("20260101T000000-x.json", ContentFile(content))
        with pytest.raises(CommandError, match="20260101T000000"):
            call_command("replay_erasures")
        storages["erasures"].delete(name)


def test_lines_go_once_no_copy_from_before_them_is_kept(anna, settings, journal):
    erase_person(user=anna, actor=None)
    settings.ERASURE_JOURNAL_DAYS = 30
    assert erasures.forget_old_entries(timezone.now() + timedelta(days=29)) == 0
    assert erasures.forget_old_entries(timezone.now() + timedelta(days=31)) == 1
    assert list(journal.iterdir()) == []
