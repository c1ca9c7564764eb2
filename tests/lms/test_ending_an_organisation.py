"""An organisation that moved leaves nothing of its own behind, and of people only what is theirs."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from learning.models import Progress
from lms.backups.errors import BackupError
from lms.moving.end import end_organisation
from lms.moving.named import organisation_called
from lms.moving.what import STAYS, moved
from people.models import AuditEntry, Cohort, Membership, Notice, Organisation, Role, User
from people.services import record_audit
from tests.everywhere import about_a_person
from tests.factories import CohortMemberFactory, OrganisationFactory, UserFactory
from xapi.services import create_credential

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def left(school, bram) -> Organisation:
    """It was written to a file. Bram has an account of his own."""
    record_audit(actor=None, action="export_organisation", about=school)
    bram.set_password("heel-lang-wachtwoord")
    bram.save()
    return school


def test_who_has_no_way_in_of_their_own_is_erased_and_others_are_told(left, phone_of, anna, bram, school_class):
    anna.set_unusable_password()
    anna.save()
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())
    ended = end_organisation(organisation=left, moved_to="https://leren.voorbeeld.nl")
    assert (ended.erased, ended.told) == (1, 1)
    assert not User.objects.filter(pk=anna.pk).exists()
    assert not Progress.objects.exists()
    assert "https://leren.voorbeeld.nl" in Notice.objects.filter(user=bram).latest("pk").text
    assert not Organisation.objects.filter(pk=left.pk).exists()
    assert not Cohort.objects.exists()
    assert AuditEntry.objects.get(action="end_organisation").organisation_id == left.pk


def test_who_belongs_elsewhere_too_stays_as_they_were_there(left, anna, chantal, employer):
    anna.set_unusable_password()
    anna.save()
    Membership.objects.create(user=anna, organisation=employer, role=Role.LEARNER)
    end_organisation(organisation=left, moved_to="https://leren.voorbeeld.nl")
    assert list(anna.memberships.values_list("organisation", flat=True)) == [employer.pk]
    assert Organisation.objects.get() == employer


def test_an_organisation_that_is_in_no_file_does_not_end(school, bram):
    with pytest.raises(BackupError, match="nog in geen bestand"):
        end_organisation(organisation=school, moved_to="https://leren.voorbeeld.nl")
    assert Organisation.objects.filter(pk=school.pk).exists()


def test_a_system_that_still_has_its_key_is_stopped_first(left):
    create_credential("Leersysteem", organisation=left.pk)
    with pytest.raises(BackupError, match="Stop eerst"):
        end_organisation(organisation=left, moved_to="https://leren.voorbeeld.nl")


def test_a_name_that_is_not_of_one_organisation_is_refused(db):
    with pytest.raises(ValueError, match="is er niet"):
        organisation_called("Nergens")
    for _ in range(2):
        OrganisationFactory(name="Bakker", by_owner=True)
    with pytest.raises(ValueError, match="meer dan een"):
        organisation_called("Bakker")
    with pytest.raises(ValueError, match="is er niet"):
        organisation_called("9" * 15)


@pytest.mark.parametrize("content", [b"", b"niets", b"age-encryption.org/v1\n" + b"x" * 5000])
def test_a_file_that_is_none_of_ours_takes_nothing_in(db, tmp_path: Path, content):
    call_command("make_backup_key", to=tmp_path / "key", stdout=StringIO())
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(CommandError, match="Er is niets overgenomen"):
        call_command("import_organisation", tmp_path / "file", identity=tmp_path / "key", stdout=StringIO())
    assert not Organisation.objects.exists()


def test_a_file_is_never_written_over(school, tmp_path: Path):
    (tmp_path / "file").write_text("van mij")
    with pytest.raises(CommandError, match="is er al"):
        call_command("export_organisation", school.name, to=tmp_path / "file", recipient=["age1x"])
    with pytest.raises(CommandError, match="age1"):
        call_command("export_organisation", school.name, to=tmp_path / "new", recipient=["geheim"])
    assert (tmp_path / "file").read_text() == "van mij"


def test_every_table_about_a_person_moves_or_says_why_not():
    labels = {model._meta.label for model in moved()}
    rooms = labels | set(STAYS)
    left_out = {
        model._meta.label for model in about_a_person() if not model._meta.app_label.startswith(("wagtail", "media"))
    }
    assert left_out <= rooms
    assert labels.isdisjoint(STAYS)
    for label in STAYS:
        apps.get_model(label)


def test_nobody_alone_is_left_in_an_organisation_that_ended(left, anna):
    only = CohortMemberFactory(cohort=Cohort.objects.get(), user=UserFactory()).user
    end_organisation(organisation=left, moved_to="https://leren.voorbeeld.nl")
    assert not only.memberships.exists()
    assert not only.cohort_places.exists()
