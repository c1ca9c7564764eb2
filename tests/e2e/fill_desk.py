"""A class with a route and questions to talk about, a team whose works council agreed, and credentials (fill.py)."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from assessments.kind import items
from assessments.models import Response
from courses.models import CoursePath
from courses.services import assign_path, assign_to_some
from insight.services import count_questions
from learning.asking import ask_for_help
from learning.badges.services import make_credential, revoke_credential, show_credential
from learning.models import Progress
from modules.models import ModulePage
from people.models import Cohort, CohortMember, Membership, Organisation, Role, User
from people.services import record_agreement, renew_join_code
from tests.e2e.groups import (
    AGREED_TEAM,
    HR,
    OWN,
    PATH,
    PROVEN_PATH,
    REVOKED,
    ROUTED,
    ROUTED_CODE,
    SHOWN,
    TO_MAKE,
    WHOLESALE,
)
from tests.e2e.serving import PASSWORD

NAMES = (
    "Aisha Berend Cees Dilan Douwe Emma Farah Geert Hilde Imke Jelle Jorik Karlijn Lotte Mehmet Mila Noor "
    "Oskar Pim Rens Sara Sibel Tjitske Ugur Vera Wout"
)


def fill_desk(school: Organisation, bram: User) -> None:
    """All of it, for Bram at his school and for an employer of its own."""
    _fill_routed_class(school, bram)
    _fill_agreed_team()
    _fill_credentials()


def _places(cohort: Cohort, names: Iterable[str], *, since: int = 30) -> list[CohortMember]:
    """These in a group, who came in so many days ago."""
    people = [User(username=f"naamloos-{uuid.uuid4().hex}", owner_key=uuid.uuid4(), first_name=name) for name in names]
    User.objects.bulk_create(people)
    rows = [CohortMember(cohort=cohort, user=user, came_in=True) for user in people]
    made = CohortMember.objects.bulk_create(rows)
    cohort.members.filter(leads=False).update(joined_at=timezone.now() - timedelta(days=since))
    return made


def _fill_routed_class(school: Organisation, bram: User) -> None:
    cohort = Cohort.objects.create(organisation=school, name=ROUTED, kind=Cohort.Kind.CLASS)
    cohort.members.create(user=bram, leads=True)
    made = renew_join_code(cohort=cohort, actor=None)
    made.code = ROUTED_CODE
    made.save()
    places = _places(cohort, NAMES.split())
    path = CoursePath.objects.get(title=PATH)
    assign_path(cohort=cohort, path=path, starts_on=timezone.localdate() - timedelta(days=10), actor=bram)
    other = CoursePath.objects.get(organisation=None, slug="mbo-entree-en-2")
    assign_to_some(cohort=cohort, path=other, places=places[4:6], actor=bram)
    modules = list(ModulePage.objects.filter(code__in=path.codes[:3]))
    for module in modules:
        _begin(module, [place.user for place in places[: 20 - 3 * modules.index(module)]])
    ask_for_help(user=places[2].user, module=modules[0].code)
    for module in (modules[0], ModulePage.objects.get(slug="laat-het-weg")):
        _answer(module, [place.user for place in places])
    count_questions(cohort=cohort)


def _fill_agreed_team() -> None:
    """An employer of its own, so that the screens of other teams stay without an agreement."""
    employer = Organisation.objects.create(name=WHOLESALE, kind=Organisation.Kind.EMPLOYER)
    lead = User.objects.create_user(HR, password=PASSWORD, first_name="Wilma")
    Membership.objects.create(user=lead, organisation=employer, role=Role.HR_LEAD)
    team = Cohort.objects.create(organisation=employer, name=AGREED_TEAM, kind=Cohort.Kind.TEAM)
    team.members.create(user=lead, leads=True)
    renew_join_code(cohort=team, actor=None)
    places = _places(team, NAMES.split()[:12])
    path = CoursePath.objects.get(organisation=None, slug="winkel")
    assign_path(cohort=team, path=path, starts_on=None, actor=lead)
    record_agreement(
        organisation=employer, agreed_with="de OR", document="Instemmingsbesluit 2026-4, in de map van HR",
        agreed_on=timezone.localdate(), ends_on=None, actor=lead,
    )  # fmt: skip
    for module in ModulePage.objects.filter(code__in=path.codes[:2]):
        _begin(module, [place.user for place in places[:8]])


def _fill_credentials() -> None:
    """Learners who did all of a ready route; what three of them have."""
    path = CoursePath.objects.get(organisation=None, slug=PROVEN_PATH)
    modules = list(ModulePage.objects.filter(code__in=path.required_codes))
    for name in (TO_MAKE, OWN, SHOWN, REVOKED):
        learner = User.objects.create_user(name, password=PASSWORD, first_name="Danuta")
        for module in modules:
            _begin(module, [learner], busy=0)
        if name == TO_MAKE:
            continue
        made = make_credential(user=learner, path=path)
        if name in (SHOWN, REVOKED):
            show_credential(credential=made, name="Danuta Nowak" if name == SHOWN else "")
        if name == REVOKED:
            revoke_credential(credential=made, actor=None)


def _begin(module: ModulePage, people: list[User], *, busy: int = 4) -> None:
    """The first of these are busy with a lesson, the others did it."""
    now, ids = timezone.now(), module.outline.ids
    Progress.objects.bulk_create(
        Progress(
            user=user, module=module.code, attempt=uuid.uuid4(), revision=module.live_revision_id or 0, step=ids[0],
            step_count=len(ids), saved_at=now, completed_at=now if number >= busy else None,
        )
        for number, user in enumerate(people)
    )  # fmt: skip


def _answer(module: ModulePage, people: list[User]) -> None:
    """First answers to the questions of a lesson with one choice: each question another share of wrong ones."""
    now, rows = timezone.now(), list[Response]()
    questions = [step for step, kind in module.outline.exercises() if kind.name == "keuze"]
    for place, step in enumerate(questions, start=1):
        options = [option for option, _ in items(step.value, "options")]
        right = next(option for option, value in items(step.value, "options") if value.get("right"))
        wrong = [option for option in options if option != right]
        for number, user in enumerate(people):
            answer = wrong[number % len(wrong)] if number % 7 < place + 1 else right
            rows.append(
                Response(
                    user=user, module=module.code, attempt=uuid.uuid4(), exercise=step.id, kind="keuze", answer=answer,
                    correct=answer == right, parts={"": answer == right}, at=now, received_at=now,
                )
            )  # fmt: skip
    Response.objects.bulk_create(rows)
