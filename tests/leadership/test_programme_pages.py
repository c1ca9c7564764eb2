"""The pages of the programme: the weeks, what is open, who is with whom; there for who is in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from leadership.models import Shared
from leadership.services import give_review, make_duos, plan_meeting, save_product, share_product
from leadership.weeks import line_of
from people.models import Role
from tests.factories import CohortMemberFactory
from tests.leadership.conftest import MONDAY, lead

PAGES = ("", "week/1/", "week/8/", "stuk/start/")
ANSWERS = {"echt": "Ja.", "gehoord": "De nachtdienst niet.", "stoppen": "Bij stap twee.", "maandag": "Bellen."}


@pytest.mark.parametrize("name", ["chantal", "gijs", "fenna"])
def test_who_is_in_a_group_finds_it_from_the_desk(client, group, name, request) -> None:
    client.force_login(request.getfixturevalue(name))

    page = client.get("/programma/", follow=True)

    assert "Voorjaar" in page.text
    assert 'href="/programma/" aria-current="page"' in page.text


@pytest.mark.parametrize("name", ["anna", "bram", "driss"])
def test_for_anybody_else_the_programme_does_not_exist(client, group, name, request) -> None:
    client.force_login(request.getfixturevalue(name))

    for address in ("/programma/", "/programma/stukken/"):
        assert client.get(address).status_code == 404


def test_the_desk_of_a_teacher_without_a_programme_does_not_name_it(client, bram) -> None:
    client.force_login(bram)

    assert "/programma/" not in client.get("/docent/").text


@pytest.mark.parametrize("who", ["anna", "bram", "driss", "fenna", "code", "elsewhere", "learning", "nobody"])
def test_nobody_but_who_takes_part_opens_a_page_of_the_group(
    client, request, group, cohort, chantal, elsewhere, who
) -> None:
    if who == "code":
        CohortMemberFactory(cohort=cohort, user=request.getfixturevalue("anna"))
        client.force_login(request.getfixturevalue("anna"))
    elif who == "elsewhere":
        client.force_login(lead("Piet", elsewhere, Role.HR_LEAD))
    elif who == "learning":
        client.force_login(chantal, backend="people.learner_only.LearnerOnly")
    elif who != "nobody":
        client.force_login(request.getfixturevalue(who))

    replies = [client.get(f"/programma/{group.pk}/{page}") for page in PAGES]

    assert {reply.status_code for reply in replies} == ({302} if who == "nobody" else {404})


@pytest.mark.parametrize("page", ["week/0/", "week/9/", f"week/{10**18}/", "stuk/onzin/"])
def test_a_week_or_form_that_the_programme_does_not_have_does_not_exist(client, group, gijs, page) -> None:
    client.force_login(gijs)

    assert client.get(f"/programma/{group.pk}/{page}").status_code == 404


def test_several_groups_are_a_list_and_one_is_gone_to_at_once(client, group, gijs, fenna, programme, cohort) -> None:
    client.force_login(gijs)

    assert client.get("/programma/").headers["Location"] == f"/programma/{group.pk}/"

    client.force_login(fenna)

    assert "Jij begeleidt: Leidinggeven met AI" in client.get("/programma/").text


def states(user, group, today=MONDAY):
    return [stop.state for stop in line_of(user, group, today)]


def test_a_week_is_open_then_with_a_duo_and_then_ready(group, chantal, gijs, programme) -> None:
    make_duos(group_id=group.pk)
    assert states(chantal, group)[:2] == ["open", "closed"]
    example = programme.text.templates["start"].examples["bouw"]
    made = save_product(group=group, owner=chantal, template="start", values=example, base=0).product
    assert states(chantal, group)[0] == "ready"
    share_product(product_id=made.pk, owner=chantal, shared_with=Shared.DUO)
    assert states(chantal, group)[0] == "duo"
    give_review(group=group, product_id=made.pk, reviewer=gijs, answers=ANSWERS)
    assert states(chantal, group)[0] == "ready"
    assert states(gijs, group)[0] == "open", "each has a line of their own"


def test_only_the_first_week_that_asks_something_is_the_one_to_do_now(group, chantal) -> None:
    group.opened = 3
    stops = line_of(chantal, group, MONDAY)
    assert [stop.week.number for stop in stops if stop.is_now] == [1]
    assert [stop.state for stop in stops[:4]] == ["open", "open", "open", "closed"]


def test_the_weeks_say_when_they_open_and_the_last_stop_when_the_group_comes_back(client, group, gijs) -> None:
    group.starts_on = timezone.localdate() + timedelta(weeks=2) - timedelta(days=timezone.localdate().weekday())
    group.save()
    client.force_login(gijs)

    page = client.get(f"/programma/{group.pk}/").text

    assert page.count("Opent maandag") == 8
    assert "Terugkomdag" in page
    assert "3 deelnemers uit 2 organisaties" not in page, "only who takes part counts"
    assert "1 deelnemer uit 1 organisatie" in page
    closed = client.get(f"/programma/{group.pk}/week/1/").text
    assert "Deze week opent op maandag" in closed
    assert "Begin met dit stuk" not in closed


def test_a_meeting_has_its_date_time_and_place_and_a_duo_its_name_and_questions(
    client, group, gijs, chantal, fenna
) -> None:
    make_duos(group_id=group.pk)
    group.starts_on = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    group.save()
    at = datetime.combine(group.starts_on, datetime.min.time(), UTC) + timedelta(days=400)
    plan_meeting(group=group, week=1, starts_at=at, minutes=120, place="Assen <online>", actor=fenna)
    client.force_login(gijs)

    page = client.get(f"/programma/{group.pk}/").text

    assert "Samen in week 1" in page
    assert "Assen &lt;online&gt;" in page
    assert f"/programma/{group.pk}/agenda.ics" in page
    assert "Je duo: <bdi>Chantal</bdi>." in page
    for question in ("Is het knelpunt echt?", "Wie is gehoord?", "Waar mag een mens stoppen?", "Wat doe je maandag?"):
        assert question in page


def test_a_meeting_that_was_is_said_to_be_over(client, group, gijs, fenna) -> None:
    plan_meeting(
        group=group, week=8, starts_at=datetime(2026, 4, 20, 12, tzinfo=UTC), minutes=120, place="Assen", actor=fenna
    )
    client.force_login(gijs)

    assert "Dit was maandag 20 april, 14.00 uur" in client.get(f"/programma/{group.pk}/").text


def test_a_week_has_its_lesson_product_duo_and_looking_back(client, group, gijs, fenna) -> None:
    client.force_login(gijs)

    page = client.get(f"/programma/{group.pk}/week/2/").text

    assert 'href="/les/' in page
    assert f"/programma/{group.pk}/stuk/taakscan/" in page
    assert "Leg de taakscan naast die van je duo." in page
    assert f"/programma/{group.pk}/terugkijken/2/" in page
    assert "{F" not in page, "facts are put in"


def test_the_line_of_weeks_asks_the_same_however_much_was_made(
    client, group, gijs, programme, django_assert_max_num_queries
) -> None:
    for template in ("start", "taakscan", "processchets"):
        example = programme.text.templates[template].examples["bouw"]
        save_product(group=group, owner=gijs, template=template, values=example, base=0)
    client.force_login(gijs)
    with django_assert_max_num_queries(30):
        client.get(f"/programma/{group.pk}/")
