"""The AI register: kept by HR and owners, read by who leads there, and by nobody else."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from language.models import Fact
from leadership.models import AiSystem, SystemChange
from leadership.register.queries import looks, rows_to_take_over
from leadership.register.risk import ALL_FACTS, QUESTIONS, outcome_of
from leadership.register.services import RegisterRefused, save_system, take_over
from leadership.register.sheet import WrongRows, read_systems
from leadership.services import save_product
from people.audit import done_by
from people.models import AuditEntry, Membership, Organisation, Role, User
from people.sheets import SheetRefused
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NO_RISK = {question.id: "nee" for question in QUESTIONS}


def someone(organisation: Organisation, role: Role) -> User:
    user = UserFactory(first_name=str(role.value))
    MembershipFactory(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def gijs(db) -> User:
    """The HR lead of another employer."""
    other = Organisation.objects.create(name="Ander bedrijf BV", kind=Organisation.Kind.EMPLOYER)
    return someone(other, Role.HR_LEAD)


def kept(organisation, actor, name="Roosterhulp", **values) -> AiSystem:
    return save_system(
        organisation=organisation, system_id=uuid.uuid4(), version=0, values={"name": name, **values}, actor=actor
    )


@pytest.fixture
def rooster(employer, chantal) -> AiSystem:
    return kept(employer, chantal, supplier="Voorbeeld BV", review_by=timezone.localdate() + timedelta(days=90))


def page(name: str, *arguments) -> str:
    return reverse(f"register:{name}", args=arguments)


def typed(**changes) -> dict[str, str]:
    return {"name": "Vertaalapp", "state": "used", "personal": "", "own_role": "", "risk": "other", **changes}


# Who


def pages_of(system: AiSystem) -> list[str]:
    at = system.organisation_id
    return [
        page("register", at), page("csv", at), page("xlsx", at), page("system", at, system.pk),
        page("read_in", at), page("risk", at, system.pk),
    ]  # fmt: skip


def writes_of(system: AiSystem) -> list[str]:
    at = system.organisation_id
    return [
        page("read_in", at), page("from_product", at), page("system", at, system.pk), page("system", at, uuid.uuid4()),
        page("review", at, system.pk), page("risk", at, system.pk),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["gijs", "bram", "anna", "driss", "administrator", "learner there"])
def test_nobody_else_finds_the_register_or_a_file_of_it(who, rooster, employer, request, as_user):
    if who == "administrator":
        user = UserFactory(is_staff=True, is_superuser=True)
    else:
        user = someone(employer, Role.LEARNER) if "learner" in who else request.getfixturevalue(who)
    browser = as_user(user)
    assert {browser.get(place).status_code for place in pages_of(rooster)} == {404}
    assert {browser.post(place, typed()).status_code for place in writes_of(rooster)} == {404}
    assert AiSystem.objects.count() == SystemChange.objects.count() == 1


def test_who_is_not_signed_in_is_sent_to_sign_in(rooster, as_user):
    assert {as_user(None).get(place).status_code for place in pages_of(rooster)} == {302}


def test_a_session_that_only_learns_finds_no_register(rooster, chantal, as_user, monkeypatch):
    monkeypatch.setattr(User, "only_learns", True, raising=False)
    assert as_user(chantal).get(page("register", rooster.organisation_id)).status_code == 404


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.PRIVACY_OFFICER])
def test_a_team_lead_reads_the_register_and_changes_nothing(role, rooster, employer, as_user):
    browser = as_user(someone(employer, role))
    at = employer.pk
    for place in (page("register", at), page("csv", at), page("xlsx", at), page("system", at, rooster.pk)):
        assert browser.get(place).status_code == 200, place
    shown = browser.get(page("system", at, rooster.pk)).content.decode()
    assert "Voorbeeld BV" in shown
    assert 'name="supplier"' not in shown
    assert {browser.get(one).status_code for one in (page("read_in", at), page("risk", at, rooster.pk))} == {404}
    writes = [place for place in writes_of(rooster) if place != page("from_product", at)]
    assert {browser.post(place, typed()).status_code for place in writes} == {404}
    assert SystemChange.objects.count() == 1


def test_a_system_of_another_organisation_is_not_found_under_the_own_one(rooster, gijs, as_user):
    own = Membership.objects.get(user=gijs).organisation_id
    browser = as_user(gijs)
    for name in ("system", "risk"):
        assert browser.get(page(name, own, rooster.pk)).status_code == 404
        assert browser.post(page(name, own, rooster.pk), typed()).status_code == 404
    with pytest.raises(ValueError, match="another organisation"):
        save_system(
            organisation=Organisation.objects.get(pk=own), system_id=rooster.pk, version=1, values=typed(), actor=gijs
        )
    rooster.refresh_from_db()
    assert rooster.name == "Roosterhulp"


def test_an_owner_keeps_the_register_of_the_own_firm(db, as_user):
    firm = Organisation.objects.create(name="Bakker", kind=Organisation.Kind.EMPLOYER, by_owner=True)
    browser = as_user(someone(firm, Role.OWNER))
    assert browser.get("/docent/ai/").url == page("register", firm.pk)
    shown = browser.get(page("register", firm.pk)).content.decode()
    assert "Zet een systeem erbij" in shown
    assert "/docent/routes/" not in shown  # what does not open for an owner is no tab


def test_the_tab_is_there_for_who_may_read_it_only(employer, chantal, bram, as_user):
    assert "/docent/ai/" in as_user(chantal).get("/docent/").content.decode()
    assert "/docent/ai/" not in as_user(bram).get("/docent/").content.decode()


# Keeping


def test_a_system_is_added_changed_and_remembered(employer, chantal, as_user):
    browser, key = as_user(chantal), uuid.uuid4()
    place = page("system", employer.pk, key)
    assert browser.get(place).status_code == 200
    assert browser.post(place, typed(version="0", risk="")).url == page("risk", employer.pk, key)
    assert browser.post(place, typed(version="0", risk="")).status_code == 302  # sent twice
    browser.post(place, typed(version="1", supplier="Iemand anders"))
    [system] = AiSystem.objects.all()
    assert (system.supplier, system.risk, system.version) == ("Iemand anders", "other", 2)
    last, first = system.changes.all()
    assert last.fields == {"supplier": ["", "Iemand anders"], "risk": ["", "other"]}
    assert first.fields["name"] == ["", "Vertaalapp"]
    shown = browser.get(place).content.decode()
    assert "Iemand anders" in shown
    assert "Overig" in shown
    assert [entry.action for entry in done_by(chantal)] == [
        "ai_system_changed", "ai_system_added"
    ]  # fmt: skip


def test_the_audit_trail_names_fields_and_no_text(rooster, chantal):
    entry = AuditEntry.objects.get(action="ai_system_added")
    assert "supplier" in entry.details["fields"]
    assert "Voorbeeld BV" not in str(entry.details)


def test_of_two_who_change_it_at_once_the_second_is_told(rooster, chantal, as_user):
    place = page("system", rooster.organisation_id, rooster.pk)
    as_user(chantal).post(place, typed(version="1", purpose="Eerste"))
    reply = as_user(chantal).post(place, typed(version="1", purpose="Tweede"))
    assert reply.status_code == 409
    shown = reply.content.decode()
    assert "paste dit net aan" in shown
    assert "Tweede" in shown  # nothing that was typed is lost
    rooster.refresh_from_db()
    assert rooster.purpose == "Eerste"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Vul dit in."),
        ({"name": "x" * 201}, "Er passen 200 tekens, je hebt er 201."),
        ({"name": "roosterHULP"}, "staat al in het register"),
        ({"purpose": "a\x07b"}, "geen tekst is"),
        ({"owner": "g.veenstra@voorbeeld.nl"}, "Schrijf een rol op"),
        ({"measures": "x" * 1501}, "te lang"),
        ({"risk": "heel hoog"}, "Kies een van de antwoorden"),
        ({"state": "weg"}, "Kies een van de antwoorden"),
        ({"review_by": "gisteren"}, "Deze datum kennen we niet"),
        ({"review_by": "99999-1-1"}, "Deze datum kennen we niet"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(changes, said, rooster, chantal, as_user):
    sent = typed(supplier="Wat ik typte", version="0", **changes)
    reply = as_user(chantal).post(page("system", rooster.organisation_id, uuid.uuid4()), sent)
    assert reply.status_code == 422
    shown = reply.content.decode()
    assert said in shown
    assert "Wat ik typte" in shown
    assert AiSystem.objects.count() == 1


def test_a_form_with_nothing_in_it_is_refused_and_markup_is_shown_as_text(employer, chantal, as_user):
    browser = as_user(chantal)
    assert browser.post(page("system", employer.pk, uuid.uuid4())).status_code == 422
    browser.post(page("system", employer.pk, uuid.uuid4()), typed(name="<script>alert(1)</script>"))
    assert "<script>alert" not in browser.get(page("register", employer.pk)).content.decode()


def test_another_site_cannot_write(rooster, chantal, as_user):
    browser = as_user(chantal)
    for place in writes_of(rooster):
        assert browser.post(place, typed(), headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_a_full_register_says_so(rooster, employer, chantal, monkeypatch):
    monkeypatch.setattr("leadership.register.services.MOST_SYSTEMS", 1)
    with pytest.raises(RegisterRefused, match="vol"):
        kept(employer, chantal, "Nog een")


# Looking again


def test_a_review_that_is_due_is_told_on_the_desk(rooster, chantal, as_user):
    AiSystem.objects.update(review_by=timezone.localdate())
    shown = as_user(chantal).get(page("register", rooster.organisation_id)).content.decode()
    assert "Kijk naar 1 systeem opnieuw" in shown
    assert "1 keer opnieuw kijken" in as_user(chantal).get("/docent/").content.decode()


def test_a_fact_that_changed_is_told_with_what_changed_until_somebody_looked(rooster, chantal, as_user):
    assert looks([rooster]) == []
    Fact.objects.filter(code="F4").update(text_standaard="De nieuwe regel over werk.")
    browser = as_user(chantal)
    shown = browser.get(page("register", rooster.organisation_id)).content.decode()
    assert "Feit F4 veranderde" in shown
    assert "De nieuwe regel over werk." in shown
    assert "2 december 2027" in shown  # what it said before
    day = timezone.localdate() + timedelta(days=30)
    browser.post(page("review", rooster.organisation_id, rooster.pk), {"review_by": day.isoformat()})
    rooster.refresh_from_db()
    assert looks([rooster]) == []
    assert rooster.reviewed_on == timezone.localdate()


def test_a_fact_that_was_only_checked_again_asks_nothing(rooster):
    Fact.objects.filter(code="F4").update(checked_on=timezone.localdate())
    assert looks([rooster]) == []


def test_a_fact_about_people_asks_nothing_of_a_system_without_people(rooster):
    Fact.objects.filter(code="F6").update(text_standaard="Anders.")
    assert looks([rooster]) != []
    rooster.personal = "none"
    assert looks([rooster]) == []


def test_a_system_that_stopped_asks_nothing(rooster):
    rooster.state, rooster.review_by = "stopped", None
    assert looks([rooster]) == []


@pytest.mark.parametrize("day", ["", "morgen", "2020-01-01", "x" * 9000])
def test_a_day_that_cannot_be_is_refused(day, rooster, chantal, as_user):
    reply = as_user(chantal).post(page("review", rooster.organisation_id, rooster.pk), {"review_by": day})
    assert reply.status_code == 422
    rooster.refresh_from_db()
    assert rooster.reviewed_on is None


def test_every_fact_that_is_named_exists():
    assert set(ALL_FACTS) - set(Fact.objects.values_list("code", flat=True)) == set()


# The class


@pytest.mark.parametrize(
    ("answers", "risk"),
    [
        ({}, "other"),
        ({"praten": "ja"}, "transparency"),
        ({"praten": "ja", "personeel": "ja"}, "high"),
        ({"gevoel": "ja", "personeel": "ja", "praten": "weet_niet"}, "prohibited"),
        ({"personeel": "weet_niet", "praten": "ja"}, ""),
        ({"praten": "weet_niet", "volgen": "ja"}, "high"),
        ({"praten": "weet_niet"}, ""),
        ({"praten": "onzin"}, ""),
    ],
)
def test_the_strictest_yes_wins_and_what_is_unknown_stays_open(answers, risk):
    assert outcome_of({**NO_RISK, **answers}).risk == risk


def test_nothing_answered_is_no_class():
    outcome = outcome_of({})
    assert (outcome.risk, outcome.possible) == ("", "prohibited")
    assert len(outcome.still_open) == len(QUESTIONS)


def test_the_class_is_taken_over_with_a_press_of_its_own(rooster, chantal, as_user):
    place, answers = page("risk", rooster.organisation_id, rooster.pk), {**NO_RISK, "volgen": "ja"}
    shown = as_user(chantal).post(place, {**answers, "do": "kijk"}).content.decode()
    assert "Uitkomst: hoog risico" in shown
    assert "geen juridisch advies" in shown
    rooster.refresh_from_db()
    assert rooster.risk == ""
    as_user(chantal).post(place, {**answers, "do": "neem"})
    rooster.refresh_from_db()
    assert rooster.risk == "high"


# Sheets


def csv_of(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def xlsx_of(*rows: list) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def upload(browser, employer, content: bytes, name: str = "lijst.csv"):
    file = BytesIO(content)
    file.name = name
    return browser.post(page("read_in", employer.pk), {"bestand": file})


def test_a_sheet_is_read_by_the_names_of_its_columns(employer, chantal, as_user):
    sheet = xlsx_of(
        ["Onze AI"],
        ["Leverancier", "Naam systeem", "Risico", "Persoonsgegevens", "Herzien vóór", "iets anders"],
        ["Acme", "Roosterhulp", "Hoog risico", "ja", timezone.datetime(2030, 5, 1), "x"],
        [None, None, None, None, None, None],
        ["Beta", "Vertaalapp", "", "geen", "1-6-2030", ""],
    )
    reply = upload(as_user(chantal), employer, sheet, "lijst.xlsx")
    assert reply.url == page("register", employer.pk)
    rooster, vertaal = AiSystem.objects.all()
    assert (rooster.supplier, rooster.risk, rooster.personal) == ("Acme", "high", "ordinary")
    assert (str(rooster.review_by), str(vertaal.review_by)) == ("2030-05-01", "2030-06-01")
    assert (vertaal.personal, vertaal.risk, vertaal.state) == ("none", "", "used")


def test_the_same_sheet_twice_changes_nothing_and_an_empty_cell_says_nothing(rooster, employer, chantal, as_user):
    sheet = csv_of("systeem;leverancier;doel", "ROOSTERHULP;;Roosters", "Vertaalapp;Beta;")
    upload(as_user(chantal), employer, sheet)
    upload(as_user(chantal), employer, sheet)
    rooster.refresh_from_db()
    assert (rooster.name, rooster.supplier, rooster.purpose) == ("Roosterhulp", "Voorbeeld BV", "Roosters")
    assert SystemChange.objects.count() == 3
    assert AiSystem.objects.count() == 2


def test_one_wrong_row_keeps_all_out_and_every_row_is_told(rooster, employer, chantal, as_user):
    sheet = csv_of(
        "systeem,risico,herzien voor", "Goed,hoog,", ",overig,", "Fout,enorm,32-13-2030", "goed,,", f"{'x' * 3000},,"
    )
    reply = upload(as_user(chantal), employer, sheet)
    assert reply.status_code == 422
    shown = reply.content.decode()
    told = {
        "Regel 3.": "systeem: Vul dit in.", "Regel 4.": "risicoklasse: Kies een van", "Regel 5.": "staat twee keer",
        "Regel 6.": "te lang",
    }  # fmt: skip
    for said in (*told, *told.values(), "herzien vóór: Deze datum"):
        assert said in shown, said
    assert AiSystem.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"", b"   ", b"\x00\x01\x02", b"PK\x03\x04kapot", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1oud", b"geen;kop\na;b",
        b"systeem;doel\n", b"x" * 2_000_001, b"systeem\n" + b"a\n" * 600,
    ],
    ids=["empty", "blank", "bytes", "broken zip", "old excel", "no header", "no rows", "huge", "many rows"],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_with_why(content, employer, chantal, as_user):
    reply = upload(as_user(chantal), employer, content)
    assert reply.status_code == 422
    assert "Er is nog niets toegevoegd" in reply.content.decode()
    assert not AiSystem.objects.exists()


def test_no_file_at_all_is_told(employer, chantal, as_user):
    reply = as_user(chantal).post(page("read_in", employer.pk), {"bestand": "tekst"})
    assert (reply.status_code, "Kies een bestand." in reply.content.decode()) == (422, True)


def test_what_goes_out_comes_in_again_as_it_was_and_no_spreadsheet_runs_it(rooster, employer, chantal, as_user):
    kept(employer, chantal, "=1+1", purpose="-2", risk="high", personal="sensitive", own_role="deployer",
         measures="Een\ntwee", state="trial")  # fmt: skip
    before = list(AiSystem.objects.values())
    for ending in ("csv", "xlsx"):
        reply = as_user(chantal).get(page(ending, employer.pk))
        rows = read_systems(reply.content)
        assert {row["name"] for row in rows} == {"=1+1", "Roosterhulp"}
        upload(as_user(chantal), employer, reply.content, f"x.{ending}")
        assert list(AiSystem.objects.values()) == before
    assert "'=1+1" in as_user(chantal).get(page("csv", employer.pk)).content.decode()


def test_reading_says_what_is_wrong_before_anything_is_written():
    with pytest.raises(SheetRefused, match="geen kolom"):
        read_systems(b"a;b\n1;2")
    with pytest.raises(WrongRows):
        read_systems(b"systeem;stand\nA;soms")


# From the data card of the programme

CARD = {
    "register": [
        {"systeem": "Roosterprogramma", "taak": "Rooster voorstellen", "rol": "Planner", "soort": "gewoon"},
        {"systeem": "roosterHULP", "taak": "x", "rol": "y", "soort": "geen"},
        {"systeem": "", "taak": "x", "rol": "", "soort": ""},
    ]
}


@pytest.fixture
def card(group, hilde):
    group.opened = 8
    group.save()
    return save_product(group=group, owner=hilde, template="gegevenskaart", values=CARD, base=0).product


def test_the_author_of_a_data_card_takes_its_rows_over_with_one_press(card, hilde, employer, rooster, as_user):
    browser = as_user(hilde)  # a team lead, who cannot change the register in any other way
    assert "Roosterprogramma" in browser.get(page("register", employer.pk)).content.decode()
    assert AiSystem.objects.count() == 1  # looking takes nothing over
    browser.post(page("from_product", employer.pk))
    browser.post(page("from_product", employer.pk))
    made = AiSystem.objects.get(name="Roosterprogramma")
    assert (made.purpose, made.owner, made.personal, made.risk) == ("Rooster voorstellen", "Planner", "ordinary", "")
    assert AiSystem.objects.count() == 2
    assert [look.has_no_day for look in looks([made])] == [True]  # HR is told to look at it


def test_nobody_sees_or_takes_the_rows_of_anothers_card(card, chantal, employer, gijs, as_user):
    assert rows_to_take_over(chantal, []) == []
    assert "Roosterprogramma" not in as_user(chantal).get(page("register", employer.pk)).content.decode()
    as_user(chantal).post(page("from_product", employer.pk))
    assert not AiSystem.objects.exists()
    with pytest.raises(ValueError, match="leads there"):
        take_over(organisation=employer, actor=gijs)


# How much it asks


def test_a_register_of_fifty_asks_as_little_as_one_of_one(
    rooster, employer, chantal, as_user, django_assert_max_num_queries
):
    browser = as_user(chantal)
    AiSystem.objects.bulk_create(AiSystem(organisation=employer, name=f"Systeem {n}") for n in range(50))
    browser.get(page("register", employer.pk))
    with django_assert_max_num_queries(12):
        browser.get(page("register", employer.pk))
