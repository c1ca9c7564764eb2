"""docs/reference/roles.md says what each role gets at every address; a URL without a line fails, and the reverse."""

import os
import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from assessments.models import QuestionnaireAnswers, Response
from assessments.questionnaires import questionnaire
from assessments.services import record_questionnaire
from courses.attachments import CleanFile
from courses.models import CoursePath
from courses.services import keep_file, save_page, start_path
from integrations.models import LtiPlatform
from integrations.single_sign_on.metadata import _place
from integrations.single_sign_on.models import SignOnProvider
from leadership.models import AiSystem, Programme, ProgrammeGroup, WorkProduct
from learning.models import Credential, PlanOutcome, StatusSlot
from lms.exercise_files import address_of
from modules.authors import ensure_author_group
from modules.models import CataloguePage
from people.cards import token_of
from people.models import Cohort, ListImport, Notice, Organisation, RetentionRun, Role, RoleInvite, User
from people.services import ensure_cards, make_hand_over, renew_join_code, send_notice
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files", "own_limits")]
TABLE = Path(settings.BASE_DIR) / "docs" / "reference" / "roles.md"
MAIN, OTHERS, ELSEWHERE = (
    "## Addresses",
    "## The roles of Anna's school",
    "## The roles of another organisation",
)  # the tables
ROLES = ("not signed in", "learner", "teacher", "lead of another organisation", "author", "administrator")
EXAMPLES = {  # what stands in for the variable parts of an address
    "<int:number>": "1",
    "<int:pk>": "1",
    "<slug:slug>": "proefles",
    "<slug:purpose>": "audit",
    "<str:step_id>": "e-keuze",
    "<module>": "E99",
    "<int:restriction_id>": "1",
    r"^(\d+)/(.*)$": "1/x.pdf",
}


def addresses(patterns=None, prefix: str = "") -> Iterator[str]:
    """Every address of the site as it is written in the URL lists; the admin is one."""
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if route == "admin/":
            yield "/admin/…"
        elif isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield "/" + route


def plan_not_done_yet(anna: User) -> uuid.UUID:
    """A plan of Anna's of which she said 'Nog niet'."""
    now = timezone.now()
    response = Response.objects.create(
        user=anna, module="E99", attempt=uuid.uuid4(), exercise="e-doe", kind="dit_doe_ik", answer="e-p1",
        at=now, received_at=now - timedelta(days=8),
    )  # fmt: skip
    PlanOutcome.objects.create(response=response, user=anna, outcome="nog_niet", at=now)
    return response.pk


def annas_places(anna: User) -> dict[str, str]:
    """What stands for Anna in an address: her class and its code, her message, another phone of hers."""
    place = anna.cohort_places.get()
    code = renew_join_code(cohort=place.cohort, actor=None).code
    other = User.objects.new_nameless(uuid.uuid4())
    other.save()
    scan = fill_in_digiscan(anna)
    values = {
        **own_path(place.cohort.organisation),
        "/meedoen/<str:code>/": f"/meedoen/{code}/",
        "/verder/<str:code>/": f"/verder/{make_hand_over(user=other).code}/",
        "/woord/<slug:slug>/": "/woord/datalek/",
        "/routes/<slug:slug>/": "/routes/zorg/",
        "/opdrachten/<str:kinds>/<str:digest>.<str:ending>": address_of(["keuze"], "js"),
        "/kaart/<str:token>/": f"/kaart/{token_of(ensure_cards(places=[place], actor=anna)[0].serial)}/",
        "/meedoen/<str:code>/wie/": f"/meedoen/{code}/wie/",
        "<uuid:scan_id>": scan.pk,
        "/bewijs/<uuid:credential_id>/bewijs.<str:ending>": f"/bewijs/{credential_of(anna).pk}/bewijs.jwt",
        "/bewijs/ingetrokken/<int:number>": "/bewijs/ingetrokken/1",
        "<uuid:credential_id>": credential_of(anna).pk,
        "<uuid:invitation>": invitation_of(place.cohort.organisation),
        "<int:organisation_id>": place.cohort.organisation_id,
        "<uuid:system_id>": system_of(place.cohort.organisation).pk,
        "<uuid:goal_id>": uuid.UUID(int=2),
        "<uuid:evaluation_id>": uuid.UUID(int=3),
        "<int:proof_id>": 1,
        "<slug:kind>/<slug:code>": "les/E99",
        "<uuid:code_id>": uuid.UUID(int=1),
        "<int:notice_id>": send_notice(user=anna, text="Voor Anna.").pk,
        "<int:cohort_id>": place.cohort_id,
        "/mens/<int:user_id>/": f"/mens/{place.cohort.members.get(leads=True).user_id}/",
        "<int:invite_id>": invited_at(place.cohort.organisation),
        "<int:user_id>": anna.pk,
        "<uuid:response>": plan_not_done_yet(anna),
        "<int:agreement_id>": 1,
        "/docent/bewaren/keer/<uuid:run_id>/": f"/docent/bewaren/keer/{run_of_nobody()}/",
        **programme_of_the_lead(),
        "/met/<uuid:key>/": f"/met/{sign_on_of(place.cohort.organisation)}/",
        "<uuid:key>": list_of_the_teacher(place.cohort).pk,
        "…": "",
    }
    return {**{name: str(value) for name, value in values.items()}, **EXAMPLES}


def run_of_nobody() -> uuid.UUID:
    """A run by the clock, over the whole site."""
    run, _ = RetentionRun.objects.get_or_create(pk=uuid.UUID(int=4), defaults={"by_clock": True, "at": timezone.now()})
    return run.pk


def programme_of_the_lead() -> dict[str, object]:
    """What stands for a group of the lead of another organisation, who facilitates it, and for a product in it."""
    lead, programme = User.objects.get(username="chantal"), Programme.objects.get(slug="leiderschap")
    kind = Cohort.Kind.PROGRAMME
    cohort, _ = Cohort.objects.get_or_create(
        organisation=lead.memberships.get().organisation, name="Leergroep", kind=kind
    )
    cohort.members.get_or_create(user=lead, defaults={"leads": True})
    values = {"programme": programme, "starts_on": date(2026, 3, 2)}
    group, _ = ProgrammeGroup.objects.get_or_create(cohort=cohort, defaults=values)
    other, _ = User.objects.get_or_create(username="hilde")
    made = {"programme": programme, "group": group, "owner": other, "template": "taakscan"}
    product, _ = WorkProduct.objects.get_or_create(**made)
    return {
        "/programma/<int:group_id>/week/<int:number>/": f"/programma/{group.pk}/week/1/",
        "<int:week>": 1,
        "begeleiden/week/<int:number>": "begeleiden/week/1",
        "stuk.<str:ending>": "stuk.pdf",
        "<slug:template>": "taakscan",
        "<int:group_id>": group.pk,
        "<int:product_id>": product.pk,
    }


def credential_of(anna: User) -> Credential:
    """One that Anna shows to nobody."""
    slot = StatusSlot.objects.get_or_create(number=1, place=1)[0]
    values = {"title": "Een route", "made_on": timezone.localdate(), "slot": slot}
    return Credential.objects.get_or_create(user=anna, path=None, defaults=values)[0]


def invitation_of(school: Organisation) -> uuid.UUID:
    """A learning system of the school that may register itself."""
    values = {
        "organisation": school,
        "address": "https://leren.school.nl",
        "invited_until": timezone.now() + timedelta(1),
    }
    return LtiPlatform.objects.get_or_create(name="Moodle", defaults=values)[0].invitation


def sign_on_of(school: Organisation) -> uuid.UUID:
    """A provider that people of the school sign in with; what it says of itself was read just now."""
    issuer = "https://inloggen.school.nl"
    values = {"organisation": school, "issuer": issuer, "client_id": "x", "sealed": "x"}
    row = SignOnProvider.objects.get_or_create(name="De school", defaults=values)[0]
    ends = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    cache.set(_place("metadata", issuer), {"issuer": issuer, **dict.fromkeys(ends, f"{issuer}/x")})
    return row.key


def invited_at(school: Organisation) -> int:
    """A role at the school that waits for someone."""
    teacher = school.memberships.get(role=Role.TEACHER).user
    values = {"name": "Sara", "invited_by": teacher, "expires_at": timezone.now() + timedelta(1)}
    found, _ = RoleInvite.objects.get_or_create(
        organisation=school, email="sara@school.nl", role=Role.TEACHER, defaults=values
    )
    return found.pk


def system_of(school: Organisation) -> AiSystem:
    """One in the AI register of the school."""
    return AiSystem.objects.get_or_create(organisation=school, name="Vertaalapp")[0]


def list_of_the_teacher(cohort: Cohort) -> ListImport:
    teacher = cohort.members.get(leads=True).user
    return ListImport.objects.create(
        actor=teacher, organisation=cohort.organisation, cohort=cohort, state=ListImport.State.DONE
    )


def own_path(school: Organisation) -> dict[str, object]:
    """What stands for a route of Anna's school that her teacher made, and for a page of it."""
    path = CoursePath.objects.filter(organisation=school).first()
    if path is None:
        teacher = school.memberships.get(role=Role.TEACHER).user
        path = start_path(organisation=school, title="Zorg 2A", actor=teacher)
        file = keep_file(organisation=school, file=CleanFile(b"%PDF-", "pdf", "blad.pdf"))
        save_page(
            path=path, page_id=uuid.uuid4(), version=0, actor=teacher, kind="page", title="Blad", text="Lees dit.",
            text_makkelijk="", link="", minutes=5, file=file,
        )  # fmt: skip
    page = path.pages.get()
    return {
        "/routes/<slug:slug>/blad/<uuid:page_id>/": f"/routes/{path.slug}/blad/{page.pk}/",
        "<int:path_id>": path.pk,
        "<uuid:page_id>": page.pk,
        "<slug:name>": "gewoon",
    }


def fill_in_digiscan(user: User) -> QuestionnaireAnswers:
    """Anna has a firm too."""
    form = questionnaire("digiscan")
    answers = {item.id: item.answers[0].id for item in form.items}
    key = uuid.uuid5(user.owner_key, "digiscan")
    return record_questionnaire(user=user, key=key, questionnaire=form, answers=answers)


def example(address: str, places: dict[str, str]) -> str:
    for variable, value in places.items():
        address = address.replace(variable, value)
    return address


@pytest.fixture
def cast(anna, bram, chantal, school) -> dict[str, User | None]:
    eva, chief = UserFactory(username="eva"), UserFactory(username="chief", is_superuser=True, is_staff=True)
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    MembershipFactory(user=eva, organisation=school, role=Role.AUTHOR)
    MembershipFactory(user=chief, organisation=school, role=Role.ADMINISTRATOR)
    return dict(zip(ROLES, (None, anna, bram, chantal, eva, chief), strict=True))


def browser(user: User | None) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"}, enforce_csrf_checks=True)
    if user is not None:
        client.force_login(user)
    return client


def gets(reply) -> str:
    """What someone gets, as the table says it."""
    if reply.status_code == 302:
        return "302 sign in" if re.search("^/inloggen/|login", reply.url) else "302"
    return str(reply.status_code)


def what_each_gets(users: dict[str, User | None], places: dict[str, str]) -> dict[str, dict[str, str]]:
    """Per address, per role. Each time from the same start: what one does must not change what the next gets."""
    signed_in = {role: browser(user).cookies.output(header="") for role, user in users.items()}

    def one(place: str, role: str, method: str) -> str:
        client = browser(None)
        client.cookies.load(signed_in[role])
        with transaction.atomic():
            got = gets(getattr(client, method)(place))
            transaction.set_rollback(True)
        return got

    return {
        address: {
            role: " / ".join(one(example(address, places), role, method) for method in ("get", "post"))
            for role in users
        }
        for address in dict.fromkeys(addresses())
    }


def lines_of(text: str) -> dict[str, list[str]]:
    rows = [line.strip("| \n").split(" | ") for line in text.splitlines() if line.startswith("| `/")]
    return {row[0].strip("`"): [cell.strip() for cell in row[1:]] for row in rows}


def written() -> dict[str, list[str]]:
    return lines_of(TABLE.read_text().partition(OTHERS)[0])


def refresh(found: dict[str, dict[str, str]], head: str, columns: tuple[str, ...]) -> None:
    """With REFRESH=1 a table is written anew; read what changed before you keep it."""
    before, _, after = TABLE.read_text().partition(head)
    _, _, rest = after.partition("\n## ")
    said = after.partition("\n## ")[0].partition("| address")[0].strip()
    lines = [
        "",
        "",
        *([said, ""] if said else []),
        "| address | " + " | ".join(columns) + " |",
        "| --- " * (len(columns) + 1) + "|",
    ]
    lines += [f"| `{address}` | {' | '.join(cells[role] for role in columns)} |" for address, cells in found.items()]
    TABLE.write_text(before + head + "\n".join(lines) + "\n" + (f"\n## {rest}" if rest else ""))


def test_every_address_has_a_line_and_every_line_an_address(lesson):
    if not os.environ.get("REFRESH"):
        assert set(written()) == set(addresses())


def test_each_role_gets_what_the_table_says(lesson, cast):
    found = what_each_gets(cast, annas_places(cast["learner"]))
    if os.environ.get("REFRESH"):
        refresh(found, MAIN, ROLES)
    table = written()
    assert {address: cells for address, cells in found.items() if table.get(address) != list(cells.values())} == {}


def with_each_role(organisation: Organisation) -> dict[str, User | None]:
    """Somebody for each role of this organisation, and somebody who has none anywhere."""
    users: dict[str, User | None] = {"stranger": UserFactory(username="driss")}
    for role in Role:
        users[role.label] = UserFactory(username=f"rol-{role.value}")
        MembershipFactory(user=users[role.label], organisation=organisation, role=role)
    return users


@pytest.mark.parametrize("where", ["own", "other"])
def test_every_role_of_every_organisation_gets_of_anna_what_the_table_says_and_else_what_a_stranger_gets(
    lesson, cast, school, where
):
    """Who has a role and leads no group; of Anna's school, and of an employer that has nothing to do with her."""
    organisation = school if where == "own" else OrganisationFactory(name="Elders", kind=Organisation.Kind.EMPLOYER)
    places = annas_places(cast["learner"])
    found = what_each_gets(with_each_role(organisation), places)
    head = OTHERS if where == "own" else ELSEWHERE
    roles = tuple(role.label for role in Role)
    more = {
        address: cells for address, cells in found.items() if any(cells[role] != cells["stranger"] for role in roles)
    }
    assert where == "own" or not [address for address in more if "<" in address], "nothing that is of Anna's school"
    if os.environ.get("REFRESH"):
        refresh(more, head, ("stranger", *roles))
    table = lines_of(TABLE.read_text().partition(head)[2].partition("\n## ")[0])
    assert {address: list(cells.values()) for address, cells in more.items()} == table


OPEN = {  # the doors of the admin itself; without them nobody could come in
    "wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset", "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_complete", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog",
}  # fmt: skip


def admin_pages(patterns=None, namespace: str = "") -> Iterator[str]:
    if patterns is None:
        [admin] = [one for one in get_resolver().url_patterns if str(one.pattern) == "admin/"]
        patterns = admin.url_patterns
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from admin_pages(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        elif pattern.name:
            yield namespace + pattern.name


@pytest.mark.parametrize("role", ROLES[:4])
def test_no_page_of_the_admin_opens_for_who_writes_no_lessons(lesson, cast, role):
    client, seen = browser(cast[role]), 0
    for name in dict.fromkeys(admin_pages()):
        for arguments in ([], [1], [lesson.pk]):
            try:
                place = reverse(name, args=arguments)
            except NoReverseMatch:
                continue
            if name not in OPEN:
                seen += 1
                assert client.get(place).status_code in (302, 403, 404, 405), place
    assert seen > 100


def without_token(page: bytes) -> str:
    """Without what is another one at each look: the token, and the id that a form of questions brings along."""
    return re.sub(r'name="(csrfmiddlewaretoken|form|key|keer)" value="[\w-]+"', "", page.decode(errors="replace"))


TIME_IN_IT = ("vragen.xlsx", "/bewijs/ingetrokken/<int:number>")


def visible(user: User | None, places: dict[str, str]) -> dict[str, str]:
    """Everything this person can open, as it looks."""
    client = browser(user)
    return {
        address: without_token(client.get(example(address, places)).getvalue())
        for address in dict.fromkeys(addresses())
        if address not in ("/healthz", "/admin/…") and not address.endswith(TIME_IN_IT)
    }


@pytest.fixture
def clock_stands_still() -> Iterator[None]:
    """What is signed anew each hour is then the same all the while."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.mark.parametrize("who", ["teacher", "lead of another organisation", "stranger", "not signed in"])
def test_nobody_else_sees_that_anna_did_anything(lesson, cast, driss, phone_of, who, clock_stands_still):
    """Page for page the same before and after Anna took a lesson, did the startmeting and took its route."""
    anna = cast["learner"]
    User.objects.filter(pk=anna.pk).update(last_name="Achternaam", email="anna@voorbeeld.nl")
    places = annas_places(anna)
    watcher = driss if who == "stranger" else cast[who]
    before = visible(watcher, places)
    mine = visible(anna, places)
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson(), phone.event("e-keuze", "e-o2"))
    answers = {f"vraag-{item.id}": item.answers[0].id for item in questionnaire("startmeting").stored_items}
    assert phone.client.post("/startmeting/", answers).url == "/startmeting/uitslag/"
    assert phone.client.post("/startmeting/route/").url == "/mijn/"
    assert visible(anna, places) != mine  # Anna herself does see it
    after = visible(watcher, places)
    changed = {address for address in after if after[address] != before[address]}
    changed.discard("/mijn/inloggen/")  # the watcher's own devices: looking again is one more
    assert changed == ({"/docent/klassen/<int:cohort_id>/", *EXPORTS} if who == "teacher" else set())
    for address, page in after.items():
        words = ("voorbeeld.nl", str(anna.owner_key), "Dag <bdi>Anna", "Voor Anna.")
        for word in words if address in CLASS_PAGES and who == "teacher" else (*words, "Achternaam"):
            assert word not in page
    assert not Notice.objects.exclude(read_at=None).exists()


# Where Anna's teacher sees how far she is; what is on them: tests/insight.
EXPORT = "/docent/klassen/<int:cohort_id>/voortgang.csv"
EXPORTS = {EXPORT, EXPORT.replace(".csv", ".xlsx")}
CLASS_PAGES = {
    "/docent/klassen/<int:cohort_id>/route/",
    "/docent/klassen/<int:cohort_id>/",
    "/docent/klassen/<int:cohort_id>/leerling/<int:user_id>/",
    *EXPORTS,
}
