"""'Dit doe ik vandaag' and 'Gelukt?' a week later: one calm question about the latest choice, and then no more."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Response
from learning.models import PlanOutcome, Progress
from modules.models import ModulePage
from people.models import Notice, User
from people.services import erase_person, export_person, merge_people
from tests.conftest import load_lesson
from tests.factories import STEPS, Phone, UserFactory
from xapi.models import Statement

PLAN = "Ik vraag het."


def age(days: float, **which) -> None:
    """Move what was answered back in time."""
    for row in Response.objects.filter(kind="dit_doe_ik", **which):
        Response.objects.filter(pk=row.pk).update(received_at=row.received_at - timedelta(days=days))


def age_outcomes(days: float) -> None:
    for row in PlanOutcome.objects.all():
        later = row.ask_again_at and row.ask_again_at - timedelta(days=days)
        PlanOutcome.objects.filter(pk=row.pk).update(ask_again_at=later, at=row.at - timedelta(days=days))
    age(days)


def home(phone: Phone) -> str:
    return " ".join(phone.client.get("/mijn/").content.decode().split())


def say(phone: Phone, outcome: str, response: Response | None = None):
    found = response or Response.objects.filter(kind="dit_doe_ik").latest("received_at")
    return phone.client.post(f"/plan/{found.pk}/gelukt/", {"gelukt": outcome})


@pytest.fixture
def asked(phone_of, anna) -> Phone:
    """Anna chose a plan a week ago."""
    phone = phone_of(anna)
    phone.keep(phone.event("e-doe", "e-p1"))
    age(7)
    return phone


def test_a_week_later_home_asks_whether_it_worked(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-doe", "e-p1"))
    age(6.9)
    assert "Gelukt?" not in home(phone)
    age(0.2)
    page = home(phone)
    assert "Gelukt?" in page
    assert "Vorige week koos je:" in page
    assert PLAN in page
    number = [step["id"] for step in STEPS].index("e-doe") + 1
    assert f'href="/les/proefles/#stap-{number}"' in page
    age(8)
    assert "Vorige week" not in home(phone)
    assert "Je koos:" in home(phone)


def test_a_nameless_learner_is_asked_too(phone):
    phone.keep(phone.event("e-doe", "e-p1"))
    age(7)
    assert PLAN in home(phone)
    assert say(phone, "ja").url == "/mijn/"
    assert PlanOutcome.objects.get().outcome == "ja"


@pytest.mark.parametrize("outcome", ["ja", "beetje"])
def test_an_answer_ends_the_question(asked, outcome):
    assert say(asked, outcome).url == "/mijn/"
    page = home(asked)
    assert "Mooi." in page
    assert "Gelukt?" not in page
    assert PlanOutcome.objects.get().outcome == outcome
    age_outcomes(400)
    assert "Gelukt?" not in home(asked)


def test_vandaag_niet_is_not_asked_about(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-doe", "niet"))
    age(8)
    assert "Gelukt?" not in home(phone)


def test_the_latest_choice_counts(asked):
    asked.keep(asked.event("e-doe", "zelf"))
    assert "Gelukt?" not in home(asked)
    age(7)
    page = home(asked)
    assert "Iets wat je zelf bedacht." in page
    assert PLAN not in page
    asked.keep(asked.event("e-doe", "niet"))
    assert "Gelukt?" not in home(asked)


def test_in_one_batch_the_last_choice_counts(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-doe", "e-p1"), phone.event("e-doe", "niet"), phone.event("e-doe", "e-p1"))
    age(7)
    assert PLAN in home(phone)
    phone.keep(phone.event("e-doe", "e-p1"), phone.event("e-doe", "niet"))
    age(7)
    assert "Gelukt?" not in home(phone)


def test_own_words_are_not_on_the_server(asked):
    """What the phone sends is 'zelf'; anything more is refused."""
    reply = asked.send(asked.event("e-doe", {"zelf": "Ik bel mijn moeder"}), asked.event("e-doe", "Ik bel mijn moeder"))
    assert reply.json()["safe"] == []
    assert "moeder" not in json.dumps([row.answer for row in Response.objects.all()])


def test_one_card_at_a_time_the_oldest_first(asked, tmp_path, anna):
    (tmp_path / "b").mkdir()
    from modules.services import load_curriculum
    from tests.factories import curriculum_folder, lesson_file

    load_curriculum(curriculum_folder(tmp_path / "b", lesson_file(id="E98", slug="tweede")))
    second = Phone(asked.client, ModulePage.objects.get(code="E98"), owner=anna.owner_key)
    second.keep(second.event("e-doe", "zelf"))
    age(8)  # both: E98 8 days ago, E99 15
    page = home(asked)
    assert page.count("Gelukt?") == 1
    assert PLAN in page
    say(asked, "ja", Response.objects.get(module="E99", kind="dit_doe_ik"))
    assert "Iets wat je zelf bedacht." in home(asked)


def test_nog_niet_offers_another_plan_or_another_week(asked):
    reply = say(asked, "nog_niet")
    page = asked.client.get(reply.url).content.decode()
    assert "Dat geeft niet." in page
    assert "Nog een week" in page
    assert "Kies een ander plan" in page
    assert PLAN in page
    age_outcomes(400)
    assert "Gelukt?" not in home(asked), "who did not choose another week is not asked again"


def test_another_week_asks_once_more_and_never_again(asked):
    say(asked, "nog_niet")
    pk = PlanOutcome.objects.get().response_id
    assert asked.client.post(f"/plan/{pk}/bewaar/").url == "/mijn/"
    asked.client.get("/mijn/")
    age_outcomes(6.9)
    assert "Gelukt?" not in home(asked)
    age_outcomes(0.2)
    assert "Gelukt?" in home(asked)
    page = asked.client.get(say(asked, "nog_niet").url).content.decode()
    assert "Nog een week" not in page
    assert "We vragen dit niet meer." in page
    assert asked.client.post(f"/plan/{pk}/bewaar/").url == "/mijn/"
    age_outcomes(400)
    assert "Gelukt?" not in home(asked)
    assert PlanOutcome.objects.get().times == 2


def test_niet_meer_vragen_holds_for_all_plans_until_a_new_one_is_chosen(asked):
    assert say(asked, "stop").url == "/mijn/"
    age(30)
    assert "Gelukt?" not in home(asked)
    PlanOutcome.objects.update(at=timezone.now() - timedelta(days=10))
    asked.keep(asked.event("e-doe", "e-p1"))
    age(8, received_at__gt=timezone.now() - timedelta(days=1))
    assert "Gelukt?" in home(asked)


def test_two_taps_are_one_answer_and_the_first_counts(asked):
    assert [say(asked, said).status_code for said in ("ja", "ja", "nog_niet")] == [302, 302, 302]
    outcome = PlanOutcome.objects.get()
    assert (outcome.outcome, outcome.times) == ("ja", 1)


def test_what_is_not_asked_cannot_be_answered(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-doe", "e-p1"), phone.event("e-keuze", "e-o1"))
    for row in Response.objects.all():
        assert say(phone, "ja", row).status_code == 404
    assert phone.client.post(f"/plan/{uuid.uuid4()}/gelukt/", {"gelukt": "ja"}).status_code == 404
    assert not PlanOutcome.objects.exists()


@pytest.mark.parametrize("outcome", ["", "klopt", "x" * 5000, "\x00"])
def test_an_answer_that_does_not_exist_is_refused(asked, outcome):
    assert say(asked, outcome).status_code == 400
    assert not PlanOutcome.objects.exists()


def test_nobody_else_sees_or_answers_a_plan(asked, as_user, bram, chantal, driss):
    pk = Response.objects.get(kind="dit_doe_ik").pk
    for user in (bram, chantal, driss, None):
        client = as_user(user)
        assert client.post(f"/plan/{pk}/gelukt/", {"gelukt": "ja"}).status_code == 404
        assert client.post(f"/plan/{pk}/bewaar/").status_code in (302, 404)
    assert not PlanOutcome.objects.exists()
    say(asked, "nog_niet")
    for user in (bram, chantal, driss, None):
        assert as_user(user).get(f"/plan/{pk}/").status_code == 404
        as_user(user).post(f"/plan/{pk}/bewaar/")
    assert PlanOutcome.objects.get().ask_again_at is None


def test_another_site_cannot_answer(asked):
    pk = Response.objects.get(kind="dit_doe_ik").pk
    for place in ("gelukt", "bewaar"):
        reply = asked.client.post(f"/plan/{pk}/{place}/", {"gelukt": "ja"}, headers={"sec-fetch-site": "cross-site"})
        assert reply.status_code == 403
        assert asked.client.get(f"/plan/{pk}/{place}/").status_code == 405
    assert not PlanOutcome.objects.exists()


def test_the_words_are_those_of_the_revision_that_was_taken(asked, tmp_path):
    steps = json.loads(json.dumps(STEPS))
    next(step for step in steps if step["id"] == "e-doe")["options"][0]["standaard"] = "Iets heel anders."
    (tmp_path / "n").mkdir()
    load_lesson(tmp_path / "n", steps=steps)
    page = home(asked)
    assert PLAN in page
    assert "Iets heel anders." not in page


def test_without_that_revision_the_words_of_now_are_used(asked):
    from learning.models import Attempt

    Attempt.objects.update(revision=999_999)
    assert PLAN in home(asked)


def test_a_lesson_that_is_gone_still_lets_one_answer(asked):
    ModulePage.objects.get(code="E99").unpublish()
    page = home(asked)
    assert "Gelukt?" in page
    assert "Kies een ander plan" not in page
    assert asked.client.get(say(asked, "nog_niet").url).status_code == 200


def test_no_message_and_no_statement_is_made_for_it(asked):
    statements = Statement.objects.count()
    home(asked)
    say(asked, "nog_niet")
    assert Statement.objects.count() == statements
    assert not Notice.objects.exists()
    for document in Statement.objects.values_list("document", flat=True):
        assert "e-p1" not in json.dumps(document)


def test_home_asks_one_query_more_for_it_and_none_for_who_did_nothing(asked, as_user):
    def queries(client) -> list[str]:
        client.get("/mijn/")
        cache.clear()
        with CaptureQueriesContext(connection) as found:
            client.get("/mijn/")
        return [query["sql"] for query in found if "learning_planoutcome" in query["sql"]]

    assert len(queries(asked.client)) == 1
    assert queries(as_user(UserFactory())) == []
    assert queries(as_user(None)) == []


def test_it_goes_along_when_two_learners_become_one(phone, anna):
    phone.keep(phone.event("e-doe", "e-p1"))
    age(7)
    say(phone, "ja")
    merge_people(source=User.objects.get(is_nameless=True), target=anna)
    outcome = PlanOutcome.objects.get()
    assert outcome.user == anna
    assert outcome.response.user == anna


def test_the_learner_can_take_it_along_and_have_it_erased(asked, anna):
    say(asked, "beetje")
    [told] = export_person(user=anna)["learning"]["gelukt?"]
    assert (told["les"], told["antwoord"]) == ("E99", "Een beetje")
    erase_person(user=anna, actor=None)
    assert not PlanOutcome.objects.exists()
    assert not Progress.objects.exists()
