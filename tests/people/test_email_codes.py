"""A firm is registered and its owner signs in with a code by e-mail; wrong, old, used and guessed codes do nothing."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import travel

from people.models import AuditEntry, EmailCode, Membership, Organisation, Role, User
from people.names import clean_firm
from people.registry import rooms
from people.services import CodeRefused, erase_person, export_person, merge_people, register_firm, use_code
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
FIRM = {"bedrijf": "Bakkerij Henk & Zn.", "email": "henk@bakker.example"}
GONE = "Deze code werkt niet meer."


def mailed_code() -> str:
    """The code in the last mail."""
    found = re.search(r"Je code is (\d{6})\n", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def ask(client, address: str = "/bedrijf/", **changes: str) -> str:
    """Ask for a code; gives the address where it is typed."""
    fields = {"email": FIRM["email"]} if address == "/inloggen/code/" else FIRM
    reply = client.post(address, {**fields, **changes})
    assert reply.status_code == 302, reply.content.decode()
    return reply.url


def register(client, **changes: str) -> User:
    place = ask(client, **changes)
    assert client.post(place, {"code": mailed_code()}).status_code == 302
    return User.objects.get(login_email=changes.get("email", FIRM["email"]).strip().lower())


def user_of(client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.filter(pk=key).first() if key else None


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_an_owner_registers_a_firm_with_a_code(as_user):
    client = as_user(None)
    owner = register(client)
    [membership] = owner.memberships.all()
    assert membership.role == Role.OWNER
    assert (membership.organisation.name, membership.organisation.kind) == (FIRM["bedrijf"], "employer")
    assert user_of(client) == owner
    assert owner.can_sign_in
    assert not owner.is_nameless
    assert not owner.has_usable_password()
    assert not EmailCode.objects.exists()
    assert AuditEntry.objects.filter(action="register_firm", actor_key=owner.audit_key).count() == 1


def test_the_owner_signs_in_later_on_another_phone(as_user):
    owner = register(as_user(None))
    other = as_user(None)
    place = ask(other, "/inloggen/code/")
    assert user_of(other) is None
    assert other.post(place, {"code": f" {mailed_code()[:3]} {mailed_code()[3:]} "}).status_code == 302
    assert user_of(other) == owner
    assert other.cookies["eigenaar"].value == str(owner.owner_key)
    assert Organisation.objects.filter(by_owner=True).count() == 1


def test_the_mail_holds_the_code_and_nothing_that_was_typed(as_user):
    ask(as_user(None), bedrijf="Klik op winkel.example")
    [sent] = mail.outbox
    assert sent.to == [FIRM["email"]]
    assert "winkel" not in sent.body + sent.subject
    assert "http" not in sent.body
    assert not re.search(r"\d{6}", sent.subject)


def test_the_code_itself_is_nowhere_in_the_database(as_user):
    ask(as_user(None))
    row = EmailCode.objects.values().get()
    assert mailed_code() not in str({name: value for name, value in row.items() if name != "id"})


def test_a_wrong_code_may_be_tried_again_five_times_in_all(as_user):
    client = as_user(None)
    place = ask(client)
    code = mailed_code()
    for left in (4, 3, 2, 1):
        reply = client.post(place, {"code": wrong(code)})
        assert reply.status_code == 422
        assert f"Nog {left} keer" in reply.content.decode()
    assert client.post(place, {"code": wrong(code)}).status_code == 410
    reply = client.post(place, {"code": code})
    assert reply.status_code == 410
    assert GONE in reply.content.decode()
    assert not User.objects.filter(login_email__isnull=False).exists()


def test_the_fifth_try_may_be_the_right_one(as_user):
    client = as_user(None)
    place = ask(client)
    for _ in range(4):
        client.post(place, {"code": wrong(mailed_code())})
    assert client.post(place, {"code": mailed_code()}).status_code == 302


@pytest.mark.parametrize(
    "typed", ["", "      ", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 100_000, "\x00", "' or 1=1"]
)
def test_what_is_no_code_lets_nobody_in(as_user, typed):
    client = as_user(None)
    reply = client.post(ask(client), {"code": typed})
    assert reply.status_code == 422
    assert user_of(client) is None


def test_a_code_ends_after_a_quarter_of_an_hour(as_user):
    client = as_user(None)
    start = timezone.now()
    with travel(start, tick=False):
        place = ask(client)
    with travel(start + timedelta(minutes=14, seconds=59), tick=False):
        assert client.get(place).status_code == 200
    with travel(start + timedelta(minutes=15), tick=False):
        assert client.post(place, {"code": mailed_code()}).status_code == 410
    assert user_of(client) is None


def test_a_code_works_once(as_user):
    client = as_user(None)
    place = ask(client)
    code_id = uuid.UUID(place.rstrip("/").split("/")[-1])
    code = mailed_code()
    client.post(place, {"code": code})
    with pytest.raises(CodeRefused):
        use_code(code_id=code_id, typed=code)
    other = as_user(None)
    assert other.post(place, {"code": code}).status_code == 410
    assert user_of(other) is None


def test_a_code_works_only_in_the_browser_that_asked_for_it(as_user):
    place = ask(as_user(None))
    other = as_user(None)
    assert other.get(place).status_code == 410
    reply = other.post(place, {"code": mailed_code()})
    assert reply.status_code == 410
    assert FIRM["email"] not in reply.content.decode()
    assert user_of(other) is None
    assert EmailCode.objects.get().tries == 0  # someone else uses up nothing


def test_in_two_tabs_either_code_works_and_then_both_are_done(as_user):
    client = as_user(None)
    first, first_code = ask(client), mailed_code()
    second = ask(client, bedrijf="Ander bedrijf")
    assert client.post(first, {"code": first_code}).status_code == 302
    owner = user_of(client)
    reply = client.get(second)
    assert (reply.status_code, reply.url) == (302, "/mijn/")
    assert client.post(second, {"code": mailed_code()}).status_code == 302
    assert user_of(client) == owner
    assert [str(firm) for firm in Organisation.objects.filter(by_owner=True)] == [FIRM["bedrijf"]]


def test_signing_in_does_not_tell_whether_an_address_is_known(as_user):
    register(as_user(None))
    pages = []
    for address in (FIRM["email"], "niemand@bakker.example"):
        client = as_user(None)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            place = ask(client, "/inloggen/code/", email=address)
        page = client.get(place).content.decode().replace(address, "")
        wrong_page = client.post(place, {"code": "000000"})
        pages.append((re.sub(r"[0-9a-f-]{36}", "", page), wrong_page.status_code, len(asked)))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 3  # both got a mail, one of them without a code
    assert "Je code is" not in mail.outbox[-1].body


def test_registering_does_not_tell_whether_an_address_is_known(as_user):
    owner = register(as_user(None))
    known, new = as_user(None), as_user(None)
    replies = [client.post("/bedrijf/", {**FIRM, "email": email})
               for client, email in ((known, owner.login_email), (new, "nieuw@bakker.example"))]  # fmt: skip
    assert [reply.status_code for reply in replies] == [302, 302]
    pages = [client.get(reply.url).content.decode() for client, reply in zip((known, new), replies, strict=True)]
    assert pages[0].replace(owner.login_email, "") == pages[1].replace("nieuw@bakker.example", "")


def test_an_address_without_an_account_never_gets_in_by_a_guess(as_user):
    client = as_user(None)
    place = ask(client, "/inloggen/code/")
    assert EmailCode.objects.get().digest == ""
    for code in ("", "000000"):
        assert client.post(place, {"code": code}).status_code == 422


def test_who_registers_again_comes_back_and_keeps_the_first_name(as_user):
    owner = register(as_user(None))
    again = as_user(None)
    assert register(again, bedrijf="Nieuwe naam") == owner
    assert [firm.name for firm in Organisation.objects.filter(by_owner=True)] == [FIRM["bedrijf"]]


def test_capitals_and_spaces_in_an_address_make_no_second_account(as_user):
    owner = register(as_user(None))
    assert register(as_user(None), email="  Henk@BAKKER.example ") == owner


def test_two_firms_of_one_name_do_not_find_each_other(as_user):
    first = register(as_user(None))
    second = register(as_user(None), email="henk@elders.example")
    firms = Organisation.objects.filter(name=FIRM["bedrijf"])
    assert firms.count() == 2
    assert [set(firm.memberships.values_list("user", flat=True)) for firm in firms.order_by("pk")] == [
        {first.pk}, {second.pk},
    ]  # fmt: skip


def test_a_firm_may_be_called_as_an_employer_that_is_here_and_gets_nothing_of_it(as_user, employer, chantal):
    client = as_user(None)
    owner = register(client, bedrijf=employer.name)
    assert not Membership.objects.filter(user=owner, organisation=employer).exists()
    assert client.get("/docent/").status_code == 200
    assert employer.name not in client.get("/docent/").content.decode()


def test_all_other_organisations_have_a_name_of_their_own(employer):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        OrganisationFactory(name=employer.name)


def test_the_demo_takes_no_firm_for_its_own(as_user):
    from people.demo import EMPLOYER, load_demo, remove_demo

    owner = register(as_user(None), bedrijf=EMPLOYER)
    load_demo()
    remove_demo()
    assert [membership.organisation.name for membership in owner.memberships.all()] == [EMPLOYER]


def test_what_a_nameless_owner_did_here_comes_along(phone):
    phone.keep(phone.event("e-scherm"))
    before = user_of(phone.client)
    owner = register(phone.client)
    assert owner.progress.count() == 1
    assert not User.objects.filter(pk=before.pk).exists()
    assert owner.former_keys.filter(key=before.owner_key).exists()


def test_a_learner_with_a_name_on_this_phone_is_asked_and_keeps_what_is_theirs(phone, anna):
    phone.keep(phone.event("e-scherm"))
    learner = user_of(phone.client)
    User.objects.filter(pk=learner.pk).update(first_name="Anna", is_nameless=False)
    place = ask(phone.client)
    reply = phone.client.post(place, {"code": mailed_code()})
    assert reply.url == "/samenvoegen/"
    assert learner.progress.count() == 1
    assert User.objects.get(login_email=FIRM["email"]).progress.count() == 0


def test_what_both_did_is_asked_about_first(phone, as_user, lesson):
    from tests.factories import Phone

    owner = register(phone.client)
    phone.keep(phone.event("e-scherm", owner=str(owner.owner_key)))
    other = Phone(as_user(None), lesson)
    other.keep(other.event("e-haakje"))
    place = ask(other.client, "/inloggen/code/")
    reply = other.client.post(place, {"code": mailed_code()})
    assert reply.url == "/samenvoegen/"
    assert owner.progress.get().seen == ["e-scherm"]


def test_who_has_an_account_needs_no_code(as_user, chantal):
    chantal.set_password("een lang wachtwoord")
    chantal.save()
    page = as_user(chantal).post("/bedrijf/", FIRM)
    assert page.status_code == 200
    assert "Wat je invult, staat bij je account." in page.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "email",
    ["", "henk", "henk@", "@bakker.example", "a@b\r\nBcc: all@x.example", "a@b.example\nSubject: x", "a b@c.example",
     "a@b.example,c@d.example", "<a@b.example>", "a@b.example\x00", "a" * 250 + "@b.example", "a@" + "b" * 5000,
     "Henk <henk@b.example>", "henk@bäcker.example", "\u202ea@b.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_and_nothing_is_mailed(as_user, email):
    for place in ("/bedrijf/", "/inloggen/code/"):
        reply = as_user(None).post(place, {**FIRM, "email": email})
        assert reply.status_code == 422
        assert 'role="alert"' in reply.content.decode()
    assert mail.outbox == []
    assert not EmailCode.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "123",
        "x" * 81,
        "x" * 100_000,
        "Bak\u202eker",
        "Bakker\x00",
        "B" + "\u0301" * 9,
        "😀 Bakker",
        "<b>Bakker",
    ],
)
def test_a_name_that_is_none_is_refused_with_what_to_do(as_user, name):
    reply = as_user(None).post("/bedrijf/", {**FIRM, "bedrijf": name})
    assert reply.status_code == 422
    assert FIRM["email"] in reply.content.decode()  # what was right stays
    assert mail.outbox == []


@pytest.mark.parametrize(
    "name", ["Bakkerij Henk & Zn.", "3D-print (Assen)", "H₂O", "Café 't Hoekje", "شركة", "A+ Bouw / Infra"]
)
def test_firms_are_called_as_they_are_called(name):
    if name == "H₂O":
        with pytest.raises(ValueError, match="vreemd teken"):
            clean_firm(name)
    else:
        assert clean_firm(f"  {name} ") == name


def test_a_hostile_name_stands_on_the_page_as_text(as_user):
    reply = as_user(None).post("/bedrijf/", {**FIRM, "bedrijf": '"><script>alert(1)</script>'})
    assert "<script>alert" not in reply.content.decode()


def test_too_many_codes_for_one_address_are_not_mailed(as_user):
    for _ in range(5):
        ask(as_user(None))
    for email in (FIRM["email"], FIRM["email"].upper()):
        reply = as_user(None).post("/bedrijf/", {**FIRM, "email": email})
        assert reply.status_code == 429
    assert len(mail.outbox) == 5
    assert ask(as_user(None), email="ander@bakker.example")


def test_too_many_codes_from_one_place_are_not_mailed(as_user):
    for number in range(20):
        ask(as_user(None), email=f"a{number}@bakker.example")
    assert as_user(None).post("/inloggen/code/", {"email": "b@bakker.example"}).status_code == 429
    assert len(mail.outbox) == 20


def test_guessing_in_many_codes_from_one_place_stops(as_user):
    for number in range(6):
        client = as_user(None)
        place = ask(client, email=f"a{number}@bakker.example")
        for _ in range(5):
            client.post(place, {"code": wrong(mailed_code())})
    client = as_user(None)
    place = ask(client)
    assert client.post(place, {"code": mailed_code()}).status_code == 429
    assert user_of(client) is None


def test_when_the_mail_is_down_it_is_said_and_nothing_is_lost(phone, settings):
    phone.keep(phone.event("e-scherm"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    for place in ("/bedrijf/", "/inloggen/code/"):
        reply = phone.client.post(place, FIRM)
        page = reply.content.decode()
        assert reply.status_code == 503
        assert "De mail kon niet weg." in page
        assert FIRM["email"] in page
    assert not EmailCode.objects.exists()
    assert user_of(phone.client).progress.count() == 1


def test_where_no_mail_is_set_the_page_says_so_and_asks_nothing(as_user, settings):
    settings.MAIL_IS_ON = False
    for place in ("/bedrijf/", "/inloggen/code/"):
        for reply in (as_user(None).get(place), as_user(None).post(place, FIRM)):
            assert "Deze site kan nog geen mail sturen." in reply.content.decode()
            assert 'type="email"' not in reply.content.decode()
    assert mail.outbox == []


def test_an_account_that_is_off_stays_out(as_user):
    owner = register(as_user(None))
    User.objects.filter(pk=owner.pk).update(is_active=False)
    for place in ("/bedrijf/", "/inloggen/code/"):
        client = as_user(None)
        reply = client.post(ask(client, place), {"code": mailed_code() if place == "/bedrijf/" else "000000"})
        assert reply.status_code in (403, 422)
        assert user_of(client) is None


@pytest.mark.parametrize("target", ["https://elders.nl/", "//elders.nl", "javascript:alert(1)", "http:///elders.nl"])
def test_a_code_leads_to_no_other_site(as_user, target):
    client = as_user(None)
    assert client.post(ask(client, next=target), {"code": mailed_code()}).url == "/digiscan/uitslag/"
    client = as_user(None)
    assert client.post(ask(client, next="/lessen/"), {"code": mailed_code()}).url == "/lessen/"


def test_these_posts_are_of_our_own_pages(as_user):
    client = as_user(None)
    place = ask(client)
    for address in ("/bedrijf/", "/inloggen/code/", place):
        reply = client.post(address, {**FIRM, "code": mailed_code()}, headers={"sec-fetch-site": "cross-site"})
        assert reply.status_code == 403


def test_these_pages_are_kept_by_no_browser(as_user):
    client = as_user(None)
    for address in ("/bedrijf/", "/inloggen/code/", ask(client)):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_an_owner_sees_nothing_of_people(as_user, anna, bram, school_class):
    client = as_user(None)
    register(client)
    assert client.get(f"/docent/klassen/{school_class.pk}/").status_code == 404
    assert "Anna" not in client.get("/docent/").content.decode()
    assert client.get("/admin/").status_code == 302


def test_who_sees_what_does_not_call_ones_own_firm_ones_boss(as_user):
    client = as_user(None)
    register(client)
    assert "Bakkerij" not in client.get("/wie-ziet-wat/").content.decode()


def test_an_owner_takes_along_and_erases_what_is_theirs(as_user):
    client = as_user(None)
    owner = register(client)
    ask(as_user(None), "/inloggen/code/")
    other = register(as_user(None), email="piet@bakker.example")
    assert export_person(user=owner)["people"]["e-mail om in te loggen"] == FIRM["email"]
    erase_person(user=owner, actor=None)
    assert not EmailCode.objects.exists()
    assert [firm.memberships.get().user for firm in Organisation.objects.filter(by_owner=True)] == [other]


def test_two_owners_are_never_made_one(as_user):
    first = register(as_user(None))
    second = register(as_user(None), email="piet@bakker.example")
    with pytest.raises(ValueError, match="without an account"):
        merge_people(source=first, target=second)


def test_two_taps_register_one_firm(driss):
    assert register_firm(user=driss, name="Een") == register_firm(user=driss, name="Twee")


def test_codes_go_an_hour_after_they_ended(as_user):
    ask(as_user(None))
    [entry] = [entry for entry in rooms() if entry.room == "people"]
    entry.retain(timezone.now() + timedelta(minutes=74))
    assert EmailCode.objects.count() == 1
    entry.retain(timezone.now() + timedelta(minutes=76))
    assert not EmailCode.objects.exists()
