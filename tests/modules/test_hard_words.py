"""The list of hard words: loaded from its file, changed by authors, and neither overwrites the other in silence."""

import json

import pytest

from language.models import HardWord
from modules.curriculum.export import export_curriculum
from modules.curriculum.problems import CurriculumError
from modules.curriculum.reader import read_curriculum
from modules.services import load_curriculum
from modules.services.winner import Force
from people.models import User
from tests.conftest import CURRICULUM
from tests.factories import curriculum_folder, lesson_file

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/language/hardword/"


def folder(place, *entries: dict):
    made = curriculum_folder(place, lesson_file())
    (made / "hard_words.yaml").write_text(json.dumps(list(entries)))
    return made


@pytest.fixture
def author(as_user):
    from modules.authors import ensure_author_group
    from modules.models import CataloguePage

    eva = User.objects.create_user("eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    return as_user(eva)


def test_the_starter_list_has_words_and_expressions_each_once():
    entries = read_curriculum(CURRICULUM).hard_words
    assert len({entry["term"].lower() for entry in entries}) == len(entries) >= 250
    assert sum(" " in entry["term"] for entry in entries) >= 40
    assert sum("plainer" in entry for entry in entries) > 0.9 * len(entries)
    assert HardWord.objects.count() >= len(entries)


def test_what_only_its_file_changed_is_loaded_and_what_an_author_changed_stays(tmp_path):
    load_curriculum(folder(tmp_path, {"term": "proefmoeilijk", "plainer": "een"}, {"term": "proefzwaar"}))
    load_curriculum(folder(tmp_path, {"term": "proefmoeilijk", "plainer": "twee"}, {"term": "proefzwaar"}))
    assert HardWord.objects.get(term="proefmoeilijk").plainer == "twee"
    HardWord.objects.filter(term="proefmoeilijk").update(plainer="van Eva")
    changed, conflicts = folder(tmp_path, {"term": "proefmoeilijk", "plainer": "drie"}), []
    load_curriculum(changed, on_conflict=conflicts.append)
    assert [(one.code, one.title) for one in conflicts] == [("proefmoeilijk", "(moeilijk woord)")]
    assert HardWord.objects.get(term="proefmoeilijk").plainer == "van Eva"
    load_curriculum(changed, force=Force(frozenset({"proefmoeilijk"})))
    assert HardWord.objects.get(term="proefmoeilijk").plainer == "drie"


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([{"term": ""}], "is leeg"),
        ([{"term": "a  b"}], "heeft niet de goede vorm"),
        ([{"term": "zwaar"}, {"term": "Zwaar"}], "staat er 2 keer"),
        ([{"term": "zwaar", "uitleg": "x"}], "dit hoort hier niet"),
        ([{"plainer": "x"}], "'term' ontbreekt"),
        ([{"term": "x" * 81}], "is te lang"),
    ],
)
def test_a_wrong_list_is_refused_with_what_is_wrong(tmp_path, entries, says):
    with pytest.raises(CurriculumError, match=says):
        load_curriculum(folder(tmp_path, *entries))


def test_what_an_author_adds_goes_back_to_its_file(tmp_path, author):
    reply = author.post(f"{LIST}add/", {"term": "  proef  aan de  orde ", "plainer": "nu"})
    assert reply.status_code == 302
    assert HardWord.objects.filter(term="proef aan de orde").exists()
    assert export_curriculum(tmp_path, ["proef aan de orde"]).problems == []
    assert "{term: proef aan de orde, plainer: nu}" in (tmp_path / "hard_words.yaml").read_text()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"term": "", "plainer": ""}, "verplicht"),
        ({"term": "zwaar", "plainer": "Zwaar"}, "hetzelfde woord"),
        ({"term": "?!", "plainer": ""}, "Dit is geen woord"),
        ({"term": "x" * 81, "plainer": ""}, "80"),
        ({"term": "Indien", "plainer": ""}, "Dit staat al in de lijst."),
    ],
)
def test_a_wrong_word_is_not_kept_and_says_why(author, data, says):
    reply = author.post(f"{LIST}add/", data)
    assert reply.status_code == 200
    assert says in str(reply.context["form"].errors)


def test_who_writes_no_lessons_sees_no_list(as_user, anna, bram, chantal, driss):
    for user in (anna, bram, chantal, driss, None):
        assert as_user(user).get(LIST).status_code == 302
