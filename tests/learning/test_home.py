"""The learner's home: the next lesson first, how far, how long, what is saved; and the list of lessons."""

import re

import pytest
from django.utils import timezone

from learning.models import Progress
from modules.models import ModulePage
from people.services import send_notice
from tests.factories import STEPS


def next_lesson(client) -> str:
    """The address on the big card."""
    return re.search(r'class="nowcard" href="([^"]+)"', client.get("/mijn/").content.decode())[1]


@pytest.mark.usefixtures("lesson")
def test_who_did_nothing_yet_begins_with_the_first_lesson(as_user):
    first = ModulePage.objects.live().order_by("track", "code").first()
    assert next_lesson(as_user(None)) == f"/les/{first.slug}/"


def test_what_one_was_busy_with_last_comes_first(phone):
    phone.keep(phone.event("e-scherm"))
    assert next_lesson(phone.client) == "/les/proefles/"
    page = phone.client.get("/mijn/").content.decode()
    assert "Hier ben je" in page
    assert f"Stap 2 van {len(STEPS)}" in page
    assert f"Nog {round(5 * (1 - 1 / len(STEPS)))} minuten" in page


def test_a_lesson_that_is_done_makes_room_for_the_next(phone):
    phone.keep(*phone.whole_lesson())
    assert next_lesson(phone.client) != "/les/proefles/"
    page = phone.client.get("/mijn/").content.decode()
    assert "1 les klaar" in page
    assert "De proefles" in page


def test_home_says_what_is_saved_and_when(phone):
    assert "Alles is opgeslagen" not in phone.client.get("/mijn/").content.decode()
    phone.keep(phone.event("e-haakje"))
    page = phone.client.get("/mijn/").content.decode()
    saved_at = timezone.localtime(Progress.objects.get().saved_at)
    assert "Alles is opgeslagen" in page
    assert f"{saved_at.hour}.{saved_at:%M} uur" in page


def test_who_did_everything_is_told_so(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())
    now = timezone.now()
    for module in ModulePage.objects.live().exclude(code="E99"):
        Progress.objects.create(
            user=anna, module=module.code, attempt=phone.attempt, revision=1, step="x", saved_at=now, completed_at=now
        )
    assert "Je hebt alle lessen gedaan." in phone.client.get("/mijn/").content.decode()


def test_the_list_shows_each_live_lesson_and_what_is_coming(as_user, lesson, coming):
    page = as_user(None).get("/lessen/").content.decode()
    for module in ModulePage.objects.live():
        assert f'href="/les/{module.slug}/"' in page
    assert f'href="/les/{coming.slug}/"' not in page
    assert "Komt nog" in page


def test_a_draft_that_is_not_announced_is_nowhere(as_user, lesson):
    lesson.unpublish()
    for address in ("/lessen/", "/mijn/"):
        assert "De proefles" not in as_user(None).get(address).content.decode()


def test_a_message_waits_at_home_until_it_is_read(as_user, anna):
    notice = send_notice(user=anna, text="Je les staat klaar.", link="/les/proefles/")
    client = as_user(anna)
    assert "Je les staat klaar." in client.get("/mijn/").content.decode()
    assert client.post(f"/bericht/{notice.pk}/gelezen/").status_code == 302
    assert "Je les staat klaar." not in client.get("/mijn/").content.decode()


def test_without_any_lesson_home_still_says_what_to_do(as_user, lesson):
    ModulePage.objects.update(live=False, announced=False)
    assert "Er zijn nog geen lessen." in as_user(None).get("/mijn/").content.decode()
    assert "Er zijn nog geen lessen." in as_user(None).get("/lessen/").content.decode()


def test_a_phone_that_lost_its_memory_gets_its_place_back(phone):
    assert phone.client.get("/leren/stand/E99").status_code == 204
    phone.keep(phone.event("e-haakje"), phone.event("e-keuze", "e-o2"))
    reply = phone.client.get("/leren/stand/E99")
    assert reply.json() == {
        "attempt": str(phone.attempt), "step": "e-keuze", "seen": ["e-haakje", "e-keuze"],
        "results": {"e-keuze": {"": False}},
    }  # fmt: skip
    assert "no-store" in reply.headers["Cache-Control"]


@pytest.mark.parametrize(("trade", "status"), [("zorg", 302), ("", 302), ("ruimtevaart", 400), ("<script>", 400)])
def test_only_a_trade_from_the_list_is_kept_on_the_phone(as_user, db, trade, status):
    client = as_user(None)
    reply = client.post("/vak/", {"vak": trade})
    assert reply.status_code == status
    assert ("vak" in client.cookies) is (status == 302)
    if status == 400:
        assert reply.content.decode().startswith("Dit vak kennen we niet.")


def changed(lesson, more: list[dict], fewer: int = 0) -> None:
    """The author adds steps before the card, and takes some away."""
    import json

    from modules.curriculum.convert import stored_steps

    steps = list(lesson.steps.get_prep_value())
    lesson.steps = json.dumps([*steps[fewer:-1], *stored_steps(more), steps[-1]])
    lesson.save_revision().publish()


def test_a_lesson_that_changed_stays_done_and_says_what_is_new(phone, lesson):
    phone.keep(*phone.whole_lesson())
    number = len(lesson.outline)
    changed(lesson, [{**STEPS[1], "id": "e-nieuw"}])
    for address in ("/mijn/", "/lessen/"):
        page = phone.client.get(address).content.decode()
        assert "1 nieuw scherm" in page
        assert f'href="/les/proefles/#stap-{number}"' in page
    assert Progress.objects.get().status == "done"
    phone.lesson = ModulePage.objects.get(code="E99")
    phone.keep(phone.event("e-nieuw"))
    assert "nieuw scherm" not in phone.client.get("/mijn/").content.decode()
    assert Progress.objects.get().status == "done"


def test_a_lesson_that_lost_a_step_says_nothing_new(phone, lesson):
    phone.keep(*phone.whole_lesson())
    changed(lesson, [], fewer=1)
    assert "nieuw" not in phone.client.get("/mijn/").content.decode()
    assert Progress.objects.get().status == "done"


def test_a_lesson_that_changed_halfway_goes_on_where_one_was(phone, lesson):
    phone.keep(phone.event("e-haakje"), phone.event("e-keuze", "e-o1"))
    changed(lesson, [{**STEPS[1], "id": "e-nieuw"}])
    phone.lesson = ModulePage.objects.get(code="E99")
    phone.keep(*[event for event in phone.whole_lesson() if event["step"] != "e-nieuw"])
    assert Progress.objects.get().status == "busy"  # the new step was not seen yet
    phone.keep(phone.event("e-nieuw"))
    assert Progress.objects.get().status == "done"
    assert Progress.objects.get().results["e-keuze"] == {"": True}


def test_what_is_only_announced_does_not_count_as_a_lesson_to_do(phone, coming):
    phone.keep(*phone.whole_lesson())
    assert f"1 van {ModulePage.objects.live().count()} lessen klaar" in phone.client.get("/mijn/").content.decode()
