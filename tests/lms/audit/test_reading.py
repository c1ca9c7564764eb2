"""Who reads the audit trail, of what, and whose names are in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.audit import done_by
from people.models import AuditEntry, Organisation, Role, User
from people.services import erase_person, record_audit
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE, FILE = "/docent/logboek/", "/docent/logboek/logboek.csv"


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", first_name="Chief", is_superuser=True, is_staff=True)


@pytest.fixture
def petra(school: Organisation) -> User:
    """The privacy officer of the school."""
    user = UserFactory(username="petra", first_name="Petra")
    MembershipFactory(user=user, organisation=school, role=Role.PRIVACY_OFFICER)
    return user


@pytest.fixture
def some_lines(bram, anna, chantal, school_class, employer) -> None:
    record_audit(actor=bram, action="rename_learner", about=school_class, person=anna)
    record_audit(actor=bram, action="renew_join_code", about=school_class)
    record_audit(actor=anna, action="join_cohort", subject=f"cohort {school_class.pk}")
    record_audit(actor=chantal, action="describe_organisation", about=employer)


def text(reply) -> str:
    return reply.content.decode()


@pytest.mark.parametrize("who", ["anna", "bram", "chantal", "driss"])
def test_for_anybody_else_it_does_not_exist(as_user, some_lines, request, who):
    browser = as_user(request.getfixturevalue(who))
    assert browser.get(PAGE).status_code == 404
    assert browser.get(FILE).status_code == 404


def test_who_is_not_signed_in_signs_in_first(client):
    assert client.get(PAGE).status_code == 302
    assert client.get(FILE).status_code == 302


def test_a_privacy_officer_reads_what_is_a_matter_of_their_own_organisation(as_user, some_lines, petra):
    page = text(as_user(petra).get(PAGE))
    assert "Gaf een leerling een andere naam" in page
    assert "Maakte een nieuwe code</b>: <bdi>Klas Zorg 2A" in page
    assert "Beschreef de organisatie" not in page
    assert "Chantal" not in page


def test_nobody_who_only_learns_is_named_to_an_organisation(as_user, some_lines, petra):
    """At an employer that somebody learns is nobody's business; nor is what a learner does for themselves here."""
    for place in (PAGE, FILE):
        page = text(as_user(petra).get(place))
        assert "Bram (bram)" in page
        assert "Iemand die leert" in page
        assert "nna" not in page.replace("annuleer", "")
        assert "Deed mee met een groep" not in page


def test_a_name_that_is_looked_for_finds_no_learner_for_an_organisation(as_user, some_lines, petra, chief):
    assert "Er is niets gevonden." in text(as_user(petra).get(PAGE, {"wie": "Anna"}))
    assert "Maakte een nieuwe code" in text(as_user(petra).get(PAGE, {"wie": "bram"}))
    assert "Er is niets gevonden." in text(as_user(petra).get(PAGE, {"wie": "Chantal"}))
    assert "Deed mee met een groep" in text(as_user(chief).get(PAGE, {"wie": "Anna"}))


def test_another_organisation_cannot_be_asked_for(as_user, some_lines, petra, employer):
    reply = as_user(petra).get(PAGE, {"organisatie": employer.pk})
    assert reply.status_code == 400
    assert "Beschreef" not in text(reply)
    assert as_user(petra).get(FILE, {"organisatie": employer.pk}).status_code == 404


def test_an_administrator_of_the_site_reads_all(as_user, some_lines, chief, employer):
    page = text(as_user(chief).get(PAGE))
    for words in ("Deed mee met een groep", "Anna (anna)", "Chantal (chantal)", "Beschreef de organisatie"):
        assert words in page
    only = text(as_user(chief).get(PAGE, {"organisatie": employer.pk}))
    assert "Beschreef de organisatie" in only
    assert "Maakte een nieuwe code" not in only


def test_an_administrator_in_a_session_that_only_learns_reads_nothing(chief):
    from lms.audit.reading import reader_of

    chief.only_learns = True
    assert reader_of(chief) is None


def test_subjects_and_days_narrow_it(as_user, chief, bram, school_class):
    record_audit(actor=bram, action="renew_join_code", about=school_class)
    AuditEntry.objects.create(at=timezone.now() - timedelta(days=10), actor_key=bram.audit_key, action="make_cohort")
    browser, today = as_user(chief), timezone.localdate()
    assert "Maakte een groep" in text(browser.get(PAGE, {"groep": "Groepen en routes"}))
    assert "Maakte een nieuwe code" not in text(browser.get(PAGE, {"groep": "Groepen en routes"}))
    assert "Maakte een groep" not in text(browser.get(PAGE, {"vanaf": f"{today - timedelta(days=9)}"}))
    assert "Maakte een nieuwe code" not in text(browser.get(PAGE, {"tot": f"{today - timedelta(days=9)}"}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"groep": "bestaat niet"}, {"organisatie": "x"}, {"organisatie": "-1"}, {"vanaf": "gisteren"},
        {"tot": "2026-13-01"}, {"wie": "x" * 81}, {"wie": "\x00"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_or_finds_nothing(as_user, chief, wrong):
    assert as_user(chief).get(PAGE, wrong).status_code == 400
    assert as_user(chief).get(FILE, wrong).status_code == 404


@pytest.mark.parametrize("place", ["x", "-1", "1.5", "9" * 30, "９"])
def test_a_place_that_is_none_is_no_page(as_user, chief, place):
    assert as_user(chief).get(PAGE, {"voor": place}).status_code == 404


def test_all_lines_are_found_page_by_page(as_user, chief, bram, django_assert_max_num_queries):
    for number in range(120):
        record_audit(actor=bram, action="make_cohort", subject=f"path {number}")
    browser, seen, address = as_user(chief), [], PAGE
    while address:
        with django_assert_max_num_queries(14):
            page = text(browser.get(address))
        seen += [number for number in range(120) if f"path {number}<" in page]
        address = PAGE + page.split(f'href="{PAGE}?')[-1].split('"')[0] if "Ouder</a>" in page else ""
        address = address.replace(PAGE, PAGE + "?") if address else ""
    assert sorted(seen) == list(range(120))


def test_the_file_holds_the_same_and_runs_in_no_spreadsheet(as_user, chief, bram):
    User.objects.filter(pk=bram.pk).update(first_name='=HYPERLINK("http://x")', last_name="")
    record_audit(actor=bram, action="make_cohort")
    reply = as_user(chief).get(FILE)
    content = reply.content.decode()
    assert "'=HYPERLINK" in content
    assert ";=HYPERLINK" not in content
    assert reply.headers["Content-Disposition"] == 'attachment; filename="logboek.csv"'
    assert [entry.action for entry in done_by(chief)] == ["export_audit"]


def test_a_hostile_name_is_text(as_user, chief, bram):
    User.objects.filter(pk=bram.pk).update(first_name="<script>alert(1)</script>")
    record_audit(actor=bram, action="make_cohort")
    assert "<script>alert(1)" not in text(as_user(chief).get(PAGE))


def test_who_was_erased_is_told_so(as_user, chief, bram, anna, school_class):
    record_audit(actor=bram, action="rename_learner", about=school_class, person=anna)
    erase_person(user=anna, actor=chief)
    page = text(as_user(chief).get(PAGE))
    assert "Iemand die gewist is" in page
    assert "Anna" not in page


def test_before_anything_happened_it_says_so(as_user, petra):
    empty = OrganisationFactory(name="Leeg")
    page = text(as_user(petra).get(PAGE, {"vanaf": "2030-01-01"}))
    assert "Er is niets gevonden." in page
    assert empty.name not in page


def test_roles_that_are_given_and_taken_are_in_it(as_user, chief, driss, school):
    role = MembershipFactory(user=driss, organisation=school, role=Role.TEACHER)
    role.delete()
    MembershipFactory(user=driss, organisation=school, role=Role.LEARNER)
    page = text(as_user(chief).get(PAGE, {"wie": "driss"}))
    assert "Rol gegeven</b>: <bdi>Driss (driss), Docent</bdi>" in page
    assert "Rol weggenomen" in page
    assert "Leerling of medewerker" not in page


def test_rights_given_in_the_editor_are_in_it(as_user, chief, bram):
    form = {
        "username": "bram", "email": "bram@voorbeeld.nl", "first_name": "Bram", "last_name": "B",
        "password1": "", "password2": "",
        "is_active": "on", "is_superuser": "on",
    }  # fmt: skip
    reply = as_user(chief).post(f"/admin/users/edit/{bram.pk}/", form)
    assert reply.status_code == 302, reply.context["form"].errors
    entry = done_by(chief).get(action="edit_account")
    assert (entry.person_key, entry.details) == (bram.audit_key, {"groups": [], "everything": True, "active": True})
