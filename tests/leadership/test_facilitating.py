"""The pages of who facilitates: what they do, what they say when it is wrong, and that they are nobody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from leadership.models import Meeting, ProgrammeGroup, Shared
from leadership.services import plan_meeting, save_product, share_product
from people.models import Cohort, Organisation, Role
from tests.factories import OrganisationFactory
from tests.leadership.conftest import MONDAY, lead

FRIDAY = MONDAY - timedelta(days=3)
AT = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def friday_before(db):
    with time_machine.travel(datetime(2026, 2, 27, 12, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


def at(name: str, *parts: object) -> str:
    return reverse(f"leadership:{name}", args=parts)


def pages(group: ProgrammeGroup) -> list[str]:
    return [
        at("facilitate", group.pk), at("outline", group.pk, 1), at("outline", group.pk, 2), at("outline", group.pk, 0),
        at("plan", group.pk, 1), at("plan", group.pk, 0), at("manage", group.pk),
    ]  # fmt: skip


def presses(group: ProgrammeGroup) -> list[str]:
    return [
        at("open_week", group.pk, 1), at("renew_code", group.pk), at("end", group.pk), at("plan", group.pk, 1),
        at("manage", group.pk),
    ]  # fmt: skip


def test_its_facilitator_opens_every_page(as_user, group, fenna):
    for place in pages(group):
        assert as_user(fenna).get(place).status_code == 200


@pytest.mark.parametrize("who", ["chantal", "gijs", "hilde", "anna", "bram", "driss", "jorrit", "petra", "piet"])
def test_for_anybody_else_they_do_not_exist(as_user, group, who, request):
    browser = as_user(request.getfixturevalue(who))
    for place in pages(group):
        assert browser.get(place).status_code == 404
    for place in presses(group):
        assert browser.post(place, {"zeker": "ja", **MEETING}).status_code == 404
    group.refresh_from_db()
    assert (group.opened, group.cohort.closed_at) == (0, None)
    assert not Meeting.objects.exists()


def test_nobody_and_another_site_press_nothing(client, as_user, group, fenna):
    for place in (*pages(group), at("new")):
        assert as_user(None).get(place).url.startswith("/inloggen/")
    client.force_login(fenna)
    for place in (*presses(group), at("new")):
        elsewhere = client.post(place, {"zeker": "ja", **MEETING}, headers={"sec-fetch-site": "cross-site"})
        assert elsewhere.status_code == 403
    assert not Meeting.objects.exists()


def test_a_session_that_only_learns_finds_nothing(as_user, group, fenna, monkeypatch):
    monkeypatch.setattr(type(fenna), "only_learns", True)
    for place in (*pages(group), at("new")):
        assert as_user(fenna).get(place).status_code == 404


# A new group

NEW = {"name": "Najaar in Assen", "starts_on": "2026-03-02"}


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.HR_LEAD, Role.OWNER])
def test_who_may_begins_a_group_and_lands_on_its_page(as_user, role, programme):
    browser = as_user(lead("Iris", OrganisationFactory(kind=Organisation.Kind.EMPLOYER), role))
    assert at("new") in browser.get("/programma/").text
    assert "Waar is dit?" not in browser.get(at("new")).text, "there is one place"
    reply = browser.post(at("new"), NEW)
    group = ProgrammeGroup.objects.get()
    assert reply.url == at("facilitate", group.pk)
    assert (group.cohort.name, group.starts_on) == ("Najaar in Assen", MONDAY)
    page = browser.get(reply.url).text
    assert "Begint op maandag 2 maart 2026" in page
    assert group.cohort.join_codes.get().code in page
    assert "organisaties" not in page, "inside one firm"


@pytest.mark.parametrize("who", ["anna", "bram", "driss", "hilde"])
def test_nobody_else_begins_one(as_user, who, request):
    browser = as_user(request.getfixturevalue(who))
    assert browser.get(at("new")).status_code == 404
    assert browser.post(at("new"), NEW).status_code == 404
    assert not ProgrammeGroup.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Typ een naam."),
        ({"starts_on": "2026-03-04"}, "Dit is een woensdag. Kies maandag 2 maart of maandag 9 maart."),
        ({"starts_on": "2026-02-16"}, "Deze dag is voorbij. Kies een maandag vanaf maandag 23 februari."),
        ({"starts_on": "2030-03-04"}, "Dit is te ver weg."),
        ({"starts_on": "gisteren"}, "Dit is geen dag."),
        ({"starts_on": "9999-99-99"}, "Dit is geen dag."),
        ({"name": "x" * 5000}, "Deze naam is te lang."),
        ({"name": "<script>alert(1)</script>"}, "Er staat een vreemd teken in de naam."),
        ({"name": "\x00"}, "Null-tekens zijn niet toegestaan."),
        ({"name": "Voorjaar"}, "‘Voorjaar’ is er al"),
        ({"programme": "999999"}, ""),
    ],
)
def test_what_is_wrong_with_a_new_group_is_said_and_what_was_typed_stays(as_user, fenna, cohort, typed, said):
    filled = {} if not typed else {**NEW, **typed}
    reply = as_user(fenna).post(at("new"), filled)
    if said:
        assert reply.status_code == 422
        assert said in reply.text
        assert "<script>" not in reply.text
        assert list(Cohort.objects.all()) == [cohort]
        if filled.get("name") and len(filled["name"]) < 100 and filled["name"].isprintable():
            assert reply.context["form"]["name"].value() == filled["name"]


def test_who_facilitates_at_two_places_says_where(as_user, fenna, elsewhere, programme):
    from tests.factories import MembershipFactory

    MembershipFactory(user=fenna, organisation=elsewhere, role=Role.FACILITATOR)
    strange = OrganisationFactory()
    for wrong in ("", str(strange.pk), "x", "9" * 40):
        reply = as_user(fenna).post(at("new"), {**NEW, "organisation": wrong})
        assert "Kies waar dit is." in reply.text
    as_user(fenna).post(at("new"), {**NEW, "organisation": str(elsewhere.pk)})
    assert ProgrammeGroup.objects.get().cohort.organisation == elsewhere


# Weeks, the Monday, the end


def test_a_week_is_opened_from_the_page(as_user, group, fenna, chantal):
    browser = as_user(fenna)
    assert browser.get(at("facilitate", group.pk)).text.count("Open deze week nu") == 8
    reply = browser.post(at("open_week", group.pk, 2), follow=True)
    assert "Week 2 staat open." in reply.text
    assert reply.text.count("Open deze week nu") == 6
    for number in (0, 9, 10**6):
        assert browser.post(at("open_week", group.pk, number)).status_code == 404


def test_another_monday_until_a_week_is_open(as_user, group, fenna, friday_before):
    browser, place = as_user(fenna), at("manage", group.pk)
    assert "Kies maandag" in browser.post(place, {"starts_on": "2026-03-10"}).text
    assert browser.post(place, {"starts_on": "2026-03-16"}).url == at("facilitate", group.pk)
    group.refresh_from_db()
    assert group.starts_on == date(2026, 3, 16)
    friday_before.move_to(datetime(2026, 3, 17, 12, 0, tzinfo=UTC))
    reply = as_user(fenna).post(place, {"starts_on": "2026-03-30"})
    assert reply.status_code == 422
    assert "Er staat al een week open." in reply.text


def test_ending_a_group_asks_whether_one_is_sure(as_user, group, fenna, chantal):
    browser = as_user(fenna)
    assert browser.post(at("end", group.pk)).url == at("manage", group.pk)
    reply = browser.post(at("end", group.pk), {"zeker": "ja"}, follow=True)
    assert "De stukken blijven van wie ze maakte." in reply.text
    assert browser.get(at("facilitate", group.pk)).status_code == 404
    assert as_user(chantal).get(at("programme", group.pk)).status_code == 404


# Meetings

MEETING = {"day": "2026-03-03", "at": "14:00", "minutes": "120", "place": "Assen, of online"}


def test_a_meeting_is_planned_and_moved(as_user, group, fenna):
    browser, place = as_user(fenna), at("plan", group.pk, 1)
    assert 'value="2026-03-02"' in browser.get(place).text, "the Monday of the week"
    assert 'value="120"' in browser.get(place).text, "as long as its outline"
    assert browser.post(place, MEETING).url == at("facilitate", group.pk)
    assert Meeting.objects.get().starts_at == AT
    page = browser.get(at("facilitate", group.pk)).text
    assert "Dinsdag 3 maart, 14.00 uur" in page
    assert "Assen, of online" in page
    assert 'value="14:00"' in browser.get(place).text
    browser.post(place, {**MEETING, "at": "15.30", "place": "Zwolle"})
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.place, meeting.sequence) == (AT + timedelta(minutes=90), "Zwolle", 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": ""}, "Kies een dag."),
        ({"day": "31-31-2026"}, "Kies een dag."),
        ({"at": "25:99"}, "Typ een tijd, zoals 14:00."),
        ({"at": ""}, "Typ een tijd, zoals 14:00."),
        ({"day": "2026-02-26"}, "Dit moment is voorbij."),
        ({"day": "2031-01-01"}, "Dit is te ver weg."),
        ({"day": "0001-01-01"}, "Dit moment is voorbij."),
        ({"minutes": "0"}, "Typ een getal van 15 tot en met 480."),
        ({"minutes": "9" * 400}, "Typ een getal van 15 tot en met 480."),
        ({"minutes": "veel"}, "Typ een getal van 15 tot en met 480."),
        ({"place": ""}, "Typ waar jullie samenkomen."),
        ({"place": "x" * 201}, "Dit is te lang. Er passen 200 tekens."),
        ({"place": "Assen\u202e"}, "Hier staat een vreemd teken."),
        ({"place": "As\x07sen"}, "Hier staat een vreemd teken."),
    ],
)
def test_what_is_wrong_with_a_meeting_is_said_and_what_was_typed_stays(as_user, group, fenna, typed, said):
    reply = as_user(fenna).post(at("plan", group.pk, 1), {**MEETING, **typed})
    assert reply.status_code == 422
    assert said in reply.text
    kept = {name: value for name, value in MEETING.items() if name not in typed}
    for value in kept.values():
        assert f'value="{value}"' in reply.text
    assert not Meeting.objects.exists()


def test_a_meeting_that_was_can_get_another_place_and_no_earlier_time(as_user, group, fenna, friday_before):
    plan_meeting(group=group, week=1, starts_at=AT, minutes=120, place="Assen", actor=fenna)
    friday_before.move_to(datetime(2026, 3, 4, 12, 0, tzinfo=UTC))
    assert as_user(fenna).post(at("plan", group.pk, 1), {**MEETING, "place": "Zwolle"}).status_code == 302
    assert as_user(fenna).post(at("plan", group.pk, 1), {**MEETING, "at": "13:00"}).status_code == 422


@pytest.mark.parametrize("week", [2, 9, 10**6])
def test_a_week_in_which_the_group_does_not_meet_has_no_meeting_to_plan(as_user, group, fenna, week):
    assert as_user(fenna).get(at("plan", group.pk, week)).status_code == 404
    assert as_user(fenna).post(at("plan", group.pk, week), MEETING).status_code == 404


def test_an_outline_has_minutes_and_what_helps_and_none_is_there_for_a_week_that_is_not(as_user, group, fenna):
    page = as_user(fenna).get(at("outline", group.pk, 1)).text
    assert "Bijeenkomst van 120 minuten" in page
    assert "Zet dit klaar" in page
    assert "Gesprek in duo’s van 30 minuten" in as_user(fenna).get(at("outline", group.pk, 2)).text
    assert as_user(fenna).get(at("outline", group.pk, 9)).status_code == 404


# What is seen


def test_names_and_numbers_and_nothing_of_what_anybody_makes(as_user, group, fenna, chantal, gijs, hilde, jorrit):
    place, browser = at("facilitate", group.pk), as_user(fenna)
    page = browser.get(place).text
    assert "3 deelnemers uit 2 organisaties." in page
    assert "10 tot 16 mensen, uit minstens 4 organisaties" in page
    assert page.index("Nog geen rol") < page.index("Jorrit")
    browser.post(at("open_week", group.pk, 8))
    group.refresh_from_db()
    browser.get(place)  # the message is gone after this
    before = browser.get(place).text
    assert page.count("Gijs") == before.count("Gijs") == 1
    for owner in (chantal, gijs):
        for name, form in group.programme.text.templates.items():
            made = save_product(group=group, owner=owner, template=name, values=form.examples["zorg"], base=0)
        share_product(product_id=made.product.pk, owner=owner, shared_with=Shared.DUO)
    assert browser.get(place).text == before


def test_a_bigger_group_asks_no_more_queries(as_user, group, fenna, cohort, elsewhere, django_assert_max_num_queries):
    for number in range(14):
        lead(f"Mens {number}", elsewhere, Role.TEAM_LEAD, cohort)
    browser = as_user(fenna)
    with django_assert_max_num_queries(16):
        browser.get(at("facilitate", group.pk))


def test_a_name_cannot_turn_the_page_around(as_user, group, fenna, cohort, elsewhere):
    lead("<script>x</script>", elsewhere, Role.TEAM_LEAD, cohort)
    assert "<script>x" not in as_user(fenna).get(at("facilitate", group.pk)).text


@pytest.mark.parametrize(("who", "is_told"), [("chantal", True), ("jorrit", True), ("anna", False), ("fenna", False)])
def test_who_is_in_a_group_reads_who_sees_what_there(as_user, group, who, is_told, request):
    page = as_user(request.getfixturevalue(who)).get("/wie-ziet-wat/").text
    assert ("Je leergroep" in page) is is_told
    assert ("Begeleider: <bdi>Fenna</bdi>" in page) is is_told
