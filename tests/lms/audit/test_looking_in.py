"""An administrator looks into one person only after saying why, for an hour, and the person reads it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.audit import looks_at, looks_told
from people.models import AuditEntry, BreakGlass, Notice, Role, User
from people.services import LookRefused, erase_person, looks_now, merge_people, open_break_glass
from tests.factories import CohortMemberFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = {"why": "kapot", "text": "Anna belde: haar lessen zijn weg."}


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", first_name="Chief", is_superuser=True, is_staff=True)


def page_of(person: User) -> str:
    return f"/admin/meekijken/{person.pk}/"


def test_first_it_asks_why_and_shows_nothing(as_user, chief, anna):
    page = as_user(chief).get(page_of(anna)).content.decode()
    assert "Waarom kijk je mee?" in page
    assert "Klas Zorg 2A" not in page
    assert not BreakGlass.objects.exists()
    assert not looks_at(anna).exists()


def test_the_person_hears_at_once_who_looks_and_why(as_user, chief, anna):
    assert as_user(chief).post(page_of(anna), WHY).url == page_of(anna)
    assert "kijkt mee" in Notice.objects.get(user=anna).text
    own = as_user(anna).get("/wie-keek/").content.decode()
    for words in ("Chief", "Beheerder van deze site", "Er is iets kapot", "haar lessen zijn weg"):
        assert words in own
    assert "/wie-keek/" in as_user(anna).get("/mijn/").content.decode()  # by the message


def test_every_look_is_told(as_user, chief, anna):
    browser = as_user(chief)
    browser.post(page_of(anna), WHY)
    for _ in range(2):
        assert "Klas Zorg 2A" in browser.get(page_of(anna)).content.decode()
    assert [look.action for look in looks_told(anna)][:2] == ["look_into_person"] * 2
    assert looks_at(anna).count() == 3


def test_after_an_hour_it_is_over(as_user, chief, anna):
    browser = as_user(chief)
    browser.post(page_of(anna), WHY)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        browser = as_user(chief)  # the session of a desk ends too
        assert "Waarom kijk je mee?" in browser.get(page_of(anna)).content.decode()


def test_it_can_be_stopped_before(as_user, chief, anna):
    browser = as_user(chief)
    browser.post(page_of(anna), WHY)
    assert browser.post(f"{page_of(anna)}stop/").status_code == 302
    assert looks_now(chief, anna) is None
    assert AuditEntry.objects.filter(action="close_break_glass").count() == 1
    browser.post(f"{page_of(anna)}stop/")
    assert AuditEntry.objects.filter(action="close_break_glass").count() == 1


def test_it_shows_no_answers_scores_or_choices(as_user, chief, anna, phone_of, lesson):
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson(), phone.event("e-keuze", "e-o2"))
    User.objects.filter(pk=anna.pk).update(login_email="anna@voorbeeld.nl", email="anna@voorbeeld.nl")
    browser = as_user(chief)
    browser.post(page_of(anna), WHY)
    page = browser.get(page_of(anna)).content.decode().split("<main")[-1]
    assert f"{lesson.title}: klaar" in page
    for word in ("e-keuze", "e-o2", "voorbeeld.nl", "akkelijk", "goed", "fout", str(anna.owner_key)):
        assert word not in page
    assert str(anna.pseudonym.name) not in page  # no way from the person to their statements


@pytest.mark.parametrize("who", ["anna", "bram", "chantal", "driss"])
def test_nobody_else_can_a_manager_least_of_all(as_user, request, who, anna):
    user = request.getfixturevalue(who)
    other = UserFactory()
    for browser in (as_user(user), as_user(None)):
        assert browser.get(page_of(other)).status_code in (302, 403)
        assert browser.post(page_of(other), WHY).status_code in (302, 403)
    with pytest.raises(LookRefused):
        open_break_glass(administrator=user, person=other, **WHY)
    assert not BreakGlass.objects.exists()


def test_an_administrator_who_also_manages_the_person_cannot(chief, anna, chantal, school, school_class, employer):
    MembershipFactory(user=chief, organisation=school, role=Role.HR_LEAD)
    with pytest.raises(LookRefused, match="leiding"):
        open_break_glass(administrator=chief, person=anna, **WHY)
    assert open_break_glass(administrator=chief, person=chantal, **WHY)
    MembershipFactory(user=chief, organisation=employer, role=Role.TEAM_LEAD)
    assert looks_now(chief, chantal) is None  # who becomes a manager meanwhile sees no more


def test_who_leads_the_class_without_a_role_cannot_either(chief, anna, school_class):
    CohortMemberFactory(cohort=school_class, user=chief, leads=True)
    with pytest.raises(LookRefused):
        open_break_glass(administrator=chief, person=anna, **WHY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"why": ""}, {"why": "zomaar"}, {"text": ""}, {"text": "kort"}, {"text": " " * 50}, {"text": "x" * 201},
        {"text": "met een \x07 bel erin, die niemand leest"},
    ],
)  # fmt: skip
def test_without_a_good_reason_it_stays_shut(as_user, chief, anna, wrong):
    assert as_user(chief).post(page_of(anna), {**WHY, **wrong}).status_code == 400
    with pytest.raises(LookRefused):
        open_break_glass(administrator=chief, person=anna, **{**WHY, **wrong})
    assert not BreakGlass.objects.exists()
    assert not Notice.objects.exists()


def test_oneself_needs_no_such_thing(chief):
    with pytest.raises(LookRefused):
        open_break_glass(administrator=chief, person=chief, **WHY)


def test_two_taps_open_it_once(chief, anna):
    first = open_break_glass(administrator=chief, person=anna, **WHY)
    assert open_break_glass(administrator=chief, person=anna, **WHY) == first
    assert Notice.objects.count() == 1


def test_what_was_written_goes_with_the_person(chief, anna):
    open_break_glass(administrator=chief, person=anna, **WHY)
    erase_person(user=anna, actor=chief)
    assert not BreakGlass.objects.exists()
    assert "belde" not in str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.filter(action="open_break_glass", why="kapot").count() == 1


def test_it_goes_along_when_two_become_one(chief, anna, phone):
    phone.keep(phone.event("e-haakje"))
    source = User.objects.get(owner_key=phone.owner)
    open_break_glass(administrator=chief, person=source, **WHY)
    merge_people(source=source, target=anna)
    [look] = looks_told(anna)
    assert (look.who, look.text) == (chief, WHY["text"])


def test_nobody_reads_who_looked_at_another(as_user, chief, anna, bram, chantal, driss):
    open_break_glass(administrator=chief, person=anna, **WHY)
    for user in (bram, chantal, driss, None):
        assert "Niemand keek in je account." in as_user(user).get("/wie-keek/").content.decode()


def test_it_stands_beside_each_person_in_the_list(as_user, chief, anna):
    page = as_user(chief).get("/admin/users/").content.decode()
    assert page_of(anna) in page
    assert page_of(chief) not in page


def test_a_search_for_what_one_person_did_is_told_to_them(as_user, chief, anna, phone_of):
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje"))
    browser, name = as_user(chief), str(anna.pseudonym.name)
    browser.get("/admin/statements/")
    assert not looks_at(anna).exists()  # everything is nobody
    page = browser.get("/admin/statements/", {"agent": name}).content.decode()
    statement = page.split("/admin/statements/")[-1]
    assert statement
    assert [look.action for look in looks_at(anna)] == ["look_at_statements"]
    assert "Zocht op wat je deed" in as_user(anna).get("/wie-keek/").content.decode()
