"""A step that plays: what its content says is kept in our words, and how far someone is stays theirs."""

import json
import uuid
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Response
from learning.models import PlayState, Progress
from learning.personal_data import erase, export, merge
from media.h5p.models import H5PPackage
from media.h5p.registry import approve_library
from media.h5p.services import LibrariesLacking, delete_package, import_package
from modules.models import ModulePage
from people.models import FormerKey, User
from people.tasks import apply_retention
from tests.factories import Phone, UserFactory
from tests.media.h5p.packages import package, zipped
from xapi.models import Statement

pytestmark = pytest.mark.django_db
STEP = "e-h5p"
ADL = "http://adlnet.gov/expapi/verbs/"
PART = "https://elders.nl/?subContentId=2f0a4d5e-5d0f-4b2f-8a38-06d3c3a3a6b1"
WHERE = f"/leren/h5p/E99/{STEP}"
STATE = '{"0":{"state":"{\\"chosen\\":\\"nee\\"}"}}'


def said(phone: Phone, verb: str, **more: Any) -> dict[str, Any]:
    return phone.event(STEP, exercise=STEP, statement={"verb": {"id": ADL + verb}, **more})


def stored() -> list[Any]:
    return [row.document for row in Statement.objects.order_by("seq")]


@pytest.fixture
def playing(lesson: ModulePage, settings, tmp_path: Path) -> H5PPackage:
    """The lesson plays a package in its step for H5P."""
    settings.MEDIA_ROOT = tmp_path / "media"
    file = zipped(package()).getvalue()
    try:
        version = import_package(file=BytesIO(file))
    except LibrariesLacking as lacking:
        approve_library(library=lacking.libraries[0], by=None, now=timezone.now())
        version = import_package(file=BytesIO(file))
    raw = lesson.steps.get_prep_value()
    next(step for step in raw if step["id"] == STEP)["value"]["package"] = version.package.pk
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    lesson.save_revision().publish()
    return version.package


def keep(client: Client, owner: Any, state: Any = STATE, where: str = WHERE) -> int:
    body = json.dumps({"owner": str(owner), "state": state})
    return client.put(where, body, content_type="application/json").status_code


class TestWhatContentSays:
    def test_it_is_told_in_our_words_and_marked_as_its_own(self, phone):
        result = {"success": True, "score": {"raw": 999, "max": 1}, "response": "Anna", "duration": "PT3S"}
        phone.keep(said(phone, "answered", actor={"mbox": "mailto:a@b.nl"}, result=result))
        (one,) = stored()
        assert one["object"]["id"].endswith(f"/xapi/activities/E99/{STEP}")
        assert one["result"] == {"success": True, "score": {"scaled": 1.0, "raw": 1, "min": 0, "max": 1}}
        assert one["context"]["registration"] == str(phone.attempt)
        assert any(name.endswith("/self-reported") for name in one["context"]["extensions"])
        assert "a@b.nl" not in json.dumps(one)
        assert "Anna" not in json.dumps(one)

    def test_the_whole_answered_makes_the_step_done(self, phone):
        phone.keep(said(phone, "answered", result={"success": False}))
        assert Progress.objects.get().results == {STEP: {"": None}}
        assert Response.objects.get().answer == {"verb": "answered", "success": False}

    def test_parts_and_beginnings_are_told_but_make_nothing_done(self, phone):
        phone.keep(said(phone, "attempted"), said(phone, "answered", object={"id": PART}), said(phone, "progressed"))
        assert [one["verb"]["id"].rpartition("/")[2] for one in stored()] == ["attempted", "answered", "progressed"]
        assert stored()[1]["object"]["id"].endswith(f"/{STEP}/2f0a4d5e-5d0f-4b2f-8a38-06d3c3a3a6b1")
        assert stored()[1]["context"]["contextActivities"]["parent"][0]["id"].endswith(f"/{STEP}")
        assert Progress.objects.get().results == {}
        assert not Response.objects.exists()

    def test_what_is_said_again_when_it_goes_on_is_kept_once(self, phone):
        phone.keep(said(phone, "attempted"), said(phone, "completed"), said(phone, "completed"))
        phone.keep(said(phone, "attempted"), said(phone, "completed"))
        assert len(stored()) == 2
        assert Response.objects.count() == 1

    def test_by_hand_is_enough_where_content_says_nothing(self, phone):
        phone.keep(phone.event(STEP, "klaar"))
        assert Progress.objects.get().results == {STEP: {"": None}}

    @pytest.mark.parametrize(
        "changes",
        [
            {"statement": {"verb": {"id": ADL + "interacted"}}},
            {"statement": "answered"},
            {"statement": {"verb": {"id": ADL + "answered"}, "x": "y" * 5000}},
            {"statement": {"verb": {"id": ADL + "answered"}}, "response": "klaar"},
            {"statement": {"verb": {"id": ADL + "answered"}}, "review": True},
            {"statement": {"verb": {"id": ADL + "answered"}}, "exercise": "e-keuze"},
            {"statement": {"verb": {"id": ADL + "answered"}}, "step": "e-keuze", "exercise": "e-keuze"},
            {"statement": {"verb": {"id": ADL + "answered"}}, "step": "e-denk", "exercise": "e-denk"},
        ],
    )
    def test_what_cannot_be_is_refused_and_the_rest_is_kept(self, phone, changes):
        good = phone.event("e-haakje")
        bad = {**phone.event(STEP, exercise=STEP), **changes}
        reply = phone.send(bad, good).json()
        assert reply["safe"] == [good["id"]]
        assert list(reply["refused"]) == [bad["id"]]
        assert Statement.objects.count() == 1


class TestHowFarSomeoneIs:
    def test_it_is_given_back_on_another_device(self, playing, as_user, anna):
        assert keep(as_user(anna), anna.owner_key) == 204
        assert as_user(anna).get(WHERE).json()["state"] == STATE

    def test_everybody_gets_the_player_and_nobody_the_state_of_another(
        self, playing, as_user, anna, bram, chantal, driss
    ):
        keep(as_user(anna), anna.owner_key)
        for other in (None, bram, chantal, driss):
            reply = as_user(other).get(WHERE)
            assert reply.json()["state"] == ""
            assert reply.json()["address"].startswith("/h5p/")
            assert reply.headers["Cache-Control"] == "private, no-store"

    def test_of_another_is_refused_on_a_phone_that_changed_hands(self, playing, as_user, anna, bram):
        assert keep(as_user(bram), anna.owner_key) == 403
        assert not PlayState.objects.exists()
        FormerKey.objects.create(user=bram, key=(former := uuid.uuid4()))
        assert keep(as_user(bram), former) == 204

    def test_who_did_nothing_yet_is_nobody(self, playing, as_user):
        assert keep(as_user(None), uuid.uuid4()) == 401
        assert not User.objects.filter(is_nameless=True).exists()

    def test_another_site_cannot_write_it(self, playing, anna):
        client = Client(headers={"sec-fetch-site": "cross-site", "origin": "null"})
        client.force_login(anna)
        assert keep(client, anna.owner_key) == 403
        assert not PlayState.objects.exists()

    @pytest.mark.parametrize(
        ("state", "status"),
        [
            ("x" * 70_000, 413), ("", 400), ("[]", 400), ("1", 400), ('{"0": 1}', 400), ('{"0": {"a": 1}}', 400),
            ('{"0": NaN}', 400), ("{" * 60_000, 400), ("[" * 60_000, 400),
            ("\ud800", 400), ('{"0":{"a":"\u0000"}}', 400),
            (None, 400), (7, 400), ({}, 400), ("{}", 204),
        ],
    )  # fmt: skip
    def test_what_is_no_state_or_too_long_is_refused(self, playing, as_user, anna, state, status):
        assert keep(as_user(anna), anna.owner_key, state) == status
        assert PlayState.objects.exists() is (status == 204)

    @pytest.mark.parametrize("where", ["E99/e-keuze", "E99/weg", "ZZZ/e-h5p", "E99/e-scherm"])
    def test_only_a_step_that_plays_has_a_player(self, playing, as_user, anna, where):
        assert as_user(anna).get(f"/leren/h5p/{where}").status_code == 404
        assert keep(as_user(anna), anna.owner_key, where=f"/leren/h5p/{where}") == 404

    def test_of_a_lesson_that_is_not_online_nothing_is_given(self, playing, lesson, as_user, anna):
        lesson.unpublish()
        assert as_user(anna).get(WHERE).status_code == 404

    def test_it_begins_anew_when_the_package_is_replaced_and_reset(self, playing, as_user, anna):
        keep(as_user(anna), anna.owner_key)
        H5PPackage.objects.update(state_round=2)
        assert as_user(anna).get(WHERE).json()["state"] == ""

    def test_it_goes_with_the_package(self, playing, as_user, anna):
        keep(as_user(anna), anna.owner_key)
        delete_package(package=playing)
        assert not PlayState.objects.exists()
        assert as_user(anna).get(WHERE).status_code == 404

    def test_it_can_be_taken_along_and_is_erased_and_kept_no_longer(self, playing, as_user, anna):
        keep(as_user(anna), anna.owner_key)
        assert export(anna)["stand in oefeningen"][0]["stand"] == STATE
        PlayState.objects.update(saved_at=timezone.now() - timedelta(days=401))
        apply_retention()
        assert not PlayState.objects.exists()
        keep(as_user(anna), anna.owner_key)
        assert erase(anna)["stand in oefeningen"] == 1

    @pytest.mark.parametrize("newer", ["source", "target"])
    def test_of_two_learners_who_become_one_the_last_stays(self, playing, as_user, newer):
        people = {"source": UserFactory(), "target": UserFactory()}
        for who in sorted(people, key=lambda who: who == newer):
            keep(as_user(people[who]), people[who].owner_key, json.dumps({"0": {"state": who}}))
        merge(people["source"], people["target"])
        assert json.loads(PlayState.objects.get(user=people["target"]).state) == {"0": {"state": newer}}
        assert PlayState.objects.count() == 1


def test_a_lesson_says_nothing_of_where_its_player_is(playing, as_user):
    html = as_user(None).get("/les/proefles/").content.decode()
    assert '"/h5p/' not in html
    assert 'data-title="Wel of niet delen"' in html


def test_a_preview_plays_without_the_lesson_being_online(playing, lesson, as_user, rf, anna):
    request = rf.get("/")
    request.user = anna
    page = ModulePage.objects.get(pk=lesson.pk)
    html = page.serve_preview(request, "makkelijk").render().content.decode()
    assert 'data-address="/h5p/' in html
