"""Group figures are for HR and the owner of one employer; page and file say the same, and nobody else finds them."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction

from insight.models import Release, ReleasedFigure
from insight.services import release_employer
from people.audit import done_by
from people.models import Membership, Notice, Role
from tests.insight.teams import QUARTER, answer, employer, hr_of, team

pytestmark = pytest.mark.django_db
PAGE, FILE = "/docent/cijfers/", "/docent/cijfers/groepscijfers.csv"
ABOUT, PART = "/docent/cijfers/bedrijf/", "/docent/cijfers/bedrijf/meedoen/"


@pytest.fixture
def firm(db):
    firm = employer("Zorggroep")
    for name, people, yes in (("Thuiszorg", 30, 12), ("Woonzorg", 30, 21), ("Keuken", 4, 2)):
        answer(team(firm, name, people), yes=yes)
    release_employer(organisation=firm, quarter=QUARTER)
    return firm


@pytest.fixture
def lead(firm):
    return hr_of(firm)


def rows(reply) -> list[list[str]]:
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig")), delimiter=";"))


def test_hr_sees_figures_of_groups_with_what_is_hidden_in_words(firm, lead, as_user):
    page = as_user(lead).get(PAGE).content.decode()
    assert "kwartaal 3 van 2026" in page
    for text in ("Hele organisatie", "Thuiszorg", "40%", "70%", "Te weinig antwoorden om te tonen"):
        assert text in page
    assert 'aria-current="page">Groepscijfers' in page


def test_the_file_says_exactly_what_the_page_shows(firm, lead, as_user):
    client = as_user(lead)
    page = client.get(PAGE).content.decode()
    found = rows(client.get(FILE))
    assert found[0] == ["kwartaal", "groep", "wat", "cijfer"]
    assert len(found) == 1 + 4 * 6
    assert ["kwartaal 3 van 2026", "Thuiszorg", "Kent de AI-afspraken, bij de start", "40%"] in found
    for row in found[1:]:
        assert row[3] in page
        assert row[1] in page
    assert page.count("%</b>") == sum(row[3].endswith("%") for row in found)


def test_the_owner_of_a_firm_sees_the_same(firm, as_user):
    assert "40%" in as_user(hr_of(firm, Role.OWNER)).get(PAGE).content.decode()


@pytest.mark.parametrize("address", [PAGE, FILE, ABOUT])
def test_nobody_else_finds_them(firm, address, as_user, anna, bram, driss):
    for user in (anna, bram, driss, hr_of(firm, Role.TEAM_LEAD), hr_of(firm, Role.LEARNER), hr_of(firm, Role.TEACHER)):
        assert as_user(user).get(address).status_code == 404
    assert as_user(None).get(address).status_code == 302


@pytest.mark.parametrize("address", [PAGE, FILE, ABOUT])
def test_hr_of_another_employer_finds_their_own_only(firm, address, as_user):
    other = hr_of(employer("Bakkerij"))
    assert as_user(other).get(f"{address}?bij={firm.pk}").status_code == 404
    assert "Zorggroep" not in as_user(other).get(address).content.decode()
    assert "40%" not in as_user(other).get(address).content.decode()


def test_a_session_without_a_password_finds_nothing(firm, lead, as_user):
    from django.contrib.auth import BACKEND_SESSION_KEY

    client = as_user(lead)
    session = client.session
    session[BACKEND_SESSION_KEY] = "people.learner_only.LearnerOnly"
    session.save()
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("wanted", ["2026-04-01", "x", "9999-99-99", "2026-07-01'"])
def test_a_quarter_that_is_not_there_is_no_page(firm, lead, as_user, wanted):
    assert as_user(lead).get(PAGE, {"kwartaal": wanted}).status_code == 404
    assert as_user(lead).get(FILE, {"kwartaal": wanted}).status_code == 404


def test_an_employer_of_nine_gets_no_figures(as_user):
    firm = employer("Klein")
    answer(team(firm, "Iedereen", 9), yes=4)
    release_employer(organisation=firm, quarter=QUARTER)
    page = as_user(hr_of(firm)).get(PAGE).content.decode()
    assert "minder dan 10 mensen" in page
    assert "%</b>" not in page


def test_before_the_first_quarter_the_page_says_when_figures_come(as_user):
    client = as_user(hr_of(employer("Nieuw")))
    assert "Een week na elk kwartaal" in client.get(PAGE).content.decode()
    assert client.get(FILE).status_code == 404


def test_a_page_asks_at_most_twelve_queries_however_many_teams(firm, lead, as_user, django_assert_max_num_queries):
    release = Release.objects.get()
    cells = release.figures.filter(group="alles")
    more = [
        ReleasedFigure(release=release, indicator=one.indicator, category="ja", group=f"team:x{n}", name=f"Team {n}",
                       told="40%", width=40)
        for n in range(60) for one in cells
    ]  # fmt: skip
    ReleasedFigure.objects.bulk_create(more)
    client = as_user(lead)
    for address in (PAGE, FILE):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_a_team_named_as_a_formula_runs_in_no_spreadsheet(as_user):
    firm = employer("Formule")
    answer(team(firm, "=1+1", 30), yes=12)
    release_employer(organisation=firm, quarter=QUARTER)
    assert "'=1+1" in {row[1] for row in rows(as_user(hr_of(firm)).get(FILE))}


def test_hr_says_what_kind_of_employer_it_is(firm, lead, as_user):
    reply = as_user(lead).post(ABOUT, {"bij": firm.pk, "sector": "zorg", "grootte": "50-249", "provincie": "drenthe"})
    assert reply.status_code == 302
    firm.refresh_from_db()
    assert (firm.sector, firm.size, firm.province) == ("zorg", "50-249", "drenthe")
    assert done_by(lead).filter(action="describe_organisation").exists()


@pytest.mark.parametrize(
    "wrong", [{"sector": "ruimtevaart"}, {"grootte": "9" * 5000}, {"provincie": "<script>"}, {"provincie": "\0"}]
)
def test_what_is_in_no_list_is_refused_and_what_was_chosen_stays_chosen(firm, lead, as_user, wrong):
    sent = {"bij": firm.pk, "sector": "zorg", "grootte": "10-49", "provincie": "drenthe"} | wrong
    reply = as_user(lead).post(ABOUT, sent)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Kies iets uit de lijst." in page
    for name in {"sector": "zorg", "grootte": "10-49", "provincie": "drenthe"}.items() - wrong.items():
        if name[0] not in wrong:
            assert f'<option value="{name[1]}" selected>' in page
    firm.refresh_from_db()
    assert firm.sector == ""


def test_taking_part_in_the_region_is_chosen_told_and_stopped(firm, lead, as_user):
    client = as_user(lead)
    client.post(PART, {"bij": firm.pk, "meedoen": "ja"})
    firm.refresh_from_db()
    since = firm.in_monitor_since
    assert since is not None
    client.post(PART, {"bij": firm.pk, "meedoen": "ja"})
    firm.refresh_from_db()
    assert firm.in_monitor_since == since
    assert Notice.objects.filter(text__startswith="Zorggroep doet mee").count() == 64
    client.post(PART, {"bij": firm.pk, "meedoen": "nee"})
    firm.refresh_from_db()
    assert firm.in_monitor_since is None
    assert Notice.objects.filter(text__startswith="Zorggroep doet niet meer mee").count() == 64


@pytest.mark.parametrize("address", [ABOUT, PART])
def test_nobody_else_chooses_for_an_employer(firm, address, as_user, anna, driss):
    for user in (anna, driss, hr_of(firm, Role.TEAM_LEAD), hr_of(employer("Bakkerij"))):
        reply = as_user(user).post(address, {"bij": firm.pk, "meedoen": "ja", "sector": "zorg"})
        assert reply.status_code == 404
    firm.refresh_from_db()
    assert firm.in_monitor_since is None
    assert firm.sector == ""


def test_a_post_from_another_site_changes_nothing(firm, lead, as_user):
    reply = as_user(lead).post(PART, {"bij": firm.pk, "meedoen": "ja"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403
    firm.refresh_from_db()
    assert firm.in_monitor_since is None


def test_hr_of_two_employers_chooses_which(firm, lead, as_user):
    other = employer("Bakkerij")
    Membership.objects.create(user=lead, organisation=other, role=Role.HR_LEAD)
    page = as_user(lead).get(f"{PAGE}?bij={firm.pk}").content.decode()
    assert "40%" in page
    assert "Bakkerij" in page
    assert "40%" not in as_user(lead).get(f"{PAGE}?bij={other.pk}").content.decode()


def test_the_database_refuses_a_hidden_figure_with_a_number(firm):
    figure = ReleasedFigure.objects.exclude(hidden="").first()
    figure.told = "10%"
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()
