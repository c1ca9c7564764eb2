"""Makes the groups of groups.py, inside Django: `serving.prepare` runs it on a prepared folder."""

import uuid
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from assessments.models import Response
from courses.draft import draft_of
from courses.models import CoursePath, Sharing
from courses.services import archive_path, save_draft, save_page, share_path, start_path
from insight.services import count_plans
from integrations.single_sign_on.services import add_provider
from learning.asking import ask_for_help
from learning.models import PlanOutcome, Progress
from learning.services import answer_exercise, answer_plan, choose_reviews, keep_plan
from modules.models import ModulePage
from modules.queries import live_modules
from people.demo import EMPLOYER, SCHOOL
from people.models import Cohort, CohortMember, Membership, Organisation, PictureCode, Role, User, WrongTry
from people.pictures import read_drawn
from people.services import (
    choose_pictures,
    close_cohort,
    ensure_cards,
    join_cohort,
    open_sign_in,
    renew_join_code,
)
from tests.e2e.fill_desk import fill_desk
from tests.e2e.fill_figures import fill_figures
from tests.e2e.fill_leads import fill_leads
from tests.e2e.fill_programme import fill_programme
from tests.e2e.fill_register import fill_register
from tests.e2e.fill_roles import fill_roles
from tests.e2e.fill_watch import fill_watch
from tests.e2e.groups import (
    AWAY_PATH,
    CLASS,
    CLASS_CODE,
    COLLEAGUE,
    EMPTY,
    ENDED,
    ENDED_CODE,
    FULL,
    LOOK_PATH,
    OLD,
    OLD_CODE,
    OPEN,
    OPEN_CODE,
    OPEN_TEAM,
    OPEN_TEAM_CODE,
    PATH,
    PICTURES,
    PLAN_DUE,
    PLAN_IDS,
    PLAN_KEPT,
    PLAN_LAST,
    PLAN_OWN,
    RESTING_TEAM,
    REVIEWERS,
    STOPPED_TEAM,
    TEAM,
    TEAM_CODE,
    TEAM_PATH,
)
from tests.e2e.serving import PASSWORD

NAMES = (
    "Amina Bilal Chloë Daan Danuta Eline Fatima Femke Gerben Hanna Ilse Jasper Joud Kevin "
    "Lieke Maryam Menno Naomi Nynke Omar Petra Ruben Samira Sjoerd Tesfay Tirza Wietske Yusuf"
)


@transaction.atomic
def fill() -> None:
    """A class and a team to join, codes that ended, and a full and an empty class; Bram and Chantal lead."""
    school, employer = (Organisation.objects.get(name=name) for name in (SCHOOL, EMPLOYER))
    bram, chantal = (User.objects.get(username=name) for name in ("bram", "chantal"))
    for name in (CLASS, FULL, EMPTY, OLD, ENDED, OPEN):
        cohort = Cohort.objects.create(organisation=school, name=name, kind=Cohort.Kind.CLASS)
        cohort.members.create(user=bram, leads=True)
    team = Cohort.objects.create(organisation=employer, name=TEAM, kind=Cohort.Kind.TEAM)
    team.members.create(user=chantal, leads=True)
    for name, code in ((CLASS, CLASS_CODE), (TEAM, TEAM_CODE), (OLD, OLD_CODE), (ENDED, ENDED_CODE), (OPEN, OPEN_CODE)):
        made = renew_join_code(cohort=Cohort.objects.get(name=name), actor=None)
        made.code = code
        if name == OLD:
            made.expires_at = timezone.now() - timedelta(days=1)
        made.save()
    close_cohort(cohort=Cohort.objects.get(name=ENDED), actor=None)
    _fill_class(Cohort.objects.get(name=FULL))
    _fill_open_class(Cohort.objects.get(name=OPEN), bram)
    _fill_open_teams(employer, chantal)
    for name in REVIEWERS:
        _fill_reviews(name)
    _fill_plans()
    _fill_paths(school, bram)
    fill_programme()
    fill_register()
    fill_figures()
    start_path(organisation=employer, title=TEAM_PATH, actor=chantal, origin=_ready("logistiek"))
    fill_desk(school, bram)
    fill_leads(employer)
    fill_watch()
    fill_roles()
    add_provider(
        organisation=school, kind="other", name="Noorderschool", issuer="https://inloggen.noorderschool.example",
        client_id="kortwijs", secret="geheim", actor=None,
    )  # fmt: skip


def _ready(slug: str) -> CoursePath:
    return CoursePath.objects.get(organisation=None, slug=slug)


def _fill_paths(school: Organisation, bram: User) -> None:
    """Routes of Bram, and a colleague at his school."""
    karin = User.objects.create_user(COLLEAGUE, password=PASSWORD, first_name="Karin")
    Membership.objects.create(user=karin, organisation=school, role=Role.TEACHER)
    for name, sharing in ((PATH, Sharing.EDIT), (LOOK_PATH, Sharing.SEE), (AWAY_PATH, Sharing.ALONE)):
        path = start_path(organisation=school, title=name, actor=bram, origin=_ready("zorg"))
        share_path(path=path, sharing=sharing, actor=bram)
    archive_path(path=CoursePath.objects.get(title=AWAY_PATH), archived=True, actor=bram)
    path = CoursePath.objects.get(title=PATH)
    save_page(
        path=path, page_id=uuid.uuid4(), version=0, actor=bram, kind="task", title="Zoek de regels van je stage",
        text="Vraag je begeleider naar de regels voor AI.\nSchrijf er drie op.", text_makkelijk="", minutes=10,
        link="https://www.voorbeeld.nl/regels", file=None,
    )  # fmt: skip
    path.refresh_from_db()
    draft = draft_of(path).moved(draft_of(path).keys[-1], -6)
    items = [
        replace(item, note="Neem je schrift mee.") if number == 2 else item for number, item in enumerate(draft.items)
    ]
    items[4] = replace(items[4], required=False)
    draft = replace(draft, pace="week", items=(items[1], items[0], *items[2:])).spread(2, None)
    save_draft(path=path, draft=draft, version=path.version, actor=bram)


def _fill_open_teams(employer: Organisation, lead: User) -> None:
    """A team with two who have pictures, where signing in is open; one where it closed itself, one where it rests."""
    for name in (OPEN_TEAM, STOPPED_TEAM, RESTING_TEAM):
        team = Cohort.objects.create(organisation=employer, name=name, kind=Cohort.Kind.TEAM)
        team.members.create(user=lead, leads=True)
    Cohort.objects.filter(name=STOPPED_TEAM).update(sign_in_stopped=True)
    WrongTry.objects.bulk_create(WrongTry(cohort=team, mark=f"{number}") for number in range(WrongTry.MOST_PER_WEEK))
    team = Cohort.objects.get(name=OPEN_TEAM)
    made = renew_join_code(cohort=team, actor=None)
    made.code = OPEN_TEAM_CODE
    made.save()
    for name in ("Zoë", "Jan Willem"):
        learner = User.objects.new_nameless(uuid.uuid4())
        join_cohort(user=learner, cohort=team, name=name)
        choose_pictures(user=learner, drawn=read_drawn(",".join(PICTURES).lower()))
    open_sign_in(cohort=team, minutes=24 * 60, actor=lead)


def _fill_class(cohort: Cohort) -> None:
    """28 learners: most did the first lesson, some are busy, some did nothing, three ask for help."""
    module = live_modules().first()
    assert isinstance(module, ModulePage)
    for number, name in enumerate(NAMES.split()):
        learner = User.objects.new_nameless(uuid.uuid4())
        join_cohort(user=learner, cohort=cohort, name=name)
        if number % 7 != 3:
            _begin(learner, module, done=number % 7 > 1)
        if number in (4, 16, 24):
            ask_for_help(user=learner, module=module.code if number != 16 else "")
        if number % 2:
            _plan(learner, module, uuid.uuid4(), "ja" if number < 19 else "nog_niet")
    CohortMember.objects.filter(cohort=cohort).update(joined_at=timezone.now() - timedelta(days=30))
    count_plans(cohort=cohort)


def _fill_open_class(cohort: Cohort, teacher: User) -> None:
    """Learners with pictures and a card; one of them is locked. Their teacher let the list be shown."""
    for name in ("Amina", "Bilal", "Chloë", "Sjoerd"):
        learner = User.objects.new_nameless(uuid.uuid4())
        join_cohort(user=learner, cohort=cohort, name=name)
        choose_pictures(user=learner, drawn=read_drawn(",".join(PICTURES).lower()))
    PictureCode.objects.filter(user__first_name="Sjoerd", user__cohort_places__cohort=cohort).update(wrong=5)
    ensure_cards(places=cohort.members.filter(leads=False), actor=teacher)
    open_sign_in(cohort=cohort, minutes=24 * 60, actor=teacher)


def _begin(learner: User, module: ModulePage, *, done: bool) -> None:
    Progress.objects.create(
        user=learner, module=module.code, attempt=uuid.uuid4(), revision=module.live_revision_id or 0,
        step=module.outline.ids[0], step_count=len(module.outline.ids), saved_at=timezone.now(),
        completed_at=timezone.now() if done else None,
    )  # fmt: skip


def _fill_reviews(name: str) -> None:
    """A learner with an account and an address who answered three questions six days ago, one of them wrong."""
    learner = User.objects.create_user(name, email=f"{name}@voorbeeld.nl", password=PASSWORD)
    module = ModulePage.objects.get(code="B2")
    questions = [(step, kind) for step, kind in module.outline.exercises() if kind.name == "keuze"][:3]
    for number, (step, _) in enumerate(questions):
        answer = next(item["id"] for item in step.value["options"] if item["value"]["right"] is (number > 0))
        answer_exercise(user=learner, module=module, step=step.id, response=answer)
    Response.objects.filter(user=learner).update(received_at=timezone.now() - timedelta(days=6))
    if name == "herhaalt-uit":
        choose_reviews(user=learner, stopped=True)


def _fill_plans() -> None:
    """Learners with an account, to whom home says something about their plan."""
    module = ModulePage.objects.get(slug="laat-het-weg")
    for name, key in PLAN_IDS.items():
        learner = User.objects.create_user(username=name, password=PASSWORD, first_name="Amina")
        _begin(learner, module, done=True)
        said = "" if name in (PLAN_DUE, PLAN_OWN) else "nog_niet"
        made = _plan(learner, module, uuid.UUID(key), said, own=name == PLAN_OWN)
        if made and name == PLAN_KEPT:
            keep_plan(user=learner, response=made.response_id)
        if made and name == PLAN_LAST:
            PlanOutcome.objects.filter(pk=made.pk).update(times=2)


def _plan(learner: User, module: ModulePage, key: uuid.UUID, said: str, *, own: bool = False) -> PlanOutcome | None:
    """A plan of 8 days ago, and what was said when it was asked about."""
    [step] = [step for step, kind in module.outline.exercises() if kind.name == "dit_doe_ik"]
    then = timezone.now() - timedelta(days=8)
    answer = "zelf" if own else step.value["options"][0]["id"]
    Response.objects.create(
        id=key, user=learner, module=module.code, attempt=uuid.uuid4(), exercise=step.id, kind="dit_doe_ik",
        answer=answer, at=then, received_at=then,
    )  # fmt: skip
    return answer_plan(user=learner, response=key, outcome=said) if said else None
