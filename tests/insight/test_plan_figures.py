"""Whether plans worked is counted in groups of 10 or more, once; no lead ever finds out about one person."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import Response
from insight.models import PlanFigure
from insight.services import count_all_plans, count_plans
from insight.tasks import count_plans_of_groups
from learning.models import PlanOutcome
from people.models import Cohort, Role, User
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, UserFactory

FROM_TEN = "Je ziet dit als 10 mensen of meer antwoord gaven."


def text(reply) -> str:
    return " ".join(reply.content.decode().split())


def said(user: User, outcome: str, module: str = "B2", **changes) -> PlanOutcome:
    now = timezone.now()
    response = Response.objects.create(
        user=user, module=module, attempt=uuid.uuid4(), exercise="doe", kind="dit_doe_ik", answer="zelf",
        at=now, received_at=now - timedelta(days=8),
    )  # fmt: skip
    return PlanOutcome.objects.create(response=response, user=user, outcome=outcome, **({"at": now} | changes))


def learners(cohort: Cohort, *outcomes: str) -> list[User]:
    """New learners in this cohort who gave these answers."""
    found = []
    for outcome in outcomes:
        user = UserFactory()
        CohortMemberFactory(cohort=cohort, user=user, joined_at=timezone.now() - timedelta(days=30))
        said(user, outcome)
        found.append(user)
    return found


@pytest.fixture
def page_of(as_user, bram):
    def page(cohort: Cohort, user: User | None = None) -> str:
        return text(as_user(user or bram).get(f"/docent/klassen/{cohort.pk}/"))

    return page


def test_a_lead_reads_at_how_many_people_it_worked(page_of, school_class, anna):
    learners(school_class, *["ja"] * 6, *["beetje"] * 3, *["nog_niet"] * 5)
    assert FROM_TEN in page_of(school_class)
    count_plans_of_groups()
    assert "Van 14 mensen is het bij 9 gelukt." in page_of(school_class)
    assert FROM_TEN not in page_of(school_class)


def test_under_ten_nothing_is_told(page_of, school_class):
    learners(school_class, *["ja"] * 5, *["nog_niet"] * 4)
    count_all_plans()
    assert FROM_TEN in page_of(school_class)
    assert not PlanFigure.objects.exists()
    learners(school_class, "ja")
    assert count_all_plans() == 1


def test_a_figure_of_fewer_than_ten_cannot_be_stored(school_class):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanFigure.objects.create(cohort=school_class, people=9, succeeded=5, counted_on="2026-01-01")


def test_ten_answers_of_fewer_people_are_not_ten_people(school_class):
    for user in learners(school_class, *["ja"] * 9):
        said(user, "ja", "A1")
    assert count_all_plans() == 0


@pytest.mark.parametrize(
    ("yes", "told"),
    [
        (0, "bij bijna niemand gelukt"),
        (1, "bij bijna niemand gelukt"),
        (2, "bij 2 gelukt"),
        (8, "bij 8 gelukt"),
        (9, "bij bijna iedereen gelukt"),
        (10, "bij bijna iedereen gelukt"),
    ],
)
def test_all_and_nobody_are_never_told(page_of, school_class, yes, told):
    learners(school_class, *["ja"] * yes, *["nog_niet"] * (10 - yes))
    count_all_plans()
    assert f"Van 10 mensen is het {told}." in page_of(school_class)


def test_who_joins_leaves_or_answers_changes_nothing_until_ten_others_answered(page_of, school_class, as_user):
    """Else two looks would tell what one person said."""
    first, *_ = learners(school_class, *["ja"] * 6, *["nog_niet"] * 5)
    count_all_plans()
    told = "Van 11 mensen is het bij 6 gelukt."
    assert told in page_of(school_class)
    as_user(first).post(f"/mijn/groepen/{school_class.pk}/verlaten/")
    count_all_plans()
    assert told in page_of(school_class)
    learners(school_class, *["nog_niet"] * 9)
    count_all_plans()
    assert told in page_of(school_class)
    learners(school_class, "nog_niet")
    count_all_plans()
    assert "Van 10 mensen is het bij bijna niemand gelukt." in page_of(school_class)


def test_an_answer_counts_once_in_an_organisation(school, school_class):
    """A second group of the same people and one more would tell about that one."""
    people = learners(school_class, *["ja"] * 10)
    second = CohortFactory(organisation=school)
    for user in people:
        CohortMemberFactory(cohort=second, user=user, joined_at=timezone.now() - timedelta(days=30))
    learners(second, "nog_niet")
    assert count_all_plans() == 1
    assert PlanFigure.objects.get().cohort == school_class
    assert count_all_plans() == 0


def test_another_organisation_counts_for_itself(school_class, employer):
    team = CohortFactory(organisation=employer, kind=Cohort.Kind.TEAM)
    for user in learners(school_class, *["ja"] * 5, *["nog_niet"] * 5):
        CohortMemberFactory(cohort=team, user=user, joined_at=timezone.now() - timedelta(days=30))
    assert count_all_plans() == 2


def test_only_learners_and_only_what_they_said_since_they_joined(school_class, bram):
    people = learners(school_class, *["ja"] * 10)
    said(bram, "ja")
    school_class.members.filter(user=people[0]).update(joined_at=timezone.now() + timedelta(minutes=1))
    assert count_all_plans() == 0


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({"outcome": "stop"}, 0),
        ({"outcome": "nog_niet", "ask_again_at": timezone.now() + timedelta(days=3)}, 0),
        ({"outcome": "nog_niet", "ask_again_at": timezone.now() - timedelta(days=8)}, 1),
    ],
)
def test_what_is_no_answer_yet_does_not_count(school_class, changes, counts):
    people = learners(school_class, *["ja"] * 10)
    PlanOutcome.objects.filter(user=people[0]).update(**changes)
    assert count_all_plans() == counts


def test_a_group_that_ended_or_a_programme_is_not_counted(school_class, school):
    learners(school_class, *["ja"] * 10)
    Cohort.objects.filter(pk=school_class.pk).update(closed_at=timezone.now())
    learners(CohortFactory(organisation=school, kind=Cohort.Kind.PROGRAMME), *["ja"] * 10)
    assert count_all_plans() == 0


def test_a_lead_sees_nothing_per_person_anywhere(as_user, bram, school_class, anna):
    client, places = (
        as_user(bram),
        (f"/docent/klassen/{school_class.pk}/", f"/docent/klassen/{school_class.pk}/voortgang.csv"),
    )
    learners(school_class, *["ja"] * 5, *["nog_niet"] * 5)
    count_all_plans()
    before = [client.get(place).content for place in places]
    school_class.members.filter(user=anna).update(joined_at=timezone.now() - timedelta(days=30))
    outcome = said(anna, "nog_niet")
    count_all_plans()
    assert [client.get(place).content for place in places] == before
    assert b"lukt" not in before[1]
    for place in ("", "gelukt/", "bewaar/"):
        assert client.get(f"/plan/{outcome.response_id}/{place}").status_code in (404, 405)


def test_nobody_else_sees_the_figure(as_user, anna, chantal, driss, school, school_class):
    learners(school_class, *["ja"] * 5, *["nog_niet"] * 5)
    count_plans(cohort=school_class)
    other_teacher = UserFactory()
    MembershipFactory(user=other_teacher, organisation=school, role=Role.TEACHER)
    for user in (anna, chantal, driss, other_teacher):
        assert as_user(user).get(f"/docent/klassen/{school_class.pk}/").status_code == 404
    assert as_user(None).get(f"/docent/klassen/{school_class.pk}/").status_code == 302


def test_the_lead_of_a_team_reads_it_too(page_of, employer, chantal):
    team = CohortFactory(organisation=employer, kind=Cohort.Kind.TEAM)
    CohortMemberFactory(cohort=team, user=chantal, leads=True)
    learners(team, *["ja"] * 5, *["nog_niet"] * 5)
    count_all_plans()
    assert "Van 10 mensen is het bij 5 gelukt." in page_of(team, chantal)


def test_who_sees_what_says_it(as_user, anna):
    page = text(as_user(anna).get("/wie-ziet-wat/"))
    assert "Bij hoeveel mensen een plan lukte, vanaf 10 mensen" in page
