"""A lesson can be read and answered with forms alone."""

import pytest

from assessments.models import Response
from learning.models import Event, Progress
from people.models import Session, User
from tests.exercise_cases import cases
from xapi.models import Statement

LES = "/les/proefles/"
FORMS = {  # what a right, a wrong and an empty form post, and what the page then says
    "e-keuze": ({"response": "e-o1"}, {"response": "e-o2"}, {}, "waarom e-o1", "waarom e-o2"),
    "e-waar": ({"answer": "false", "reason": "e-r1"}, {"answer": "true"}, {}, "waarom e-r1", "kijk e-waar"),
    "e-kaal": ({"answer": "true"}, {"answer": "false"}, {}, "waarom e-kaal", "kijk e-kaal"),
    "e-volgorde": (
        {"e-i1": "1", "e-i2": "2", "e-i3": "3", "e-i4": "4"},
        {"e-i1": "2", "e-i2": "1", "e-i3": "", "e-i4": "3"},
        {"e-i1": "1"},
        "waarom e-volgorde",
        "kijk e-volgorde",
    ),
    "e-sorteer": (
        {"part": "e-k1", "sign": "wel"},
        {"part": "e-k1", "sign": "niet"},
        {"part": "e-k1"},
        "waarom e-k1",
        "kijk e-k1",
    ),
    "e-keuze-meer": (
        {"e-o1": "1", "e-o3": "1"},
        {"e-o1": "1", "e-o2": "1"},
        {"e-o1": ""},
        "waarom e-o3",
        "waarom e-o2",
    ),
    "e-prompt": (
        {"e-doel": "e-t1", "e-wie": "e-t3"},
        {"e-doel": "e-t2", "e-wie": "e-t3"},
        {"e-doel": "e-t1", "e-wie": ""},
        "waarom e-prompt",
        "waarom e-t2",
    ),
    "e-prompt-kaal": (
        {"e-doel": "e-t5", "e-wie": "e-t3"},
        {"e-doel": "e-t1", "e-wie": "e-t4"},
        {},
        "waarom e-prompt-kaal",
        "waarom e-t4",
    ),
    "e-zoek": ({"e-z1": "1", "e-z4": "1"}, {"e-z1": "1"}, {"e-z1": ""}, "waarom e-zoek", "kijk e-zoek"),
    "e-zoek-chat": ({"e-z2": "1"}, {"e-z2": "1", "e-z1": "1"}, {"e-weg": "1"}, "waarom e-zoek-chat", "waarom e-z1"),
    "e-zoek-beeld": ({"e-z2": "1", "e-z3": "1"}, {"e-z2": "1"}, {}, "waarom e-zoek-beeld", "kijk e-zoek-beeld"),
    "e-zoek-tekening": ({"e-t2": "1", "e-t3": "1"}, {"e-t2": "1"}, {}, "leg je in een la", "Waar leest een ander iets"),
}


def feedback(page: str) -> str:
    """The part of the page that answers the learner."""
    assert 'class="fb"' in page
    return page.split('class="fb"', 1)[1].split("</section>", 1)[0]


@pytest.mark.parametrize("exercise", FORMS)
def test_a_right_answer_shows_why_and_is_kept(phone, exercise):
    right, _, _, why, _ = FORMS[exercise]
    page = phone.client.post(f"{LES}{exercise}/", right, follow=True).content.decode()
    assert "Klopt." in feedback(page)
    assert why in feedback(page)
    assert "Opgeslagen." in page
    answer = Response.objects.get()
    assert (answer.correct, answer.exercise, answer.module) == (True, exercise, "E99")
    assert Event.objects.get().pk == Statement.objects.get().id == answer.pk


@pytest.mark.parametrize("exercise", FORMS)
def test_a_wrong_answer_says_where_to_look_and_lets_one_try_again(phone, exercise):
    right, wrong, _, why, hint = FORMS[exercise]
    page = phone.client.post(f"{LES}{exercise}/", wrong, follow=True).content.decode()
    assert "Nog niet." in feedback(page)
    assert hint in feedback(page)
    assert why not in feedback(page)
    assert f'action="{LES}{exercise}/"' in page
    phone.client.post(f"{LES}{exercise}/", right)
    assert [row.correct for row in Response.objects.order_by("received_at")] == [False, True]
    assert all(Progress.objects.get().results[exercise].values())


@pytest.mark.parametrize("plan", ["e-p1", "zelf", "niet"])
def test_a_plan_for_today_is_kept_without_right_or_wrong(phone, plan):
    page = phone.client.post(f"{LES}e-doe/", {"response": plan}, follow=True).content.decode()
    assert "Bewaard." in feedback(page)
    assert Response.objects.get().correct is None


def refused(phone, exercise: str, form: dict) -> str:
    reply = phone.client.post(f"{LES}{exercise}/", form)
    assert reply.status_code == 422, form
    page = reply.content.decode()
    assert not Event.objects.exists()
    assert page.count('role="alert"') == 1
    sentence = page.split('role="alert"', 1)[1].split("<span>", 1)[1].split("</span>", 1)[0]
    assert f'action="{LES}{exercise}/"' in page  # one can answer at once
    return sentence


@pytest.mark.parametrize("exercise", [*FORMS, "e-doe"])
def test_nothing_chosen_asks_in_dutch_to_choose(phone, exercise):
    sentence = refused(phone, exercise, FORMS[exercise][2] if exercise in FORMS else {})
    assert sentence.startswith(("Kies ", "Geef "))


@pytest.mark.parametrize(
    ("exercise", "form"),
    [
        ("e-keuze", {"response": "e-weg"}),
        ("e-keuze", {"response": "x" * 100_000}),
        ("e-keuze", {"response": "\x00"}),
        ("e-keuze", {"response": "<script>"}),
        ("e-waar", {"answer": "false", "reason": "e-o1"}),
        ("e-waar", {"answer": "false"}),
        ("e-waar", {"answer": "misschien"}),
        ("e-waar", {"reason": "e-r1"}),
        ("e-volgorde", {"e-i1": "1", "e-i2": "1", "e-i4": "2"}),
        ("e-volgorde", {"e-i1": "een", "e-i2": "twee", "e-i4": "drie"}),
        ("e-volgorde", {"e-i1": "²", "e-i2": "1", "e-i4": "3"}),
        ("e-volgorde", {"e-i1": "9" * 5000, "e-i2": "1", "e-i4": "3"}),
        ("e-volgorde", {"e-i1": "-1", "e-i2": "1", "e-i4": "3"}),
        ("e-sorteer", {"part": "e-weg", "sign": "wel"}),
        ("e-sorteer", {"part": "e-k1", "sign": "misschien"}),
        ("e-sorteer", {"sign": "wel"}),
        ("e-doe", {"response": "e-weg"}),
        ("e-doe", {"response": "\x00"}),
    ],
)
def test_a_hostile_form_gives_a_sentence_and_keeps_nothing(phone, exercise, form):
    sentence = refused(phone, exercise, form)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "<script>" not in sentence


def test_a_wrong_form_makes_no_learner(phone):
    assert phone.client.post(f"{LES}e-keuze/", {}).status_code == 422
    assert not User.objects.exists()
    assert not Session.objects.exists()


def test_the_first_kept_form_makes_a_nameless_learner_who_stays(phone):
    phone.client.post(f"{LES}e-keuze/", {"response": "e-o1"})
    phone.client.post(f"{LES}e-kaal/", {"answer": "true"})
    learner = User.objects.get()
    assert learner.is_nameless
    assert phone.client.cookies["eigenaar"].value == str(learner.owner_key)
    assert Progress.objects.get(user=learner).seen == ["e-keuze", "e-kaal"]


def test_the_key_the_phone_made_before_becomes_the_learners(phone):
    phone.client.cookies["eigenaar"] = str(phone.owner)
    phone.client.post(f"{LES}e-keuze/", {"response": "e-o1"})
    assert User.objects.get().owner_key == phone.owner


@pytest.mark.parametrize("has_account", [True, False])
def test_after_the_session_someone_with_a_name_is_asked_who_is_there_and_comes_back(phone, anna, has_account):
    if not has_account:
        anna.set_unusable_password()
        anna.save()
    phone.client.cookies["eigenaar"] = str(anna.owner_key)
    then = {f"{LES}e-keuze/": f"{LES}e-keuze/", f"{LES}klaar/": "/mijn/"}
    for address, form in ((f"{LES}e-keuze/", {"response": "e-o1"}), (f"{LES}klaar/", {})):
        reply = phone.client.post(address, form)
        assert (reply.status_code, reply.url) == (302, f"/wie/?next={then[address]}")
    assert not Event.objects.exists()


def test_a_form_posted_twice_gives_one_result(phone):
    for _ in range(2):
        phone.client.post(f"{LES}e-keuze/", {"response": "e-o1"})
        phone.client.post(f"{LES}klaar/")
    progress = Progress.objects.get()
    assert progress.results == {"e-keuze": {"": True}}
    assert sorted(progress.seen) == sorted(phone.lesson.outline.ids)


def test_i_read_everything_keeps_that_every_step_was_seen(phone):
    reply = phone.client.post(f"{LES}klaar/")
    assert (reply.status_code, reply.url) == (302, "/mijn/")
    progress = Progress.objects.get()
    assert progress.seen == phone.lesson.outline.ids
    assert progress.completed_at is None  # the questions are still open


def test_with_all_answers_right_i_read_everything_is_done(phone):
    for exercise, forms in FORMS.items():
        phone.client.post(f"{LES}{exercise}/", forms[0])
    for card in ("e-k2", "e-k3"):
        phone.client.post(f"{LES}e-sorteer/", {"part": card, "sign": "vraag"})
    for case in cases():
        if case.id not in FORMS and case.forms:
            phone.client.post(f"{LES}{case.id}/", case.forms[0]["posted"])
    phone.client.post(f"{LES}klaar/")
    assert Progress.objects.get().completed_at is not None


@pytest.mark.parametrize("address", [f"{LES}e-keuze/", f"{LES}klaar/", "/vak/"])
def test_a_form_from_another_site_is_refused(phone, address):
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}):
        reply = phone.client.post(address, {"response": "e-o1", "vak": "zorg"}, headers=headers)
        assert reply.status_code == 403
        assert "Dit kwam van een andere site." in reply.content.decode()
    assert not Event.objects.exists()
    assert "vak" not in phone.client.cookies


def test_a_step_that_asks_nothing_or_is_not_there_leads_to_the_lesson(phone):
    for step in ("e-haakje", "e-kaart", "e-weg"):
        for reply in (phone.client.get(f"{LES}{step}/"), phone.client.post(f"{LES}{step}/", {"response": "x"})):
            assert (reply.status_code, reply.url) == (302, LES)


def test_every_form_of_the_lesson_leads_to_a_page_that_works(phone):
    page = phone.client.get(LES).content.decode()
    for exercise in (*FORMS, "e-doe"):
        assert f'action="{LES}{exercise}/"' in page
        alone = phone.client.get(f"{LES}{exercise}/")
        assert alone.status_code == 200
        assert f'action="{LES}{exercise}/"' in alone.content.decode()
    assert f'action="{LES}klaar/"' in page


def test_an_answer_to_an_older_text_of_the_exercise_does_not_break_its_page(phone):
    phone.client.post(f"{LES}e-keuze/", {"response": "e-o2"})
    Response.objects.update(answer="e-was-er-ooit")
    page = phone.client.get(f"{LES}e-keuze/").content.decode()
    assert 'class="fb"' not in page
    assert f'action="{LES}e-keuze/"' in page


@pytest.mark.parametrize("answer", ["x", ["e-s1", "e-weg"], {}, None])
def test_an_answer_to_an_older_scenario_does_not_break_its_page(phone, answer):
    phone.client.post(f"{LES}e-scenario/", {"first": "e-s1", "then-1": "e-m1-a"})
    Response.objects.update(answer=answer if answer is not None else "")
    page = phone.client.get(f"{LES}e-scenario/").content.decode()
    assert "Bewaard." not in page
    assert f'action="{LES}e-scenario/"' in page


def test_a_scenario_gives_its_ending_and_the_record_names_it(phone):
    page = phone.client.post(f"{LES}e-scenario/", {"first": "e-s2", "then-2": "e-m2-b"}, follow=True).content.decode()
    assert "Dit kun je herstellen." in feedback(page)
    assert "einde herstel" in feedback(page)
    assert "straks herstel" in feedback(page)
    assert f'action="{LES}e-scenario/"' in page  # another way can be tried at once
    result = Statement.objects.get().document["result"]
    assert list(result["extensions"].values()) == ["herstel"]
    assert "success" not in result


@pytest.mark.parametrize(
    "form",
    [{"first": "e-weg", "then-1": "e-m1-a"}, {"first": "e-s1"},
     {"first": "e-s1", "then-2": "e-m2-a"}, {"then-1": "e-m1-a"},
     {"first": "e-s1", "then-1": "e-m2-a"}, {"first": "\x00", "then-1": "\x00"}, {"first": "x" * 100_000}],
)  # fmt: skip
def test_a_scenario_form_that_leads_nowhere_keeps_nothing(phone, form):
    assert refused(phone, "e-scenario", form)
