"""In at a team of an employer: its code, the own nickname, three pictures. Nothing tells who is in the team, guessing
is bounded for all together, and nobody but the person gets at the account."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import Cohort, CohortMember, PictureCode, Role, User, WrongTry
from people.names import folded
from people.pictures import read_drawn
from people.registry import rooms
from people.services import (
    SignInRests,
    choose_pictures,
    close_cohort,
    close_sign_in,
    leave_cohort,
    make_hand_over,
    open_sign_in,
    renew_join_code,
    try_nickname,
)
from people.services.picture_codes import Tried
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, UserFactory
from tests.learning.test_events_come_twice import at_once

pytestmark = pytest.mark.usefixtures("own_limits")
MINE, OTHER = "huis,vis,zon", "bel,vis,zon"


def text(reply) -> str:
    return " ".join(reply.content.decode().replace("</span>", " ").replace('<span class="line">', " ").split())


def signed_in_as(client) -> str:
    return client.session.get("_auth_user_id", "")


def draw(client, pictures: str = MINE):
    return client.post("/plaatjes/", {"gekozen": pictures})


def wrong(team: Cohort, nickname: str = "Els", pictures: str = OTHER) -> Tried:
    return try_nickname(cohort=team, nickname=nickname, drawn=read_drawn(pictures))


@pytest.fixture
def team(employer, chantal) -> Cohort:
    made = CohortFactory(organisation=employer, kind=Cohort.Kind.TEAM, name="Team Magazijn")
    CohortMemberFactory(cohort=made, user=chantal, leads=True)
    return made


@pytest.fixture
def els(team) -> User:
    """In the team, with pictures."""
    user = UserFactory(first_name="Els Jansén")
    CohortMemberFactory(cohort=team, user=user)
    choose_pictures(user=user, drawn=read_drawn(MINE))
    return user


@pytest.fixture
def code(team) -> str:
    return renew_join_code(cohort=team, actor=None).code


@pytest.fixture
def opened(team, chantal) -> Cohort:
    open_sign_in(cohort=team, minutes=15, actor=chantal)
    team.refresh_from_db()
    return team


@pytest.fixture
def door(as_user, code, opened):
    """Someone who typed a nickname, at the pictures."""

    def typed(nickname: str = "Els Jansén"):
        client = as_user(None)
        assert client.post(f"/meedoen/{code}/wie/", {"naam": nickname}).url == "/plaatjes/"
        return client

    return typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("els jansen", "Els Jansén"),
        ("  ELSJANSÉN ", "Els Jansén"),
        ("e\u0301va", "Éva"),
        ("anne marie", "Anne-Marie"),
        ("d\u2019Arc", "d'Arc"),
        ("strasse", "Straße"),
        ("ipek", "İpek"),
        ("أمينة", "أَمينة"),
    ],
)
def test_a_nickname_is_compared_without_capitals_accents_and_spaces(typed, kept):
    assert folded(typed) == folded(kept)


def test_another_name_is_another_name():
    assert len({folded(name) for name in ("Els", "Ilse", "Elsa", "Els 2", "李", "")}) == 6


def test_nickname_and_pictures_lead_in(as_user, els, code, opened):
    client = as_user(None)
    assert client.get(f"/meedoen/{code}/").url == f"/meedoen/{code}/wie/"
    page = text(client.get(f"/meedoen/{code}/wie/"))
    assert "Typ de naam waarmee je meedeed" in page
    assert "Els" not in page
    assert client.post(f"/meedoen/{code}/wie/", {"naam": " els jansen"}).url == "/plaatjes/"
    assert "Dag <bdi>els jansen</bdi>" in text(client.get("/plaatjes/"))  # as typed: what is kept would tell
    assert draw(client).url == "/wie/"
    assert signed_in_as(client) == str(els.pk)


def test_each_picture_can_be_a_request_of_its_own(door, els):
    """Without JavaScript."""
    client = door()
    client.post("/plaatjes/", {"gekozen": "", "plaatje": "huis"})
    client.post("/plaatjes/", {"gekozen": "huis", "plaatje": "vis"})
    assert client.post("/plaatjes/", {"gekozen": "huis,vis", "plaatje": "zon"}).url == "/wie/"
    assert signed_in_as(client) == str(els.pk)


@pytest.fixture
def without_pictures(team) -> User:
    user = UserFactory(first_name="Gijs")
    CohortMemberFactory(cohort=team, user=user)
    return user


@pytest.fixture
def locked(team) -> User:
    user = UserFactory(first_name="Loes")
    CohortMemberFactory(cohort=team, user=user)
    choose_pictures(user=user, drawn=read_drawn(MINE))
    PictureCode.objects.filter(user=user).update(wrong=PictureCode.MOST_WRONG)
    return user


def test_nothing_tells_who_is_in_the_team(door, els, without_pictures, locked, chantal, anna, opened):
    """A nickname of nobody, one without pictures, one that is locked, wrong pictures, the lead, someone elsewhere:
    the same pages, the same number of queries, the same count."""
    seen = set()
    for nickname in ("Niemand", "Gijs", "Loes", "Els Jansén", "Chantal", "Anna"):
        client = door(nickname)
        with CaptureQueriesContext(connection) as queries:
            reply = draw(client, OTHER)
        page = text(reply).replace(nickname, "")
        form = page.split('name="keer" value="')[1].split('"')[0]
        seen.add((reply.status_code, page.replace(form, ""), len(queries), bool(signed_in_as(client))))
    assert len(seen) == 1
    assert "Deze naam en deze plaatjes horen niet bij elkaar." in seen.pop()[1]
    assert opened.wrong_tries.count() == 6


def test_who_is_locked_is_told_nothing_else_than_who_is_wrong(door, locked):
    """Right pictures too: else five wrong tries would tell that there is somebody."""
    right, not_right = draw(door("Loes")), draw(door("Loes"), OTHER)
    assert right.status_code == not_right.status_code == 422
    assert "op slot" not in text(right)
    assert "Je kunt het nog" not in text(right)


def test_five_wrong_lock_the_person_over_openings(team, opened, els, chantal):
    for _ in range(5):
        wrong(team, "Els Jansén")
    assert PictureCode.objects.get().is_locked
    close_sign_in(cohort=team, actor=chantal)
    open_sign_in(cohort=team, minutes=15, actor=chantal)
    assert wrong(team, "Els Jansén", MINE).user is None
    choose_pictures(user=els, drawn=read_drawn(OTHER))  # where she is still signed in
    assert wrong(team, "Els Jansén", OTHER).user == els


def test_ten_wrong_of_all_together_close_it(door, els, opened, chantal, code):
    for number in range(9):
        assert draw(door(f"Collega {'abcdefghi'[number]}"), OTHER).status_code == 422
    waits = door()
    assert draw(door("Nog iemand"), OTHER).url == f"/meedoen/{code}/wie/"
    assert "Inloggen staat nog dicht" in text(waits.get(f"/meedoen/{code}/wie/"))
    assert draw(waits).url == "/wie/"  # the right ones, too late
    assert not signed_in_as(waits)
    open_sign_in(cohort=opened, minutes=15, actor=chantal)
    client = door()
    assert draw(client).url == "/wie/"
    assert signed_in_as(client) == str(els.pk)


def test_a_longer_opening_gives_no_new_tries(opened, chantal):
    for _ in range(9):
        wrong(opened)
    open_sign_in(cohort=opened, minutes=60, actor=chantal)
    assert wrong(opened).left == 0
    opened.refresh_from_db()
    assert not opened.sign_in_is_open


def test_who_opens_again_and_again_gets_no_more_tries_than_a_week_has(team, chantal):
    """A lead has the code and can open: thirty tries for a whole team, one chance in 44."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            open_sign_in(cohort=team, minutes=15, actor=chantal)
            for _ in range(6):
                wrong(team)
            close_sign_in(cohort=team, actor=chantal)
            clock.shift(timedelta(hours=1))
        with pytest.raises(SignInRests):
            open_sign_in(cohort=team, minutes=15, actor=chantal)
        clock.shift(timedelta(days=7))
        open_sign_in(cohort=team, minutes=15, actor=chantal)
        assert wrong(team).left == 9
        for room in rooms():
            room.retain(timezone.now())
        assert WrongTry.objects.count() == 1  # what counts no more is not kept


def test_the_same_form_sent_twice_counts_once(door, els, opened):
    client = door()
    for _ in range(3):
        client.post("/plaatjes/", {"gekozen": OTHER, "keer": "een"})
    assert (opened.wrong_tries.count(), PictureCode.objects.get().wrong) == (1, 1)
    client.post("/plaatjes/", {"gekozen": "boom,vis,zon", "keer": "een"})
    assert (opened.wrong_tries.count(), PictureCode.objects.get().wrong) == (2, 2)
    door("Iemand anders").post("/plaatjes/", {"gekozen": OTHER, "keer": "een"})
    assert opened.wrong_tries.count() == 3


def test_tries_at_once_all_count_and_none_is_free(real_transactions):
    chantal = UserFactory()
    team = CohortFactory(kind=Cohort.Kind.TEAM)
    open_sign_in(cohort=team, minutes=15, actor=chantal)
    at_once(*(lambda: wrong(team) for _ in range(4)))
    assert WrongTry.objects.count() == 4
    for _ in range(4):
        wrong(team)
    at_once(*(lambda: wrong(team) for _ in range(4)))
    assert WrongTry.objects.count() == 10
    team.refresh_from_db()
    assert not team.sign_in_is_open


def test_a_colleagues_nickname_gives_no_free_guesses(team, opened, els):
    """Who joins under the name of a colleague, chooses pictures and comes in with them, tried the colleague's."""
    twin = UserFactory(first_name="els jansen")
    CohortMemberFactory(cohort=team, user=twin)
    for pictures in ("boom,vis,zon", "kop,vis,zon", "boot,vis,zon", "ster,vis,zon", "appel,vis,zon"):
        choose_pictures(user=twin, drawn=read_drawn(pictures))
        assert wrong(team, "Els Jansén", pictures).user == twin
    assert PictureCode.objects.get(user=els).is_locked
    assert PictureCode.objects.get(user=twin).wrong == 0
    choose_pictures(user=twin, drawn=read_drawn(MINE))
    assert wrong(team, "Els Jansén", MINE).user == twin


def test_two_with_one_nickname_both_come_in(team, opened, els):
    twin = UserFactory(first_name="Els Jansen")
    CohortMemberFactory(cohort=team, user=twin)
    choose_pictures(user=twin, drawn=read_drawn(OTHER))
    assert (wrong(team, "els jansen", MINE).user, wrong(team, "els jansen", OTHER).user) == (els, twin)
    assert PictureCode.objects.get(user=twin).wrong == 0  # a colleague who came in shows in nothing of hers


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\x00",
        "😀",
        "a" * 41,
        "é" * 10_000,
        "<script>alert(1)</script>",
        "\u202eslE",
        "' OR 1=1 --",
        "...",
        "x\ny\x07",
    ],
)
def test_hostile_and_huge_nicknames_are_refused_and_lead_nowhere(as_user, els, code, opened, typed):
    client = as_user(None)
    reply = client.post(f"/meedoen/{code}/wie/", {"naam": typed})
    assert reply.status_code == 422
    assert 'role="alert"' in text(reply)
    assert "<script>alert" not in text(reply)
    assert draw(client).url == "/wie/"
    assert not signed_in_as(client)


def test_someone_without_a_name_is_called_by_nothing(team, opened):
    nameless = UserFactory(first_name="")
    CohortMemberFactory(cohort=team, user=nameless)
    choose_pictures(user=nameless, drawn=read_drawn(MINE))
    assert wrong(team, "", MINE).user is None
    assert wrong(team, "'", MINE).user is None


def test_closed_expired_renewed_and_ended_lead_nowhere(as_user, els, code, team, chantal, door, opened):
    def comes_in() -> bool:
        client = as_user(None)
        client.post(f"/meedoen/{code}/wie/", {"naam": "Els Jansén"})
        draw(client)
        return bool(signed_in_as(client))

    assert comes_in()
    close_sign_in(cohort=team, actor=chantal)
    assert not comes_in()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        open_sign_in(cohort=team, minutes=15, actor=chantal)
        waits = door()
        clock.shift(timedelta(minutes=16))
        assert not comes_in()
        draw(waits)
        assert not signed_in_as(waits)
    open_sign_in(cohort=team, minutes=15, actor=chantal)
    waits = door()
    renew_join_code(cohort=team, actor=chantal)
    draw(waits)
    assert not signed_in_as(waits)
    assert not comes_in()
    close_cohort(cohort=team, actor=chantal)
    assert try_nickname(cohort=team, nickname="Els Jansén", drawn=read_drawn(MINE)).user is None


def test_who_left_who_has_rights_and_who_is_elsewhere_do_not_come_in(team, opened, els, employer, anna):
    choose_pictures(user=anna, drawn=read_drawn(MINE))
    assert wrong(team, "Anna", MINE).user is None  # of a class, not of this team
    MembershipFactory(user=els, organisation=employer, role=Role.TEAM_LEAD)
    assert wrong(team, "Els Jansén", MINE).user is None
    els.memberships.all().delete()
    User.objects.filter(pk=els.pk).update(is_active=False)
    assert wrong(team, "Els Jansén", MINE).user is None
    User.objects.filter(pk=els.pk).update(is_active=True)
    assert wrong(team, "Els Jansén", MINE).user == els
    leave_cohort(user=els, cohort=team)
    assert wrong(team, "Els Jansén", MINE).user is None


def test_such_a_session_only_learns_and_ends_with_the_day(door, els, team, employer):
    client = door()
    draw(client)
    assert 11 * 3600 < client.session.get_expiry_age() <= 12 * 3600
    assert int(client.cookies["eigenaar"]["max-age"]) == int(client.cookies["naam"]["max-age"]) == 12 * 3600
    MembershipFactory(user=els, organisation=employer, role=Role.TEAM_LEAD)
    CohortMember.objects.filter(user=els).update(leads=True)
    User.objects.filter(pk=els.pk).update(is_staff=True, is_superuser=True)
    assert client.get(f"/docent/klassen/{team.pk}/").status_code == 404
    assert client.get(f"/docent/klassen/{team.pk}/inloggen/").status_code == 404
    assert client.get("/admin/").status_code == 302


def test_the_device_keeps_no_list_of_who_came_in(door, els):
    """The phone book on the shared tablet of a team would be a list of names."""
    client = door()
    draw(client)
    assert "Ben jij <bdi>Els Jansén</bdi>?" in text(client.get("/wie/"))
    assert client.cookies["gedeeld"].value == "1"  # so that every page says who is here
    client.post("/wie/", {"wie": "nieuw"})
    for address in ("/wie/", "/mijn/", "/"):
        assert "Els" not in text(client.get(address))
    assert client.post("/wie/", {"wie": str(els.owner_key)}).url == "/"
    assert not signed_in_as(client)


def test_who_finds_the_device_in_use_cannot_make_the_account_theirs(door, els):
    """Such as a lead: no new pictures, no e-mail address, no code for another phone."""
    client = door()
    draw(client)
    before = PictureCode.objects.get().digest
    for address, data in (
        ("/plaatjes/kiezen/", {"eerst": OTHER, "gekozen": OTHER}),
        ("/mijn/e-mail/", {"email": "lead@voorbeeld.nl"}),
        ("/telefoon/", {}),
    ):
        assert client.get(address).url == "/mijn/"
        assert client.post(address, data).url == "/mijn/"
        assert "Dat kan alleen op je eigen telefoon." in text(client.get("/mijn/"))
    assert PictureCode.objects.get().digest == before
    assert not els.hand_overs.exists()
    home = text(client.get("/mijn/"))
    for words in ("Mijn plaatjes", "Inloggen met e-mail", "Verder op een andere telefoon"):
        assert words not in home


@pytest.mark.parametrize("how", ["password", "hand-over"])
def test_who_takes_the_device_next_takes_no_lessons_along(phone, code, opened, els, driss, how):
    """Else a lead could sign in there, say that the lessons are theirs, and read what was answered."""
    client = phone.client
    client.post(f"/meedoen/{code}/wie/", {"naam": "Els Jansén"})
    draw(client)
    phone.owner = els.owner_key
    phone.keep(*phone.whole_lesson())
    if how == "password":
        driss.set_password("geheim-van-driss")
        driss.save()
        reply = client.post("/inloggen/", {"username": "driss", "password": "geheim-van-driss"})
    else:
        driss.set_unusable_password()
        driss.save()
        reply = client.post(f"/verder/{make_hand_over(user=driss).code}/")
    assert reply.url == "/mijn/"
    assert signed_in_as(client) == str(driss.pk)
    assert client.post("/samenvoegen/", {"van_mij": "ja"}).url == "/mijn/"
    assert User.objects.filter(pk=els.pk).exists()
    assert "bijnaam" not in client.session


def test_who_forgot_is_sent_to_no_lead(door, els):
    page = text(door().get("/plaatjes/vergeten/"))
    assert "docent" not in page
    for words in ("Ben je daar nog ingelogd?", "Ik log in met e-mail", "Doe opnieuw mee"):
        assert words in page


def test_a_locked_phone_of_a_team_names_no_teacher_and_one_of_a_class_does(as_user, code, school_class):
    for join, named in ((code, False), (renew_join_code(cohort=school_class, actor=None).code, True)):
        client = as_user(None)
        client.post(f"/meedoen/{join}/?nieuw", {"naam": "Mo"})
        user = User.objects.order_by("-pk")[0]
        choose_pictures(user=user, drawn=read_drawn(MINE))
        client.post("/wie/", {"wie": "nieuw"})
        client.post("/wie/", {"wie": str(user.owner_key)})
        for _ in range(5):
            reply = draw(client, OTHER)
        assert ("Vraag je docent" in text(reply)) == named


def test_who_joins_a_team_with_a_name_is_offered_pictures(as_user, code):
    for name, offered in (("Mo", True), ("", False)):
        client = as_user(None)
        client.post(f"/meedoen/{code}/", {"naam": name})
        assert ("Kies 3 plaatjes." in text(client.get("/mijn/"))) == offered


def test_a_newcomer_still_joins_while_it_is_open(as_user, code, opened):
    client = as_user(None)
    assert "?nieuw" in text(client.get(f"/meedoen/{code}/wie/"))
    assert client.post(f"/meedoen/{code}/?nieuw", {"naam": "Bo"}).url == "/mijn/"


def test_wrong_pictures_from_one_place_end_here_too(door, els, monkeypatch):
    from people import limits

    monkeypatch.setattr(limits.WRONG_PICTURES, "most", 2)
    assert [draw(door(), pictures).status_code for pictures in (OTHER, OTHER, MINE)] == [422, 422, 429]


def test_a_large_team_asks_no_more_queries(door, team, django_assert_max_num_queries):
    for number in range(60):
        user = UserFactory(first_name=f"Naam {'abcdef'[number % 6]}{number}")
        CohortMemberFactory(cohort=team, user=user)
        choose_pictures(user=user, drawn=read_drawn(MINE))
    client = door("Naam a0")
    with django_assert_max_num_queries(22):
        draw(client, OTHER)


def test_nothing_of_this_is_done_for_another_site(as_user, code, opened):
    reply = as_user(None).post(f"/meedoen/{code}/wie/", {"naam": "Els"}, headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403
