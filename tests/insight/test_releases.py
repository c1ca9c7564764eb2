"""Figures of a quarter go out once: each answer in one of them, and nothing that comes later changes what is told."""

from datetime import date, timedelta

import pytest

from insight.models import PlanFigure, Release, ReleasedFigure
from insight.registry import Period, employer_indicators
from insight.services import make_releases, release_employer, release_region
from insight.tables import Places, employer_table
from people.models import Cohort, CohortMember
from people.services import join_monitor, leave_monitor
from tests.insight.teams import BEFORE, DURING, QUARTER, TODAY, answer, employer, hr_of, team

pytestmark = pytest.mark.django_db
START = "afspraken-start"


def told(release: Release | None, indicator: str = START) -> dict[str, str]:
    assert release is not None
    return {figure.name: figure.told or figure.hidden for figure in release.figures.filter(indicator=indicator)}


@pytest.fixture
def firm(db):
    """Two teams of 30, one of 4; of the first 12 know the agreements, of the second 21, of the last 2."""
    firm = employer("Zorggroep")
    for name, people, yes in (("Thuiszorg", 30, 12), ("Woonzorg", 30, 21), ("Keuken", 4, 2)):
        answer(team(firm, name, people), yes=yes)
    return firm


def test_a_team_of_four_is_not_told_and_the_others_are(firm):
    assert told(release_employer(organisation=firm, quarter=QUARTER)) == {
        "Hele organisatie": "55%",
        "Thuiszorg": "40%",
        "Woonzorg": "70%",
        "Keuken": "few",
    }


def test_a_release_is_made_once_and_never_changes(firm):
    first = release_employer(organisation=firm, quarter=QUARTER)
    before = list(first.figures.values())
    answer(team(firm, "Later", 30), yes=30)
    CohortMember.objects.filter(cohort__name="Thuiszorg").delete()
    assert release_employer(organisation=firm, quarter=QUARTER) is None
    assert list(ReleasedFigure.objects.values()) == before


def test_no_answer_is_in_two_quarters_and_none_of_before_someone_joined(firm):
    """The same people a quarter later: who answered in the third quarter is in the third only."""
    people = [place.user for place in CohortMember.objects.filter(cohort__name="Thuiszorg")]
    late = team(firm, "Nieuw", 12, joined=DURING + timedelta(days=1))
    answer(late, yes=6)  # before they joined
    period, later = Period.of(QUARTER), Period.of(date(2026, 10, 1))
    by_code = {one.code: one for one in employer_indicators()}
    table = employer_table(by_code[START], Places.of([firm], period), period)
    assert table.size(frozenset(table.people)) == 64
    assert employer_table(by_code[START], Places.of([firm], later), later).people == {}
    answer(people[:11], yes=5, at=later.begin)
    assert employer_table(by_code[START], Places.of([firm], period), period).size(frozenset(table.people)) == 64
    after = employer_table(by_code[START], Places.of([firm], later), later)
    assert after.size(frozenset(after.people)) == 11


def test_who_is_in_two_teams_is_one_person_in_the_whole(firm):
    people = [place.user for place in CohortMember.objects.filter(cohort__name="Thuiszorg")]
    team(firm, "Nacht", people[:15])
    period = Period.of(QUARTER)
    table = employer_table(
        next(one for one in employer_indicators() if one.code == START), Places.of([firm], period), period
    )
    assert table.size(table.groups["alles"]) == 64
    night = f"team:{Cohort.objects.get(name='Nacht').pk}"
    assert table.size(table.groups[night]) == 15


def test_of_a_firm_of_nine_nothing_is_kept():
    firm = employer()
    answer(team(firm, "Iedereen", 9), yes=4)
    made = release_employer(organisation=firm, quarter=QUARTER)
    assert made is not None
    assert not made.figures.exists()


def test_nothing_that_is_kept_is_a_count_or_a_person(firm):
    assert {field.name for field in ReleasedFigure._meta.get_fields()} == {
        "id", "release", "indicator", "category", "group", "name", "told", "width", "hidden",
    }  # fmt: skip
    made = release_employer(organisation=firm, quarter=QUARTER)
    hidden = made.figures.exclude(hidden="")
    assert hidden.exists()
    assert set(hidden.values_list("told", "width")) == {("", 0)}


def test_gelukt_is_told_from_the_blocks_that_were_told_before(firm):
    """No answer is counted a second time: only of blocks of this quarter, and of teams of this employer."""
    other = Cohort.objects.create(organisation=employer(), name="Elders", kind=Cohort.Kind.TEAM)
    day = date(2026, 8, 1)
    for cohort, people, worked, when in (
        (Cohort.objects.get(name="Thuiszorg"), 14, 9, day),
        (Cohort.objects.get(name="Thuiszorg"), 12, 6, date(2026, 9, 1)),
        (Cohort.objects.get(name="Thuiszorg"), 12, 12, date(2026, 4, 1)),
        (Cohort.objects.get(name="Woonzorg"), 20, 12, day),
        (other, 20, 12, day),
    ):
        PlanFigure.objects.create(cohort=cohort, people=people, succeeded=worked, counted_on=when)
    made = release_employer(organisation=firm, quarter=QUARTER)
    assert told(made, "gelukt") == {
        "Hele organisatie": "60%", "Thuiszorg": "60%", "Woonzorg": "60%", "Keuken": "few",
    }  # fmt: skip


def test_the_sweep_waits_until_the_quarter_came_in_and_does_each_once(firm):
    assert make_releases(today=date(2026, 10, 7)) == 0
    assert make_releases(today=TODAY) == 2
    assert set(Release.objects.values_list("organisation", flat=True)) == {firm.pk, None}
    assert make_releases(today=date(2026, 12, 31)) == 0
    assert {one.quarter for one in Release.objects.all()} == {QUARTER}


def region(*yes_of: tuple[int, int], **changes) -> list:
    """Firms that take part, each with a team of so many, of whom so many knew."""
    firms = []
    for yes, of in yes_of:
        firm = employer(in_monitor_since=BEFORE, sector="zorg", size="10-49", province="drenthe", **changes)
        answer(team(firm, "Team", of), yes=yes)
        firms.append(firm)
    return firms


def test_the_region_is_told_of_three_firms_of_which_none_is_most():
    region((10, 40), (20, 40), (30, 40))
    made = release_region(quarter=QUARTER)
    assert told(made)["Hele regio"] == "50%"
    assert told(made)["Zorg"] == "50%"
    assert told(made)["Drenthe"] == "50%"
    assert told(made)["Horeca"] == "few"
    assert told(made, "organisaties")["Hele regio"] == "3"


@pytest.mark.parametrize("firms", [[(20, 40), (20, 40)], [(20, 40), (20, 40), (50, 100)], [(2, 3)] * 3])
def test_two_firms_one_large_one_or_nine_people_are_not_told(firms):
    region(*firms)
    made = release_region(quarter=QUARTER)
    assert told(made)["Hele regio"] == "few"


def test_an_employer_takes_part_only_while_it_chose_to():
    firms = region((10, 40), (20, 40), (30, 40), (4, 40))
    leads = {firm: hr_of(firm) for firm in firms}
    leave_monitor(organisation=firms[3], actor=leads[firms[3]])
    assert told(release_region(quarter=QUARTER))["Hele regio"] == "50%"
    Release.objects.all().delete()
    leave_monitor(organisation=firms[2], actor=leads[firms[2]])
    assert told(release_region(quarter=QUARTER))["Hele regio"] == "few"


def test_what_happened_before_an_employer_chose_to_is_never_counted():
    firms = region((10, 40), (20, 40), (30, 40))
    for firm in firms:
        firm.in_monitor_since = None
        firm.save()
        join_monitor(organisation=firm, actor=hr_of(firm))  # today: after all that was answered
    assert told(release_region(quarter=QUARTER))["Hele regio"] == "few"


def test_who_learns_at_two_employers_is_one_person_in_the_region():
    firms = region((10, 40), (20, 40), (30, 40))
    both = [place.user for place in CohortMember.objects.filter(cohort__organisation=firms[0])]
    team(firms[1], "Ook", both)
    period = Period.of(QUARTER)
    places = Places.of(firms, period)
    assert len(places.people) == 120
    assert set(places.firm_of.values()) == {firm.pk for firm in firms}


def test_no_other_than_three_firms_of_the_brief_in_a_province():
    """Of three firms in Drenthe and one in Groningen the one is not told, nor what is left without it."""
    region((10, 40), (20, 40), (30, 40))
    lone = employer(in_monitor_since=BEFORE, sector="zorg", province="groningen")
    answer(team(lone, "Team", 40), yes=37)
    found = told(release_region(quarter=QUARTER))
    assert found["Groningen"] == "few"
    assert found["Overijssel"] == "few"
