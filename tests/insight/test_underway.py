"""While a task makes the figures of a quarter, the pages where they will stand say how far it is."""

from datetime import date, timedelta

import pytest
import time_machine

from insight.models import Release, ReleasedFigure
from insight.queries import underway
from insight.registry import region_indicators
from insight.services import make_releases, release_employer, release_region
from insight.suppression.release import release
from people.models import Organisation
from tests.insight.teams import QUARTER, TODAY, answer, employer, hr_of, now_in, team

pytestmark = pytest.mark.django_db
FIGURES, MONITOR = "/docent/cijfers/", "/monitor/"
COMING = "De cijfers van kwartaal 3 van 2026 komen eraan"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(now_in(TODAY) + timedelta(hours=10), tick=False):
        yield


@pytest.fixture
def firms() -> list[Organisation]:
    made = [employer(f"Firma {number}") for number in range(3)]
    for one in made:
        answer(team(one, "Team", 12), yes=6)
    return made


def test_it_is_the_share_of_what_is_stored(firms):
    shares = []
    for one in firms:
        shares.append(underway(TODAY).percent)
        release_employer(organisation=one, quarter=QUARTER)
    assert [*shares, underway(TODAY).percent] == [0, 16, 33, 50]
    make_releases(today=TODAY)
    assert underway(TODAY) is None


def test_who_takes_over_from_a_worker_that_died_goes_on_and_until_then_nothing_of_the_region_is_told(
    firms, client, monkeypatch
):
    done = iter(range(5))

    def until_killed(table, manner):
        if next(done, None) is None:
            raise SystemExit
        return release(table, manner)

    with monkeypatch.context() as dying:
        dying.setattr("insight.services.releases.release", until_killed)
        with pytest.raises(SystemExit):
            release_region(quarter=QUARTER)
    before = set(ReleasedFigure.objects.values_list("pk", flat=True))
    assert before
    for one in firms:
        release_employer(organisation=one, quarter=QUARTER)
    assert 50 < underway(TODAY).percent < 100
    told = client.get(MONITOR).content.decode()
    assert COMING in told
    assert "data-over" not in told
    assert make_releases(today=TODAY) == 1
    assert underway(TODAY) is None
    of_region = ReleasedFigure.objects.filter(release__organisation=None)
    assert before < set(of_region.values_list("pk", flat=True))
    assert set(of_region.values_list("indicator", flat=True)) == {one.code for one in region_indicators()}
    assert release_region(quarter=QUARTER) is None


def test_before_a_quarter_came_in_or_with_nobody_who_learns_nothing_is_to_come(firms):
    assert underway(date(2026, 10, 7)) is None
    Organisation.objects.filter(pk__in=[one.pk for one in firms]).delete()
    assert underway(TODAY) is None


def test_hr_and_everybody_see_how_far_it_is_and_then_the_figures(firms, as_user, client):
    lead = as_user(hr_of(firms[2]))
    release_employer(organisation=firms[0], quarter=QUARTER)
    for page in (lead.get(FIGURES), client.get(MONITOR)):
        told = page.content.decode()
        assert COMING in told
        assert '<progress max="100" value="16"' in told
        assert "Firma 0" not in told
        assert "data-over" not in told
    make_releases(today=TODAY)
    for page in (lead.get(FIGURES), client.get(MONITOR)):
        told = page.content.decode()
        assert "komen eraan" not in told
        assert "data-over" in told


def test_whose_own_figures_are_there_waits_for_nothing(firms, as_user):
    release_employer(organisation=firms[0], quarter=QUARTER)
    told = as_user(hr_of(firms[0])).get(FIGURES).content.decode()
    assert "komen eraan" not in told
    assert "<table" in told
    assert not Release.objects.filter(organisation=firms[1]).exists()


def test_looking_asks_at_most_twelve_queries(firms, as_user, client, django_assert_max_num_queries):
    lead = as_user(hr_of(firms[0]))
    for one, page in ((lead, FIGURES), (client, MONITOR)):
        with django_assert_max_num_queries(12):
            assert one.get(page).status_code == 200
