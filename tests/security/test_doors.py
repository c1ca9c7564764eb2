"""Every way in: how often one may guess, what a guesser learns, and whose session it is before and after."""

import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.cards import token_of
from people.models import Session, User
from people.services import choose_pictures, ensure_cards, make_hand_over, request_code
from tests.security.tally import Tally, tally
from tests.security.test_idor import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
PASSWORD = "een-lang-wachtwoord"
NICKNAMES = iter(("Noor", "Fleur", "Sam", "Kees"))


@pytest.fixture(autouse=True)
def nothing_was_tried(own_limits: None) -> None:
    cache.clear()
    caches["limits"].clear()


@pytest.fixture
def bea(bram) -> User:
    """The teacher, with a password and an address of her own."""
    bram.set_password(PASSWORD)
    bram.login_email = bram.email = "bram@school.example"
    bram.save()
    return bram


def browser(address: str = "127.0.0.1") -> Client:
    return Client(headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR=address, raise_request_exception=False)


def until_it_rests(line: Tally, door: str, attempt: Any, *, most: int) -> int:
    """How many wrong tries are looked at before the door rests; a finding when it never does."""
    for number in range(most + 2):
        line.count()
        if attempt(number).status_code == 429:
            if number > most:
                line.found(f"{door}: {number} wrong tries were looked at")
            return number
    line.found(f"{door}: {most + 2} wrong tries, and it goes on")
    return most + 2


def test_a_password_can_be_guessed_a_few_times_only(bea):
    with tally("Inloggen: wachtwoord raden", "pogingen") as line:

        def wrong(name: str) -> Any:
            return lambda number: browser().post("/inloggen/", {"username": name, "password": f"fout-{number}"})

        until_it_rests(line, "password, one name", wrong("bram"), most=10)
        right = browser("10.9.9.9").post("/inloggen/", {"username": "bram", "password": PASSWORD})
        line.count()
        if right.status_code != 429:
            line.found("a right password is looked at while the name rests: a guesser goes on from another address")
        caches["limits"].clear()
        until_it_rests(
            line, "password, one place",
            lambda number: browser().post("/inloggen/", {"username": f"mens{number}", "password": "x"}), most=30,
        )  # fmt: skip


def without_names(page: str, *names: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}', "", page)
    for name in names:
        page = page.replace(name, "…")
    return page


def told(client: Client, place: str, data: dict[str, str], *names: str) -> tuple[Any, ...]:
    """All that a guesser can see of an answer; how much work it was is seen by its queries, apart from the clock."""
    with CaptureQueriesContext(
        connection,
    ) as made:
        reply = client.post(place, data)
    follow = text_of(client.get(reply.url)) if reply.status_code == 302 and reply.url.startswith("/") else ""
    url = re.sub(r"[0-9a-f-]{36}", "…", reply.url) if reply.status_code == 302 else ""
    work = sorted(re.sub(r"'[^']*'|\d+", "?", one["sql"])[:60] for one in made)
    return reply.status_code, url, without_names(text_of(reply), *names), without_names(follow, *names), work


def test_no_door_tells_who_has_an_account(bea, anna, school_class):
    with tally("Inloggen: wie bestaat er", "vergelijkingen", at_least=3) as line:
        for door, place, known, unknown in (
            ("password", "/inloggen/", {"username": "bram", "password": "x"}, {"username": "brim", "password": "x"}),
            ("code by e-mail", "/inloggen/code/", {"email": "bram@school.example"}, {"email": "brim@school.example"}),
            ("firm", "/bedrijf/", {"bedrijf": "Zaak", "email": "bram@school.example"},
             {"bedrijf": "Zaak", "email": "brim@school.example"}),
        ):  # fmt: skip
            names = ("bram@school.example", "brim@school.example", "bram", "brim")
            one, other = told(browser(), place, known, *names), told(browser(), place, unknown, *names)
            line.count()
            for part, a, b in zip(("status", "where to", "page", "next page", "work"), one, other, strict=True):
                if a != b:
                    line.found(f"{door}: {part} differs: {str(a)[:80]!r} and {str(b)[:80]!r}")


def test_a_code_by_mail_can_be_asked_and_guessed_a_few_times_only(bea):
    with tally("Inloggen: code per e-mail", "pogingen") as line:
        mail.outbox.clear()
        for number in range(12):
            browser(f"10.1.1.{number}").post("/inloggen/code/", {"email": "bram@school.example"})
            line.count()
        if len(mail.outbox) > 5:
            line.found(f"{len(mail.outbox)} mails to one address in a minute")
        caches["limits"].clear()
        mail.outbox.clear()
        for number in range(30):
            browser().post("/inloggen/code/", {"email": f"mens{number}@school.example"})
            line.count()
        if len(mail.outbox) > 20:
            line.found(f"{len(mail.outbox)} mails asked from one place")
        caches["limits"].clear()
        client = browser()
        place = client.post("/inloggen/code/", {"email": "bram@school.example"}).url
        right = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]
        tried = 0
        for number in range(40):
            reply = client.post(place, {"code": f"{(int(right) + 1 + number) % 1_000_000:06}"})
            line.count()
            if reply.status_code in (410, 429) or "werkt niet meer" in text_of(reply):
                break
            tried += 1
        if tried > 10:
            line.found(f"{tried} guesses of one code of six digits")
        caches["limits"].clear()
        client.post(place, {"code": right})
        if "_auth_user_id" in client.session:
            line.found("after too many guesses the right code still opens")
        stranger = browser("10.5.5.5")
        made = request_code(email="bram@school.example")
        code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]
        stranger.post(f"/inloggen/code/{made.pk}/", {"code": code})
        line.count()
        if "_auth_user_id" in stranger.session:
            line.found("a code opens in a browser that did not ask for it")


def test_spoken_codes_and_cards_cannot_be_searched(anna, school_class):
    with tally("Inloggen: klassencode, telefooncode, kaart", "pogingen") as line:
        for door, place in (("join code", "/meedoen/lamp-{}-boom{}/"), ("hand-over code", "/verder/vis-{}-huis-{}/")):
            caches["limits"].clear()
            until_it_rests(line, door, lambda n, place=place: browser().get(place.format(n % 10, n)), most=30)
        place = school_class.members.get(user=anna)
        token = token_of(ensure_cards(places=[place], actor=None)[0].serial)
        if len(token) < 16:
            line.found(f"a card has {len(token)} characters only")
        for number in range(60):
            guess = token[:-3] + f"{number:03}"
            client = browser()
            client.get(f"/kaart/{guess}/")
            line.count()
            if guess != token and ("komt" in client.cookies and client.cookies["komt"].value):
                line.found("a card that was never made opens something")


def test_pictures_can_be_guessed_a_few_times_only(anna, school_class):
    from people.pictures import read_drawn

    with tally("Inloggen: plaatjes raden", "pogingen") as line:
        choose_pictures(user=anna, drawn=read_drawn("huis,vis,zon"))
        from people.services import try_pictures

        for drawn in ("vis,huis,zon", "zon,vis,huis", "huis,zon,vis", "vis,zon,huis", "zon,huis,vis"):
            try_pictures(people=[anna], drawn=read_drawn(drawn))
            line.count()
        line.count()
        if try_pictures(people=[anna], drawn=read_drawn("huis,vis,zon")).user is not None:
            line.found("after five wrong tries the right pictures still open")


def test_a_second_step_can_be_guessed_a_few_times_only(bea):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    with tally("Inloggen: tweede stap raden", "pogingen") as line:
        TOTP.activate(bea, generate_totp_secret())
        client = browser()
        reply = client.post("/inloggen/", {"username": "bram", "password": PASSWORD})
        assert reply.url == "/inloggen/tweede-stap/"
        said = ""
        for number in range(13):
            said = text_of(client.post("/inloggen/tweede-stap/", {"code": f"{number:06}"}))
            line.count()
        if "te vaak" not in said:
            line.found("13 guesses of a second step were all looked at")
        if "_auth_user_id" in client.session:
            line.found("the session began before the second step")


def test_keys_of_systems_are_too_long_to_guess():
    from base64 import b64encode

    from xapi.services import create_credential

    with tally("Inloggen: sleutels van systemen", "pogingen") as line:
        made, secret = create_credential("probe", scopes=["all"], organisation=None, per_minute=1000)
        if len(secret) < 32:
            line.found(f"a secret has {len(secret)} characters")
        seen = set()
        for key in (str(made.key), str(uuid.uuid4()), "x", ""):
            for wrong in ("", "x", secret[:-1], secret + "x", secret.swapcase(), "\x00" * 40, "é" * 20):
                given = b64encode(f"{key}:{wrong}".encode()).decode()
                headers = {"authorization": f"Basic {given}", "x-experience-api-version": "1.0.3"}
                reply = browser().get("/xapi/statements", headers=headers)
                seen.add((reply.status_code, text_of(reply)))
                line.count()
        if len(seen) != 1 or next(iter(seen))[0] != 401:
            line.found(f"an answer tells which keys there are: {seen}")


def in_by(door: str, client: Client, bea: User, anna: User, school_class: Any) -> None:
    """Somebody comes in by a door, in this browser."""
    if door == "password":
        client.post("/inloggen/", {"username": "bram", "password": PASSWORD})
    elif door == "code by e-mail":
        place = client.post("/inloggen/code/", {"email": "bram@school.example"}).url
        client.post(place, {"code": re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]})
    elif door == "hand-over code":
        other = User.objects.new_nameless(uuid.uuid4())
        other.save()
        client.post(f"/verder/{make_hand_over(user=other).code}/", {"ja": "1", "wie": str(other.owner_key)})
    elif door == "join code":
        from people.services import renew_join_code

        client.post(f"/meedoen/{renew_join_code(cohort=school_class, actor=None).code}/", {"naam": next(NICKNAMES)})


@pytest.mark.parametrize("door", ["password", "code by e-mail", "hand-over code", "join code"])
def test_a_session_that_was_known_before_is_nobodys_after(bea, anna, school_class, door):
    """Driss puts the key of a session of his in the browser of a victim (session fixation)."""
    with tally(f"Sessie: vastzetten, door {door}", "pogingen") as line:
        for before in ("a session of the attacker", "a made-up key"):
            attacker, victim = browser("10.7.7.7"), browser()
            attacker.get("/inloggen/")
            session = attacker.session
            session["x"] = 1
            session.save()
            known = session.session_key if before.startswith("a session") else "a" * 32
            victim.cookies["kortwijs"] = known
            in_by(door, victim, bea, anna, school_class)
            line.count()
            now = victim.cookies["kortwijs"].value
            row = Session.objects.filter(session_key=now).first()
            if row is None or row.user_id is None:
                line.found(f"nobody came in by {door}: this check checks nothing")
            if now == known:
                line.found(f"the key of the session stays the same: {door}, {before}")
            if Session.objects.filter(session_key=known).exclude(user_id=None).exists():
                line.found(f"the known session became somebody's: {door}, {before}")


def test_a_session_ends_where_it_is_said_to_end(bea):
    with tally("Sessie: uitloggen en een ander wachtwoord", "sessies") as line:
        first, second, third = browser(), browser("10.3.3.3"), browser("10.4.4.4")
        for client in (first, second, third):
            client.post("/inloggen/", {"username": "bram", "password": PASSWORD})
            line.count()
        key = first.cookies["kortwijs"].value
        first.post("/uitloggen/")
        thief = browser()
        thief.cookies["kortwijs"] = key
        if thief.get("/mijn/inloggen/").status_code == 200:
            line.found("a session works after signing out")
        if second.get("/mijn/inloggen/").status_code != 200:
            line.found("signing out on one device ends another")
        bea.set_password("een-heel-ander-wachtwoord")
        bea.save()
        for client in (second, third):
            line.count()
            if client.get("/mijn/inloggen/").status_code == 200:
                line.found("a session works after the password was changed")
        fourth = browser()
        fourth.post("/inloggen/", {"username": "bram", "password": "een-heel-ander-wachtwoord"})
        User.objects.filter(pk=bea.pk).update(is_active=False)
        line.count()
        if fourth.get("/mijn/inloggen/").status_code == 200:
            line.found("a session works after the account was closed")
