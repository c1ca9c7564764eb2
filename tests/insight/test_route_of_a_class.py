"""A class or team does a path; a few do another one, and nobody in the class can tell."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from courses.models import AssignedPlace, Assignment, CoursePath, PathLesson, Sharing
from courses.services import assign_path
from learning.models import HelpRequest, OwnRoute
from people.models import Agreement, Cohort, Notice, Role
from people.services import move_learner
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.insight.test_class_page import rows, text


@pytest.fixture
def zorg(lesson) -> CoursePath:
    return CoursePath.objects.get(organisation=None, slug="zorg")


@pytest.fixture
def entree(lesson) -> CoursePath:
    return CoursePath.objects.filter(organisation=None).exclude(slug="zorg").order_by("slug").first()


@pytest.fixture
def address(school_class, bram) -> str:
    return f"/docent/klassen/{school_class.pk}/"


@pytest.fixture
def team(employer, chantal) -> Cohort:
    team = CohortFactory(organisation=employer, name="Team Magazijn", kind=Cohort.Kind.TEAM)
    CohortMemberFactory(cohort=team, user=chantal, leads=True)
    return team


def titles_at_home(client) -> str:
    return text(client.get("/mijn/"))


def test_a_teacher_takes_a_path_and_the_class_gets_its_lessons(as_user, bram, anna, address, zorg):
    assert as_user(bram).post(f"{address}route/", {"route": zorg.pk, "begint": "2026-09-01"}).url == address
    page = text(as_user(bram).get(address))
    assert zorg.title in page
    assert "Begint op 1 september 2026." in page
    home = titles_at_home(as_user(anna))
    assert "Met je klas" in home
    first = zorg.required_codes[0]
    assert 'aria-current="step"> <span class="tag">Begin hier' in home
    assert home.index("Met je klas") < home.index("Begin hier")
    assert first


def test_the_path_of_the_class_goes_before_the_own_route_which_stays(as_user, bram, anna, address, zorg, entree):
    client = as_user(anna)
    client.post(f"/routes/{entree.slug}/volg/")
    as_user(bram).post(f"{address}route/", {"route": zorg.pk})
    home = titles_at_home(client)
    assert home.index("Met je klas") < home.index("Jouw route")
    assert OwnRoute.objects.get(user=anna).path == entree
    as_user(bram).post(f"{address}route/", {"stop": "ja"})
    assert "Met je klas" not in titles_at_home(client)


def test_who_joins_or_moves_gets_the_path_and_who_leaves_not(as_user, bram, anna, school, school_class, zorg, address):
    second = CohortFactory(organisation=school, name="Klas Bouw 1B")
    CohortMemberFactory(cohort=second, user=bram, leads=True)
    assign_path(cohort=second, path=zorg, starts_on=None, actor=bram)
    assert "Met je klas" not in titles_at_home(as_user(anna))
    move_learner(place=anna.cohort_places.get(), to=second, actor=bram)
    assert "Met je klas" in titles_at_home(as_user(anna))
    as_user(anna).post(f"/mijn/groepen/{second.pk}/verlaten/")
    assert "Met je klas" not in titles_at_home(as_user(anna))


def test_other_lessons_for_a_few_show_nowhere_in_the_class(as_user, bram, anna, school_class, address, zorg, entree):
    bo = CohortMemberFactory(cohort=school_class, user=UserFactory(first_name="Bo"))
    client = as_user(bram)
    client.post(f"{address}route/", {"route": zorg.pk})
    before = titles_at_home(as_user(anna))
    assert client.post(f"{address}route/anders/", {"route": entree.pk, "wie": [bo.pk]}).status_code == 302
    assert titles_at_home(as_user(anna)) == before
    home = titles_at_home(as_user(bo.user))
    assert entree.title in home
    assert f">{zorg.title}</span>" not in home
    only_bo = next(code for code in entree.codes if code not in zorg.codes)
    [row] = [row for row in rows(client.get(f"{address}voortgang.csv")) if row["naam"] == "Anna"]
    assert [value for name, value in row.items() if name.startswith(f"{only_bo} ")] in ([""], [])
    client.post(f"{address}route/anders/", {"route": "klas", "wie": [bo.pk]})
    assert zorg.title in titles_at_home(as_user(bo.user))
    assert not Assignment.objects.filter(is_main=False).exists()


def test_a_path_of_two_classes_is_one_line_for_each_learner(as_user, bram, anna, school, school_class, zorg, entree):
    other = CohortFactory(organisation=school, name="Klas Bouw 1B")
    CohortMemberFactory(cohort=other, user=bram, leads=True)
    CohortMemberFactory(cohort=other)
    for cohort in (school_class, other):
        assign_path(cohort=cohort, path=zorg, starts_on=None, actor=bram)
    assert titles_at_home(as_user(anna)).count("Met je klas") == 1


@pytest.mark.parametrize("wrong", [{}, {"route": "x"}, {"route": "9" * 30}, {"route": "0"}, {"begint": "morgen"}])
def test_what_cannot_be_chosen_says_why(as_user, bram, address, zorg, wrong):
    posted = {"route": zorg.pk, **wrong} if "begint" in wrong else wrong
    reply = as_user(bram).post(f"{address}route/", posted)
    assert reply.status_code == 422
    assert not Assignment.objects.exists()
    assert as_user(bram).post(f"{address}route/anders/", {"route": zorg.pk}).status_code == 422


def test_nobody_gives_a_path_that_is_not_theirs(as_user, bram, school, address, zorg):
    other = OrganisationFactory()
    colleague = MembershipFactory(organisation=school, role=Role.TEACHER).user
    hidden = CoursePath.objects.create(organisation=school, slug="a", title="A", levels=[], made_by=colleague)
    strange = CoursePath.objects.create(organisation=other, slug="b", title="B", levels=[], sharing=Sharing.SEE)
    for path in (hidden, strange):
        assert as_user(bram).post(f"{address}route/", {"route": path.pk}).status_code == 422
        assert f'value="{path.pk}"' not in text(as_user(bram).get(f"{address}route/"))


def test_colleagues_strangers_and_learners_have_no_route_page(as_user, anna, chantal, driss, school, address, zorg):
    colleague = MembershipFactory(organisation=school, role=Role.TEACHER).user
    other = MembershipFactory(role=Role.TEACHER).user
    for user in (anna, chantal, driss, colleague, other, None):
        client = as_user(user)
        for page in ("route/", "route/anders/", "voortgang.csv", "voortgang.xlsx"):
            for reply in (client.get(address + page), client.post(address + page, {"route": zorg.pk})):
                assert reply.status_code in (404, 405) or reply.url.startswith("/inloggen/")
    assert not Assignment.objects.exists()


def test_weeks_count_from_the_begin_of_the_class(school_class, zorg):
    zorg.pace = "week"
    assignment = Assignment(cohort=school_class, path=zorg, starts_on=date(2026, 9, 1))
    assert assignment.day_of(PathLesson(path=zorg, week=3)) == date(2026, 9, 15)
    assert assignment.day_of(PathLesson(path=zorg)) is None


def test_a_learner_sees_on_which_day_a_week_begins(as_user, bram, anna, school_class, zorg, entree):
    CoursePath.objects.update(pace="week")
    PathLesson.objects.update(week=3)
    assign_path(cohort=school_class, path=zorg, starts_on=date(2026, 9, 1), actor=bram)
    client = as_user(anna)
    for page in ("/mijn/", f"/routes/{zorg.slug}/"):
        assert "Week 3, vanaf 15 september" in text(client.get(page))
    assert "Week 3, vanaf" not in text(client.get(f"/routes/{entree.slug}/"))
    assert "Week 3, vanaf" not in text(as_user(None).get(f"/routes/{zorg.slug}/"))


def test_without_a_route_the_lessons_that_nobody_began_are_folded_away(as_user, phone_of, anna, bram, address):
    page = text(as_user(bram).get(address))
    assert "Nog niemand begon met een les." in page
    assert "waar niemand mee begon" in page
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje"))
    page = text(as_user(bram).get(address))
    assert "Nog niemand begon" not in page
    assert page.index('<table class="counts">') < page.index("waar niemand mee begon")


def test_who_asks_for_help_stands_before_the_lessons(as_user, anna, bram, address):
    HelpRequest.objects.create(user=anna, module="E99")
    page = text(as_user(bram).get(address))
    assert page.index("Vraagt om hulp") < page.index("Alle lessen")


def test_the_sheet_says_what_the_page_says_and_computes_nothing(as_user, bram, phone_of, anna, school_class, address):
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())
    CohortMemberFactory(cohort=school_class, user=UserFactory(first_name="=1+1"))
    HelpRequest.objects.create(user=anna, module="E99")
    client = as_user(bram)
    sheet = load_workbook(io.BytesIO(client.get(f"{address}voortgang.xlsx").content)).active
    told = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    content = client.get(f"{address}voortgang.csv").content.decode("utf-8-sig")
    assert told == [line.split(";") for line in content.splitlines()]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"inlineStr", "s", "n"}
    assert [row[0] for row in told[1:]] == ["'=1+1", "Anna"]
    assert told[2][-1] == "ja"


def test_an_agreement_opens_whether_a_lesson_of_the_path_is_done_and_no_more(
    as_user, chantal, anna, team, phone_of, zorg, lesson
):
    PathLesson.objects.create(path=zorg, place=99, module="E99")
    CohortMemberFactory(cohort=team, user=anna)
    HelpRequest.objects.create(user=anna, module="E99")
    assign_path(cohort=team, path=zorg, starts_on=None, actor=chantal)
    client, address = as_user(chantal), f"/docent/klassen/{team.pk}/"
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje"))
    assert "Anna" not in text(client.get(address, {"les": "E99"}))
    client.post("/docent/afspraak/", {"met": "de OR", "document": "Besluit 12", "op": "2026-01-01"})
    page = text(client.get(address, {"les": "E99"}))
    assert 'Anna</bdi><span class="vh">: nog niet klaar' in page
    assert "bezig" not in page.lower()
    assert "om hulp" not in page
    phone.keep(*phone.whole_lesson())
    assert 'Anna</bdi><span class="vh">: klaar' in text(client.get(address, {"les": "E99"}))
    [row] = rows(client.get(f"{address}voortgang.csv"))
    assert set(row.values()) == {"Anna", "klaar", "nog niet klaar"}
    assert "Je leidinggevende ziet nu of een les" in Notice.objects.get(user=anna).text
    assert "afgesproken met de OR" in text(as_user(anna).get("/wie-ziet-wat/"))
    client.post(f"/docent/afspraak/{Agreement.objects.get().pk}/stop/")
    assert "Anna" not in text(client.get(address))
    assert client.get(f"{address}voortgang.xlsx").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"met": ""}, {"document": " "}, {"op": ""}, {"op": "2999-01-01"}, {"op": "gisteren"}, {"tot": "2026-01-02"}],
)
def test_an_agreement_that_cannot_be_says_why(as_user, chantal, wrong):
    reply = as_user(chantal).post(
        "/docent/afspraak/", {"met": "de OR", "document": "Besluit 12", "op": "2026-01-01", **wrong}
    )
    assert reply.status_code == 422
    assert not Agreement.objects.exists()


def test_only_hr_of_the_employer_records_and_ends_an_agreement(as_user, anna, bram, driss, chantal, employer):
    lead = MembershipFactory(organisation=employer, role=Role.TEAM_LEAD).user
    other = MembershipFactory(organisation=OrganisationFactory(kind="employer"), role=Role.HR_LEAD).user
    made = Agreement.objects.create(organisation=employer, agreed_with="de OR", agreed_on="2026-01-01")
    for user in (anna, bram, driss, lead, None):
        for reply in (as_user(user).get("/docent/afspraak/"), as_user(user).post("/docent/afspraak/")):
            assert reply.status_code == 404 or reply.url.startswith("/inloggen/")
    assert "2026" not in text(as_user(other).get("/docent/afspraak/")).partition("<main")[2]
    for user in (anna, bram, driss, lead, other, None):
        as_user(user).post(f"/docent/afspraak/{made.pk}/stop/")
    made.refresh_from_db()
    assert made.ends_on is None
    assert "Er geldt al een afspraak" in text(
        as_user(chantal).post("/docent/afspraak/", {"met": "PVT", "document": "B", "op": "2026-02-01"})
    )


def test_a_double_keeps_the_path_of_who_stays(as_user, bram, anna, school_class, address, zorg, entree):
    double = CohortMemberFactory(cohort=school_class, user=UserFactory(first_name="Ana", password="!"))
    client = as_user(bram)
    client.post(f"{address}route/anders/", {"route": entree.pk, "wie": [double.pk]})
    client.post(f"{address}leerling/{anna.pk}/", {"dubbel": double.pk})
    assert not AssignedPlace.objects.exists()
