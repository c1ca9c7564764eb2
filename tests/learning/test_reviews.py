"""Questions that come back: at home, on their page, from a phone and by form; and what never follows from them."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Response
from learning.models import Attempt, Progress, ReviewChoice
from learning.reviews import due_for, how_long_ago
from modules.models import ModulePage
from people.models import Notice, User
from people.services import erase_person, export_person, merge_people
from tests.conftest import load_lesson
from tests.factories import RIGHT, STEPS, twin
from xapi.models import Statement

pytestmark = pytest.mark.django_db
COMES_BACK = ["e-keuze", "e-waar", "e-kaal", "e-volgorde"]
FORMS = {
    "e-keuze": ({"response": "e-o1"}, {"response": "e-o2"}, "waarom e-o1", "waarom e-o2"),
    "e-waar": ({"answer": "false", "reason": "e-r1"}, {"answer": "true"}, "waarom e-r1", "kijk e-waar"),
    "e-kaal": ({"answer": "true"}, {"answer": "false"}, "waarom e-kaal", "kijk e-kaal"),
    "e-volgorde": (
        {"e-i1": "1", "e-i2": "2", "e-i3": "3", "e-i4": "4"},
        {"e-i1": "2", "e-i2": "1", "e-i3": "", "e-i4": "3"},
        "waarom e-volgorde",
        "kijk e-volgorde",
    ),
}


def days_pass(days: float) -> None:
    """What was answered becomes so many days older."""
    for row in Response.objects.all():
        Response.objects.filter(pk=row.pk).update(received_at=row.received_at - timedelta(days=days))


def taken(phone, **changes) -> list[dict]:
    """The lesson, without the second keuze: four questions that come back are enough to count."""
    found: list[dict] = phone.whole_lesson(e_keuze_meer=None, **changes)
    return found


def review(phone, step: str, answer=None, /, **changes) -> dict:
    return phone.event(step, RIGHT.get(step) if answer is None else answer, review=True, **changes)


def asked(client) -> list[str]:
    """The questions on the page, in order."""
    page = client.get("/herhalen/").content.decode()
    return re.findall(r'data-step="([^"]+)" data-module=', page)


def card(client) -> str:
    """What the card at home says, if it is there."""
    page = client.get("/mijn/").content.decode()
    found = re.search(r'href="/herhalen/">\s*<span class="tag">Herhalen</span>\s*<b[^>]*>([^<]+)', page)
    return found[1] if found else ""


def nameless() -> User:
    made = User.objects.new_nameless(uuid.uuid4())
    made.save()
    return made


@pytest.fixture
def mine(phone_of, anna):
    """Anna's phone; she took the lesson ten days ago."""
    phone = phone_of(anna)
    phone.keep(*taken(phone))
    days_pass(10)
    return phone


def test_on_the_day_of_the_lesson_nothing_comes_back(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(*taken(phone))
    assert due_for(anna) == []
    assert card(phone.client) == ""
    assert "Nu hoef je niets te herhalen." in phone.client.get("/herhalen/").content.decode()


def test_days_later_short_questions_come_back_and_nothing_else(mine):
    assert sorted(asked(mine.client)) == sorted(COMES_BACK)
    assert card(mine.client) == "4 vragen, 2 minuten"


def test_one_question_is_one_minute(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-keuze", "e-o1"))
    days_pass(3)
    assert card(phone.client) == "1 vraag, 1 minuut"


def test_the_learner_reads_why_a_question_is_here(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-keuze", "e-o1"), phone.event("e-kaal", {"answer": False}))
    days_pass(6)
    page = phone.client.get("/herhalen/").content.decode()
    assert "Deze vraag zag je 6 dagen geleden." in page
    assert "Vorige keer lukte deze niet meteen." in page
    assert "Daarom komt hij nu terug." in page


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "gisteren"), (2, "2 dagen geleden"), (13, "13 dagen geleden"), (14, "2 weken geleden"),
     (59, "8 weken geleden"), (60, "2 maanden geleden"), (365, "12 maanden geleden")],
)  # fmt: skip
def test_how_long_ago_is_said_in_words_that_one_need_not_count(days, words):
    assert how_long_ago(days) == words


def test_a_question_answered_wrong_comes_back_before_one_answered_right(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-keuze", "e-o2"), phone.event("e-keuze", "e-o1"), phone.event("e-kaal", RIGHT["e-kaal"]))
    days_pass(1)
    assert asked(phone.client) == ["e-keuze"]
    days_pass(1)
    assert asked(phone.client) == ["e-keuze", "e-kaal"]


def test_of_answers_in_one_batch_the_first_counts_whatever_the_phones_clock_says(phone_of, anna):
    phone = phone_of(anna)
    wrong, right = phone.event("e-keuze", "e-o2", at=2_000_000_000_000), phone.event("e-keuze", "e-o1", at=0)
    phone.keep(wrong, *[phone.event("e-kaal", RIGHT["e-kaal"]) for _ in range(20)], right)
    days_pass(1)
    [due] = due_for(anna)
    assert (due.exercise, due.was_right) == ("e-keuze", False)


def test_an_answer_to_a_review_is_kept_graded_and_stated_and_the_place_stays(mine, anna):
    before = Progress.objects.values().get()
    later = timezone.now() + timedelta(days=1)
    with time_machine.travel(later):
        mine.keep(review(mine, "e-keuze", "e-o2"))
    answer = Response.objects.get(review=True)
    assert (answer.exercise, answer.correct) == ("e-keuze", False)
    statement = Statement.objects.get(id=answer.pk).document
    assert statement["result"]["success"] is False
    assert statement["context"]["extensions"]["http://localhost:8000/xapi/extensions/review"] is True
    assert Progress.objects.values().get() == before


def test_an_answer_in_a_lesson_says_nothing_of_reviews(mine):
    for row in Statement.objects.all():
        assert "review" not in str(row.document["context"])
    assert not Response.objects.filter(review=True).exists()


def test_what_was_reviewed_is_gone_for_today_and_comes_back_later(mine):
    mine.keep(review(mine, "e-keuze"), review(mine, "e-kaal", {"answer": False}))
    assert sorted(asked(mine.client)) == ["e-volgorde", "e-waar"]
    days_pass(1)
    assert "e-kaal" in asked(mine.client)
    assert "e-keuze" not in asked(mine.client)
    days_pass(60)
    assert sorted(asked(mine.client)) == sorted(COMES_BACK)


@pytest.fixture
def seven(phone_of, anna, tmp_path):
    """A lesson with seven short questions, taken ten days ago."""
    short = next(step for step in STEPS if step["id"] == "e-kaal")
    told = {"hint": twin("Kijk nog eens."), "why": twin("Vragen mag altijd.")}
    extra = [{**short, **told, "id": f"e-meer-{n}"} for n in range(3)]
    lesson = load_lesson(tmp_path, steps=[*STEPS[:-1], *extra, STEPS[-1]])
    phone = phone_of(anna)
    phone.lesson = lesson
    phone.keep(*taken(phone), *[phone.event(step["id"], {"answer": True}) for step in extra])
    days_pass(10)
    return phone


def test_at_most_five_a_day(seven):
    first = asked(seven.client)
    assert len(first) == 5
    assert card(seven.client) == "5 vragen, 2 minuten"
    seven.keep(*[review(seven, step, RIGHT.get(step, {"answer": True})) for step in first[:3]])
    assert asked(seven.client) == first[3:]  # no others come in their place
    seven.keep(*[review(seven, step, RIGHT.get(step, {"answer": True})) for step in first[3:]])
    assert asked(seven.client) == []
    assert card(seven.client) == ""
    days_pass(1)
    assert len(asked(seven.client)) == 2


def test_a_sixth_on_a_day_is_kept_all_the_same(seven, anna):
    """Two phones without signal may both have five."""
    names = [*COMES_BACK, "e-meer-0", "e-meer-1", "e-meer-2"]
    seven.keep(*[review(seven, step, RIGHT.get(step, {"answer": True})) for step in names])
    assert Response.objects.filter(review=True).count() == 7
    assert due_for(anna) == []


def test_a_review_that_comes_twice_is_one(mine):
    event = review(mine, "e-keuze")
    mine.keep(event)
    mine.keep(event)
    assert Response.objects.filter(review=True).count() == 1


def test_a_lesson_and_a_review_can_come_in_one_batch(mine):
    place = Progress.objects.get().step
    assert place != "e-haakje"
    mine.keep(review(mine, "e-keuze"), mine.event("e-haakje"), review(mine, "e-kaal"))
    assert Progress.objects.get().step == "e-haakje"


# Wrong and hostile: nothing is lost, nothing breaks, nothing moves.


def test_a_review_of_a_question_never_met_is_kept_and_begins_no_lesson(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(review(phone, "e-keuze"))
    assert Response.objects.get().review
    assert not Progress.objects.exists()
    days_pass(10)
    assert due_for(anna) == []  # the lesson was not begun
    assert asked(phone.client) == []


@pytest.mark.parametrize("step", ["e-sorteer", "e-doe"])
def test_a_review_of_what_does_not_come_back_is_kept_and_counts_for_nothing(mine, anna, step):
    before = Progress.objects.values().get()
    mine.keep(*[review(mine, step) for _ in range(6)])
    assert Progress.objects.values().get() == before
    assert len(due_for(anna)) == 4


def test_a_review_that_names_another_lesson_is_refused_by_itself(mine):
    other = ModulePage.objects.live().exclude(code="E99").first()
    good, bad = review(mine, "e-keuze"), review(mine, "e-kaal", module=other.code)
    reply = mine.send(bad, good).json()
    assert reply["safe"] == [good["id"]]
    assert reply["refused"] == {bad["id"]: "onbekende les"}


def test_a_review_in_the_attempt_of_another_lesson_is_refused(mine, anna):
    other = Attempt.objects.create(user=anna, module="B2", revision=1, started_at=timezone.now())
    bad = review(mine, "e-keuze", attempt=str(other.pk))
    assert mine.send(bad).json()["safe"] == []


@pytest.mark.parametrize("odd", ["misschien", [], {}, None, 7, "x" * 10_000])
def test_a_mark_that_is_no_yes_or_no_costs_that_event_only(mine, odd):
    bad, good = mine.event("e-keuze", "e-o1", review=odd), review(mine, "e-kaal")
    reply = mine.send(bad, good).json()
    assert reply["safe"] == [good["id"]]
    assert reply["refused"] == {bad["id"]: "verkeerde vorm: review"}


def test_a_step_that_was_only_seen_as_a_review_moves_nothing(mine):
    before = Progress.objects.values().get()
    mine.keep(mine.event("e-haakje", review=True))
    assert Progress.objects.values().get() == before


def test_a_review_answered_wrongly_shaped_is_refused_by_itself(mine):
    bad = review(mine, "e-keuze", "bestaat-niet")
    assert bad["id"] in mine.send(bad).json()["refused"]
    assert not Response.objects.filter(review=True).exists()


# What can be asked changes.


def test_a_lesson_that_is_taken_back_is_not_asked_about(mine, anna, lesson):
    lesson.unpublish()
    assert due_for(anna) == []
    assert asked(mine.client) == []
    assert card(mine.client) == ""


def test_a_question_that_was_taken_out_is_not_asked(mine, anna, tmp_path):
    load_lesson(tmp_path, steps=[step for step in STEPS if step["id"] != "e-keuze"])
    assert sorted(asked(mine.client)) == ["e-kaal", "e-volgorde", "e-waar"]


def test_a_question_that_became_another_kind_is_not_asked(mine, tmp_path):
    """The same id, as only a hand-written file can have it."""
    other = {**STEPS[2], "id": "e-keuze"}
    load_lesson(tmp_path, steps=[other if step["id"] == "e-keuze" else step for step in STEPS])
    assert sorted(asked(mine.client)) == ["e-kaal", "e-volgorde", "e-waar"]


def test_a_question_is_asked_as_it_is_now(mine, tmp_path):
    changed = {**STEPS[3], "question": {"standaard": "Wat kies je nu?", "makkelijk": "Wat kies je nu?"}}
    lesson = load_lesson(tmp_path, steps=[changed if step["id"] == "e-keuze" else step for step in STEPS])
    page = mine.client.get("/herhalen/").content.decode()
    assert "Wat kies je nu?" in page
    assert f'data-revision="{lesson.live_revision_id}"' in page


# Stopping.


def test_stopping_and_going_on_are_one_tap_each(mine, anna):
    page = mine.client.post("/herhalen/stop/", follow=True).content.decode()
    assert "Herhalen staat uit" in page
    assert card(mine.client) == ""
    assert asked(mine.client) == []
    mine.client.post("/herhalen/aan/")
    assert len(asked(mine.client)) == 4
    assert ReviewChoice.objects.count() == 1


def test_looking_keeps_no_choice(mine):
    for address in ("/herhalen/", "/herhalen/instellen/", "/mijn/"):
        mine.client.get(address)
    assert not ReviewChoice.objects.exists()


def test_nobody_yet_is_told_so_and_becomes_nobody(as_user, lesson):
    client = as_user(None)
    before = User.objects.count()
    assert "Nu hoef je niets te herhalen." in client.get("/herhalen/").content.decode()
    for address in ("/herhalen/stop/", "/herhalen/aan/", "/herhalen/instellen/", "/herhalen/proefles/e-keuze/"):
        assert client.post(address, {"response": "e-o1"}).status_code == 302
    assert User.objects.count() == before
    assert not ReviewChoice.objects.exists()


@pytest.mark.parametrize("address", ["stop/", "aan/", "instellen/", "proefles/e-keuze/"])
def test_another_site_changes_nothing(mine, address):
    reply = mine.client.post(f"/herhalen/{address}", {"response": "e-o1"}, headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403
    assert not ReviewChoice.objects.exists()
    assert not Response.objects.filter(review=True).exists()


# Without JavaScript.


@pytest.mark.parametrize("step", FORMS)
def test_a_form_gives_the_same_feedback_and_the_same_result(mine, step):
    right, wrong, why, hint = FORMS[step]
    before = Progress.objects.values().get()
    address = f"/herhalen/proefles/{step}/"
    assert f'action="{address}"' in mine.client.get("/herhalen/").content.decode()
    page = mine.client.post(address, wrong, follow=True).content.decode()
    assert "Nog niet." in page
    assert hint in page
    assert f'action="{address}"' in page  # another try
    page = mine.client.post(address, right, follow=True).content.decode()
    assert "Klopt." in page
    assert why in page
    assert "Opgeslagen." in page
    assert list(Response.objects.filter(review=True).order_by("received_at").values_list("correct", flat=True)) == [
        False,
        True,
    ]
    assert Progress.objects.values().get() == before
    assert step not in asked(mine.client)


def test_an_empty_form_says_what_to_do(mine):
    reply = mine.client.post("/herhalen/proefles/e-keuze/", {})
    assert reply.status_code == 422
    assert "Kies eerst een antwoord." in reply.content.decode()


@pytest.mark.parametrize("form", [{"response": "x"}, {"response": "x" * 100_000}, {"response": "\x00"}])
def test_an_odd_form_keeps_nothing(mine, form):
    assert mine.client.post("/herhalen/proefles/e-keuze/", form).status_code == 422
    assert not Response.objects.filter(review=True).exists()


@pytest.mark.parametrize("address", ["proefles/e-sorteer/", "proefles/e-haakje/", "proefles/bestaat-niet/"])
def test_what_does_not_come_back_leads_to_what_does(mine, address):
    assert mine.client.get(f"/herhalen/{address}").url == "/herhalen/"


def test_the_answer_of_the_lesson_is_not_shown_before_one_answered(mine):
    page = mine.client.get("/herhalen/proefles/e-keuze/").content.decode()
    assert 'class="fb"' not in page
    assert 'action="/herhalen/proefles/e-keuze/"' in page


def test_a_phone_whose_session_ended_goes_on_by_its_key(phone):
    phone.keep(*taken(phone))
    days_pass(10)
    del phone.client.cookies["kortwijs"]
    assert phone.client.get("/herhalen/").status_code == 302
    assert len(asked(phone.client)) == 4
    del phone.client.cookies["kortwijs"]
    phone.client.post("/herhalen/proefles/e-keuze/", {"response": "e-o1"})
    assert Response.objects.get(review=True).user == User.objects.get(owner_key=phone.owner)


# Others.


@pytest.mark.parametrize("who", ["bram", "chantal", "driss", None])
def test_nobody_else_sees_or_answers_annas_questions(mine, request, as_user, who):
    other = as_user(request.getfixturevalue(who) if who else None)
    assert asked(other) == []
    assert card(other) == ""
    assert other.get("/herhalen/proefles/e-keuze/").url == "/herhalen/"
    other.post("/herhalen/proefles/e-keuze/", {"response": "e-o1"})
    other.post("/herhalen/stop/")
    assert not Response.objects.filter(review=True).exists()
    assert len(asked(mine.client)) == 4


def test_a_class_page_and_its_csv_stay_the_same(mine, bram, as_user, school_class):
    teacher = as_user(bram)
    pages = [f"/docent/klassen/{school_class.pk}/", f"/docent/klassen/{school_class.pk}/voortgang.csv"]
    before = [teacher.get(page).content for page in pages]
    mine.keep(review(mine, "e-keuze", "e-o2"), review(mine, "e-kaal"))
    mine.client.post("/herhalen/stop/")
    assert [teacher.get(page).content for page in pages] == before


def test_two_learners_who_become_one_have_one_plan(phone_of, anna, lesson):
    other = nameless()
    first, second = phone_of(anna), phone_of(other)
    first.keep(first.event("e-keuze", "e-o1"), first.event("e-kaal", {"answer": False}))
    second.keep(second.event("e-keuze", "e-o2"), second.event("e-waar", RIGHT["e-waar"]))
    days_pass(10)
    first.keep(review(first, "e-keuze"))
    merge_people(source=other, target=anna)
    assert [one.exercise for one in due_for(anna)] == ["e-kaal", "e-waar"]
    first.keep(review(second, "e-waar"))  # what still waited under the other key
    assert [one.exercise for one in due_for(anna)] == ["e-kaal"]
    assert Response.objects.filter(user=anna, review=True).count() == 2


@pytest.mark.parametrize(("own", "kept"), [(None, True), (False, False)])
def test_after_merging_the_choice_of_the_account_stays(anna, own, kept):
    other = nameless()
    ReviewChoice.objects.create(user=other, stopped=True)
    if own is not None:
        ReviewChoice.objects.create(user=anna, stopped=own)
    merge_people(source=other, target=anna)
    assert ReviewChoice.objects.get().stopped is kept


def test_reviews_and_choices_are_exported_and_erased(mine, anna):
    mine.keep(review(mine, "e-keuze"))
    mine.client.post("/herhalen/stop/")
    told = str(export_person(user=anna))
    assert "'herhaling': True" in told
    assert "'gestopt': True" in told
    erase_person(user=anna, actor=None)
    assert not Response.objects.exists()
    assert not ReviewChoice.objects.exists()
    assert not Notice.objects.exists()


# How much it asks.


def many(user, module: str, number: int) -> None:
    now = timezone.now()
    Response.objects.bulk_create(
        Response(
            user=user, module=module, attempt=uuid.uuid4(), exercise=COMES_BACK[n % 4], kind="keuze", answer="x",
            correct=n % 3 > 0, at=now, received_at=now - timedelta(days=10, hours=7 * n),
        )
        for n in range(number)
    )  # fmt: skip


def queries(do) -> int:
    with CaptureQueriesContext(connection) as found:
        do()
    return len(found)


def test_a_thousand_answers_cost_no_query_more_than_four(mine, anna):
    def look() -> list[int]:
        cache.clear()
        return [queries(lambda address=address: mine.client.get(address)) for address in ("/mijn/", "/herhalen/")]

    few = look()
    many(anna, "E99", 1000)
    assert look() == few
    assert all(number <= 10 for number in few)
    assert queries(lambda: due_for(anna)) == 2


def test_the_plan_reads_no_more_than_it_can_bear(mine, anna, monkeypatch):
    monkeypatch.setattr("assessments.queries.MOST_ANSWERS", 3)
    assert len(due_for(anna)) <= 3


def test_a_batch_of_reviews_asks_no_more_than_one_of_a_lesson(mine, django_assert_max_num_queries):
    many_events = [review(mine, COMES_BACK[n % 4]) for n in range(20)]
    with django_assert_max_num_queries(15):
        mine.keep(*many_events)
