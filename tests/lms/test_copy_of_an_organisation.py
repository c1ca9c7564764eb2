"""What is an organisation's own, as a zip that one reads without Kortwijs: all of that, and nothing of who learns."""

import json
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError

from courses.models import PathFile
from leadership.models import AiSystem, DossierFile, DossierVersion
from lms.moving.own import OWN, copy_own
from people.models import AuditEntry, Organisation, Role
from tests.everywhere import NOBODY, fill
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def filled(db):
    """A school in which somebody is in every table."""
    return fill()


@pytest.fixture
def school(filled) -> Organisation:
    found = Organisation.objects.get(name="School overal")
    MembershipFactory(user=UserFactory(first_name="Bram"), organisation=found, role=Role.TEACHER)
    AiSystem.objects.create(organisation=found, name="Vertaler")
    version = DossierVersion.objects.create(organisation=found, number=1, made_on="2026-11-02", content="{}")
    DossierFile.objects.create(version=version, ending="pdf", content=b"%PDF-dossier")
    file = PathFile.objects.create(organisation=found, digest="ab" * 32, kind="pdf", name="kaart.pdf", size=4)
    storages["paths"].save(file.place, ContentFile(b"%PDF"))
    return found


def read(place: Path) -> dict[str, bytes]:
    with ZipFile(place) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_it_holds_what_is_the_organisations_own(school, tmp_path):
    counts = copy_own(organisation=school, to=tmp_path / "zip")
    parts = read(tmp_path / "zip")
    assert json.loads(parts["rows/leadership.AiSystem.jsonl"])["name"] == "Vertaler"
    assert json.loads(parts["rows/roles.jsonl"]) == {"name": "Bram", "role": "teacher"}
    assert parts["files/dossier/1.pdf"] == b"%PDF-dossier"
    assert parts[f"files/paths/{'ab' * 32}.pdf"] == b"%PDF"
    assert {name for name in OWN if counts[name]} >= {"people.Cohort", "courses.CoursePath", "courses.Assignment"}
    assert "Er staat niets in over wie leert" in parts["LEESMIJ.txt"].decode()
    assert AuditEntry.objects.get(action="copy_organisation").organisation_id == school.pk


def test_of_who_learns_there_is_nothing(school, filled, tmp_path):
    copy_own(organisation=school, to=tmp_path / "zip")
    for name, content in read(tmp_path / "zip").items():
        for trace in filled.traces:
            assert trace.encode() not in content, name


def test_only_tables_in_which_nobody_stands_are_handed_out():
    """A table that is about people cannot get in by mistake."""
    assert set(OWN) - {"courses.CoursePath"} <= set(NOBODY), "who made a path is left out, field by field"


def test_of_another_organisation_there_is_nothing(school, tmp_path):
    other = OrganisationFactory(name="Anders")
    counts = copy_own(organisation=other, to=tmp_path / "zip")
    assert {name for name, count in counts.items() if count} == {"people.Organisation"}
    assert all(apps.get_model(label) for label in OWN)


def test_it_is_only_the_owners_and_never_written_over(school, tmp_path):
    call_command("copy_organisation", "School overal", to=tmp_path / "zip", stdout=StringIO())
    assert (tmp_path / "zip").stat().st_mode & 0o077 == 0
    before = (tmp_path / "zip").read_bytes()
    with pytest.raises(CommandError, match="kon niet worden geschreven"):
        call_command("copy_organisation", "School overal", to=tmp_path / "zip", stdout=StringIO())
    assert (tmp_path / "zip").read_bytes() == before
    with pytest.raises(CommandError, match="is er niet"):
        call_command("copy_organisation", "Nergens", to=tmp_path / "other", stdout=StringIO())
    assert not (tmp_path / "other").exists()
