"""The main job, end to end: somebody takes a lesson on a phone."""

from playwright.sync_api import Page, expect

from tests.e2e.player import Lesson, Posted
from tests.e2e.serving import Server


def test_a_learner_without_an_account_takes_a_lesson_to_its_card(phone: Page, server: Server):
    posted = Posted(phone.context)
    phone.goto("/")
    phone.get_by_role("link", name="Begin zonder account").click()
    expect(phone.get_by_role("heading", level=1, name="Mijn lessen")).to_be_visible()

    lesson = Lesson(phone).open()
    lesson.choose("Makkelijk")
    steps = lesson.ids
    wrong_kinds: set[str] = set()
    plan = ""
    for number, step in enumerate(steps, 1):
        assert lesson.step_id == step
        expect(phone.locator(".where")).to_contain_text(f"Stap {number} van {len(steps)}")
        if lesson.is_exercise and lesson.kind not in {"dit_doe_ik", "oefenchat", *wrong_kinds}:
            wrong_kinds.add(lesson.kind)
            _answer_wrong_and_try_again(lesson)
        if number == len(steps) // 2:
            _switch_and_stay(lesson)
        if lesson.kind == "dit_doe_ik":
            lesson.tap()
            plan = lesson.step.locator("label:has(:checked)").inner_text().strip()
        lesson.solve()
        if lesson.kind == "keuze" and lesson.feedback.count():
            _reload_and_find_it_back(lesson)
        if step != steps[-1]:
            lesson.go_on()

    assert {"sorteer", "keuze", "waar_onwaar"} <= wrong_kinds
    assert lesson.kind == "card"
    expect(lesson.step.locator(".keep li")).to_have_count(3)
    expect(lesson.step.locator("[data-today]")).to_contain_text(plan)
    expect(lesson.saved).to_have_text("Opgeslagen.")
    lesson.press("Naar mijn lessen")
    expect(phone.locator(".route .done")).to_contain_text("1 les klaar")
    expect(phone.locator(".meta").first).to_contain_text("1 van")

    _holds_each_event_once(server, posted, steps)


def _answer_wrong_and_try_again(lesson: Lesson) -> None:
    lesson.tap(right=False)
    expect(lesson.feedback.get_by_text("Nog niet.")).to_be_visible()
    expect(lesson.feedback.locator("[data-why]")).not_to_be_empty()
    assert lesson.feedback.locator("[data-why]").inner_text().strip()
    lesson.press("Probeer opnieuw")
    expect(lesson.feedback).to_have_count(0)


def _switch_and_stay(lesson: Lesson) -> None:
    step = lesson.step_id
    easy = lesson.step.inner_text()
    lesson.choose("Gewoon")
    assert lesson.step_id == step
    assert lesson.step.inner_text() != easy
    lesson.choose("Makkelijk")
    assert lesson.step_id == step
    assert lesson.step.inner_text() == easy


def _reload_and_find_it_back(lesson: Lesson) -> None:
    step = lesson.step_id
    told = lesson.feedback.inner_text()
    lesson.page.reload()
    lesson.ready()
    assert lesson.step_id == step
    expect(lesson.feedback).to_have_text(told, use_inner_text=True)
    expect(lesson.step.get_by_text("Jouw keuze")).to_be_visible()
    expect(lesson.main).to_have_text("Verder")


def _holds_each_event_once(server: Server, posted: Posted, steps: list[str]) -> None:
    sent = {event["id"]: event for event in posted.events}
    (attempt,) = {event["attempt"] for event in sent.values()}
    held = server.statements(registration=attempt)
    ids = [statement["id"] for statement in held]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(sent)
    seen = [event["step"] for event in sent.values() if "exercise" not in event]
    assert sorted(seen) == sorted(steps)
    answers = [statement for statement in held if "success" in statement.get("result", {})]
    assert {answer["result"]["success"] for answer in answers} == {True, False}
    assert len({statement["actor"]["account"]["name"] for statement in held}) == 1


def test_a_lesson_goes_on_where_one_stopped(phone: Page):
    lesson = Lesson(phone).open()
    lesson.go_to("sorteer")
    step = lesson.step_id
    lesson.tap(right=True)
    expect(lesson.saved).to_have_text("Opgeslagen.")
    phone.goto("/mijn/")
    expect(phone.locator(".nowcard")).to_contain_text("Hier ben je")
    phone.get_by_role("link", name="Ga verder").click()
    lesson.ready()
    assert lesson.step_id == step
    expect(lesson.step).to_contain_text("Kaart 2 van")


def test_terug_keeps_what_was_answered(phone: Page):
    lesson = Lesson(phone).open()
    lesson.go_to("keuze")
    step = lesson.step_id
    lesson.tap(right=True)
    told = lesson.feedback.inner_text()
    lesson.go_on()
    lesson.back.click()
    assert lesson.step_id == step
    expect(lesson.feedback).to_have_text(told, use_inner_text=True)
    lesson.go_on()
    phone.go_back()  # the phone's own button
    phone.wait_for_selector(f"section.step[data-step='{step}']:not([hidden])")
    expect(lesson.feedback).to_have_text(told, use_inner_text=True)


def test_the_trade_of_the_learner_picks_the_example(phone: Page):
    lesson = Lesson(phone).open()
    plain = lesson.step.inner_text()
    phone.goto("/vak/")
    phone.get_by_role("button", name="Zorg", exact=False).first.click()
    expect(phone).to_have_url("/mijn/")
    lesson.open()
    assert lesson.step.inner_text() != plain
    expect(lesson.step).to_contain_text("zorg")
