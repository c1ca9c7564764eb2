"""The pronunciation list: in a file, in the editor, and never overwritten in silence (decision 0013)."""

import json
from pathlib import Path

import pytest
from wagtail.log_actions import log, registry

from media.models import Pronunciation
from modules.authors import ensure_author_group
from modules.curriculum.export import export_curriculum
from modules.curriculum.problems import CurriculumError
from modules.models import CataloguePage
from modules.services import load_curriculum
from modules.services.winner import Conflict, Force
from people.models import User
from tests.factories import UserFactory, curriculum_folder

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/media/pronunciation/"
EDITED = "/admin/snippets/media/pronunciation/edit/{}/"


@pytest.fixture
def eva() -> User:
    user = UserFactory(username="eva")
    user.groups.add(ensure_author_group(CataloguePage.objects.get()))
    return user


@pytest.fixture
def folder(lesson, tmp_path: Path) -> Path:
    return tmp_path


def load(folder: Path, *entries: dict[str, str], force: Force | None = None) -> list[Conflict]:
    """Load this list beside a lesson that stays the same; gives what was left."""
    (curriculum_folder(folder) / "pronunciation.yaml").write_text(json.dumps(entries))
    conflicts: list[Conflict] = []
    load_curriculum(folder, force=force, on_conflict=conflicts.append)
    return conflicts


def spoken(written: str) -> str:
    return Pronunciation.objects.get(written=written).spoken


def test_the_list_of_the_curriculum_is_loaded():
    assert spoken("AI") == "A I"
    assert spoken("phishing*") == "fisjing"


def test_a_new_word_loads_and_a_changed_one_too(folder):
    assert load(folder, {"written": "xyz", "spoken": "iks"}) == []
    assert load(folder, {"written": "xyz", "spoken": "iks ei zet"}) == []
    assert spoken("xyz") == "iks ei zet"


def test_what_an_author_changed_stays_and_is_reported_when_the_file_changed_too(folder, eva):
    load(folder, {"written": "xyz", "spoken": "iks"})
    row = Pronunciation.objects.get(written="xyz")
    row.spoken = "van Eva"
    row.save()
    log(row, "wagtail.edit", user=eva)
    assert load(folder, {"written": "xyz", "spoken": "iks"}) == []
    found = load(folder, {"written": "xyz", "spoken": "nieuw"})
    assert [(one.code, one.title, one.edited_by) for one in found] == [("uitspraak:xyz", "(uitspraak)", "eva")]
    assert spoken("xyz") == "van Eva"
    assert load(folder, {"written": "xyz", "spoken": "nieuw"}, force=Force(frozenset({"uitspraak:xyz"}))) == []
    assert spoken("xyz") == "nieuw"
    assert registry.get_logs_for_instance(row).first().data["was"] == {"spoken": "van Eva"}


@pytest.mark.parametrize(
    "entries",
    [
        [{"written": "", "spoken": "x"}],
        [{"written": "*", "spoken": "x"}],
        [{"written": "a*b", "spoken": "x"}],
        [{"written": "x", "spoken": ""}],
        [{"written": "x" * 61, "spoken": "x"}],
        [{"written": "x", "spoken": "y", "voice": "z"}],
        [{"written": "Ab", "spoken": "x"}, {"written": "aB", "spoken": "y"}],
        {"written": "x"},
    ],
)
def test_a_list_that_is_wrong_loads_nothing(folder, entries):
    count = Pronunciation.objects.count()
    (folder / "pronunciation.yaml").write_text(json.dumps(entries))
    with pytest.raises(CurriculumError, match=r"pronunciation\.yaml"):
        load_curriculum(folder)
    assert Pronunciation.objects.count() == count


def test_without_the_file_the_list_stays(folder):
    count = Pronunciation.objects.count()
    load_curriculum(folder)
    assert Pronunciation.objects.count() == count > 5


def test_the_list_goes_back_into_the_file_it_came_from(tmp_path, settings):
    there = tmp_path / "out"
    there.mkdir()
    export_curriculum(there, ["uitspraak:ai"])
    assert (there / "pronunciation.yaml").read_text() == "- {written: AI, spoken: A I}\n"
    source = settings.BASE_DIR / "curriculum" / "pronunciation.yaml"
    (there / "pronunciation.yaml").write_text(source.read_text())
    done = export_curriculum(there, ["uitspraak:ai", "uitspraak:bsn"])
    assert there / "pronunciation.yaml" not in done.written


def test_an_author_keeps_the_list(as_user, eva):
    page = as_user(eva).post(f"{LIST}add/", {"written": "mbo’er*", "spoken": "m b o er"}, follow=True)
    assert page.status_code == 200
    assert spoken("mbo’er*") == "m b o er"
    row = Pronunciation.objects.get(written="mbo’er*")
    reply = as_user(eva).post(EDITED.format(row.pk), {"written": "a*b", "spoken": "x"})
    assert "Schrijf een woord." in reply.content.decode()
    assert spoken("mbo’er*") == "m b o er"


def test_a_word_stands_on_the_list_once(as_user, eva):
    reply = as_user(eva).post(f"{LIST}add/", {"written": "ai", "spoken": "x"})
    assert reply.status_code == 200
    assert Pronunciation.objects.filter(written__iexact="ai").count() == 1


def test_others_do_not_come_near_it(as_user, anna, bram, chantal, driss):
    for user in (anna, bram, chantal, driss, None):
        assert as_user(user).get(LIST).status_code == 302
