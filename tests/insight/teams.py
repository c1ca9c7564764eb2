"""Employers with teams whose people filled in the startmeting, for figures of groups and of the region."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from assessments.models import QuestionnaireAnswers
from insight.figures import moments_of
from people.models import Cohort, CohortMember, Membership, Organisation, Role, User

QUARTER = date(2026, 7, 1)  # over, and all of it came in, on the day below
TODAY = date(2026, 10, 8)
DURING = moments_of(QUARTER)[0] + timedelta(days=40)
BEFORE = moments_of(QUARTER)[0] - timedelta(days=40)
_numbers = count()


def employer(name: str = "", **changes) -> Organisation:
    return Organisation.objects.create(
        name=name or f"Bedrijf {next(_numbers)}", kind=Organisation.Kind.EMPLOYER, **changes
    )


def hr_of(organisation: Organisation, role: Role = Role.HR_LEAD) -> User:
    user = User.objects.create_user(f"lead-{next(_numbers)}", password="geheim")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def team(organisation: Organisation, name: str, people: int | Iterable[User], joined: datetime = BEFORE) -> list[User]:
    """A team of new people, or of people who are there."""
    cohort = Cohort.objects.create(organisation=organisation, name=name, kind=Cohort.Kind.TEAM)
    if isinstance(people, int):
        people = User.objects.bulk_create(User(username=f"mens {next(_numbers)}") for _ in range(people))
    members = list(people)
    CohortMember.objects.bulk_create(CohortMember(cohort=cohort, user=user, joined_at=joined) for user in members)
    return members


def answer(
    users: Iterable[User], *, item: str = "afspraken", yes: int, said: str = "ja-ken", other: str = "nee",
    form: str = "startmeting", at: datetime = DURING,
) -> None:  # fmt: skip
    """The first `yes` of these people said one thing, the rest another."""
    QuestionnaireAnswers.objects.bulk_create(
        QuestionnaireAnswers(
            id=uuid.uuid4(), user=user, questionnaire=form, version=1,
            answers={item: said if number < yes else other}, result={"items": {}, "level": None},
            made_at=at, received_at=at,
        )
        for number, user in enumerate(users)
    )  # fmt: skip


def now_in(quarter: date) -> datetime:
    return timezone.make_aware(datetime.combine(quarter, datetime.min.time()))
