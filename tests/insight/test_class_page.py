"""What a lead sees: of a class who is how far and who asks for help; of a team nothing per person."""

import csv
import io

import pytest

from learning.models import HelpRequest
from learning.queries import line_of
from people.models import Agreement, Cohort, JoinCode, Role
from people.services import renew_join_code
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, UserFactory


def text(reply) -> str:
    return " ".join(reply.content.decode().split())


@pytest.fixture
def busy_anna(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje"), phone.event("e-keuze", "e-o2"))
    return phone


@pytest.fixture
def address(school_class, bram) -> str:
    return f"/docent/klassen/{school_class.pk}/"


def rows(reply) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig")), delimiter=";"))


def test_a_teacher_sees_who_is_how_far(as_user, bram, busy_anna, anna, address):
    page = text(as_user(bram).get(address, {"les": "E99"}))
    assert '<bdi>Anna</bdi><span class="vh">: bezig</span>' in page
    assert "1 bezig" in page
    busy_anna.keep(*busy_anna.whole_lesson())
    assert '<bdi>Anna</bdi><span class="vh">: klaar</span>' in text(as_user(bram).get(address, {"les": "E99"}))


def test_the_learner_the_teacher_and_the_export_say_the_same(as_user, bram, busy_anna, anna, address):
    for steps in (0, 1):
        if steps:
            busy_anna.keep(*busy_anna.whole_lesson())
        [stop] = [stop for stop in line_of(anna).stops if stop.module.code == "E99"]
        [row] = rows(as_user(bram).get(f"{address}voortgang.csv"))
        assert row["E99 De proefles"] == stop.status.label
        assert f'Anna</bdi><span class="vh">: {stop.status.label}' in text(as_user(bram).get(address, {"les": "E99"}))


def test_a_teacher_never_sees_answers_tries_times_or_variants(as_user, bram, busy_anna, anna, address):
    client = as_user(bram)
    before = [client.get(address, {"les": "E99"}).content, client.get(f"{address}voortgang.csv").content]
    busy_anna.client.cookies["soort"] = "gewoon"
    busy_anna.keep(
        *[busy_anna.event("e-keuze", "e-o2") for _ in range(5)], busy_anna.event("e-sorteer", {"e-k1": "niet"})
    )
    busy_anna.client.get("/woord/datalek/")
    after = [client.get(address, {"les": "E99"}).content, client.get(f"{address}voortgang.csv").content]
    assert before == after


def test_nobody_else_opens_a_class(as_user, anna, chantal, driss, address, school):
    other_teacher = UserFactory()
    MembershipFactory(user=other_teacher, organisation=school, role=Role.TEACHER)
    for user in (anna, chantal, driss, other_teacher):
        for place in (address, f"{address}voortgang.csv"):
            assert as_user(user).get(place).status_code == 404
        for place in (f"{address}code/", f"{address}geholpen/{anna.pk}/"):
            assert as_user(user).post(place).status_code == 404
    assert as_user(None).get(address).url.startswith("/inloggen/")
    assert not JoinCode.objects.exists()


def test_a_teacher_who_left_the_school_sees_the_class_no_more(as_user, bram, address):
    assert as_user(bram).get(address).status_code == 200
    bram.memberships.all().delete()
    assert as_user(bram).get(address).status_code == 404


def test_who_left_the_class_is_seen_no_more(as_user, anna, bram, busy_anna, address, school_class):
    as_user(anna).post(f"/mijn/groepen/{school_class.pk}/verlaten/")
    assert "Anna" not in text(as_user(bram).get(address))
    assert rows(as_user(bram).get(f"{address}voortgang.csv")) == []


@pytest.fixture
def team(employer, chantal, anna) -> Cohort:
    team = CohortFactory(organisation=employer, name="Team Magazijn", kind=Cohort.Kind.TEAM)
    CohortMemberFactory(cohort=team, user=chantal, leads=True)
    CohortMemberFactory(cohort=team, user=anna)
    return team


@pytest.mark.parametrize("agreed", [False, True])
def test_a_lead_at_an_employer_sees_nothing_per_person(as_user, chantal, team, anna, busy_anna, employer, agreed):
    """Also with an agreement: that is about assigned lessons, and none are assigned yet."""
    if agreed:
        Agreement.objects.create(organisation=employer, agreed_with="de OR", agreed_on="2026-01-01")
    HelpRequest.objects.create(user=anna)
    page = text(as_user(chantal).get(f"/docent/klassen/{team.pk}/", {"les": "E99"}))
    assert "Hier staat niets per persoon" in page
    assert "Anna" not in page
    assert "bezig" not in page
    assert "om hulp" not in page
    assert as_user(chantal).get(f"/docent/klassen/{team.pk}/voortgang.csv").status_code == 404
    as_user(chantal).post(f"/docent/klassen/{team.pk}/geholpen/{anna.pk}/")
    assert HelpRequest.objects.exists()


def test_how_many_joined_a_team_is_told_from_ten_up(as_user, chantal, team):
    assert "Minder dan 10 mensen doen mee." in text(as_user(chantal).get(f"/docent/klassen/{team.pk}/"))
    for _ in range(9):
        CohortMemberFactory(cohort=team)
    assert "10 mensen doen mee." in text(as_user(chantal).get(f"/docent/klassen/{team.pk}/"))


def test_a_lead_at_an_employer_cannot_find_out_by_number_who_is_in_the_team(as_user, chantal, team, anna, driss):
    for someone in (anna, driss):
        assert as_user(chantal).post(f"/docent/klassen/{team.pk}/geholpen/{someone.pk}/").status_code == 404


def test_a_class_at_an_employer_shows_nothing_per_person_either(as_user, chantal, team, anna):
    Cohort.objects.filter(pk=team.pk).update(kind=Cohort.Kind.CLASS)
    assert "Anna" not in text(as_user(chantal).get(f"/docent/klassen/{team.pk}/"))


def test_a_teacher_makes_a_code_and_a_new_one(as_user, bram, address, school_class):
    client = as_user(bram)
    assert "Er is nog geen code." in text(client.get(address))
    assert client.post(f"{address}code/").url == address
    first = school_class.join_codes.get().code
    page = text(client.get(address))
    assert first in page
    assert f"/meedoen/{first}/" in page
    client.post(f"{address}code/")
    assert first not in text(client.get(address))
    assert as_user(None).get(f"/meedoen/{first}/").status_code == 410


def test_the_teacher_sees_who_asks_for_help_and_ends_it(as_user, anna, bram, address, lesson):
    assert as_user(anna).post("/hulp/vragen/", {"les": "proefles"}).url == "/hulp/?les=proefles"
    page = text(as_user(bram).get(address))
    assert "Vraagt om hulp" in page
    assert "Bij: De proefles" in page
    assert "1 persoon vraagt om hulp." in page
    assert as_user(bram).post(f"{address}geholpen/{anna.pk}/").url == address
    assert "om hulp" not in text(as_user(bram).get(address))
    assert "Vraag om hulp" in text(as_user(anna).get("/hulp/"))


def test_a_teacher_ends_no_question_of_another_class(as_user, bram, address, driss):
    HelpRequest.objects.create(user=driss)
    assert as_user(bram).post(f"{address}geholpen/{driss.pk}/").status_code == 404
    assert HelpRequest.objects.exists()


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+31", "-Bo", "@Bo"])
def test_a_name_in_the_export_is_no_formula(as_user, bram, address, school_class, name):
    CohortMemberFactory(cohort=school_class, user=UserFactory(first_name=name[:30]))
    [row] = [row for row in rows(as_user(bram).get(f"{address}voortgang.csv")) if "Anna" not in row["naam"]]
    assert row["naam"].startswith("'")


def test_a_name_cannot_turn_the_page_around(as_user, bram, address, school_class):
    CohortMemberFactory(cohort=school_class, user=UserFactory(first_name="<script>x</script>"))
    assert "<script>x" not in text(as_user(bram).get(address))


def test_a_bigger_class_asks_no_more_queries(as_user, bram, address, school_class, django_assert_max_num_queries):
    renew_join_code(cohort=school_class, actor=None)
    learners = [CohortMemberFactory(cohort=school_class).user for _ in range(28)]
    for learner in learners[:3]:
        HelpRequest.objects.create(user=learner)
    client = as_user(bram)
    with django_assert_max_num_queries(15):  # one of them notes that it was looked at, once a day
        client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)
    with django_assert_max_num_queries(11):  # one of them notes that it was taken
        client.get(f"{address}voortgang.csv")


def test_a_lesson_that_is_unknown_shows_the_first(as_user, bram, anna, address):
    for wanted in ("", "Z9", "x" * 5000, "<b>", "\x00"):
        assert as_user(bram).get(address, {"les": wanted}).status_code == 200


def test_a_leader_of_one_class_comes_straight_to_it(as_user, bram, address, school):
    assert as_user(bram).get("/docent/klassen/").url == address
    second = CohortFactory(organisation=school, name="Klas Bouw 1B")
    CohortMemberFactory(cohort=second, user=bram, leads=True)
    page = text(as_user(bram).get("/docent/"))
    assert "Klas Bouw 1B" in page
    assert "Klas Zorg 2A" in page
    assert 'href="/docent/"' in text(as_user(bram).get("/mijn/"))


def test_who_leads_nothing_reads_what_to_do(as_user, driss, anna):
    for user in (driss, anna):
        assert "Vraag de beheerder" in text(as_user(user).get("/docent/"))
        assert 'href="/docent/"' not in text(as_user(user).get("/mijn/"))
