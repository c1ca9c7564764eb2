"""An organisation that comes in where some of its people are already, and where other record stores get what is new."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from learning.models import Event, Progress
from lms.moving.end import end_organisation
from people.models import Cohort, CohortMember, Membership, Organisation, User
from people.services import export_person, replay_erasures
from xapi.forwarding.models import Forward
from xapi.forwarding.services import create_target
from xapi.models import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def gone(phone_of, anna, bram, school, school_class, tmp_path: Path, settings) -> Path:
    """The school was written to a file and ended. Bram has an account of his own, Anna has not."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "erasures": memory}
    anna.set_unusable_password()
    anna.save()
    bram.set_password("heel-lang-wachtwoord")
    bram.save()
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())
    call_command("make_backup_key", to=tmp_path / "key", stdout=(said := StringIO()))
    recipient = said.getvalue().partition("BACKUP_RECIPIENTS=")[2].split()[0]
    call_command("export_organisation", school.name, to=tmp_path / "file", recipient=[recipient], stdout=StringIO())
    end_organisation(organisation=school, moved_to="https://elders.example")
    assert not Statement.objects.exists()
    return tmp_path


def come_back(gone: Path) -> str:
    said = StringIO()
    call_command("import_organisation", gone / "file", identity=gone / "key", stdout=said)
    return said.getvalue()


def test_who_is_here_already_is_the_same_person_with_a_new_place(gone, bram):
    number = bram.notices.count()
    said = come_back(gone)
    assert "1 mensen waren hier al" in said
    assert User.objects.get(username="bram").pk == bram.pk
    [place] = CohortMember.objects.filter(user=bram)
    assert (place.leads, place.cohort.name) == (True, "Klas Zorg 2A")
    assert Membership.objects.get(user=bram).organisation == Organisation.objects.get()
    assert bram.notices.count() == number + 1


def test_what_they_did_elsewhere_meanwhile_is_not_doubled_by_it(gone, bram, phone_of):
    phone = phone_of(bram)
    phone.keep(phone.event("e-haakje"))
    come_back(gone)
    assert Statement.objects.count() == Event.objects.filter(user=bram).count() == 1


def test_who_was_erased_here_is_erased_again(gone, anna):
    assert "Opnieuw gewist: 1" in come_back(gone)
    assert not User.objects.filter(owner_key=anna.owner_key).exists()
    assert not Statement.objects.exists()


def test_where_nobody_was_erased_everything_is_there_and_goes_to_no_other_store(gone, anna, monkeypatch):
    monkeypatch.setattr("people.erasures.entries", lambda: iter(()))
    target = create_target(name="Leerlog", kind="operator", address="https://lrs.example/xapi", key="a", secret="b")
    come_back(gone)
    back = User.objects.get(owner_key=anna.owner_key)
    assert back.pk != anna.pk
    assert Statement.objects.count() == Event.objects.filter(user=back).count() > 15
    assert Progress.objects.get(user=back).completed_at is not None
    assert len(export_person(user=back)["xapi"]["statements"]) == Statement.objects.count()
    assert not Forward.objects.filter(target=target).exists()
    monkeypatch.undo()
    assert replay_erasures(only_count=True)[1] == 1
    assert Cohort.objects.count() == 1
