"""Who learns on this phone: shared phones, a second phone, a session that ended, two learners who are one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from assessments.models import Response
from learning.models import Event, HelpRequest, Progress
from people.audit import done_by
from people.models import AuditEntry, FormerKey, HandOver, Session, User
from people.services import make_hand_over, merge_people, renew_join_code, take_hand_over
from tests.factories import Phone
from tests.learning.test_events_come_twice import at_once

pytestmark = pytest.mark.usefixtures("own_limits")


def text(reply) -> str:
    return reply.content.decode()


@pytest.fixture
def code(school_class) -> str:
    return renew_join_code(cohort=school_class, actor=None).code


@pytest.fixture
def joined(phone, code):
    """Amina, who learns on this phone in a class, without an account."""
    phone.keep(phone.event("e-haakje"))
    phone.client.post(f"/meedoen/{code}/", {"naam": "Amina"})
    return User.objects.get(owner_key=phone.owner)


def leave(client) -> None:
    assert client.post("/wie/", {"wie": "nieuw"}).url == "/"


def test_someone_else_gets_the_phone_for_themselves(phone, joined, code):
    client = phone.client
    assert "Niet <bdi>Amina</bdi>?" in text(client.get("/mijn/"))
    assert "Ben jij <bdi>Amina</bdi>?" in text(client.get("/wie/"))
    leave(client)
    assert not client.cookies["eigenaar"].value
    assert "Amina" not in text(client.get("/mijn/"))
    bo = Phone(client, phone.lesson)
    bo.keep(bo.event("e-scherm"))
    client.post(f"/meedoen/{code}/", {"naam": "Bo"})
    assert Progress.objects.get(user=joined).seen == ["e-haakje"]
    assert Progress.objects.get(user__first_name="Bo").seen == ["e-scherm"]


def test_who_was_here_before_comes_back_with_one_tap(phone, joined):
    client = phone.client
    leave(client)
    page = text(client.get("/wie/"))
    assert "Amina" in page
    assert "1 les" in page
    assert client.post("/wie/", {"wie": str(joined.owner_key)}).url == "/mijn/"
    assert "Dag <bdi>Amina</bdi>" in text(client.get("/mijn/"))


def test_answers_of_who_was_here_before_are_not_the_next_ones(phone, joined):
    waiting = phone.event("e-keuze", "e-o1")
    leave(phone.client)
    bo = Phone(phone.client, phone.lesson)
    bo.keep(bo.event("e-haakje"))
    reply = phone.client.post("/leren/events", {"events": [waiting]}, content_type="application/json").json()
    assert (reply["safe"], reply["refused"]) == ([], {waiting["id"]: "van een ander"})
    phone.client.post("/wie/", {"wie": str(joined.owner_key)})
    phone.keep(waiting)
    assert Response.objects.get().user == joined


def test_leftovers_of_another_never_sign_their_owner_in(phone, joined):
    """The phone has begun anew; what still waits under Amina's key does not make it hers again."""
    client = phone.client
    leave(client)
    client.cookies["eigenaar"] = "7b0c8f4e-33c5-4a7e-8a68-0d1f6b3f3a11"
    reply = client.post("/leren/events", {"events": [phone.event("e-keuze", "e-o1")]}, content_type="application/json")
    assert reply.json()["safe"] == []
    assert "_auth_user_id" not in client.session
    assert User.objects.get() == joined


def test_only_who_was_on_this_phone_can_be_chosen(as_user, phone, joined, anna, driss):
    for user in (joined, anna, driss):
        client = as_user(None)
        client.post("/wie/", {"wie": str(user.owner_key)})
        assert "_auth_user_id" not in client.session
    client = as_user(None)
    client.cookies["telefoon"] = f'["{joined.owner_key}"]'  # a list that we did not sign
    client.post("/wie/", {"wie": str(joined.owner_key)})
    assert "_auth_user_id" not in client.session


def test_an_account_asks_for_its_password_on_a_shared_phone(as_user, anna):
    anna.set_password("een lang wachtwoord")
    anna.save()
    client = as_user(None)
    client.cookies["eigenaar"] = str(anna.owner_key)
    client.post("/wie/", {"wie": str(anna.owner_key)})
    assert "_auth_user_id" not in client.session


def test_a_learner_can_be_taken_off_the_phone(phone, joined):
    client = phone.client
    leave(client)
    page = client.get("/wie/wissen/", {"wie": str(joined.owner_key)})
    assert "weghalen?" in text(page)
    assert client.post("/wie/wissen/", {"wie": str(joined.owner_key)}).url == "/wie/"
    assert "Amina" not in text(client.get("/wie/"))
    client.post("/wie/", {"wie": str(joined.owner_key)})
    assert "_auth_user_id" not in client.session
    assert Progress.objects.filter(user=joined).exists()  # off the phone is not erased


def test_the_key_of_who_is_taken_off_stands_in_no_address(phone, joined):
    """The browser's history would keep it, and a key is enough to go on as a nameless learner."""
    leave(phone.client)
    assert "?wie=" not in text(phone.client.get("/wie/"))
    reply = phone.client.post("/wie/wissen/", {"wie": str(joined.owner_key), "vraag": "weg"})
    assert "weghalen?" in text(reply)
    assert "Amina" in text(phone.client.get("/wie/"))  # asked, not done


def test_a_session_that_ended_asks_who_it_is_and_goes_on(phone, joined):
    Session.objects.all().delete()
    client = phone.client
    waiting = phone.event("e-keuze", "e-o1")
    assert phone.send(waiting).status_code == 401
    assert client.get("/mijn/").url == "/wie/?next=/mijn/"
    assert "Ben jij <bdi>Amina</bdi>?" in text(client.get("/wie/?next=/les/proefles/"))
    reply = client.post("/wie/", {"wie": str(joined.owner_key), "next": "/les/proefles/"})
    assert reply.url == "/les/proefles/"
    phone.keep(waiting)


def test_a_nameless_learner_whose_session_ended_is_asked_nothing(phone):
    phone.keep(phone.event("e-haakje"))
    Session.objects.all().delete()
    assert phone.client.get("/mijn/").url == "/mijn/"
    assert "Stap 1 van" in text(phone.client.get("/mijn/"))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "target",
    ["https://elders.nl/", "//elders.nl", "javascript:alert(1)", "\\\\elders.nl", "12", "people:who", "/\\elders.nl"],
)
def test_saying_who_one_is_leads_to_no_other_site(phone, joined, target):
    assert phone.client.post("/wie/", {"wie": str(joined.owner_key), "next": target}).url == "/mijn/"


def hand_over(phone) -> str:
    page = text(phone.client.post("/telefoon/"))
    code = HandOver.objects.get(user__owner_key=phone.owner).code
    assert code in page
    assert "<svg viewBox" in page
    return code


def test_a_nameless_learner_goes_on_on_a_second_phone(phone, as_user):
    phone.keep(phone.event("e-haakje"))
    second = as_user(None)
    address = f"/verder/{hand_over(phone)}/"
    assert second.get("/meedoen/", {"code": address.split("/")[2]}).url == address
    assert "1 les" in text(second.get(address))
    assert second.post(address).url == "/mijn/"
    other = Phone(second, phone.lesson, owner=phone.owner, attempt=phone.attempt)
    other.keep(other.event("e-scherm"))
    assert User.objects.count() == 1
    assert Progress.objects.get().seen == ["e-haakje", "e-scherm"]


def test_a_code_for_a_phone_works_once_and_for_a_quarter_of_an_hour(phone, as_user):
    phone.keep(phone.event("e-haakje"))
    code = hand_over(phone)
    as_user(None).get(f"/verder/{code}/")  # a preview of the link uses nothing up
    assert as_user(None).post(f"/verder/{code}/").status_code == 302
    for client in (as_user(None), as_user(None)):
        assert client.get(f"/verder/{code}/").status_code == 410
        assert client.post(f"/verder/{code}/").status_code == 410
        assert "_auth_user_id" not in client.session
    code = hand_over(phone)
    HandOver.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert as_user(None).post(f"/verder/{code}/").status_code == 410


def test_a_new_code_for_a_phone_ends_the_one_before(phone, as_user):
    phone.keep(phone.event("e-haakje"))
    first, second = hand_over(phone), hand_over(phone)
    assert as_user(None).get(f"/verder/{first}/").status_code == 410
    assert as_user(None).get(f"/verder/{second}/").status_code == 200


def test_of_two_phones_that_take_one_code_at_once_one_gets_in(real_transactions):
    import uuid

    learner = User.objects.new_nameless(uuid.uuid4())
    learner.save()
    code = make_hand_over(user=learner).code
    taken = at_once(*(lambda: take_hand_over(code=code) for _ in range(4)))
    assert [user for user in taken if user] == [learner]


def test_two_codes_for_a_phone_asked_at_once_are_one(real_transactions):
    import uuid

    learner = User.objects.new_nameless(uuid.uuid4())
    learner.save()
    at_once(*(lambda: make_hand_over(user=learner) for _ in range(4)))
    assert HandOver.objects.count() == 1


def test_a_code_for_a_phone_lets_nobody_into_an_account(phone, as_user):
    """Whoever got an account meanwhile signs in."""
    phone.keep(phone.event("e-haakje"))
    code = hand_over(phone)
    learner = User.objects.get()
    learner.set_password("een lang wachtwoord")
    learner.save()
    client = as_user(None)
    assert client.post(f"/verder/{code}/").status_code == 410
    assert "_auth_user_id" not in client.session


def test_an_account_gets_no_code_for_a_phone(as_user, anna, bram):
    for user in (anna, bram):
        assert "Jij hebt een account." in text(as_user(user).post("/telefoon/"))
    with pytest.raises(ValueError, match="signs in"):
        make_hand_over(user=anna)
    assert not HandOver.objects.exists()


def test_who_began_nothing_gets_no_code_for_a_phone(as_user, db):
    assert "Er is nog niets bewaard." in text(as_user(None).post("/telefoon/"))
    assert not HandOver.objects.exists()


@pytest.fixture
def bo(as_user, lesson):
    """A second phone, on which someone took part of the lesson without an account."""
    phone = Phone(as_user(None), lesson)
    phone.keep(phone.event("e-scherm"), phone.event("e-keuze", "e-o1"))
    return phone


def sign_in(client, anna):
    anna.set_password("een lang wachtwoord")
    anna.save()
    return client.post("/inloggen/", {"username": "anna", "password": "een lang wachtwoord"})


def test_lessons_of_this_phone_follow_into_an_account_that_had_none(bo, anna):
    assert sign_in(bo.client, anna).url == "/mijn/"
    assert Progress.objects.get(user=anna).seen == ["e-scherm", "e-keuze"]
    assert "Van deze telefoon meegenomen: 1 les." in text(bo.client.get("/mijn/")).replace("&nbsp;", " ")
    assert User.objects.filter(is_nameless=True).count() == 0


def test_who_has_lessons_on_both_sides_is_asked_first(bo, anna, phone_of):
    annas = phone_of(anna)
    annas.keep(annas.event("e-haakje"))
    assert sign_in(bo.client, anna).url == "/samenvoegen/"
    assert "Zijn deze lessen van jou?" in text(bo.client.get("/samenvoegen/"))
    assert Progress.objects.count() == 2  # nothing happened yet
    assert bo.client.post("/samenvoegen/", {"van_mij": "ja"}).url == "/mijn/"
    assert set(Progress.objects.get().seen) == {"e-haakje", "e-scherm", "e-keuze"}
    assert Event.objects.filter(user=anna).count() == 3
    assert FormerKey.objects.get().key == bo.owner


def test_saying_no_keeps_the_two_apart_and_both_can_be_found(bo, anna, phone_of):
    annas = phone_of(anna)
    annas.keep(annas.event("e-haakje"))
    sign_in(bo.client, anna)
    bo.client.post("/samenvoegen/", {"van_mij": "nee"})
    assert Progress.objects.get(user=anna).seen == ["e-haakje"]
    bo.client.post("/uitloggen/")
    page = text(bo.client.get("/wie/"))
    assert str(bo.owner) in page
    bo.client.post("/wie/", {"wie": str(bo.owner)})
    bo.keep(bo.event("e-sorteer", {"e-k1": "wel"}))


def test_someone_with_a_name_is_never_merged_unasked(phone, joined, anna):
    """A shared phone: Amina learns on it, and Anna signs in who has nothing yet."""
    assert sign_in(phone.client, anna).url == "/samenvoegen/"
    assert Progress.objects.get().user == joined


def test_a_learner_who_is_one_with_an_account_goes_on_under_the_old_key(bo, anna, phone_of):
    annas = phone_of(anna)
    annas.keep(annas.event("e-haakje"))
    waiting = bo.event("e-sorteer", {"e-k1": "wel"})
    sign_in(bo.client, anna)
    bo.client.post("/samenvoegen/", {"van_mij": "ja"})
    assert bo.send(waiting).json()["safe"] == [waiting["id"]]
    assert Response.objects.filter(user=anna).count() == 2


def test_a_merge_that_is_interrupted_leaves_both_as_they_were(bo, anna, phone_of, monkeypatch):
    from people import registry

    annas = phone_of(anna)
    annas.keep(annas.event("e-haakje"))
    sign_in(bo.client, anna)
    last = list(registry.rooms())[-1]

    def die(source, target):
        raise RuntimeError("the machine stopped")

    with monkeypatch.context() as patch:
        patch.setitem(registry._rooms, last.room, last.__class__(**{**last.__dict__, "merge": die}))
        bo.client.raise_request_exception = False
        assert bo.client.post("/samenvoegen/", {"van_mij": "ja"}).status_code == 500
    assert Progress.objects.count() == 2
    assert Event.objects.filter(user=anna).count() == 1
    assert bo.client.post("/samenvoegen/", {"van_mij": "ja"}).url == "/mijn/"  # and again works
    assert Progress.objects.count() == 1


def test_two_merges_at_once_make_one(real_transactions, tmp_path, as_user):
    from tests.conftest import load_lesson
    from tests.factories import UserFactory

    lesson = load_lesson(tmp_path)
    source, anna = Phone(as_user(None), lesson), UserFactory(username="anna")
    source.keep(source.event("e-haakje"), source.event("e-keuze", "e-o1"))
    learner = User.objects.get(owner_key=source.owner)

    def once() -> str:
        try:
            merge_people(source=learner, target=anna)
        except User.DoesNotExist:
            return "was done"
        return "done"

    assert sorted(at_once(*(once for _ in range(3)))) == ["done", "was done", "was done"]
    assert Event.objects.filter(user=anna).count() == 2
    assert Progress.objects.get().user == anna


def test_what_both_phones_send_while_two_become_one_is_all_there(real_transactions, tmp_path, as_user):
    """Also in the session of the one who goes, and in the lesson that both are busy with."""
    from tests.conftest import load_lesson

    lesson = load_lesson(tmp_path)
    one, other = (Phone(as_user(None), lesson) for _ in range(2))
    for phone in (one, other):
        phone.keep(phone.event("e-haakje"))
        phone.client.cookies["eigenaar"] = str(phone.owner)
    source, target = (User.objects.get(owner_key=phone.owner) for phone in (one, other))
    steps = lesson.outline.ids[1:]
    batches = [(one if number % 2 else other, step) for number, step in enumerate(steps)]

    def send(phone: Phone, step: str):
        client = as_user(None)
        client.cookies.load(phone.client.cookies.output(header="", sep=";"))
        return Phone(client, lesson, phone.owner, phone.attempt).send(phone.event(step))

    jobs = [lambda phone=phone, step=step: send(phone, step) for phone, step in batches]
    replies = at_once(*jobs, lambda: merge_people(source=source, target=target))
    sent = [reply for reply in replies if not isinstance(reply, User)]
    assert {reply.status_code for reply in sent} == {200}
    assert all(reply.json()["safe"] for reply in sent)
    assert User.objects.get() == target
    assert set(Progress.objects.get().seen) == set(lesson.outline.ids)
    assert Event.objects.filter(user=target).count() == len(steps) + 2


def test_answers_in_a_session_of_the_one_who_went_are_the_others(phone, as_user, joined, anna):
    """The request had begun when the two became one."""
    from django.http import HttpRequest

    from learning.events import read_events
    from learning.intake import take_events
    from people.owner import SignInFirst, keep_as_learner

    phone.keep(phone.event("e-scherm"))
    [event], _ = read_events([phone.event("e-keuze", "e-o1")])
    request = HttpRequest()
    request.session, request.user = phone.client.session, User.objects.get(pk=joined.pk)
    merge_people(source=joined, target=anna)
    with pytest.raises(SignInFirst):
        keep_as_learner(request, joined.owner_key, lambda learner: take_events(user=learner, events=[event]))
    assert not User.objects.filter(pk=joined.pk).exists()


def test_a_learner_who_became_one_with_another_is_found_on_every_phone(phone, joined, as_user, bo):
    """Bo's phone, taken along by Amina; an older phone of Bo's knows them under the old key."""
    older = bo.client
    leave(older)
    source = User.objects.get(owner_key=bo.owner)
    merge_people(source=source, target=joined)
    assert "Amina" in text(older.get("/wie/"))
    older.post("/wie/", {"wie": str(joined.owner_key)})
    assert "Dag <bdi>Amina</bdi>" in text(older.get("/mijn/"))
    leave(older)
    older.post("/wie/wissen/", {"wie": str(joined.owner_key)})
    assert "Amina" not in text(older.get("/wie/"))  # under neither key


def test_merging_on_and_on_keeps_every_key(phone, bo, as_user, lesson, anna):
    third = Phone(as_user(None), lesson)
    for one in (phone, third):
        one.keep(one.event("e-haakje"))
    first, second, last = (User.objects.get(owner_key=one.owner) for one in (phone, bo, third))
    waiting = phone.event("e-keuze", "e-o1")
    merge_people(source=first, target=second)
    merge_people(source=User.objects.get(pk=second.pk), target=last)
    merge_people(source=User.objects.get(pk=last.pk), target=anna)
    assert set(anna.former_keys.values_list("key", flat=True)) == {phone.owner, bo.owner, third.owner}
    assert Phone(as_user(anna), lesson, phone.owner, phone.attempt).send(waiting).json()["safe"] == [waiting["id"]]
    assert Progress.objects.get().user == anna


def test_a_joined_learner_and_an_account_in_the_same_class_become_one_place(phone, joined, anna, school_class):
    HelpRequest.objects.create(user=joined, module="E99")
    AuditEntry.objects.filter(action="join_cohort").get(actor_key=joined.audit_key)
    merge_people(source=joined, target=anna)
    assert school_class.members.filter(leads=False).get().user == anna
    assert HelpRequest.objects.get().user == anna
    assert done_by(anna).filter(action="join_cohort").count() == 1


def test_the_name_that_a_lesson_shows_is_that_of_who_one_became(as_user, phone, joined, bo):
    """A nameless learner takes the name along; the phone shows it from then on."""
    address = f"/verder/{hand_over(bo)}/"
    assert phone.client.post(address).url == "/samenvoegen/"
    phone.client.post("/samenvoegen/", {"van_mij": "ja"})
    assert phone.client.cookies["naam"].value == "Amina"
    assert User.objects.get().first_name == "Amina"


def test_nobody_can_be_merged_who_was_not_on_this_phone(as_user, anna, driss, bo):
    client = as_user(driss)
    assert client.post("/samenvoegen/", {"van_mij": "ja"}).url == "/mijn/"
    assert Progress.objects.get().user.owner_key == bo.owner


def test_a_person_with_rights_never_comes_back_by_phone_alone(phone, joined):
    """Rights are for accounts; who has them signs in."""
    joined.groups.add(Group.objects.get(name="Auteurs"))
    joined.set_password("een lang wachtwoord")
    joined.save()
    leave(phone.client)
    phone.client.post("/wie/", {"wie": str(joined.owner_key)})
    assert "_auth_user_id" not in phone.client.session


def test_after_taking_along_this_phone_is_no_shared_phone(as_user, phone, code):
    """Joined on one phone without lessons, then on over the code on a phone with lessons and no name."""
    first = as_user(None)
    first.post(f"/meedoen/{code}/", {"naam": "Amina"})
    amina = User.objects.get(first_name="Amina")
    phone.keep(phone.event("e-haakje"))
    phone.client.post(f"/verder/{make_hand_over(user=amina).code}/")
    assert Progress.objects.get(user=amina).seen == ["e-haakje"]
    assert not phone.client.cookies["gedeeld"].value
    page = text(phone.client.get("/wie/"))
    assert page.count("Amina") == text(first.get("/wie/")).count("Amina")
