"""How many read Makkelijk or listen is counted for the region, beside nobody: a day, a word and a number."""

import json
import logging
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from insight.figures import last_whole_quarter, quarter_of
from insight.models import DailyUse
from insight.queries import use_in_quarter
from insight.suppression import is_dominated, told_share
from people.models import Session, User
from tests.factories import CohortFactory, CohortMemberFactory, UserFactory

pytestmark = pytest.mark.django_db
REPORT = "/admin/gebruik/"
LAST_QUARTER = last_whole_quarter(date.today())


def tell(client, body, **headers):
    return client.post("/gebruik/", body, content_type="text/plain", headers=headers)


def told(*words: str) -> str:
    return json.dumps({"wat": list(words)})


def counts() -> dict[str, int]:
    return dict(DailyUse.objects.values_list("what", "phones"))


@pytest.fixture
def region(db):
    """Three organisations with as many learners."""
    for _ in range(3):
        cohort = CohortFactory()
        for _ in range(4):
            CohortMemberFactory(cohort=cohort, user=UserFactory())


def used(lesson: int, **phones: int) -> None:
    for what, number in {"les": lesson, **phones}.items():
        DailyUse.objects.create(day=LAST_QUARTER, what=what, phones=number)


def test_phones_are_counted_per_day_and_nothing_else_is_kept(as_user, own_limits, caplog):
    caplog.set_level(logging.DEBUG)
    for _ in range(3):
        reply = tell(as_user(None), told("les", "makkelijk"))
        assert reply.status_code == 204
        assert not reply.cookies
    tell(as_user(None), told("les", "gewoon", "luister"))
    assert counts() == {"les": 4, "makkelijk": 3, "gewoon": 1, "luister": 1}
    assert {field.name for field in DailyUse._meta.get_fields()} == {"id", "day", "what", "phones"}
    assert not Session.objects.exists()
    assert not User.objects.exists()
    assert "127.0.0.1" not in caplog.text


def test_who_is_signed_in_is_not_looked_at(as_user, anna, own_limits):
    client = as_user(anna)
    tell(client, told("les"))
    connection.queries_log.clear()
    connection.force_debug_cursor = True
    tell(client, told("les"))
    connection.force_debug_cursor = False
    assert not [query["sql"] for query in connection.queries if "people_" in query["sql"]]


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", "1", '"les"', "{}", '{"wat": null}', '{"wat": []}', '{"wat": "les"}', '{"wat": ["anna"]}',
     '{"wat": {"les": 1}}', '{"wat": [["les"]]}', '{"wat": ["les", 1]}', "\xff", "[" * 5000, told("les") + " " * 300],
)  # fmt: skip
def test_anything_else_is_refused_and_counts_nothing(as_user, own_limits, body: str):
    assert tell(as_user(None), body.encode("latin-1")).status_code == 400
    assert counts() == {}


def test_another_site_and_a_look_count_nothing(as_user, own_limits):
    assert tell(as_user(None), told("les"), sec_fetch_site="cross-site").status_code == 403
    assert as_user(None).get("/gebruik/").status_code == 405
    assert counts() == {}


def test_one_word_twice_is_one_phone(as_user, own_limits):
    tell(as_user(None), told("les", "les"))
    assert counts() == {"les": 1}


def test_a_flood_from_one_place_ends(as_user, own_limits, monkeypatch):
    monkeypatch.setattr("insight.use.USES.most", 2)
    replies = [tell(as_user(None), told("les")).status_code for _ in range(4)]
    assert replies == [204, 204, 429, 429]
    assert counts() == {"les": 2}


def test_shares_are_told_in_steps_of_five_from_ten_phones_up():
    assert [told_share(part, 20) for part in (0, 1, 7, 13, 19, 20)] == ["<5%", "5%", "35%", "65%", "95%", ">95%"]
    assert told_share(4, 9) is None


@pytest.mark.parametrize(
    ("learners", "regional"),
    [([], False), ([40], False), ([20, 20], False), ([10, 10, 10], True), ([11, 5, 5], False), ([10, 5, 5], True)],
)
def test_a_region_is_three_organisations_of_which_none_is_most(learners: list[int], regional: bool):
    assert is_dominated(learners) is not regional


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [("2026-01-01", "2026-01-01", "2026-04-01"), ("2026-09-30", "2026-07-01", "2026-10-01"),
     ("2026-12-31", "2026-10-01", "2027-01-01")],
)  # fmt: skip
def test_quarters_are_fixed(day: str, begin: str, end: str):
    assert [found.isoformat() for found in quarter_of(date.fromisoformat(day))] == [begin, end]


def test_the_region_is_told_in_shares(region):
    used(40, makkelijk=22, gewoon=20, luister=1)
    shown = {figure.what: figure.told for figure in use_in_quarter(LAST_QUARTER)}
    assert shown == {"in Makkelijk": "55%", "in Gewoon": "50%", "met Luister": "<5%"}


def test_nine_phones_are_not_told(region):
    used(9, makkelijk=9)
    assert use_in_quarter(LAST_QUARTER) == []


def test_one_school_is_no_region(anna):
    used(40, makkelijk=23)
    assert use_in_quarter(LAST_QUARTER) == []


def test_the_quarter_that_still_runs_is_not_in_the_report(region, as_user, admin_user):
    DailyUse.objects.create(day=date.today(), what="les", phones=50)
    page = as_user(admin_user).get(REPORT).content.decode()
    assert "Te weinig antwoorden om te tonen" in page


def test_an_administrator_reads_the_figures_with_their_picture(region, as_user, admin_user):
    used(40, makkelijk=22)
    page = as_user(admin_user).get(REPORT).content.decode()
    assert "55%" in page
    assert 'width="55"' in page


def test_nobody_else_reads_them(as_user, anna, bram, chantal, driss):
    for user in (None, anna, bram, chantal, driss):
        assert as_user(user).get(REPORT).status_code == 302
    bram.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert as_user(bram).get(REPORT).status_code == 302
