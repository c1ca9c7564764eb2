"""In without typing: a card or the list of a class, then pictures; what each leads to, and to whom it leads nowhere."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.cards import make_serial, token_of
from people.models import Cohort, CohortMember, LearnerCard, PictureCode, Role, Session, User
from people.pictures import read_drawn
from people.queries import cohorts_led_by
from people.services import (
    choose_pictures,
    close_cohort,
    close_sign_in,
    ensure_cards,
    leave_cohort,
    open_sign_in,
    renew_card,
    renew_join_code,
    reset_pictures,
)
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, Phone, UserFactory

pytestmark = pytest.mark.usefixtures("own_limits")
MINE = "huis,vis,zon"
OTHER = "bel,vis,zon"


def text(reply) -> str:
    return " ".join(reply.content.decode().replace("</span>", " ").replace('<span class="line">', " ").split())


def signed_in_as(client) -> str:
    return client.session.get("_auth_user_id", "")


def draw(client, pictures: str = MINE, address: str = "/plaatjes/"):
    """As a phone with JavaScript sends it: all three at once."""
    return client.post(address, {"gekozen": pictures})


@pytest.fixture
def code(school_class) -> str:
    return renew_join_code(cohort=school_class, actor=None).code


@pytest.fixture
def with_pictures(anna) -> User:
    choose_pictures(user=anna, drawn=read_drawn(MINE))
    return anna


@pytest.fixture
def place(anna) -> CohortMember:
    return anna.cohort_places.get()


@pytest.fixture
def card(place, bram) -> str:
    """The address on Anna's card."""
    [made] = ensure_cards(places=[place], actor=bram)
    return f"/kaart/{token_of(made.serial)}/"


@pytest.fixture
def opened(school_class, bram) -> Cohort:
    open_sign_in(cohort=school_class, minutes=15, actor=bram)
    return school_class


def test_a_card_and_the_pictures_lead_in(as_user, with_pictures, card):
    client = as_user(None)
    assert client.get(card).url == "/plaatjes/"
    assert "Dag <bdi>Anna</bdi>" in text(client.get("/plaatjes/"))
    assert not signed_in_as(client)
    assert draw(client).url == "/wie/"
    assert signed_in_as(client) == str(with_pictures.pk)
    assert "Ben jij <bdi>Anna</bdi>?" in text(client.get("/wie/"))
    assert client.post("/wie/", {"wie": str(with_pictures.owner_key)}).url == "/mijn/"


def test_each_picture_can_be_a_request_of_its_own(as_user, with_pictures, card):
    """Without JavaScript."""
    client = as_user(None)
    client.get(card)
    first = client.post("/plaatjes/", {"gekozen": "", "plaatje": "huis"})
    assert 'name="gekozen" value="huis"' in text(first)
    assert ">1: Huis" in text(first)
    second = client.post("/plaatjes/", {"gekozen": "huis", "plaatje": "zon"})
    assert 'name="gekozen" value="huis,zon"' in text(second)
    back = client.post("/plaatjes/", {"gekozen": "huis,zon", "terug": "1"})
    assert 'name="gekozen" value="huis"' in text(back)
    client.post("/plaatjes/", {"gekozen": "huis", "plaatje": "vis"})
    assert client.post("/plaatjes/", {"gekozen": "huis,vis", "plaatje": "zon"}).url == "/wie/"
    assert signed_in_as(client) == str(with_pictures.pk)


def test_other_pictures_say_what_to_do_and_lead_nowhere(as_user, with_pictures, card):
    client = as_user(None)
    client.get(card)
    reply = draw(client, OTHER)
    assert reply.status_code == 422
    assert "Dit zijn niet jouw plaatjes. Je kunt het nog 4 keer proberen." in text(reply)
    assert 'role="alert"' in text(reply)
    for _ in range(4):
        reply = draw(client, OTHER)
    assert "Vraag je docent om nieuwe plaatjes." in text(reply)
    assert "op slot" in text(draw(client, MINE))
    assert not signed_in_as(client)


def test_a_reset_leads_over_the_card_to_new_pictures(as_user, with_pictures, card, bram):
    reset_pictures(user=with_pictures, actor=bram)
    client = as_user(None)
    client.get(card)
    assert client.get("/plaatjes/").url == "/plaatjes/kiezen/"
    assert "Onthoud je plaatjes" in text(draw(client, OTHER, "/plaatjes/kiezen/"))
    reply = client.post("/plaatjes/kiezen/", {"eerst": OTHER, "gekozen": OTHER})
    assert reply.url == "/wie/"
    assert signed_in_as(client) == str(with_pictures.pk)
    assert "Je plaatjes zijn bewaard." in text(client.get("/mijn/"))


def test_drawn_otherwise_the_second_time_nothing_is_kept(as_user, anna, card):
    client = as_user(None)
    client.get(card)
    reply = client.post("/plaatjes/kiezen/", {"eerst": OTHER, "gekozen": MINE})
    assert reply.status_code == 422
    assert "Dat waren andere plaatjes." in text(reply)
    assert not PictureCode.objects.exists()
    assert not signed_in_as(client)


def test_a_card_with_pictures_chooses_no_new_ones(as_user, with_pictures, card):
    """Who finds a card must not be able to change what stands behind it."""
    client = as_user(None)
    client.get(card)
    client.post("/plaatjes/kiezen/", {"eerst": OTHER, "gekozen": OTHER})
    assert not signed_in_as(client)
    assert draw(client, OTHER).status_code == 422


def test_a_new_card_ends_the_old_one_also_for_who_stands_at_the_door(as_user, with_pictures, card, place, bram):
    client = as_user(None)
    client.get(card)
    new = renew_card(place=place, actor=bram)
    assert draw(client).url == "/wie/"
    assert not signed_in_as(client)
    ended = as_user(None).get(card)
    assert (ended.status_code, "vraag je docent om een kaart" in text(ended)) == (410, True)
    client.get(f"/kaart/{token_of(new.serial)}/")
    draw(client)
    assert signed_in_as(client) == str(with_pictures.pk)


def test_printing_again_changes_no_card(place, bram):
    [first] = ensure_cards(places=[place], actor=bram)
    [again] = ensure_cards(places=[place], actor=bram)
    assert (first.pk, first.serial) == (again.pk, again.serial)


@pytest.mark.parametrize("made_up", ["xqz", "a" * 32, "A" * 32, "a" * 10_000, "%00", "é" * 32, "abcdefgh23456789" * 2])
def test_a_card_of_nobody_looks_like_one_that_ended(as_user, card, place, bram, made_up):
    renew_card(place=place, actor=bram)
    unknown, ended = as_user(None).get(f"/kaart/{made_up}/"), as_user(None).get(card)
    assert unknown.status_code == ended.status_code == 410
    assert text(unknown).replace(made_up, "") == text(ended).replace(card.split("/")[2], "")


def test_who_reads_the_database_can_make_no_card(as_user, card, settings):
    serial = LearnerCard.objects.get().serial
    assert as_user(None).get(f"/kaart/{serial}/").status_code == 410
    settings.SECRET_KEY = "een ander geheim van een andere site"
    assert as_user(None).get(card).status_code == 410


def test_guessing_cards_ends_after_a_while(as_user, card):
    client = as_user(None)
    assert {client.get(f"/kaart/{'a' * 31}{number % 10}/").status_code for number in range(30)} == {410}
    assert client.get(card).status_code == 429


def test_a_card_stops_with_the_class_and_for_who_left_or_got_rights(as_user, with_pictures, card, school_class, school):
    def works() -> bool:
        return as_user(None).get(card).status_code == 302

    assert works()
    MembershipFactory(user=with_pictures, organisation=school, role=Role.TEACHER)
    assert not works()
    with_pictures.memberships.filter(role=Role.TEACHER).delete()
    assert works()
    leave_cohort(user=with_pictures, cohort=school_class)
    assert not works()
    assert not LearnerCard.objects.exists()


def test_a_class_that_ended_has_no_cards(as_user, card, school_class):
    close_cohort(cohort=school_class, actor=None)
    assert as_user(None).get(card).status_code == 410


def test_the_names_of_a_class_show_only_while_its_teacher_lets_it(as_user, with_pictures, code, school_class, bram):
    address = f"/meedoen/{code}/wie/"
    closed = text(as_user(None).get(address))
    assert "Vraag je docent om inloggen open te zetten." in closed
    assert "Anna" not in closed
    with time_machine.travel(timezone.now(), tick=False) as clock:
        open_sign_in(cohort=school_class, minutes=15, actor=bram)
        assert as_user(None).get(f"/meedoen/{code}/").url == address
        page = text(as_user(None).get(address))
        assert "<bdi>Anna</bdi>" in page
        assert "Bram" not in page
        clock.shift(timedelta(minutes=14))
        assert "Anna" in text(as_user(None).get(address))
        clock.shift(timedelta(minutes=2))
        assert "Anna" not in text(as_user(None).get(address))
        open_sign_in(cohort=school_class, minutes=60, actor=bram)
        assert "Anna" in text(as_user(None).get(address))
        close_sign_in(cohort=school_class, actor=bram)
        assert "Anna" not in text(as_user(None).get(address))


def test_opening_again_makes_it_no_shorter(school_class, bram):
    long = open_sign_in(cohort=school_class, minutes=60, actor=bram)
    assert open_sign_in(cohort=school_class, minutes=15, actor=bram) == long


def test_from_the_list_the_pictures_lead_in(as_user, with_pictures, code, opened, place):
    client = as_user(None)
    assert client.post(f"/meedoen/{code}/wie/", {"wie": place.pk}).url == "/plaatjes/"
    assert draw(client, OTHER).status_code == 422
    assert draw(client).url == "/wie/"
    assert signed_in_as(client) == str(with_pictures.pk)


def test_the_list_that_was_closed_meanwhile_lets_nobody_in(as_user, with_pictures, code, opened, place, bram):
    client = as_user(None)
    client.post(f"/meedoen/{code}/wie/", {"wie": place.pk})
    close_sign_in(cohort=opened, actor=bram)
    assert draw(client).url == "/wie/"
    assert not signed_in_as(client)


def test_the_list_lets_nobody_choose_pictures(as_user, anna, code, opened, place):
    """A name is known to everybody: without a card someone without pictures stays outside, and looks like the rest."""
    client = as_user(None)
    client.post(f"/meedoen/{code}/wie/", {"wie": place.pk})
    assert "Tik jouw 3 plaatjes aan." in text(client.get("/plaatjes/"))
    client.post("/plaatjes/kiezen/", {"eerst": MINE, "gekozen": MINE})
    reply = draw(client)
    assert reply.status_code == 422
    assert "Je kunt het nog 4 keer proberen." in text(reply)
    assert not signed_in_as(client)


def test_only_who_stands_in_the_list_can_be_chosen(as_user, with_pictures, code, opened, bram):
    other = CohortMemberFactory(cohort=CohortFactory(organisation=opened.organisation))
    choose_pictures(user=other.user, drawn=read_drawn(MINE))
    for wie in (other.pk, bram.cohort_places.get().pk, 0, -1, "", "x" * 10_000, "1 OR 1=1"):
        client = as_user(None)
        assert "Wie ben jij?" in text(client.post(f"/meedoen/{code}/wie/", {"wie": wie}))
        assert draw(client).url == "/wie/"
        assert not signed_in_as(client)


def test_a_team_has_no_list_and_no_cards(as_user, employer, chantal, anna):
    team = CohortFactory(organisation=employer, kind=Cohort.Kind.TEAM)
    CohortMemberFactory(cohort=team, user=anna)
    open_sign_in(cohort=team, minutes=15, actor=chantal)
    code = renew_join_code(cohort=team, actor=None).code
    assert "Anna" not in text(as_user(None).get(f"/meedoen/{code}/wie/"))
    place = anna.cohort_places.get(cohort=team)
    for make in (lambda: ensure_cards(places=[place], actor=chantal), lambda: renew_card(place=place, actor=chantal)):
        with pytest.raises(ValueError, match="class of a school"):
            make()
    made = LearnerCard.objects.create(place=place, serial=make_serial())  # all the same
    assert as_user(None).get(f"/kaart/{token_of(made.serial)}/").status_code == 410


def test_a_new_learner_still_joins_while_the_list_is_open(as_user, code, opened):
    client = as_user(None)
    assert "?nieuw" in text(client.get(f"/meedoen/{code}/wie/"))
    assert "Hoe heet je?" in text(client.get(f"/meedoen/{code}/?nieuw"))
    assert client.post(f"/meedoen/{code}/?nieuw", {"naam": "Bo"}).url == "/mijn/"


def test_lists_of_names_are_not_shown_without_end(as_user, with_pictures, code, opened, monkeypatch):
    from people import limits

    monkeypatch.setattr(limits.NAME_LISTS, "most", 3)
    replies = [as_user(None).get(f"/meedoen/{code}/wie/").status_code for _ in range(4)]
    assert replies == [200, 200, 200, 429]


def test_wrong_pictures_from_one_place_end_after_a_while(as_user, anna, card, monkeypatch):
    from people import limits

    monkeypatch.setattr(limits.WRONG_PICTURES, "most", 2)
    choose_pictures(user=anna, drawn=read_drawn(MINE))
    client = as_user(None)
    client.get(card)
    assert [draw(client, pictures).status_code for pictures in (OTHER, OTHER, MINE)] == [422, 422, 429]


def test_such_a_session_only_learns_whatever_rights_the_account_gets(
    as_user, with_pictures, card, school, school_class
):
    client = as_user(None)
    client.get(card)
    draw(client)
    MembershipFactory(user=with_pictures, organisation=school, role=Role.TEACHER)
    CohortMember.objects.filter(user=with_pictures).update(leads=True)
    User.objects.filter(pk=with_pictures.pk).update(is_staff=True, is_superuser=True)
    with_pictures.refresh_from_db()
    assert cohorts_led_by(with_pictures).exists()
    assert with_pictures.has_perm("wagtailadmin.access_admin")
    for address in (f"/docent/klassen/{school_class.pk}/", f"/docent/klassen/{school_class.pk}/inloggen/"):
        assert client.get(address).status_code == 404
        assert as_user(with_pictures).get(address).status_code == 200
    assert client.get("/admin/").status_code == 302
    assert as_user(with_pictures).get("/admin/").status_code == 200
    assert "Mijn klas of team" not in text(client.get("/mijn/"))


def test_the_session_gets_a_new_key_and_takes_nothing_over(as_user, with_pictures, card, driss):
    client = as_user(driss)
    before = client.cookies["kortwijs"].value
    client.get(card)
    draw(client)
    assert client.cookies["kortwijs"].value != before
    assert signed_in_as(client) == str(with_pictures.pk)
    assert not Session.objects.filter(user_id=driss.pk).exists()


def test_on_a_shared_phone_it_ends_with_the_day(as_user, with_pictures, card, code):
    alone, shared = as_user(None), as_user(None)
    shared.post(f"/meedoen/{code}/", {"naam": "Bo"})
    shared.post("/wie/", {"wie": "nieuw"})
    for client in (alone, shared):
        client.get(card)
        draw(client)
    assert alone.session.get_expiry_age() > 300 * 24 * 3600
    assert 11 * 3600 < shared.session.get_expiry_age() <= 12 * 3600


def test_the_one_before_on_a_shared_phone_keeps_their_own(phone, with_pictures, card, code):
    """Bo did not sign out: Anna is not asked whether Bo's lessons are hers, and Bo is in the book."""
    phone.keep(phone.event("e-haakje"))
    phone.client.post(f"/meedoen/{code}/", {"naam": "Bo"})
    phone.client.get(card)
    assert draw(phone.client).url == "/wie/"
    page = text(phone.client.get("/wie/"))
    assert "Ben jij <bdi>Anna</bdi>?" in page
    assert "Bo" in page


def test_what_was_learnt_without_a_name_comes_along(phone, with_pictures, card):
    phone.keep(*phone.whole_lesson())
    phone.client.get(card)
    draw(phone.client)
    assert "1 les" in text(phone.client.get("/wie/"))
    assert not User.objects.filter(is_nameless=True).exists()


def test_on_a_phone_that_knows_them_the_name_asks_for_the_pictures(as_user, code):
    client = as_user(None)
    client.post(f"/meedoen/{code}/", {"naam": "Bo"})
    bo = User.objects.get(first_name="Bo")
    client.post("/wie/", {"wie": "nieuw"})
    assert client.post("/wie/", {"wie": str(bo.owner_key)}).url == "/mijn/"  # no pictures yet
    choose_pictures(user=bo, drawn=read_drawn(MINE))
    client.post("/wie/", {"wie": "nieuw"})
    assert client.post("/wie/", {"wie": str(bo.owner_key), "next": "/lessen/"}).url == "/plaatjes/"
    assert not signed_in_as(client)
    assert draw(client).url == "/wie/?next=%2Flessen%2F"
    assert signed_in_as(client) == str(bo.pk)


def test_after_a_reset_a_phone_that_knows_them_asks_too(as_user, code, bram):
    client = as_user(None)
    client.post(f"/meedoen/{code}/", {"naam": "Bo"})
    bo = User.objects.get(first_name="Bo")
    choose_pictures(user=bo, drawn=read_drawn(MINE))
    reset_pictures(user=bo, actor=bram)
    client.post("/wie/", {"wie": "nieuw"})
    assert client.post("/wie/", {"wie": str(bo.owner_key)}).url == "/plaatjes/"
    assert draw(client).status_code == 422
    client.post("/plaatjes/kiezen/", {"eerst": MINE, "gekozen": MINE})
    assert not signed_in_as(client)


def test_a_learner_who_is_in_chooses_and_changes_their_pictures(as_user, anna):
    client = as_user(anna)
    for pictures in (MINE, OTHER):
        assert "Kies 3 plaatjes" in text(client.get("/plaatjes/kiezen/"))
        assert client.post("/plaatjes/kiezen/", {"eerst": pictures, "gekozen": pictures}).url == "/mijn/"
    assert PictureCode.objects.get().user == anna


def test_nobody_chooses_pictures_for_who_leads_or_has_no_name(as_user, bram, phone):
    phone.keep(phone.event("e-haakje"))
    for client in (as_user(bram), phone.client, as_user(None)):
        client.post("/plaatjes/kiezen/", {"eerst": MINE, "gekozen": MINE})
    assert not PictureCode.objects.exists()


def test_nothing_of_this_is_done_for_another_site(as_user, with_pictures, card):
    client = as_user(None)
    client.get(card)
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert client.post("/plaatjes/", {"gekozen": MINE}, headers=elsewhere).status_code == 403
    assert as_user(with_pictures).post("/plaatjes/kiezen/", {}, headers=elsewhere).status_code == 403
    assert not signed_in_as(client)


def test_at_the_door_stands_only_who_we_put_there(as_user, with_pictures):
    for value in ("", "x", "a:b:c", '{"by":"telefoon","what":1}'):
        client = as_user(None)
        client.cookies["komt"] = value
        assert client.get("/plaatjes/").url == "/wie/"
        assert draw(client).url == "/wie/"
        assert not signed_in_as(client)


def test_a_scan_signs_nobody_in_and_leaves_the_address_off_the_screen(as_user, with_pictures, card):
    client = as_user(None)
    reply = client.get(card)
    assert "kortwijs" not in client.cookies
    assert card.split("/")[2] not in text(client.get(reply.url))
    assert not signed_in_as(client)


def test_pages_on_the_way_in_are_kept_by_no_browser(as_user, with_pictures, card, code, opened):
    client = as_user(None)
    for address in (card, "/plaatjes/", f"/meedoen/{code}/wie/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_two_with_one_name_are_told_apart_by_a_letter(as_user, with_pictures, code, opened):
    CohortMemberFactory(cohort=opened, user=UserFactory(first_name="Anna", last_name="Bakker"))
    page = text(as_user(None).get(f"/meedoen/{code}/wie/"))
    assert "<bdi>Anna B.</bdi>" in page
    assert "<bdi>Anna</bdi>" in page
    assert "Bakker" not in page


def test_a_phone_of_its_own_goes_on_after_a_card_was_tried(phone: Phone, with_pictures, card):
    """Someone else's card is scanned and left: the learner here notices nothing."""
    phone.keep(phone.event("e-haakje"))
    phone.client.get(card)
    phone.keep(phone.event("e-scherm"))
    assert "Ben jij" not in text(phone.client.get("/mijn/"))
