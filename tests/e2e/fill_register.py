"""Two employers with somebody of HR: one with a register and a dossier in which something stands, one with nothing."""

import uuid
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from courses.models import CoursePath
from courses.services import assign_path
from insight.queries import last_whole_quarter
from insight.services import release_employer
from language.models import Fact
from leadership.dossier.files import make_files
from leadership.dossier.services import keep_proof, record_version, save_about, save_evaluation, save_goal
from leadership.models import AiSystem
from leadership.register.services import import_systems, save_system
from leadership.register.sheet import read_systems
from learning.models import Credential, Progress, StatusSlot
from people.models import Agreement, Cohort, CohortMember, Membership, Organisation, Role, User
from tests.e2e.groups import EMPTY_KEEPER, KEEPER, NEW_KEEPER
from tests.e2e.serving import PASSWORD

GOALS = (
    ("Verzorgenden, ook uitzendkrachten", "Spraakverslag", "Een fout in het verslag herkennen", "route",
     "Route Zorg, 6 lessen in werktijd", date(2026, 9, 1), "Een fout verslag raakt een cliënt"),
    ("Planners", "Roosteradvies", "Weten wanneer je het advies niet volgt", "route",
     "Route Kantoor, gesprek over de stopknop", date(2026, 9, 15), "Het advies raakt werktijden van mensen"),
    ("Teamleiders", "", "Kiezen welke AI past bij het werk", "programme",
     "Programma van 8 weken", date(2026, 11, 2), "Zij beslissen over gebruik"),
    ("Keuken en schoonmaak", "Vertaalapp", "Geen namen intypen", "lesson",
     "2 lessen, met voorlezen", date(2026, 10, 1), "Klein gebruik, wel gegevens"),
)  # fmt: skip


def fill_register() -> None:
    """One keeper with everything, one with nothing yet, and one for a journey of its own."""
    full = _employer("Zorggroep Voorbeeld", KEEPER, "Gerda")
    _employer("Bakkerij Voorbeeld", EMPTY_KEEPER, "Hidde")
    journey = _employer("Installatie Voorbeeld", NEW_KEEPER, "Ilse")
    _team(full, "Team Wijk", 14)
    _team(journey, "Team Monteurs", 2)
    for one in (full, journey):
        release_employer(organisation=one, quarter=last_whole_quarter(timezone.localdate()))
    _fill(full, User.objects.get(username=KEEPER))


def _employer(name: str, keeper: str, first_name: str) -> Organisation:
    organisation = Organisation.objects.create(name=name, kind=Organisation.Kind.EMPLOYER)
    user = User.objects.create_user(keeper, password=PASSWORD, first_name=first_name)
    Membership.objects.create(user=user, organisation=organisation, role=Role.HR_LEAD)
    return organisation


def _team(organisation: Organisation, name: str, number: int) -> None:
    """A team that does a route since before the quarter that is over."""
    lead = organisation.memberships.get().user
    team = Cohort.objects.create(organisation=organisation, name=name, kind=Cohort.Kind.TEAM)
    team.members.create(user=lead, leads=True)
    path = CoursePath.objects.get(organisation=None, slug="zorg")
    assign_path(cohort=team, path=path, starts_on=None, actor=lead)
    begin = last_whole_quarter(timezone.localdate())
    then = timezone.make_aware(datetime(begin.year, begin.month, 1))
    for place in range(number):
        learner = User.objects.new_nameless(uuid.uuid4())
        learner.save()
        CohortMember.objects.create(cohort=team, user=learner, joined_at=then)
        for code in path.required_codes[: 0 if place > 9 else 1 if place > 5 else None]:
            Progress.objects.create(
                user=learner, module=code, attempt=uuid.uuid4(), revision=1, step="x", saved_at=then, completed_at=then
            )


def _fill(organisation: Organisation, keeper: User) -> None:
    today = timezone.localdate()
    import_systems(
        organisation=organisation,
        rows=read_systems((Path(__file__).parent / "register.csv").read_bytes()),
        actor=keeper,
    )
    save_system(
        organisation=organisation, system_id=uuid.uuid4(), version=0, actor=keeper,
        values={"name": "Oude chatbot", "purpose": "Vragen van cliënten", "state": "stopped"},
    )  # fmt: skip
    save_about(
        organisation=organisation, actor=keeper,
        values={"owner": "Hoofd HR", "discussed_with": "de OR", "discussed_on": date(2026, 10, 2),
                "review_by": today + timedelta(days=150)},
    )  # fmt: skip
    Agreement.objects.create(
        organisation=organisation, agreed_with="de OR", agreed_on=date(2026, 10, 2), document="AI en leren, nr. 3"
    )
    for role, system, goal, kind, measure, since, why in GOALS:
        values = {"role": role, "systems": AiSystem.objects.filter(organisation=organisation, name=system),
                  "uses": "" if system else "Alle systemen van hun team", "goal": goal, "kind": kind,
                  "measure": measure, "since": since, "why": why}  # fmt: skip
        save_goal(organisation=organisation, goal_id=uuid.uuid4(), values=values, actor=keeper)
    recorded, _ = record_version(organisation=organisation, actor=keeper)
    make_files(version=recorded)
    save_evaluation(
        organisation=organisation, evaluation_id=uuid.uuid4(), actor=keeper,
        values={"on": date(2026, 11, 9), "works": "Leren in werktijd, met z’n tweeën.",
                "fails": "De nachtdienst komt er niet aan toe.", "next": "Een vast uur voor de nachtdienst."},
    )  # fmt: skip
    record_version(organisation=organisation, actor=keeper)  # of which the files are being made
    slot = StatusSlot.objects.create(number=1, place=11)
    learner = User.objects.new_nameless(uuid.uuid4())
    learner.save()
    shown = Credential.objects.create(
        user=learner, title="Route Zorg", made_on=date(2026, 11, 1), slot=slot, is_shown=True, shown_name="Amina"
    )
    keep_proof(organisation=organisation, credential=shown, actor=keeper)
    # Since then: a review is due, and a fact was another one when somebody looked last.
    AiSystem.objects.filter(organisation=organisation, name="Roosteradvies").update(review_by=today)
    translator = AiSystem.objects.get(organisation=organisation, name="Vertaalapp")
    code = Fact.objects.get(code="F3").code
    translator.facts_seen = {**translator.facts_seen, code: "Mensen moeten weten dat ze met AI praten."}
    translator.save()
