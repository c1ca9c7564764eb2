"""The article 4 dossier: no names, no scores, the same bytes from the same data, for who keeps it and nobody else."""

import base64
import io
import json
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path

import jwt
import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone
from joserfc import jws
from joserfc.jwk import RSAKey

from courses.models import AssignedPlace, Assignment, CoursePath
from insight.services import release_employer
from language.models import Fact
from leadership.dossier.content import canonical, content_of
from leadership.dossier.files import make_files, unfinished
from leadership.dossier.services import record_version, save_evaluation, save_goal
from leadership.models import AiSystem, DossierFile, DossierVersion, Evaluation, RoleGoal, SharedProof
from leadership.tasks import make_dossier_files, sweep_dossier_files
from learning.badges.issuer import did_document
from learning.models import Credential, Progress, StatusSlot
from people.models import Agreement, AuditEntry, Cohort, Organisation, Role, User
from people.services import erase_person, export_person
from tests.factories import CohortFactory, CohortMemberFactory, UserFactory
from tests.leadership.test_register import page, someone
from tests.media.test_pdf import elements, read, words

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 10, tzinfo=timezone.get_fixed_timezone(60))
GOAL = {
    "role": "Planners", "uses": "Vertaalapp", "goal": "Een fout advies herkennen", "kind": "route",
    "measure": "Route Kantoor", "since": date(2026, 9, 15), "why": "Advies raakt werktijden van mensen", "systems": [],
}  # fmt: skip
LOOK_BACK = {"on": date(2026, 11, 1), "works": "In werktijd leren.", "fails": "Nachtdienst.", "next": "Vaste tijd."}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def gijs(db) -> User:
    other = Organisation.objects.create(name="Ander bedrijf BV", kind=Organisation.Kind.EMPLOYER)
    return someone(other, Role.HR_LEAD)


@pytest.fixture
def team(employer, chantal) -> Cohort:
    """A team of Chantal that does a route of two lessons, from before the quarter that is over."""
    made = CohortFactory(organisation=employer, name="Team Magazijn", kind=Cohort.Kind.TEAM)
    CohortMemberFactory(cohort=made, user=chantal, leads=True)
    path = CoursePath.objects.create(slug="proef", title="Route Magazijn")
    for place, code in enumerate(("B1", "B2")):
        path.lessons.create(module=code, place=place)
    Assignment.objects.create(cohort=made, path=path, starts_on=date(2026, 6, 1))
    return made


def recorded(*, organisation: Organisation, actor: User) -> tuple[DossierVersion, bool]:
    """A version with its files, as the worker makes them."""
    version, is_new = record_version(organisation=organisation, actor=actor)
    make_files(version=version)
    return version, is_new


def learners(team: Cohort, number: int, name: str = "Zoë") -> list[User]:
    made = User.objects.bulk_create(User(username=f"{name}-{team.pk}-{n}", first_name=name) for n in range(number))
    joined = timezone.make_aware(datetime(2026, 6, 1))
    team.members.bulk_create(team.members.model(cohort=team, user=one, joined_at=joined) for one in made)
    return made


def did(users: list[User], *codes: str, on: date = date(2026, 8, 1)) -> None:
    day = timezone.make_aware(datetime(on.year, on.month, on.day))
    Progress.objects.bulk_create(
        Progress(user=one, module=code, attempt=uuid.uuid4(), revision=1, step="x", saved_at=day, completed_at=day)
        for one in users
        for code in codes
    )


@pytest.fixture
def filled(employer, chantal, team) -> Organisation:
    """An employer with something in every step."""
    system = AiSystem.objects.create(organisation=employer, name="Roosterhulp", risk="high", personal="ordinary")
    goal = save_goal(organisation=employer, goal_id=uuid.uuid4(), values=GOAL, actor=chantal)
    goal.systems.add(system)
    save_evaluation(organisation=employer, evaluation_id=uuid.uuid4(), values=LOOK_BACK, actor=chantal)
    people = learners(team, 14)
    did(people[:6], "B1", "B2")
    did(people[6:10], "B1")
    release_employer(organisation=employer, quarter=date(2026, 7, 1))
    return employer


@pytest.fixture
def version(filled, chantal) -> DossierVersion:
    return recorded(organisation=filled, actor=chantal)[0]


def file_of(version: DossierVersion, name: str) -> str:
    return page(name, version.organisation_id, version.number)


FILES = ("pdf", "dossier_csv", "json", "pdf_signature", "csv_signature", "json_signature")


# Who


def looks_of(version: DossierVersion) -> list[str]:
    at = version.organisation_id
    goal, evaluation = RoleGoal.objects.first(), Evaluation.objects.first()
    return [
        page("dossier", at), page("about", at), page("annexes", at), page("proofs_csv", at), page("goal", at, goal.pk),
        page("evaluation", at, evaluation.pk), *(file_of(version, name) for name in FILES),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "who", ["gijs", "bram", "anna", "driss", "administrator", "team_lead", "privacy_officer", "learner"]
)
def test_nobody_else_finds_a_page_or_file_of_the_dossier(who, version, employer, request, as_user):
    if who == "administrator":
        user = UserFactory(is_staff=True, is_superuser=True)
    elif who in Role.values:
        user = someone(employer, Role(who))
    else:
        user = request.getfixturevalue(who)
    browser, at = as_user(user), employer.pk
    assert {
        place: browser.get(place).status_code for place in looks_of(version) if browser.get(place).status_code != 404
    } == {}
    writes = [
        page("record", at), page("about", at), page("annexes", at), page("drop_proof", at, 1),
        page("goal", at, RoleGoal.objects.get().pk), page("goal", at, uuid.uuid4()),
        page("evaluation", at, uuid.uuid4()),
    ]  # fmt: skip
    before = AuditEntry.objects.count()
    assert {browser.post(place, {"do": "weg"}).status_code for place in writes} == {404}
    assert (AuditEntry.objects.count(), RoleGoal.objects.count(), DossierVersion.objects.count()) == (before, 1, 1)


def test_a_part_of_another_organisation_is_not_found_under_the_own_one(version, gijs, as_user):
    own = gijs.memberships.get().organisation
    goal = RoleGoal.objects.get()
    assert as_user(gijs).get(page("goal", own.pk, goal.pk)).status_code == 404
    assert as_user(gijs).post(page("goal", own.pk, goal.pk), {"do": "weg"}).status_code == 404
    assert as_user(gijs).get(page("pdf", own.pk, version.number)).status_code == 404
    with pytest.raises(ValueError, match="another organisation"):
        save_goal(organisation=own, goal_id=goal.pk, values=GOAL, actor=gijs)
    with pytest.raises(ValueError, match="keeps"):
        recorded(organisation=version.organisation, actor=gijs)


def test_a_system_of_another_organisation_cannot_be_named_in_a_goal(employer, chantal, gijs, as_user):
    theirs = AiSystem.objects.create(organisation=gijs.memberships.get().organisation, name="Geheim systeem")
    sent = {**GOAL, "systems": [str(theirs.pk)]}
    reply = as_user(chantal).post(page("goal", employer.pk, uuid.uuid4()), sent)
    assert reply.status_code == 422
    assert "Geheim systeem" not in reply.content.decode()


# What is in it


def test_the_dossier_has_the_four_steps_and_says_what_it_is_not(version, chantal, as_user):
    shown = as_user(chantal).get(page("dossier", version.organisation_id)).content.decode()
    document = words(as_user(chantal).get(file_of(version, "pdf")).content)
    table = as_user(chantal).get(file_of(version, "dossier_csv")).content.decode()
    for text in (shown, document, table):
        for said in ("Roosterhulp", "Een fout advies herkennen", "Route Magazijn", "In werktijd leren.",
                     "Het zegt niet dat we aan de wet voldoen."):  # fmt: skip
            assert said in text, said
    assert "21 november 2026, opnieuw kijken vóór 21 februari 2027" in document
    content = json.loads(as_user(chantal).get(file_of(version, "json")).content)
    assert content["routes"][0]["lessons"][0]["code"] == "B1"
    assert isinstance(content["routes"][0]["lessons"][0]["version"], int)
    codes = {fact["code"] for fact in content["facts"]}
    assert {"F1", "F1b", "F10", "F4", "F18d"} <= codes
    assert all(fact["checked_on"] and fact["review_by"] and fact["source"] for fact in content["facts"])


def test_no_file_names_a_person_or_holds_a_score(version, chantal, as_user):
    for name in ("pdf", "dossier_csv", "json"):
        content = as_user(chantal).get(file_of(version, name)).content
        text = words(content) if name == "pdf" else content.decode()
        for word in ("Zoë", "Chantal", "chantal", "score:"):
            assert word not in text, (name, word)
    keys = set(json.loads(version.content)["participation"][0])
    assert keys == {"quarter", "what", "of", "told"}


def test_what_is_empty_is_said_and_can_be_recorded_too(employer, chantal, as_user):
    shown = as_user(chantal).get(page("dossier", employer.pk)).content.decode()
    assert "Er zijn nog geen cijfers over juli tot en met september 2026" in shown
    empty, _ = recorded(organisation=employer, actor=chantal)
    document = words(as_user(chantal).get(file_of(empty, "pdf")).content)
    assert "Er staan nog geen doelen." in document
    assert "Er is nog niet teruggekeken." in document


# Versions and files


def test_nothing_new_is_no_new_version_and_a_change_is(version, filled, chantal, as_user):
    browser = as_user(chantal)
    browser.post(page("record", filled.pk))
    assert DossierVersion.objects.count() == 1
    browser.post(page("about", filled.pk), {"owner": "Hoofd HR"})
    assert "Er is daarna iets veranderd" in browser.get(page("dossier", filled.pk)).content.decode()
    browser.post(page("record", filled.pk))
    assert [one.number for one in DossierVersion.objects.all()] == [2, 1]
    version.refresh_from_db()
    assert "Hoofd HR" not in version.content  # what was recorded stays


def test_the_last_version_stands_first(version, filled, chantal, as_user):
    save_evaluation(organisation=filled, evaluation_id=uuid.uuid4(), values=LOOK_BACK, actor=chantal)
    recorded(organisation=filled, actor=chantal)
    said = as_user(chantal).get(page("dossier", filled.pk)).content.decode()
    assert "2, van 29 november 2026" in said
    assert said.index("<b>Versie 2</b>") < said.index("<b>Versie 1</b>")


def test_the_same_data_give_the_same_bytes_on_another_day(version, filled, chantal, as_user):
    before = {name: as_user(chantal).get(file_of(version, name)).content for name in FILES}
    with time_machine.travel(NOW + timedelta(days=200), tick=False):
        after = {name: as_user(chantal).get(file_of(version, name)).content for name in FILES}
        assert canonical(content_of(filled)) == canonical(content_of(Organisation.objects.get(pk=filled.pk)))
    assert after == before
    DossierVersion.objects.all().delete()
    again, _ = recorded(organisation=filled, actor=chantal)
    assert again.content == version.content
    assert {name: as_user(chantal).get(file_of(again, name)).content for name in FILES} == before


def test_the_status_of_a_fact_is_that_of_the_day_of_the_version(version, filled, chantal, as_user):
    browser = as_user(chantal)
    assert "opnieuw kijken vóór" in browser.get(file_of(version, "dossier_csv")).content.decode()
    Fact.objects.filter(code="F1").update(review_by=date(2026, 11, 1))
    later, _ = recorded(organisation=filled, actor=chantal)
    assert later.number == 2
    assert "moet opnieuw worden nagekeken" in browser.get(file_of(later, "dossier_csv")).content.decode()


def test_json_is_canonical(version):
    content = json.loads(version.content)
    assert canonical(content) == version.content
    assert list(content) == sorted(content)
    assert (content["version"], content["date"]) == (1, "2026-11-29")


@pytest.mark.parametrize(("name", "ending"), [("pdf", "pdf"), ("dossier_csv", "csv"), ("json", "json")])
def test_anyone_can_check_a_file_with_the_public_key_of_the_site(name, ending, version, chantal, as_user):
    content = as_user(chantal).get(file_of(version, name)).content
    signature = as_user(chantal).get(file_of(version, f"{ending}_signature")).content.decode()
    [method] = did_document()["verificationMethod"][:1]
    key = RSAKey.import_key(method["publicKeyJwk"])
    header = json.loads(base64.urlsafe_b64decode(signature.split(".")[0] + "=="))
    assert (header["b64"], header["crit"], header["kid"]) == (False, ["b64"], method["id"])
    assert holds(signature, content, key)
    assert not holds(signature, content + b" ", key)


def test_the_recipe_in_the_docs_works(version, chantal, as_user, tmp_path, monkeypatch):
    guide = (settings.BASE_DIR / "docs" / "how-to" / "check-a-dossier.md").read_text()
    recipe = guide.split("```python")[1].split("```")[0]
    file = tmp_path / "ai-dossier-1.pdf"
    file.write_bytes(as_user(chantal).get(file_of(version, "pdf")).content)
    Path(f"{file}.jws").write_bytes(as_user(chantal).get(file_of(version, "pdf_signature")).content)
    monkeypatch.setattr("urllib.request.urlopen", lambda _: io.BytesIO(json.dumps(did_document()).encode()))
    monkeypatch.setattr("sys.argv", ["check.py", str(file), "https://leren.voorbeeld.nl"])
    exec(recipe, {})
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(jwt.InvalidSignatureError):
        exec(recipe, {})


def holds(signature: str, content: bytes, key: RSAKey) -> bool:
    """By hand, as RFC 7797 says it, with another library than signed it."""
    head, _, end = signature.split(".")
    algorithm = jws.JWSRegistry.algorithms["RS256"]
    return algorithm.verify(head.encode() + b"." + content, base64.urlsafe_b64decode(end + "=="), key)


def test_a_signature_asks_for_a_key_of_the_site(version, chantal, as_user, settings):
    settings.BADGE_KEYS = "geen sleutel"
    with pytest.raises(ImproperlyConfigured):
        as_user(chantal).get(file_of(version, "json_signature"))


def test_the_pdf_is_tagged_dutch_and_has_headings(version, chantal, as_user):
    reply = as_user(chantal).get(file_of(version, "pdf"))
    assert 'filename="ai-dossier-1.pdf"' in reply["Content-Disposition"]
    document = read(reply.content)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-NL"
    kinds = [element["/S"] for element in elements(root["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 6
    assert "/H3" in kinds
    assert "/TH" in kinds
    assert document.metadata.title == "Wat wij doen aan AI-geletterdheid"


def test_what_is_typed_stands_literally_in_every_file(employer, chantal, as_user):
    hostile = '=1+1 #read("/etc/passwd") <b>*x*</b> 😀'
    AiSystem.objects.create(organisation=employer, name=hostile, purpose=hostile)
    made, _ = recorded(organisation=employer, actor=chantal)
    assert "#read" in words(as_user(chantal).get(file_of(made, "pdf")).content)
    assert "\"'=1+1" in as_user(chantal).get(file_of(made, "dossier_csv")).content.decode()
    assert "<b>*x*" not in as_user(chantal).get(page("dossier", employer.pk)).content.decode()


@pytest.mark.parametrize("number", [0, 2, 999])
def test_a_version_that_never_was_is_not_found(number, version, chantal, as_user):
    assert as_user(chantal).get(page("pdf", version.organisation_id, number)).status_code == 404


# Files are made by a task


def in_queue(monkeypatch) -> list[int]:
    """What was asked of the worker."""
    asked: list[int] = []
    monkeypatch.setattr("leadership.tasks.make_dossier_files.delay", asked.append)
    return asked


def test_the_page_says_how_far_the_files_are_until_all_are_there(
    filled, chantal, as_user, monkeypatch, django_capture_on_commit_callbacks
):
    asked, browser, place = in_queue(monkeypatch), as_user(chantal), page("dossier", filled.pk)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(page("record", filled.pk))
    [version] = DossierVersion.objects.all()
    assert asked == [version.pk]
    said = browser.get(place).content.decode()
    assert "We maken de bestanden. 0 van de 3 is klaar." in said
    assert "Maak een pdf" not in said
    reply = browser.get(file_of(version, "pdf"), follow=True)
    assert reply.redirect_chain == [(place, 302)]
    assert "Dit bestand is nog niet klaar." in reply.content.decode()
    make_dossier_files(version.pk)
    said = browser.get(place).content.decode()
    assert "We maken de bestanden" not in said
    assert "Maak een pdf" in said
    assert browser.get(file_of(version, "pdf")).content.startswith(b"%PDF")


def test_who_takes_over_from_a_worker_that_died_goes_on_there(filled, chantal, as_user, monkeypatch):
    version, _ = record_version(organisation=filled, actor=chantal)
    killed = SystemExit("killed")

    def die(*_):
        raise killed

    with monkeypatch.context() as dying:
        dying.setattr("leadership.dossier.document.render_pdf", die)
        with pytest.raises(SystemExit):
            make_dossier_files(version.pk)
    before = {one.ending: one.pk for one in version.files.all()}
    assert set(before) == {"json", "csv"}
    assert "2 van de 3 is klaar" in as_user(chantal).get(page("dossier", filled.pk)).content.decode()
    assert list(unfinished()) == [version]
    asked = in_queue(monkeypatch)
    sweep_dossier_files()
    assert asked == [version.pk]
    make_dossier_files(version.pk)
    make_dossier_files(version.pk)  # the same message twice
    after = {one.ending: one.pk for one in version.files.all()}
    assert (after.items() >= before.items(), set(after)) == (True, {"json", "csv", "pdf"})
    assert not unfinished().exists()


def test_a_message_about_a_version_that_is_gone_does_nothing(db):
    make_dossier_files(12345)
    assert not DossierFile.objects.exists()


def test_a_school_is_told_that_these_figures_are_of_employers(school, as_user):
    head = someone(school, Role.HR_LEAD)
    version, _ = recorded(organisation=school, actor=head)
    browser, said = as_user(head), "Een school heeft ze niet."
    for name in ("dossier", "dossier_csv"):
        where = page(name, school.pk) if name == "dossier" else file_of(version, name)
        told = browser.get(where).content.decode()
        assert said in told
        assert "nog geen cijfers over" not in told
    printed = words(browser.get(file_of(version, "pdf")).content)
    assert said in printed
    assert "Te weinig mensen" not in printed


# Forms


def test_a_goal_is_added_changed_and_taken_away(employer, chantal, as_user):
    browser, key = as_user(chantal), uuid.uuid4()
    system = AiSystem.objects.create(organisation=employer, name="Roosterhulp")
    place = page("goal", employer.pk, key)
    sent = {**GOAL, "systems": [str(system.pk)]}
    browser.post(place, sent)
    browser.post(place, sent)  # sent twice
    browser.post(place, {**sent, "role": "Alle planners"})
    [goal] = RoleGoal.objects.all()
    assert (goal.role, list(goal.systems.all())) == ("Alle planners", [system])
    assert "Alle planners" in browser.get(place).content.decode()
    browser.post(place, {"do": "weg"})
    assert not RoleGoal.objects.exists()


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("goal", {"role": ""}, "Vul dit in."),
        ("goal", {"role": "x" * 121}, "te lang"),
        ("goal", {"since": "ooit"}, "Deze datum kennen we niet"),
        ("goal", {"kind": "dwang"}, "Kies een van de antwoorden"),
        ("goal", {"systems": ["onzin"]}, "staat niet in het register"),
        ("goal", {"why": "a\x00b"}, "geen tekst"),
        ("evaluation", {"on": "2099-01-01"}, "Deze dag komt nog"),
        ("evaluation", {"on": "2026-11-01", "works": "  "}, "minstens één"),
        ("about", {"discussed_on": "2099-01-01"}, "Deze dag komt nog"),
        ("about", {"owner": "x" * 201}, "te lang"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(name, changes, said, employer, chantal, as_user):
    arguments = (employer.pk,) if name == "about" else (employer.pk, uuid.uuid4())
    sent = {**(GOAL if name == "goal" else {}), **changes}
    reply = as_user(chantal).post(page(name, *arguments), sent)
    assert reply.status_code == 422
    assert said in reply.content.decode()
    assert not RoleGoal.objects.exists()
    assert not Evaluation.objects.exists()


def test_a_form_with_nothing_in_it_is_refused(employer, chantal, as_user):
    for name in ("goal", "evaluation"):
        assert as_user(chantal).post(page(name, employer.pk, uuid.uuid4())).status_code == 422


# Whose route


def test_a_class_of_a_school_is_no_staff(school, school_class):
    someone_there = someone(school, Role.HR_LEAD)
    path = CoursePath.objects.create(slug="proef", title="Klasroute")
    path.lessons.create(module="B1", place=0)
    Assignment.objects.create(cohort=school_class, path=path)
    learners(school_class, 12)
    made, _ = recorded(organisation=school, actor=someone_there)
    assert "Klasroute" not in made.content


def test_a_route_of_only_some_in_a_team_is_named_nowhere(employer, team, chantal):
    other = CoursePath.objects.create(slug="anders", title="Alleen voor een")
    other.lessons.create(module="A1", place=0)
    people = learners(team, 12)
    assignment = Assignment.objects.create(cohort=team, path=other, is_main=False)
    for place in team.members.filter(user__in=people[:6]):
        AssignedPlace.objects.create(place=place, assignment=assignment)
    assert "Alleen voor een" not in recorded(organisation=employer, actor=chantal)[0].content


# Annexes


@pytest.fixture
def credential(anna) -> Credential:
    slot = StatusSlot.objects.create(number=1, place=7)
    return Credential.objects.create(
        user=anna, title="Route Zorg", made_on=date(2026, 11, 1), slot=slot, is_shown=True, shown_name="Anna de W."
    )


def keep(browser, employer, credential) -> int:
    return browser.post(page("annexes", employer.pk), {"adres": f"https://x.nl/bewijs/{credential.pk}"}).status_code


def test_a_proof_is_there_as_long_as_its_learner_shows_it(credential, employer, chantal, as_user):
    browser = as_user(chantal)
    assert keep(browser, employer, credential) == keep(browser, employer, credential) == 302
    assert SharedProof.objects.count() == 1
    for name in ("annexes", "proofs_csv"):
        assert "Anna de W." in browser.get(page(name, employer.pk)).content.decode()
    Credential.objects.update(is_shown=False)
    for name in ("annexes", "proofs_csv"):
        assert "Anna de W." not in browser.get(page(name, employer.pk)).content.decode()


def test_what_is_not_shown_cannot_be_found_out(credential, employer, chantal, as_user):
    browser = as_user(chantal)
    Credential.objects.update(is_shown=False)
    hidden = browser.post(page("annexes", employer.pk), {"adres": str(credential.pk)})
    never = browser.post(page("annexes", employer.pk), {"adres": str(uuid.uuid4())})
    assert hidden.status_code == never.status_code == 422
    blank = hidden.content.decode().split("</main>")[0].replace(str(credential.pk), "")
    assert blank == never.content.decode().split("</main>")[0].replace(never.request["QUERY_STRING"], "").replace(
        never.wsgi_request.POST["adres"], ""
    )


@pytest.mark.parametrize("typed", ["", "x" * 5000, "https://kwaad.nl/", "javascript:alert(1)"])
def test_an_address_that_is_none_is_told(typed, employer, chantal, as_user):
    reply = as_user(chantal).post(page("annexes", employer.pk), {"adres": typed})
    assert (reply.status_code, "Op dit adres is niets te zien" in reply.content.decode()) == (422, True)


def test_a_proof_goes_when_its_learner_is_erased(credential, anna, employer, chantal, as_user):
    keep(as_user(chantal), employer, credential)
    assert "Voorbeeldbedrijf" in str(export_person(user=anna))
    erase_person(user=anna, actor=None)
    assert not SharedProof.objects.exists()


def test_hr_takes_a_proof_out_and_another_hr_cannot(credential, employer, chantal, gijs, as_user):
    keep(as_user(chantal), employer, credential)
    proof = SharedProof.objects.get()
    own = gijs.memberships.get().organisation_id
    assert as_user(gijs).post(page("drop_proof", own, proof.pk)).status_code == 404
    as_user(chantal).post(page("drop_proof", employer.pk, proof.pk))
    assert not SharedProof.objects.exists()


def test_without_an_agreement_nothing_is_there_per_person(filled, team, chantal, as_user):
    export = reverse("insight:export", args=[team.pk])
    shown = as_user(chantal).get(page("annexes", filled.pk)).content.decode()
    assert "Hier staat niets per persoon" in shown
    assert export not in shown
    assert as_user(chantal).get(export).status_code == 404
    Agreement.objects.create(
        organisation=filled, agreed_with="de OR", agreed_on=date(2026, 10, 2), ends_on=date(2026, 12, 31)
    )
    assert export in as_user(chantal).get(page("annexes", filled.pk)).content.decode()
    assert as_user(chantal).get(export).status_code == 200
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        assert export not in as_user(chantal).get(page("annexes", filled.pk)).content.decode()


# How much it asks


def test_a_dossier_of_forty_teams_asks_no_more(filled, chantal, as_user, django_assert_max_num_queries):
    path = CoursePath.objects.get(slug="proef")
    for number in range(40):
        team = CohortFactory(organisation=filled, name=f"Team {number}", kind=Cohort.Kind.TEAM)
        Assignment.objects.create(cohort=team, path=path)
    browser = as_user(chantal)
    browser.get(page("dossier", filled.pk))
    with django_assert_max_num_queries(30):
        browser.get(page("dossier", filled.pk))
