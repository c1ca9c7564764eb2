"""An employer with figures of the last quarter, and a region of eight; inside Django, on a prepared folder."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from assessments.models import QuestionnaireAnswers
from insight.figures import last_whole_quarter, moments_of, quarter_of
from insight.indicators import KNOWN
from insight.models import DailyUse, PlanFigure
from insight.services import release_employer, release_region
from learning.models import Progress
from modules.models import ModulePage
from people.models import Cohort, CohortMember, Membership, Role, User
from tests.e2e.figure_screens import ANSWERS, BAKER, HR, LEARNER, OTHER_HR
from tests.e2e.serving import PASSWORD
from tests.insight.teams import employer, team

TEAMS = (("Thuiszorg", 60, 18, 42), ("Woonzorg", 50, 20, 30), ("Kantoor", 13, 5, 8), ("Keuken en schoonmaak", 6, 2, 3))
FIRMS = (
    ("zorg", "50-249", "drenthe"), ("zorg", "50-249", "drenthe"), ("zorg", "10-49", "groningen"),
    ("bouw", "10-49", "overijssel"), ("bouw", "10-49", "overijssel"), ("bouw", "50-249", "overijssel"),
    ("horeca", "10-49", "fryslan"), ("logistiek", "50-249", "drenthe"),
)  # fmt: skip


def fill_figures() -> None:
    """Of the last quarter and the one before it, so that one can be chosen."""
    last = last_whole_quarter(timezone.localdate())
    before = quarter_of(last - timedelta(days=1))[0]
    firm = employer("Zorggroep De Linde")
    bakery = employer("Bakkerij Zon")
    team(bakery, "Team Oven", [User.objects.create_user(BAKER, password=PASSWORD, first_name="Koen")])
    for name, organisation in ((HR, firm), (OTHER_HR, bakery)):
        user = User.objects.create_user(name, password=PASSWORD, first_name=name.capitalize())
        Membership.objects.create(user=user, organisation=organisation, role=Role.HR_LEAD)
    joined = moments_of(before)[0] - timedelta(days=30)
    for name, people, start, now in TEAMS:
        members = team(firm, name, people, joined)
        _measure(members, start, now, last)
        _measure(members, start, start + 2, before)
        if people > 9:
            PlanFigure.objects.create(
                cohort=Cohort.objects.get(organisation=firm, name=name), people=people, succeeded=now,
                counted_on=last + timedelta(days=60),
            )  # fmt: skip
    for number, (sector, size, province) in enumerate(FIRMS):
        other = employer(in_monitor_since=joined, sector=sector, size=size, province=province)
        _measure(team(other, "Team", 30 + 3 * number, joined), 9 + number, 18 + number, last)
    for name in (LEARNER, ANSWERS):
        learner = User.objects.create_user(name, password=PASSWORD, first_name="Jorien")
        CohortMember.objects.create(cohort=Cohort.objects.get(organisation=other, name="Team"), user=learner)
        module = ModulePage.objects.get(slug="laat-het-weg")
        Progress.objects.create(
            user=learner, module=module.code, attempt=uuid.uuid4(), revision=module.live_revision_id or 0,
            step=module.outline.ids[0], step_count=len(module.outline.ids), saved_at=timezone.now(),
            completed_at=timezone.now(),
        )  # fmt: skip
    for what, phones in (("les", 400), ("makkelijk", 210), ("gewoon", 230), ("luister", 90)):
        DailyUse.objects.create(day=last, what=what, phones=phones)
    for quarter in (before, last):
        release_employer(organisation=firm, quarter=quarter)
        release_region(quarter=quarter)


def _measure(people: list[User], start: int, now: int, quarter: date) -> None:
    """All did the startmeting, and most the nameting; many finished a lesson."""
    day = moments_of(quarter)[0] + timedelta(days=20)
    for form, known, at, some in (
        ("startmeting", start, day, people),
        ("startmeting-na", now, day + timedelta(days=30), people[1:]),
    ):
        QuestionnaireAnswers.objects.bulk_create(
            QuestionnaireAnswers(
                user=user, questionnaire=form, version=1, made_at=at, received_at=at,
                answers={"afspraken": "ja-ken" if number < known else "nee",
                         "gebruik": "week" if number % 3 else "nooit"},
                result={"items": {item: int((number + place) % 4 < known % 4 + 1) for place, item in enumerate(KNOWN)}},
            )
            for number, user in enumerate(some)
        )  # fmt: skip
    Progress.objects.bulk_create(
        Progress(user=user, module=f"A{quarter.month // 3 + 1}", attempt=uuid.uuid4(), revision=1, step="x",
                 saved_at=day, completed_at=day)
        for number, user in enumerate(people) if number % 5
    )  # fmt: skip
