"""Without JavaScript a lesson is a page with text and forms, and what is answered is kept."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from tests.e2e.player import key_of, one_of
from tests.e2e.serving import CURRICULUM, Server

LESSON = "/les/laat-het-weg/"
TEXTS = ("text", "question", "statement")


@pytest.fixture
def plain_phone(new_phone: Callable[..., Page]) -> Page:
    return new_phone(java_script_enabled=False)


def _steps() -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = yaml.safe_load((CURRICULUM / "modules/B2/module.yaml").read_text())["steps"]
    return steps


def _texts(step: dict[str, Any], variant: str) -> Iterator[str]:
    """Every line of a step that a learner reads before answering, without marks."""
    options = step.get("options", [])
    if variant == "makkelijk" and step["type"] == "dit_doe_ik":
        options = options[:1]  # three answers in all, with 'zelf' and 'niet'
    holders = [step, *step.get("cards", []), *options, *step.get("reasons", []), *step.get("lines", [])]
    for holder in holders:
        if variant == "makkelijk" and holder.get("only_standaard"):
            continue
        own = [holder[name] for name in TEXTS if name in holder] or [holder]
        for twin in own:
            for line in twin.get(variant, "").splitlines():
                if line.strip() and "{F" not in line:
                    yield re.sub(r"\*\*|\[\[(?:[^\]|]*\|)?|\]\]", "", line).strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("address", "variant"), [("makkelijk", "makkelijk"), ("gewoon", "standaard")])
def test_every_step_can_be_read_in_the_chosen_text(plain_phone: Page, address: str, variant: str):
    plain_phone.goto(f"{LESSON}?soort={address}")
    for step in _steps():
        section = plain_phone.locator(f"[data-step={step['id']}]")
        expect(section).to_be_visible()
        shown = _one_line(section.inner_text())
        for line in _texts(step, variant):
            assert _one_line(line) in shown, step["id"]


def test_the_switch_is_a_link_and_is_remembered(plain_phone: Page):
    plain_phone.goto(LESSON)
    hook = plain_phone.locator(".step").first
    easy = hook.inner_text()
    plain_phone.get_by_role("link", name="Gewoon").click()
    usual = hook.inner_text()
    assert usual != easy
    plain_phone.goto(LESSON)
    assert hook.inner_text() == usual
    plain_phone.get_by_role("link", name="Makkelijk").click()
    assert hook.inner_text() == easy


def _section(page: Page, kind: str) -> Locator:
    page.goto(LESSON)
    return page.locator(f".step:has([data-kind={kind}])").first


def _is_told(page: Page, verdict: str) -> None:
    expect(page.locator(".fb")).to_contain_text(verdict)
    told = page.locator(".fb").inner_text()
    assert len(told.split()) > 5, "the feedback says why"
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()


def test_a_keuze_can_be_answered_wrong_and_then_right(plain_phone: Page):
    step = _section(plain_phone, "keuze")
    right = key_of(step)["right"]
    step.locator(one_of("response", right, right=False)).first.click()
    _is_told(plain_phone, "Nog niet.")
    plain_phone.locator(one_of("response", right)).click()
    _is_told(plain_phone, "Klopt.")
    plain_phone.get_by_role("link", name="Verder in de les").click()
    expect(plain_phone).to_have_url(re.compile(r"/les/laat-het-weg/#stap-\d+$"))


def test_a_waar_onwaar_can_be_answered_wrong_and_then_right(plain_phone: Page):
    step = _section(plain_phone, "waar_onwaar")
    key = key_of(step)
    answer = [str(key["right"]).lower()]
    step.locator(f".choice:has({one_of('answer', answer, right=False)})").click()
    step.get_by_role("button", name="Kijk na").click()
    _is_told(plain_phone, "Nog niet.")
    plain_phone.locator(f".choice:has({one_of('answer', answer)})").click()
    plain_phone.locator(f".choice:has({one_of('reason', key['why'])})").click()
    plain_phone.get_by_role("button", name="Kijk na").click()
    _is_told(plain_phone, "Klopt.")


def test_a_sorteer_can_be_answered_card_by_card(plain_phone: Page):
    step = _section(plain_phone, "sorteer")
    form = step.locator(".card-form").first
    sign = key_of(step)["cards"][form.get_attribute("data-part")]
    form.locator(f"button:not([value={sign}])").first.click()
    _is_told(plain_phone, "Nog niet.")
    plain_phone.locator(".card-form").first.locator(f"button[value={sign}]").click()
    _is_told(plain_phone, "Klopt.")


def test_a_volgorde_can_be_answered_with_numbers(plain_phone: Page):
    plain_phone.goto("/lessen/")
    for slug in plain_phone.eval_on_selector_all("a.stop", "links => links.map(link => link.pathname)"):
        plain_phone.goto(slug)
        if plain_phone.locator(".step:has([data-kind=volgorde])").count():
            break
    else:
        pytest.skip("no published lesson has a volgorde yet")
    step = plain_phone.locator(".step:has([data-kind=volgorde])").first
    order = key_of(step)["order"]
    rows = [f".order-row[data-item='{item}'] select" for item in order]
    rows = [row for row in rows if step.locator(row).is_visible()]
    for number, row in enumerate(reversed(rows), 1):
        step.locator(row).select_option(str(number))
    step.get_by_role("button", name="Kijk na").click()
    _is_told(plain_phone, "Nog niet.")
    for number, row in enumerate(rows, 1):
        plain_phone.locator(row).select_option(str(number))
    plain_phone.get_by_role("button", name="Kijk na").click()
    _is_told(plain_phone, "Klopt.")


def test_a_plan_for_today_can_be_kept(plain_phone: Page):
    step = _section(plain_phone, "dit_doe_ik")
    step.locator("label.choice").first.click()
    step.get_by_role("button", name="Bewaar").click()
    expect(plain_phone.locator(".fb")).to_contain_text("Bewaard.")


def test_an_empty_form_says_what_to_do(plain_phone: Page):
    _section(plain_phone, "waar_onwaar").get_by_role("button", name="Kijk na").click()
    expect(plain_phone.get_by_role("alert")).to_contain_text("Kies")


def test_a_word_is_a_page_with_a_way_back(plain_phone: Page):
    plain_phone.goto(LESSON)
    word = plain_phone.locator("a.word:visible").first
    name = word.inner_text()
    word.click()
    expect(plain_phone.get_by_role("heading", level=1)).to_have_text(re.compile(name, re.IGNORECASE))
    plain_phone.get_by_role("link", name="Sluit").first.click()
    expect(plain_phone).to_have_url(re.compile(LESSON))


def test_reading_it_all_is_kept_and_home_shows_it(plain_phone: Page, server: Server):
    before = len(server.statements())
    plain_phone.goto(LESSON)
    plain_phone.get_by_role("button", name="Ik heb alles gelezen").click()
    expect(plain_phone).to_have_url("/mijn/")
    expect(plain_phone.locator(".nowcard")).to_contain_text("Hier ben je")
    expect(plain_phone.get_by_text("Alles is opgeslagen")).to_be_visible()
    assert len(server.statements()) == before + len(_steps())


def test_a_route_is_chosen_followed_and_left(plain_phone: Page):
    plain_phone.goto("/routes/?soort=gewoon")
    plain_phone.get_by_role("link", name="Veilig werken met AI in de zorg").click()
    expect(plain_phone.get_by_role("link", name="Begin met les 1")).to_be_visible()
    plain_phone.get_by_role("button", name="Volg deze route").click()
    expect(plain_phone.get_by_text("Dit is nu jouw route.")).to_be_visible()
    plain_phone.get_by_role("link", name="Veilig werken met AI in de zorg").click()
    plain_phone.get_by_role("button", name="Stop met mijn route").click()
    expect(plain_phone.get_by_text("Je volgt geen route meer.")).to_be_visible()
