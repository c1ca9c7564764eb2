"""What the dossier tells of taking part is what the group figures of the employer told: one count, one audit."""

import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import product

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.figures import moments_of
from insight.models import Release, ReleasedFigure
from insight.queries import quarters_of, sheets_of
from insight.services import make_releases, release_employer
from insight.suppression.release import GROUP_SHARES
from insight.views.figures import rows_of
from leadership.dossier.content import FORMAT, canonical, content_of
from leadership.models import DossierVersion
from learning.models import Progress
from people.models import CohortMember, Organisation, User
from tests.insight.teams import QUARTER, TODAY, employer, hr_of, team
from tests.leadership.test_dossier import recorded
from tests.leadership.test_register import page
from tests.media.test_pdf import words

pytestmark = pytest.mark.django_db
EARLIER = date(2026, 4, 1)
LONG_AGO = moments_of(EARLIER)[0]
WHAT = "Deed een les of meer"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC), tick=False):
        yield


def did(users: list[User], quarter: date = QUARTER) -> None:
    """A lesson that was finished in this quarter; each quarter another one."""
    day = moments_of(quarter)[0]
    Progress.objects.bulk_create(
        Progress(
            user=one, module=f"B{quarter.month}", attempt=uuid.uuid4(), revision=1, step="x", saved_at=day,
            completed_at=day,
        )
        for one in users
    )  # fmt: skip


@pytest.fixture
def firm(db) -> Organisation:
    """Two teams of 30, one of 4; 42 of the 64 did a lesson in the quarter."""
    firm = employer("Zorggroep")
    for name, people, some in (("Thuiszorg", 30, 20), ("Woonzorg", 30, 20), ("Keuken", 4, 2)):
        did(team(firm, name, people)[:some])
    return firm


def in_dossier(firm: Organisation) -> dict[str, str]:
    return {one["quarter"]: one["told"] for one in content_of(firm)["participation"]}


def test_page_files_and_group_figures_show_exactly_the_stored_figure(firm, as_user):
    release_employer(organisation=firm, quarter=QUARTER)
    stored = ReleasedFigure.objects.get(indicator="lessen", group="alles").told
    assert stored == "65%"
    lead = hr_of(firm)
    browser = as_user(lead)
    version, _ = recorded(organisation=firm, actor=lead)
    [entry] = json.loads(browser.get(page("json", firm.pk, version.number)).content)["participation"]
    assert entry == {"quarter": "2026-07-01", "what": WHAT, "of": "iedereen in de teams", "told": stored}
    line = f"{WHAT} (van iedereen in de teams)"
    assert f"<dt>{line}</dt><dd>{stored}</dd>" in browser.get(page("dossier", firm.pk)).content.decode()
    assert f";{line};{stored}" in browser.get(page("dossier_csv", firm.pk, version.number)).content.decode()
    printed = words(browser.get(page("pdf", firm.pk, version.number)).content)
    assert re.search(rf"{re.escape(line)}\s+{stored}", printed)
    assert stored in browser.get(f"{reverse('insight:figures')}?bij={firm.pk}").content.decode()
    sheet = browser.get(f"{reverse('insight:figures_csv')}?bij={firm.pk}").content.decode()
    assert f";Hele organisatie;{WHAT};{stored}" in sheet


def test_what_is_told_is_read_and_never_counted_again(firm):
    release_employer(organisation=firm, quarter=QUARTER)
    before = in_dossier(firm)
    did(team(firm, "Later", 30))
    CohortMember.objects.filter(cohort__name="Thuiszorg").delete()
    assert in_dossier(firm) == before
    ReleasedFigure.objects.filter(indicator="lessen", group="alles").update(told="5%")
    assert in_dossier(firm) == {"2026-07-01": "5%"}


def test_before_the_figures_are_there_the_dossier_says_so_and_counts_nothing(firm, as_user):
    lead = hr_of(firm)
    browser = as_user(lead)
    version, _ = recorded(organisation=firm, actor=lead)
    assert not Release.objects.exists()
    said = "Er zijn nog geen cijfers over juli tot en met september 2026"
    assert said in browser.get(page("dossier", firm.pk)).content.decode()
    assert said in words(browser.get(page("pdf", firm.pk, version.number)).content)
    sheet = browser.get(page("dossier_csv", firm.pk, version.number)).content.decode()
    assert "juli tot en met september 2026;cijfers;zijn er nog niet" in sheet
    make_releases(today=TODAY)
    assert said not in browser.get(page("dossier", firm.pk)).content.decode()
    later, is_new = recorded(organisation=firm, actor=lead)
    assert (later.number, is_new) == (2, True)


@pytest.mark.parametrize(
    ("people", "some", "said"),
    [(9, 4, "Te weinig mensen om te tonen"), (12, 12, "Te weinig antwoorden om te tonen")],
)
def test_nine_people_or_all_the_same_are_no_figure(people, some, said, as_user):
    firm = employer()
    did(team(firm, "Team", people)[:some])
    release_employer(organisation=firm, quarter=QUARTER)
    shown = as_user(hr_of(firm)).get(page("dossier", firm.pk)).content.decode()
    assert said in shown
    assert not re.search(r"\d%", shown)


def test_who_came_after_the_quarter_is_not_in_it():
    firm = employer()
    did(team(firm, "Team", 12)[:6])
    team(firm, "Nieuw", 30, joined=moments_of(QUARTER)[1])
    release_employer(organisation=firm, quarter=QUARTER)
    assert in_dossier(firm) == {"2026-07-01": "50%"}  # 6 of 12, and not of 42


def test_a_dossier_tells_nothing_of_another_employer(firm):
    release_employer(organisation=firm, quarter=QUARTER)
    assert in_dossier(employer()) == {}


def test_versions_with_counts_that_were_never_audited_are_gone(firm):
    """The first format told of everything done until then, and two of its versions differ by whom came between."""
    for number, form in ((1, "kortwijs-artikel-4-dossier/1"), (2, FORMAT)):
        text = canonical(content_of(firm) | {"format": form, "version": number})
        DossierVersion.objects.create(
            organisation=firm, number=number, made_on=date(2026, 10, 2), content=text, digest="x"
        )  # fmt: skip
    import_module("leadership.migrations.0008_files_of_dossiers").drop_unaudited_counts(apps, None)
    assert [one.number for one in DossierVersion.objects.all()] == [2]


def told_so(text: str, size: int) -> set[int]:
    """Every count of so many people that would be told in these words; all of them for a word that is no figure."""
    if not text.endswith("%"):
        assert text in {"", *ReleasedFigure.Hidden.labels}, text
        return set(range(size + 1))
    figures = {count: GROUP_SHARES.tell(count, size) for count in range(size + 1)}
    return {count for count, figure in figures.items() if figure and figure.text == text}


def fitting(sizes: dict[str, int], told: list[tuple[str, str]]) -> Iterator[dict[str, int]]:
    """Every division of the parts that fits all that is told: by trying all, without any solver."""
    open_to = [(parts, told_so(text, sum(sizes[part] for part in parts))) for parts, text in told]
    for counts in product(*(range(size + 1) for size in sizes.values())):
        yes = dict(zip(sizes, counts, strict=True))
        if all(sum(yes[part] for part in parts) in counts for parts, counts in open_to):
            yield yes


@st.composite
def firms(draw) -> tuple[dict[str, int], list[dict[str, int]]]:
    """How many are in the first team only, in both, in the second only, in the third; and who did a lesson, twice."""
    sizes = {part: draw(st.integers(0, most)) for part, most in (("a", 9), ("b", 3), ("c", 14), ("d", 12))}
    return sizes, [{part: draw(st.integers(0, size)) for part, size in sizes.items()} for _ in range(2)]


GROUPS = {"Hele organisatie": "abcdx", "Eerste": "ab", "Tweede": "bc", "Derde": "dx"}


@settings(max_examples=40, deadline=None)
@given(firms())
def test_dossier_and_group_figures_of_two_quarters_together_give_nobody_away(drawn):
    """Of the same people, and of one (x) who came for the second quarter; whoever tries all counts finds nobody."""
    sizes, quarters = drawn
    firm = employer()
    parts = {part: team_of(size) for part, size in sizes.items()}
    for name in ("Eerste", "Tweede", "Derde"):
        team(firm, name, [one for part in GROUPS[name] for one in parts.get(part, [])], joined=LONG_AGO)
    came = team_of(1)
    third = firm.cohorts.get(name="Derde")
    CohortMember.objects.create(cohort=third, user=came[0], joined_at=moments_of(QUARTER)[0])
    for quarter, counts in zip((EARLIER, QUARTER), quarters, strict=True):
        did([one for part, people in parts.items() for one in people[: counts[part]]], quarter)
        release_employer(organisation=firm, quarter=quarter)
    dossier = in_dossier(firm)
    for release in quarters_of(firm):
        there = sizes | {"x": int(release.quarter == QUARTER)}
        shown = {row[1]: row[3] for row in rows_of(release, sheets_of(release)) if row[2] == WHAT}
        assert dossier[release.quarter.isoformat()] == shown.get("Hele organisatie", "")
        told = [(GROUPS[name], text) for name, text in shown.items()]
        told.append((GROUPS["Hele organisatie"], dossier[release.quarter.isoformat()]))
        found = list(fitting(there, told))
        hidden = [GROUPS[name] for name, text in shown.items() if not text.endswith("%")]
        small = [part for part in ("a", "b", "c", "dx") if sum(there[one] for one in part) < 10]
        for group in [*hidden, *small]:
            size = sum(there[part] for part in group)
            values = {sum(one[part] for part in group) for one in found}
            assert not size or max(values) - min(values) >= GROUP_SHARES.room(size), (group, shown)
        assert len({one["x"] for one in found}) == there["x"] + 1


def team_of(number: int) -> list[User]:
    """People who are in no team yet."""
    return User.objects.bulk_create(User(username=str(uuid.uuid4())) for _ in range(number))
