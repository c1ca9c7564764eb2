"""'Organisaties' in the admin: making, changing, removing one, and its roles. For administrators of the site."""

import re

import pytest
from django.core import mail
from django.db import connection

from people.models import Agreement, AuditEntry, Membership, Organisation, Role, RoleInvite, User
from people.services import change_organisation, make_organisation, register_firm, remove_organisation
from people.services.firms import account_with
from people.services.organisations import OrganisationRefused
from tests.factories import CohortFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.people.confirmed import confirmed
from tests.people.test_keeping_an_email import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
PLACE = "/admin/organisaties/"
LATER = "2030-01-01T00:00Z"
HOSTILE = ["", " ", "\x00", "\u202eloohcs", "<script>alert(1)</script>", "x" * 81, "x" * 100_000, "🙂"]


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", is_superuser=True, is_staff=True)


@pytest.fixture
def client(chief):
    return confirmed(chief)


def role_form(who: str, role: str = Role.ADMINISTRATOR, name: str = "") -> dict[str, str]:
    return {"who": who, "role": role, "name": name}


def test_a_school_is_made_and_somebody_manages_it(client, chief, driss):
    reply = client.post(f"{PLACE}nieuw/", {"name": " Nieuwe  school ", "kind": "school"})
    made = Organisation.objects.get(name="Nieuwe school")
    assert reply["Location"] == f"{PLACE}{made.pk}/"
    assert "Er is nog geen beheerder." in text(client.get(reply["Location"]))
    client.post(f"{PLACE}{made.pk}/rol/", role_form("DRISS"))
    assert driss.memberships.get().role == Role.ADMINISTRATOR
    page = text(client.get(f"{PLACE}{made.pk}/"))
    assert "Driss is nu Beheerder bij Nieuwe school." in page
    assert "nog geen beheerder" not in page
    trail = AuditEntry.objects.filter(organisation=made.pk).order_by("pk")
    assert [(one.action, one.actor_key) for one in trail] == [
        ("make_organisation", chief.audit_key), ("give_role", chief.audit_key),
    ]  # fmt: skip
    assert "Nieuwe school" in text(client.get(PLACE))
    assert "1 beheerder<" in text(client.get(PLACE))


def test_it_stands_in_the_menu_of_administrators_of_the_site_only(client, driss, school, as_user, lesson):
    MembershipFactory(user=driss, organisation=school, role=Role.AUTHOR)
    assert PLACE in client.get("/admin/").content.decode()
    author = as_user(driss).get("/admin/")
    assert author.status_code == 200
    assert PLACE not in author.content.decode()


def test_nobody_else_comes_near(school, bram, anna, chantal, driss, as_user):
    MembershipFactory(user=driss, organisation=school, role=Role.ADMINISTRATOR)
    held, waiting = bram.memberships.get(), RoleInvite(
        organisation=school, email="x@y.nl", name="X", role=Role.TEACHER, invited_by=driss, expires_at=LATER
    )  # fmt: skip
    waiting.save()
    one = f"{PLACE}{school.pk}/"
    places = [PLACE, f"{PLACE}nieuw/", one, f"{one}weg/", f"{one}rol/", f"{one}rol/{held.pk}/weg/",
              f"{one}uitnodiging/{waiting.pk}/weg/"]  # fmt: skip
    browsers = [as_user(None), *(confirmed(user) for user in (anna, bram, chantal, driss))]
    for browser in browsers:
        for place in places:
            form = {"name": "Anders", "kind": "region"} | role_form("anna")
            assert browser.get(place).status_code in (302, 403)
            assert browser.post(place, form).status_code in (302, 403)
    assert (Organisation.objects.get(pk=school.pk).name, Membership.objects.filter(pk=held.pk).exists()) == (
        "Voorbeeldschool",
        True,
    )
    assert RoleInvite.objects.exists()


def test_power_asks_a_second_step_of_just_now(chief, school, bram, as_user):
    held = bram.memberships.get()
    places = [f"{PLACE}{school.pk}/rol/", f"{PLACE}{school.pk}/rol/{held.pk}/weg/"]
    for place in places:
        assert as_user(chief).post(place, role_form("anna"))["Location"] == "/mijn/inloggen/"
    for place in places:
        late = confirmed(chief, ago=11 * 60).post(place, role_form("anna"))
        assert late["Location"].startswith("/inloggen/?next=%2Fadmin%2Forganisaties")
        assert confirmed(chief).get(place).status_code == 200
    assert Membership.objects.filter(pk=held.pk).exists()


def test_a_role_is_taken_after_asking_once_more(client, school, bram):
    held = bram.memberships.get()
    place = f"{PLACE}{school.pk}/rol/{held.pk}/weg/"
    assert "In het logboek staat dat jij dit deed." in text(client.get(place))
    assert Membership.objects.filter(pk=held.pk).exists()
    page = text(client.post(place, follow=True))
    assert "Niemand leidt nu Klas Zorg 2A." in page
    assert not Membership.objects.filter(pk=held.pk).exists()
    assert client.post(place).status_code == 404


def test_that_it_is_the_last_administrator_is_said_before(client, school, driss):
    held = MembershipFactory(user=driss, organisation=school, role=Role.ADMINISTRATOR)
    assert "laatste beheerder" in text(client.get(f"{PLACE}{school.pk}/rol/{held.pk}/weg/"))


def test_a_learner_and_an_owner_lose_nothing_here(client, school, anna):
    owner = register_firm(user=account_with(email="baas@bedrijf.nl"), name="Bakker")
    held = [anna.memberships.get(), owner.memberships.get()]
    for one in held:
        assert client.post(f"{PLACE}{one.organisation_id}/rol/{one.pk}/weg/").status_code == 404
    assert Membership.objects.filter(pk__in=[one.pk for one in held]).count() == 2


def test_a_role_of_another_organisation_is_not_found_here(client, school, employer, bram):
    held = bram.memberships.get()
    assert client.post(f"{PLACE}{employer.pk}/rol/{held.pk}/weg/").status_code == 404


def test_an_address_without_an_account_is_invited_and_one_with_an_account_has_it_at_once(client, school):
    known = account_with(email="bekend@school.nl")
    place = f"{PLACE}{school.pk}/rol/"
    client.post(place, role_form("bekend@school.nl", Role.TEACHER))
    assert known.memberships.get().role == Role.TEACHER
    client.post(place, role_form("nieuw@school.nl", Role.TEACHER, "Sara"))
    assert RoleInvite.objects.get().name == "Sara"
    page = text(client.get(f"{PLACE}{school.pk}/"))
    assert "Sara (nieuw@school.nl), Docent" in page
    client.post(f"{PLACE}{school.pk}/uitnodiging/{RoleInvite.objects.get().pk}/weg/")
    assert not RoleInvite.objects.exists()


@pytest.mark.parametrize("who", ["", "bra", "%", "niemand", "\x00", "x" * 5000, "' OR 1=1 --", "geen@", "@"])
def test_who_is_not_known_gets_nothing(client, school, bram, who):
    before = Membership.objects.count()
    reply = client.post(f"{PLACE}{school.pk}/rol/", role_form(who, Role.TEACHER, "Sara"))
    assert reply.status_code == 200
    assert (Membership.objects.count(), RoleInvite.objects.count(), len(mail.outbox)) == (before, 0, 0)


@pytest.mark.parametrize("role", ["", "learner", "owner", "made_up", "x" * 5000])
def test_what_is_no_role_to_give_is_not_given(client, school, driss, role):
    assert client.post(f"{PLACE}{school.pk}/rol/", role_form("driss", role)).status_code == 200
    assert not driss.memberships.exists()


def test_two_people_of_one_name_are_no_answer(client, school):
    for name in ("jan", "Jan"):
        UserFactory(username=name)
    assert "geen account" in text(client.post(f"{PLACE}{school.pk}/rol/", role_form("JAN")))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_name_makes_nothing_and_changes_nothing(client, school, name):
    for place in (f"{PLACE}nieuw/", f"{PLACE}{school.pk}/"):
        reply = client.post(place, {"name": name, "kind": "school"})
        assert (reply.status_code, b"<script>alert" in reply.content) == (200, False)
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Voorbeeldschool"]


@pytest.mark.parametrize("kind", ["", "bank", "x" * 5000])
def test_what_is_no_kind_makes_nothing(client, db, kind):
    assert client.post(f"{PLACE}nieuw/", {"name": "Nieuw", "kind": kind}).status_code == 200
    assert not Organisation.objects.exists()


def test_a_name_is_had_once_save_by_firms_of_owners(client, school):
    assert "Er is al een organisatie" in text(
        client.post(f"{PLACE}nieuw/", {"name": "VOORBEELDSCHOOL", "kind": "region"})
    )
    register_firm(user=account_with(email="baas@bedrijf.nl"), name="Bakker")
    client.post(f"{PLACE}nieuw/", {"name": "Bakker", "kind": "employer"})
    assert Organisation.objects.filter(name="Bakker").count() == 2
    page = text(client.get(PLACE, {"q": "bakker"}))
    assert "Aangemeld door de ondernemer" in page
    assert "Voorbeeldschool" not in page


def test_another_name_and_the_trail_says_what_changed(client, school):
    client.post(f"{PLACE}{school.pk}/", {"name": "Andere school", "kind": "school"})
    client.post(f"{PLACE}{school.pk}/", {"name": "Andere school", "kind": "school"})
    assert Organisation.objects.get().name == "Andere school"
    assert [one.details for one in AuditEntry.objects.filter(action="change_organisation")] == [{"changed": "name"}]


def test_a_kind_that_shows_people_stays_once_anything_hangs_on_it(client, chief, school, employer):
    CohortFactory(organisation=school)
    Agreement.objects.create(organisation=employer, agreed_with="OR", agreed_on="2026-01-01")
    for one, wanted in ((school, "employer"), (employer, "school")):
        assert "De soort ligt vast." in text(client.get(f"{PLACE}{one.pk}/"))
        client.post(f"{PLACE}{one.pk}/", {"name": one.name, "kind": wanted})
        with pytest.raises(OrganisationRefused, match="ligt vast"):
            change_organisation(organisation=one, name=one.name, kind=wanted, actor=chief)
    assert list(Organisation.objects.order_by("pk").values_list("kind", flat=True)) == ["school", "employer"]


def test_a_kind_can_change_before(client, school):
    client.post(f"{PLACE}{school.pk}/", {"name": school.name, "kind": "employer"})
    assert Organisation.objects.get().kind == "employer"


def test_teachers_and_owners_keep_a_kind(chief, school):
    MembershipFactory(organisation=school, role=Role.TEACHER)
    firm = register_firm(user=account_with(email="baas@bedrijf.nl"), name="Bakker")
    for one in (school, firm):
        with pytest.raises(OrganisationRefused):
            change_organisation(organisation=one, name=one.name, kind="region", actor=chief)


def test_one_goes_only_when_nothing_hangs_on_it_and_what_does_is_said(client, chief, school):
    CohortFactory(organisation=school)
    held = MembershipFactory(organisation=school, role=Role.TEACHER)
    place = f"{PLACE}{school.pk}/"
    page = text(client.get(place))
    assert "<li>1 groep</li>" in page
    assert "<li>1 mens met een rol of die er leert</li>" in page
    assert "Dit kan nog niet." in text(client.post(f"{place}weg/", follow=True))
    school.cohorts.all().delete()
    held.delete()
    client.post(f"{place}weg/")
    assert not Organisation.objects.exists()
    assert AuditEntry.objects.filter(action="remove_organisation", organisation=school.pk).exists()
    remove_organisation(organisation=school, actor=chief)  # gone already
    assert client.get(place).status_code == 404


def test_nothing_that_points_at_an_organisation_goes_along_unseen(chief, school):
    """Whatever room a table is in: a row of it keeps the organisation."""
    from people.hanging import what_hangs
    from xapi.models import Credential

    assert what_hangs(school) == []
    Credential.objects.create(name="Sleutel", organisation=school.pk, scopes="")
    assert what_hangs(school) == ["1 sleutel"]
    tables = {
        relation.related_model._meta.db_table
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            points = connection.introspection.get_relations(cursor, table).values()
            if any(found[1] == "people_organisation" for found in points):
                assert table in tables


def test_many_are_shown_page_by_page(client, django_assert_max_num_queries):
    Organisation.objects.bulk_create(Organisation(name=f"School {n:03}", kind="school") for n in range(65))
    with django_assert_max_num_queries(20):
        first = text(client.get(PLACE))
    assert len(re.findall(r"School \d{3}", first)) == 30
    assert "Bladzijde 1 van 3" in first
    assert "School 064" in text(client.get(PLACE, {"p": 3}))
    assert "School 064" in text(client.get(PLACE, {"p": "999"}))
    for odd in ("x", "-1", "0", "9" * 400):
        assert client.get(PLACE, {"p": odd, "q": "\x00'%"}).status_code == 200


def test_a_hostile_name_is_text(client, chief):
    made = make_organisation(name="School & Zn. 'x'", kind="school", actor=chief)
    page = client.get(f"{PLACE}{made.pk}/").content.decode()
    assert "School &amp; Zn." in page
    OrganisationFactory(name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(PLACE).content.decode()
