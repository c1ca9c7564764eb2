"""Everything can be done without touching the screen, and one always sees where one is."""

from playwright.sync_api import Page, expect

from tests.e2e.player import STEP, Lesson, key_of, one_of

HERE = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const holder = element.closest(".choice") ?? element;
  const style = getComputedStyle(holder);
  const box = holder.getBoundingClientRect();
  const visible = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const at = document.elementFromPoint(
    box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
  return {
    tag: element.tagName, text: holder.innerText.trim(), next: element.matches("[data-next]"),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    onTop: visible && at !== null && (holder.contains(at) || at.contains(holder)),
    choice: element.closest(".choice") !== null, name: element.name ?? "",
    value: element.value ?? "", type: element.type ?? "",
  };
}"""


class Keys:
    """Fingers on a keyboard; each stop must show where it is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def here(self) -> dict[str, object]:
        return self.page.evaluate(HERE) or {}

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def tab_to(self, wanted: str, *, back: bool = False) -> None:
        """Tab until the focus is on what fits this selector."""
        for _ in range(60):
            if self.page.evaluate("selector => document.activeElement?.matches(selector) ?? false", wanted):
                return
            self.press("Shift+Tab" if back else "Tab")
            here = self.here
            if here:
                assert here["ring"], f"no visible focus on {here['tag']} {here['text']}"
                assert here["onTop"], f"focus is hidden on {here['tag']} {here['text']}"
        raise AssertionError(f"Tab never comes to {wanted}")


def choose(keys: Keys, lesson: Lesson) -> None:
    """One answer by keyboard."""
    if lesson.kind == "keuze" and len(key_of(lesson.step)["right"]) > 1:
        _boxes(keys, key_of(lesson.step)["right"])
    elif lesson.kind == "keuze":
        keys.tab_to(f"{STEP} {one_of('response', key_of(lesson.step)['right'])}")
        keys.press("Enter")
    elif lesson.kind == "sorteer":
        card = lesson.step.locator(".card-form:not([hidden])").get_attribute("data-part")
        sign = key_of(lesson.step)["cards"][card]
        keys.tab_to(f"{STEP} .card-form:not([hidden]) .choice[value={sign}]")
        keys.press("Space")
    elif lesson.kind == "volgorde":
        for item in key_of(lesson.step)["order"]:
            if lesson.step.locator(f"[data-item='{item}']").is_visible():
                keys.tab_to(".skip")
                keys.tab_to(f"{STEP} [data-item='{item}'] button")
                keys.press("Space")
        press_main(keys, "Kijk na")
    elif lesson.kind == "zoek_de_fout":
        _boxes(keys, key_of(lesson.step)["wrong"])
    elif lesson.kind == "vul_de_prompt":
        _tiles(keys, lesson)
    elif lesson.kind == "scenario":
        for selector in ("[name=first]", ".moment:not([hidden]) [name^=then]"):
            keys.tab_to(f"{STEP} {selector}")
            keys.press("Space")
            press_main(keys, "Dit kies ik")
    elif lesson.kind == "oefenchat":
        press_main(keys, "Stuur naar de oefen-AI")
        while lesson.step.locator("[aria-live] [data-replace]").count():
            keys.tab_to(f"{STEP} [aria-live] [data-replace]")
            keys.press("Enter")
    else:
        _radios(keys, lesson)


def _boxes(keys: Keys, names: list[str]) -> None:
    for name in names:
        keys.tab_to(f"{STEP} input[name='{name}']")
        keys.press("Space")
    press_main(keys, "Kijk na")


def _tiles(keys: Keys, lesson: Lesson) -> None:
    """A good tile in every slot; after each one the focus goes to the next."""
    slots = key_of(lesson.step)["slots"]
    keys.tab_to(f"{STEP} [data-slot] input[type=radio]")
    for number, tiles in enumerate(slots.values(), 1):
        assert keys.here["type"] == "radio", "the focus goes to the tiles"
        keys.press("Space")
        _arrow_to(keys, [tile for tile, sort in tiles.items() if sort == "goed"])
        press_main(keys, "Kijk na" if number == len(slots) else "Volgende")


def _radios(keys: Keys, lesson: Lesson) -> None:
    keys.tab_to(f"{STEP} input[type=radio]")
    keys.press("Space")
    if lesson.kind == "dit_doe_ik":
        return
    key = key_of(lesson.step)
    _arrow_to(keys, [str(key["right"]).lower()])
    press_main(keys, "Kijk na")
    if lesson.step.locator("input[name=reason]").count():
        assert keys.here["type"] == "radio", "the focus goes to the reasons"
        keys.press("Space")
        _arrow_to(keys, key["why"])
        press_main(keys, "Kijk na")


def _arrow_to(keys: Keys, values: list[str]) -> None:
    for _ in range(6):
        if keys.here["value"] in values:
            return
        keys.press("ArrowDown")
    raise AssertionError("the arrows never come to the right answer")


def press_main(keys: Keys, label: str) -> None:
    keys.tab_to("[data-next]")
    assert keys.here["text"] == label
    keys.press("Enter")


def test_a_whole_lesson_goes_by_keyboard(phone: Page):
    lesson = Lesson(phone).open()
    keys = Keys(phone)
    for step in lesson.ids[1:]:
        if lesson.is_exercise:
            while lesson.label not in ("Verder", "Bewaar"):
                if lesson.label == "Volgende kaart":
                    press_main(keys, "Volgende kaart")
                    assert keys.here.get("choice"), "the focus goes to the new card"
                choose(keys, lesson)
        press_main(keys, lesson.label)
        phone.wait_for_selector(f"{STEP}[data-step='{step}']")
        assert phone.evaluate("document.activeElement.tagName") == "H2", "the focus goes to the new heading"
        assert phone.evaluate("document.activeElement.closest('.step').dataset.step") == step
        assert keys.here["onTop"]
    assert lesson.kind == "card"
    expect(lesson.saved).to_have_text("Opgeslagen.")


def test_terug_goes_by_keyboard(phone: Page):
    lesson = Lesson(phone).open()
    keys = Keys(phone)
    first = lesson.step_id
    press_main(keys, "Verder")
    keys.tab_to("[data-back]")
    keys.press("Enter")
    assert lesson.step_id == first
    assert phone.evaluate("document.activeElement.tagName") == "H2"
    keys.tab_to(".switch a", back=True)
    keys.press("Enter")
    assert lesson.step_id == first


def test_the_sheet_of_a_word_opens_closes_and_gives_the_focus_back(phone: Page):
    Lesson(phone).open()
    keys = Keys(phone)
    keys.tab_to("a.word")
    word = keys.here["text"]
    keys.press("Enter")
    sheet = phone.get_by_role("dialog")
    expect(sheet.get_by_role("heading")).to_have_text(str(word), ignore_case=True)
    assert keys.here["ring"]
    for _ in range(4):
        keys.press("Tab")
        assert phone.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        ), "the focus stays in the sheet"
    keys.press("Escape")
    expect(sheet).to_have_count(0)
    assert keys.here["text"] == word


def test_skipping_to_the_content_works(phone: Page):
    phone.goto("/mijn/")
    keys = Keys(phone)
    keys.press("Tab")
    assert keys.here["text"] == "Naar de inhoud"
    assert keys.here["onTop"]


def test_feedback_is_said_to_who_cannot_see_it(phone: Page):
    lesson = Lesson(phone).open()
    for kind in ("sorteer", "keuze", "waar_onwaar"):
        lesson.go_to(kind)
        live = lesson.step.locator("[aria-live=polite]")
        expect(live).to_have_count(1)
        expect(live).to_be_empty()
        lesson.tap(right=False)
        expect(live).to_contain_text("Nog niet.")
    expect(phone.locator("kw-saved[role=status]")).to_have_count(1)
