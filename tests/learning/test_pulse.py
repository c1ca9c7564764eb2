"""The pulse: asked once a half year of who learns at an employer that takes part, skipped freely, told of nobody."""

import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from assessments.models import QuestionnaireAnswers
from assessments.questionnaires import questionnaire, score
from insight.services import release_employer, release_region
from learning.personal_data import retain
from learning.pulse import half_of
from people.models import Cohort, CohortMember, Organisation
from people.services import export_person
from tests.insight.teams import BEFORE, DURING, QUARTER, answer, employer, team
from xapi.models import Statement

pytestmark = pytest.mark.django_db
PAGE, SKIP = "/puls/", "/puls/niet/"
FORM = questionnaire("puls")
ALL = {f"vraag-{item.id}": item.answers[0].id for item in FORM.items}


@pytest.fixture
def takes_part(anna) -> Organisation:
    """Anna is in a team of an employer that takes part in the figures of the region."""
    firm = employer(in_monitor_since=BEFORE)
    cohort = Cohort.objects.create(organisation=firm, name="Team", kind=Cohort.Kind.TEAM)
    CohortMember.objects.create(cohort=cohort, user=anna, joined_at=BEFORE)
    return firm


@pytest.fixture
def learned(phone_of, anna):
    """Anna finished a lesson."""
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())


def kept() -> list[dict]:
    return list(QuestionnaireAnswers.objects.filter(questionnaire="puls").values_list("answers", flat=True))


def test_home_asks_who_learned_at_an_employer_that_takes_part(takes_part, learned, as_user, anna):
    assert "Hoe is je werk?" in as_user(anna).get("/mijn/").content.decode()


def test_nobody_else_is_asked_and_nothing_of_them_is_kept(learned, as_user, anna, bram):
    for user in (anna, bram, None):
        assert "Hoe is je werk?" not in as_user(user).get("/mijn/").content.decode()
        assert as_user(user).get(PAGE).headers["Location"] == "/mijn/"
        assert as_user(user).post(PAGE, {"key": uuid.uuid4(), **ALL}).headers["Location"] == "/mijn/"
    assert kept() == []


def test_it_is_asked_no_more_once_the_employer_stops(takes_part, learned, as_user, anna):
    takes_part.in_monitor_since = None
    takes_part.save()
    assert "Hoe is je werk?" not in as_user(anna).get("/mijn/").content.decode()
    assert as_user(anna).post(PAGE, {"key": uuid.uuid4(), **ALL}).status_code == 302
    assert kept() == []


def test_an_answer_is_kept_once_and_home_asks_no_more_this_half_year(takes_part, learned, as_user, anna):
    client, key = as_user(anna), uuid.uuid4()
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, {"key": key, **ALL}).headers["Location"] == "/puls/dank/"
    assert "Niemand ziet wat jij koos." in client.get("/puls/dank/").content.decode()
    client.post(PAGE, {"key": uuid.uuid4(), **ALL})
    assert len(kept()) == 1
    assert "Hoe is je werk?" not in client.get("/mijn/").content.decode()


def test_a_phone_that_heard_no_answer_sends_it_again_and_may_then_forget_it(takes_part, as_user, anna):
    client, sent = as_user(anna), {"key": uuid.uuid4(), "owner": anna.owner_key, "at": "1790000000000", **ALL}
    for to in ("/puls/dank/", "/mijn/"):
        reply = client.post(PAGE, sent, headers={"Accept": "application/json"})
        assert reply.json() == {"owner": str(anna.owner_key), "to": to}
    assert len(kept()) == 1


def test_it_needs_no_token_and_takes_nothing_from_another_site(takes_part, anna):
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    sent = {"key": uuid.uuid4(), **ALL}
    assert client.post(PAGE, sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert kept() == []
    assert client.post(PAGE, sent, headers={"Sec-Fetch-Site": "same-origin"}).headers["Location"] == "/puls/dank/"
    assert len(kept()) == 1


def test_every_question_may_stay_empty(takes_part, as_user, anna):
    as_user(anna).post(PAGE, {"key": uuid.uuid4(), "vraag-werkdruk": "soms"})
    assert kept() == [{"werkdruk": "soms"}]


@pytest.mark.parametrize(
    "wrong", [{"vraag-werkdruk": "heel vaak"}, {"vraag-loon": "vaak"}, {"vraag-leren": "x" * 9000}]
)
def test_what_is_no_answer_is_refused_and_keeps_nothing(takes_part, as_user, anna, wrong):
    assert as_user(anna).post(PAGE, {"key": uuid.uuid4(), **ALL} | wrong).status_code == 422
    assert kept() == []


def test_who_skips_is_not_asked_on_this_phone_and_the_server_keeps_nothing(takes_part, learned, as_user, anna):
    client = as_user(anna)
    reply = client.post(SKIP)
    assert client.cookies["puls"].value == half_of(datetime.now(UTC).date())
    assert reply.headers["Location"] == "/mijn/"
    assert "6 vragen, 2 minuten" not in client.get("/mijn/").content.decode()
    assert kept() == []
    client.cookies["puls"] = "2020-1"
    assert "6 vragen, 2 minuten" in client.get("/mijn/").content.decode()


def test_a_half_year_later_it_is_asked_again(takes_part, as_user, anna):
    with time_machine.travel(datetime(2026, 6, 30, 12, tzinfo=UTC)):
        as_user(anna).post(PAGE, {"key": uuid.uuid4(), **ALL})
        assert as_user(anna).get(PAGE).status_code == 302
    with time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC)):
        assert as_user(anna).get(PAGE).status_code == 200


def test_it_has_no_level_no_points_and_no_lessons():
    result = score(FORM, {item.id: item.answers[0].id for item in FORM.items})
    assert result.level is None
    assert (result.points, result.lessons, result.advice) == (0, (), ())
    assert result.as_data()["level"] is None


def test_the_learner_alone_can_take_it_along(takes_part, as_user, anna):
    as_user(anna).post(PAGE, {"key": uuid.uuid4(), **ALL})
    assert "puls" in str(export_person(user=anna))
    assert not Statement.objects.exists()


def test_hr_is_told_nothing_of_it_and_the_region_shares_of_many():
    firms = [employer(in_monitor_since=BEFORE) for _ in range(3)]
    for firm in firms:
        people = team(firm, "Team", 40)
        answer(people, item="werkdruk", yes=12, said="vaak", other="soms", form="puls")
    for firm in firms:
        made = release_employer(organisation=firm, quarter=QUARTER)
        assert not made.figures.filter(indicator__startswith="werk").exists()
    figure = release_region(quarter=QUARTER).figures.get(indicator="werk-werkdruk", group="alles")
    assert figure.told == "30%"


def test_weet_ik_niet_and_nothing_are_no_answer():
    firms = [employer(in_monitor_since=BEFORE) for _ in range(3)]
    for firm in firms:
        answer(team(firm, "Team", 40), item="werkdruk", yes=3, said="vaak", other="weet-niet", form="puls")
    assert release_region(quarter=QUARTER).figures.get(indicator="werk-werkdruk", group="alles").hidden == "few"


def test_answers_go_when_their_figures_are_told(anna):
    answer([anna], item="werkdruk", yes=1, form="puls", at=DURING)
    answer([anna], yes=1, at=DURING)
    assert retain(datetime(2026, 12, 1, tzinfo=UTC))["antwoorden op de puls"] == 0
    assert retain(datetime(2027, 4, 1, tzinfo=UTC))["antwoorden op de puls"] == 1
    assert QuestionnaireAnswers.objects.get().questionnaire == "startmeting"
