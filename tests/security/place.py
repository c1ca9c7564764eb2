"""The two sides of the site: everything that A has was there first, and B's people are of every role."""

import re
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

from people.models import Cohort, Membership, Organisation, Role, User

A_FROM, B_FROM = 70_000_000, 80_000_000  # numbers of rows: whose a number is, is seen by its size
MARK = "Zqaxj"  # stands in every text of A that is A's own
PASSWORD = "een-lang-wachtwoord"
ROOMS = (
    "lms", "integrations", "leadership", "insight", "learning", "courses", "modules", "assessments", "language",
    "media", "people", "xapi",
)  # fmt: skip
# Whose rows are the business of an organisation or a person, and the text in them that only they may read.
OWN_TEXTS = {
    "people.Organisation": ("name",),
    "people.User": ("first_name", "last_name"),
    "people.Cohort": ("name",),
    "people.Agreement": ("document", "agreed_with"),
    "people.RoleInvite": ("name",),
    "people.Notice": ("text",),
    "people.BreakGlass": ("text",),
    "courses.PathPage": ("title", "text", "note"),
    "courses.PathLesson": ("note",),
    "courses.PathFile": ("name",),
    "leadership.AiSystem": ("name", "purpose", "supplier", "owner"),
    "leadership.Dossier": ("owner", "discussed_with"),
    "leadership.RoleGoal": ("role", "goal", "measure", "why"),
    "leadership.Evaluation": ("works", "fails", "next"),
    "leadership.Meeting": ("place",),
    "leadership.LookBack": ("success", "obstacle"),
    "learning.DeskMessage": ("text",),
    "integrations.LtiPlatform": ("name",),
}
JSON_TEXTS = {
    "leadership.WorkProduct": "values", "leadership.ProductVersion": "values", "leadership.PeerReview": "answers",
}  # fmt: skip


@dataclass
class Place:
    """What there is: rows of A and of B by model, and B's people by role."""

    a: dict[str, list[Any]] = field(default_factory=dict)
    b: dict[str, list[Any]] = field(default_factory=dict)
    people: dict[str, User | None] = field(default_factory=dict)
    a_keys: set[str] = field(default_factory=set)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens here is undone."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def browser(self, who: str | User | None, **headers: str) -> Client:
        """Signed in by the door, just now, so that also what asks that is open."""
        client = Client(headers={"sec-fetch-site": "same-origin", **headers}, raise_request_exception=False)
        user = self.people[who] if isinstance(who, str) else who
        if user is None:
            return client
        if not user.can_sign_in:
            client.force_login(user, "people.learner_only.LearnerOnly")
            return client
        reply = client.post("/inloggen/", {"username": user.username, "password": PASSWORD})
        assert reply.status_code == 302, (user, reply.status_code)
        return client

    def is_of_a(self, value: object) -> bool:
        """Whether a value, such as a parameter of a query, names a row of A."""
        if isinstance(value, bool):
            return False
        if isinstance(value, int):
            return A_FROM < value < A_FROM + 1_000_000
        return str(value).replace("-", "").lower() in self.a_keys

    def told(self, page: str) -> list[str]:
        """What of A stands in a text."""
        said = [page[max(0, one.start() - 40) : one.end() + 40] for one in re.finditer(MARK, page)][:2]
        numbers = set(re.findall(r"(?<![\da-zA-Z.-])70\d{6}(?![\da-zA-Z.])", page))
        return said + sorted(numbers)[:3]


@contextmanager
def build(folder: Path) -> Iterator[Place]:
    """Fill the tables; files go in `folder`. For within a transaction that is undone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STORAGES", {
            **settings.STORAGES,
            **{name: _local(folder / name) for name in ("paths", "xapi", "erasures")},
        })  # fmt: skip
        patch.setattr(settings, "CACHES", {
            **settings.CACHES,
            "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(folder)},
        })  # fmt: skip
        caches["limits"].clear()
        cache.clear()
        place = Place()
        before = _keys()
        _count_from(A_FROM)
        _fill_a()
        of_a = _keys()
        _mark(before)
        _count_from(B_FROM)
        place.people = _fill_b()
        place.a = {name: sorted(keys - before[name], key=str) for name, keys in of_a.items()}
        place.b = {name: sorted(keys - of_a[name], key=str) for name, keys in _keys().items()}
        place.a_keys = {key.hex for keys in place.a.values() for key in keys if isinstance(key, uuid.UUID)}
        cache.clear()
        yield place
        cache.clear()


def _local(folder: Path) -> dict[str, Any]:
    options = {"location": str(folder), "base_url": None}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model._meta.app_label in (*ROOMS, "mfa", "lti_tool", "wagtailusers") and len(model._meta.pk_fields) == 1:
            yield model


def _keys() -> dict[str, set[Any]]:
    return {model._meta.label: set(model._default_manager.values_list("pk", flat=True)) for model in _models()}


def _count_from(number: int) -> None:
    """The next row of every table gets this number, so that numbers of two tables and sides never meet."""
    with connection.cursor() as cursor:
        for place, model in enumerate(_models()):
            if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
                continue
            table, start = model._meta.db_table, number + place * 10_000
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, start])
            else:
                column = connection.ops.quote_name(model._meta.pk.column)
                cursor.execute(
                    f"ALTER TABLE {connection.ops.quote_name(table)} ALTER {column} RESTART WITH {start + 1}"
                )


def _fill_a() -> None:
    from modules.services import ensure_catalogue
    from people.demo import load_demo
    from tests.e2e.fill import fill

    load_demo()
    ensure_catalogue()
    fill()
    _also_a()


def _also_a() -> None:
    """What the browser tests make by hand."""
    from courses.attachments import CleanFile
    from courses.models import CoursePath
    from courses.services import keep_file, save_page
    from integrations.models import LtiPlatform
    from integrations.single_sign_on.models import SignOnIdentity, SignOnProvider
    from leadership.models import LookBack, ProgrammeGroup
    from learning.models import DeskMessage, LessonReport
    from people.models import ListImport
    from people.services import make_hand_over, request_code, send_notice

    school, anna = Organisation.objects.get(name="Voorbeeldschool"), User.objects.get(username="anna")
    bram = User.objects.get(username="bram")
    path = CoursePath.objects.filter(organisation=school).first()
    file = keep_file(organisation=school, file=CleanFile(f"%PDF-1.4 {MARK}".encode(), "pdf", "blad.pdf"))
    save_page(
        path=path, page_id=uuid.uuid4(), version=0, actor=bram, kind="page", title="Blad", text="Lees dit.",
        text_makkelijk="", link="", minutes=5, file=file,
    )  # fmt: skip
    LtiPlatform.objects.create(
        organisation=school, name="Moodle", address="https://leren.school.nl",
        invited_until=timezone.now() + timedelta(1),
    )  # fmt: skip
    SignOnIdentity.objects.create(
        user=bram, provider=SignOnProvider.objects.first(), issuer="https://inloggen.noorderschool.example",
        subject="1", used_at=timezone.now(),
    )  # fmt: skip
    ListImport.objects.create(
        actor=bram, organisation=school, cohort=bram.cohort_places.first().cohort, state="refused",
        problems=[{"row": 2, "what": f"{MARK} staat er al"}], problem_count=1,
    )  # fmt: skip
    DeskMessage.objects.create(user=anna, scan=uuid.uuid4(), region="x", desk="y", email="x@voorbeeld.nl",
                               subject="Vraag", text="Help.", sent_at=timezone.now())  # fmt: skip
    LessonReport.objects.create(module="B2", kind="klopt", text="Hier klopt iets niet.")
    group = ProgrammeGroup.objects.order_by("pk").first()
    member = group.cohort.members.filter(leads=False).first().user
    LookBack.objects.get_or_create(group=group, user=member, defaults={"success": "Het lukt.", "obstacle": "Tijd."})
    _waiting_things(school, bram)
    make_hand_over(user=User.objects.get(username="demo-bo"))
    send_notice(user=anna, text="Voor Anna.")
    User.objects.filter(pk=anna.pk).update(login_email="anna@zqaxj.voorbeeld.nl", email="anna@zqaxj.voorbeeld.nl")
    request_code(email="anna@zqaxj.voorbeeld.nl")


def _waiting_things(organisation: Organisation, actor: User) -> None:
    """A run of clearing away, and a role that waits for someone."""
    from people.models import RetentionRun, RoleInvite

    RetentionRun.objects.create(organisation=organisation, asked_by=actor, at=timezone.now())
    RoleInvite.objects.create(
        organisation=organisation, email=f"nieuw-{organisation.pk}@voorbeeld.nl", name="Nieuw", role=Role.TEACHER,
        invited_by=actor, expires_at=timezone.now() + timedelta(7),
    )  # fmt: skip


def _mark(before: dict[str, set[Any]]) -> None:
    for label, names in OWN_TEXTS.items():
        model = apps.get_model(label)
        for row in model._default_manager.exclude(pk__in=before[label]):
            changed = {}
            for name in names:
                most = model._meta.get_field(name).max_length or 10_000
                if value := getattr(row, name):
                    changed[name] = f"{MARK}{row.pk if name == 'name' else ''} {value}"[:most]
            if label == "people.Organisation" and row.by_owner:
                changed.pop("name", None)
            model._default_manager.filter(pk=row.pk).update(**changed)
    from courses.models import CoursePath

    for path in CoursePath.objects.exclude(organisation=None):
        CoursePath.objects.filter(pk=path.pk).update(title=f"{MARK} {path.title}"[:80])
    for label, name in JSON_TEXTS.items():
        model = apps.get_model(label)
        for row in model._default_manager.all():
            values = {
                key: f"{MARK} {text}" if isinstance(text, str) else text for key, text in getattr(row, name).items()
            }
            model._default_manager.filter(pk=row.pk).update(**{name: values})


def _person(name: str, role: Role | None, organisation: Organisation | None) -> User:
    user = User.objects.create_user(f"b-{name}", password=PASSWORD, first_name=f"B {name}")
    if role and organisation:
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def _fill_b() -> dict[str, User | None]:
    """A school, an employer and a region, with somebody of each role who has things of their own."""
    school, employer, region = (
        Organisation.objects.create(name=f"B {kind}", kind=kind)
        for kind in (Organisation.Kind.SCHOOL, Organisation.Kind.EMPLOYER, Organisation.Kind.REGION)
    )
    homes = {Role.TEACHER: school, Role.LEARNER: school, Role.AUTHOR: school, Role.REVIEWER: school,
             Role.FACILITATOR: region}  # fmt: skip
    people: dict[str, User | None] = {
        str(role.value): _person(str(role.value), role, homes.get(role, employer)) for role in Role
    }
    people["stranger"] = _person("vreemd", None, None)
    people["not signed in"] = None
    _things_of_teacher(school, people["teacher"], people["learner"])
    for name in ("hr_lead", "team_lead"):
        _things_of_lead(employer, people[name], name)
    _things_of_register(employer, people["hr_lead"])
    _things_of_programme(region, people["facilitator"], people["hr_lead"], people["team_lead"])
    _things_of_learner(people["learner"])
    _waiting_things(employer, people["administrator"])
    return people


def _path(organisation: Organisation, user: Any, title: str) -> Any:
    from courses.models import CoursePath
    from courses.services import save_page, start_path

    origin = CoursePath.objects.get(organisation=None, slug="zorg")
    path = start_path(organisation=organisation, title=title, actor=user, origin=origin)
    save_page(
        path=path, page_id=uuid.uuid4(), version=0, actor=user, kind="page", title="Blad van B", text="Lees dit.",
        text_makkelijk="", link="", minutes=5, file=None,
    )  # fmt: skip
    return path


def _group(organisation: Organisation, lead: Any, name: str, kind: Any) -> Cohort:
    from people.services import renew_join_code

    cohort = Cohort.objects.create(organisation=organisation, name=name, kind=kind)
    cohort.members.create(user=lead, leads=True)
    renew_join_code(cohort=cohort, actor=None)
    for number in range(3):
        learner = User.objects.new_nameless(uuid.uuid4())
        learner.first_name = f"Leerling {number}"
        learner.save()
        cohort.members.create(user=learner)
    return cohort


def _things_of_teacher(school: Organisation, bea: Any, learner: Any) -> None:
    from courses.services import assign_path
    from people.models import ListImport
    from people.services import ensure_cards

    cohort = _group(school, bea, "B klas", Cohort.Kind.CLASS)
    cohort.members.create(user=learner)
    ensure_cards(places=cohort.members.filter(leads=False), actor=bea)
    assign_path(cohort=cohort, path=_path(school, bea, "B route"), starts_on=None, actor=bea)
    ListImport.objects.create(actor=bea, organisation=school, cohort=cohort, state=ListImport.State.DONE)


def _things_of_lead(employer: Organisation, lead: Any, name: str) -> None:
    from courses.services import assign_path

    cohort = _group(employer, lead, f"B team {name}", Cohort.Kind.TEAM)
    assign_path(cohort=cohort, path=_path(employer, lead, f"B route {name}"), starts_on=None, actor=lead)


def _things_of_register(employer: Organisation, keeper: Any) -> None:
    from leadership.dossier.files import make_files
    from leadership.dossier.services import record_version, save_about, save_evaluation, save_goal
    from leadership.register.services import save_system
    from people.services import record_agreement

    today = timezone.localdate()
    save_system(
        organisation=employer, system_id=uuid.uuid4(), version=0, actor=keeper,
        values={"name": "B systeem", "purpose": "Vragen", "state": "used"},
    )  # fmt: skip
    save_about(organisation=employer, actor=keeper, values={"owner": "B hoofd", "review_by": today + timedelta(90)})
    goal = {"role": "B rol", "systems": [], "uses": "Alles", "goal": "Weten", "kind": "lesson",
            "measure": "Twee lessen", "since": date(2026, 10, 1), "why": "Klein"}  # fmt: skip
    save_goal(organisation=employer, goal_id=uuid.uuid4(), actor=keeper, values=goal)
    save_evaluation(
        organisation=employer, evaluation_id=uuid.uuid4(), actor=keeper,
        values={"on": today, "works": "B", "fails": "B", "next": "B"},
    )  # fmt: skip
    version, _ = record_version(organisation=employer, actor=keeper)
    make_files(version=version)
    record_agreement(
        organisation=employer, agreed_with="de OR", document="B", agreed_on=today, ends_on=None, actor=keeper
    )


def _things_of_programme(region: Organisation, facilitator: Any, *leads: Any) -> None:
    from leadership.models import PeerPlace, Programme
    from leadership.services import save_product, start_group

    cohort = Cohort.objects.create(organisation=region, name="B leergroep", kind=Cohort.Kind.PROGRAMME)
    cohort.members.create(user=facilitator, leads=True)
    today = timezone.localdate()
    group = start_group(
        cohort=cohort, programme=Programme.objects.get(slug="leiderschap"), actor=facilitator,
        starts_on=today - timedelta(days=today.weekday(), weeks=3),
    )  # fmt: skip
    for lead in leads:
        cohort.members.create(user=lead)
        PeerPlace.objects.create(group=group, user=lead, duo=1)
        form = group.programme.text.templates["taakscan"]
        save_product(group=group, owner=lead, template="taakscan", values=form.examples["zorg"], base=0)


def _things_of_learner(learner: Any) -> None:
    from courses.models import CoursePath
    from learning.badges.services import make_credential
    from learning.models import Progress
    from modules.models import ModulePage
    from people.services import send_notice

    send_notice(user=learner, text="Voor B.")
    path = CoursePath.objects.get(organisation=None, slug="logistiek")
    for module in ModulePage.objects.filter(code__in=path.required_codes):
        Progress.objects.create(
            user=learner, module=module.code, attempt=uuid.uuid4(), revision=module.live_revision_id or 0,
            step=module.outline.ids[0], saved_at=timezone.now(), completed_at=timezone.now(),
        )  # fmt: skip
    make_credential(user=learner, path=path)


@contextmanager
def writes() -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    """What is written meanwhile: the statement and its values; sessions aside, and what changed no row."""
    seen: list[tuple[str, tuple[Any, ...]]] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)", sql, re.IGNORECASE) and not re.search(
            r"people_session|django_session|wagtailsearch|modelsearch", sql
        ):
            done = execute(sql, params, many, context)
            if context["cursor"].rowcount != 0:
                given = [tuple(one) for one in params] if many else [tuple(params or ())]
                seen.extend((sql, one) for one in given)
            return done
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


assert sqlite3.sqlite_version_info >= (3, 35)
