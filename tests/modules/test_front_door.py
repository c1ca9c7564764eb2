"""One front door per region: a dated file that says when nobody looked for long, and names no address unchecked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from time_machine import travel

from language.files import FilesError
from modules.curriculum.problems import CurriculumError
from modules.front_door import read_front_door
from modules.services import load_curriculum
from tests.factories import curriculum_folder, lesson_file, twin

OURS = Path(settings.BASE_DIR) / "curriculum" / "front_door.yaml"


def region(**changes: Any) -> dict[str, Any]:
    entry = {
        "id": "groningen",
        "name": "Groningen",
        "desk": "Het Loket",
        "does": twin("Denkt mee."),
        "checked_on": "2026-01-01",
        "verified": True,
        "source": "de test",
    }
    return {name: value for name, value in (entry | changes).items() if value is not None}


def file_with(folder: Path, *regions: dict[str, Any], **more: Any) -> Path:
    file = folder / "front_door.yaml"
    file.write_text(yaml.safe_dump({"regions": list(regions), **more}))
    return file


def test_our_file_has_the_desks_of_the_brief_and_no_address_that_nobody_gave():
    door = read_front_door(OURS)
    assert {one.name: one.desk for one in door.regions} == {
        "Groningen": "GroBusiness",
        "Fryslân": "Ynbusiness",
        "Drenthe": "Ik Ben Drents Ondernemer",
        "Overijssel": "MoveDigi",
        "Ergens anders": "",
    }
    assert not [one for one in door.regions if one.email or one.verified]
    assert {help.id for help in door.also} == {"taal", "incident", "geld"}
    assert "06" not in OURS.read_text()
    assert "http" not in OURS.read_text()


@pytest.mark.parametrize(("days", "old"), [(0, False), (90, False), (91, True)])
def test_a_door_is_old_after_ninety_days(tmp_path, days, old):
    today = timezone.localdate()
    [found] = read_front_door(file_with(tmp_path, region(checked_on=str(today - timedelta(days=days))))).regions
    assert found.is_old is old


def test_a_door_grows_old_while_the_site_runs(tmp_path):
    with travel("2026-02-01T12:00:00+00:00", tick=False):
        [found] = read_front_door(file_with(tmp_path, region())).regions
        assert not found.is_old
    with travel("2026-05-01T12:00:00+00:00", tick=False):
        assert found.is_old


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "a@b.nl", "verified": False}, "verified: true"),
        ({"email": "geen adres"}, "goede vorm"),
        ({"email": "a@b.nl\nBcc: c@d.nl"}, "goede vorm"),
        ({"email": "a@b.nl", "desk": None}, "geef ook 'desk'"),
        ({"behind": ["Iemand"], "desk": None}, "geef ook 'desk'"),
        ({"checked_on": None}, "'checked_on' ontbreekt"),
        ({"checked_on": "gisteren"}, "is geen datum"),
        ({"checked_on": "2999-01-01"}, "ligt in de toekomst"),
        ({"verified": "ja"}, "verwacht boolean"),
        ({"does": {"standaard": "Denkt mee."}}, "'makkelijk' ontbreekt"),
        ({"phone": "050 1234567"}, "dit hoort hier niet"),
        ({"id": "Groningen!"}, "goede vorm"),
        ({"name": "x" * 61}, "te lang"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(tmp_path, changes, said):
    with pytest.raises(FilesError) as caught:
        read_front_door(file_with(tmp_path, region(**changes)))
    assert said in str(caught.value)
    assert "front_door.yaml: " in str(caught.value)


def test_a_region_stands_there_once(tmp_path):
    with pytest.raises(FilesError, match="'groningen' staat er 2 keer"):
        read_front_door(file_with(tmp_path, region(), region()))


@pytest.mark.parametrize("content", ["", "[]", "regions: []", "regions: &a [*a]", "regions: {", "\x00"])
def test_what_is_no_front_door_is_refused(tmp_path, content):
    file = tmp_path / "front_door.yaml"
    file.write_text(content)
    with pytest.raises(FilesError):
        read_front_door(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FilesError, match="dit bestand is er niet"):
        read_front_door(tmp_path / "front_door.yaml")


@pytest.mark.django_db
def test_loading_tells_what_is_old_and_refuses_what_is_wrong(tmp_path, capsys):
    folder = curriculum_folder(tmp_path, lesson_file())
    file_with(folder, region(checked_on=str(date(2020, 5, 1))))
    call_command("load_curriculum", str(folder))
    assert "Groningen is gecontroleerd op 2020-05-01. Kijk of dit nog klopt." in capsys.readouterr().out
    file_with(folder, region(email="a@b.nl", verified=False))
    with pytest.raises(CurriculumError):
        load_curriculum(folder)
    with pytest.raises(CommandError, match="Er is niets geladen"):
        call_command("load_curriculum", str(folder))


@pytest.mark.django_db
def test_a_folder_without_a_front_door_loads(tmp_path):
    assert load_curriculum(curriculum_folder(tmp_path, lesson_file())) == 1
