"""A region for bench-insight: 200 employers with 5,000 learners in teams, who did a million things in a quarter."""

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from people.models import Organisation, User

EMPLOYERS, LEARNERS, LARGEST, EVENTS = 200, 5_000, 400, 1_000_000
TEAM, LESSONS_EACH = 12, 8
AT_ONCE = 5_000
SEED = 12


def fill(quarter: date) -> "Organisation":
    """Everything, in one transaction; gives the largest employer, of 400 people."""
    from django.db import transaction

    from insight.figures import moments_of

    begin, end = moments_of(quarter)
    chance = random.Random(SEED)
    with transaction.atomic():
        firms = _employers(chance, begin)
        people = _people(firms, begin)
        print(f"   {len(firms)} employers, {len(people)} learners in teams of {TEAM}", flush=True)
        _measure(people, chance, begin)
        _learn(people, chance, begin, end)
    return firms[0]


def _in_parts(model: Any, rows: Iterator[Any]) -> None:
    while part := list(islice(rows, AT_ONCE)):
        model.objects.bulk_create(part)


def _employers(chance: random.Random, begin: datetime) -> list["Organisation"]:
    from modules.choices import Trade
    from people.models import Organisation, Province, SizeClass

    return Organisation.objects.bulk_create(
        Organisation(
            name=f"Bedrijf {number}", kind=Organisation.Kind.EMPLOYER, in_monitor_since=begin - timedelta(days=30),
            sector=chance.choice([*Trade.values, "ander"]), size=chance.choice(SizeClass.values),
            province=chance.choice(Province.values),
        )
        for number in range(EMPLOYERS)
    )  # fmt: skip


def _people(firms: list["Organisation"], begin: datetime) -> list["User"]:
    """The first employer has 400 people, the others the rest; in teams of twelve."""
    from people.models import Cohort, CohortMember, User

    users = User.objects.bulk_create((User(username=f"learner {n}") for n in range(LEARNERS)), batch_size=AT_ONCE)
    rest = users[LARGEST:]
    of_firm = [users[:LARGEST], *(rest[n :: EMPLOYERS - 1] for n in range(EMPLOYERS - 1))]
    teams, members = [], []
    for firm, own in zip(firms, of_firm, strict=True):
        for number in range(0, len(own), TEAM):
            teams.append(Cohort(organisation=firm, name=f"Team {number // TEAM + 1}", kind=Cohort.Kind.TEAM))
            members.append(own[number : number + TEAM])
    Cohort.objects.bulk_create(teams)
    joined = begin - timedelta(days=20)
    CohortMember.objects.bulk_create(
        (
            CohortMember(cohort=team, user=user, joined_at=joined)
            for team, own in zip(teams, members, strict=True)
            for user in own
        ),
        batch_size=AT_ONCE,
    )
    return users


def _measure(people: list["User"], chance: random.Random, begin: datetime) -> None:
    """The startmeting and the pulse of most, the nameting of half."""
    from assessments.models import QuestionnaireAnswers
    from insight.indicators import KNOWN, MEASURE, MEASURE_AFTER, PULSE, WORK

    def one(user: "User", form: str, answers: dict[str, str], days: int) -> Any:
        at = begin + timedelta(days=days)
        points = {item: chance.random() < 0.6 for item in KNOWN}
        return QuestionnaireAnswers(
            id=uuid.UUID(int=chance.getrandbits(128)), user=user, questionnaire=form, version=1, answers=answers,
            result={"items": points, "level": None}, made_at=at, received_at=at,
        )  # fmt: skip

    def rows() -> Iterator[Any]:
        for user in people:
            for form, days, part in ((MEASURE, 10, 0.9), (MEASURE_AFTER, 60, 0.5), (PULSE, 30, 0.7)):
                if chance.random() < part:
                    said = {item: chance.choice([told, "anders"]) for item, (told, _) in WORK.items()}
                    measured = {
                        "gebruik": chance.choice(["week", "dag", "nooit"]),
                        "afspraken": chance.choice(["ja-ken", "nee"]),
                    }
                    yield one(user, form, said if form == PULSE else measured, days)

    _in_parts(QuestionnaireAnswers, rows())


def _learn(people: list["User"], chance: random.Random, begin: datetime, end: datetime) -> None:
    """Events that add up to a million, in lessons of which three in four were finished."""
    from learning.models import Attempt, Event, Progress

    span = int((end - begin).total_seconds()) - 1
    attempts, progress = [], []
    for user in people:
        for lesson in range(LESSONS_EACH if chance.random() < 0.8 else 1):
            at = begin + timedelta(seconds=chance.randrange(span))
            key = uuid.UUID(int=chance.getrandbits(128))
            attempts.append(Attempt(id=key, user=user, module=f"B{lesson}", revision=1, started_at=at))
            done = at if chance.random() < 0.75 else None
            progress.append(
                Progress(user=user, module=f"B{lesson}", attempt=key, revision=1, step="x", saved_at=at,
                         completed_at=done)
            )  # fmt: skip
    _in_parts(Attempt, iter(attempts))
    _in_parts(Progress, iter(progress))
    each = -(-EVENTS // len(attempts))
    made = 0

    def events() -> Iterator[Any]:
        nonlocal made
        for attempt in attempts:
            for step in range(min(each, EVENTS - made)):
                made += 1
                if made % 200_000 == 0:
                    print(f"   {made:,} events", flush=True)
                yield Event(
                    id=uuid.UUID(int=chance.getrandbits(128)), user_id=attempt.user_id, attempt=attempt,
                    module=attempt.module, step=f"s{step}", at=attempt.started_at, received_at=attempt.started_at,
                )  # fmt: skip

    _in_parts(Event, events())
