"""Build a prompt from tiles: by tap, by keyboard and without JavaScript; what is typed stays on the phone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.player import Lesson, Posted, key_of
from tests.e2e.test_keyboard import Keys, choose

LESSON = "goede-opdracht"
STEP = "a3-prompt"
SECRET = "Stuur dit aan mevrouw Geheimpje"
KEPT = """async () => {
  const rows = await Promise.all((await indexedDB.databases()).map(({ name }) => new Promise((resolve) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      const names = [...opening.result.objectStoreNames];
      if (!names.length) return resolve([]);
      const asked = opening.result.transaction(names);
      Promise.all(names.map((store) => new Promise((done) => {
        const all = asked.objectStore(store).getAll();
        all.onsuccess = () => done(all.result);
      }))).then((found) => { opening.result.close(); resolve(found); });
    };
  })));
  return JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }, document.cookie]);
}"""


def opened(phone: Page) -> Lesson:
    return Lesson(phone, LESSON).open_at(STEP)


def tap(lesson: Lesson, text: str) -> None:
    lesson.step.locator("label.choice:visible").filter(has_text=text).click()


def test_the_prompt_grows_a_tile_goes_in_and_out_and_an_answer_follows(phone: Page):
    lesson = opened(phone)
    built = lesson.step.locator(".built p")
    expect(built).to_be_hidden()
    tap(lesson, "Schrijf een appje.")
    expect(built).to_have_text("Schrijf een appje.", use_inner_text=True)
    tap(lesson, "Schrijf een appje.")
    expect(built).to_be_hidden()
    assert lesson.label == "", "an empty slot has no button"
    tap(lesson, "Schrijf een appje.")
    lesson.press("Volgende")
    tap(lesson, "Voor Henk")
    lesson.press("Volgende")
    tap(lesson, "3 vriendelijke zinnen")
    expect(built).to_contain_text("Voor Henk, met zijn kenteken. In 3", use_inner_text=True)
    lesson.press("Kijk na")
    expect(lesson.feedback).to_contain_text("Een naam hoort bij 1 mens.")
    expect(lesson.feedback).not_to_contain_text("Zo zou een antwoord kunnen zijn")

    lesson.press("Probeer opnieuw")
    expect(lesson.step.locator("[data-slot]:visible")).to_have_count(1)
    expect(built).to_have_text("Schrijf een appje. In 3 vriendelijke zinnen.", use_inner_text=True)
    tap(lesson, "Voor een klant")
    lesson.press("Kijk na")
    expect(lesson.feedback).to_contain_text("Zo zou een antwoord kunnen zijn")
    expect(lesson.feedback).to_contain_text("Er gaat niets naar buiten.")
    told = lesson.feedback.inner_text()
    phone.reload()
    lesson.ready()
    expect(lesson.feedback).to_have_text(told, use_inner_text=True)
    expect(built).to_contain_text("Voor een klant", use_inner_text=True)


def test_a_vague_prompt_shows_what_comes_of_it(phone: Page):
    lesson = opened(phone)
    for text in ("Schrijf iets.", "Voor Henk", "iets moois"):
        tap(lesson, text)
        lesson.main.click()
    expect(lesson.feedback).to_contain_text("Een naam hoort bij 1 mens.")
    expect(lesson.feedback).not_to_contain_text("Dit wordt een lange brief.")
    lesson.press("Probeer opnieuw")
    for text in ("Schrijf een appje.", "Voor een klant", "iets moois"):
        tap(lesson, text)
        lesson.main.click()
    expect(lesson.feedback).to_contain_text("Nog niet.")
    expect(lesson.feedback).to_contain_text("Dit wordt een lange brief.")


def test_one_can_go_back_and_switch_the_text_half_way(phone: Page):
    lesson = opened(phone)
    tap(lesson, "Schrijf iets.")
    lesson.press("Volgende")
    lesson.choose("Gewoon")
    lesson.step.get_by_role("button", name="Vorige").click()
    expect(lesson.step.get_by_role("radio", name="Schrijf iets.")).to_be_checked()
    tap(lesson, "Help me even")
    lesson.choose("Makkelijk")
    expect(lesson.step.locator(".built p")).to_have_text("Help mij met een klant.", use_inner_text=True)
    lesson.press("Volgende")


def test_what_is_typed_is_in_the_prompt_and_goes_nowhere(phone: Page):
    posted = Posted(phone.context)
    bodies: list[str] = []
    phone.context.on("request", lambda request: bodies.append(f"{request.url} {request.post_data or ''}"))
    lesson = opened(phone)
    lesson.choose("Gewoon")
    tap(lesson, "Of typ zelf")
    assert lesson.label == "", "first type something"
    phone.keyboard.type(SECRET)
    expect(lesson.step.locator(".built p")).to_have_text(SECRET, use_inner_text=True)
    phone.keyboard.press("Enter")
    tap(lesson, "Het is voor een klant.")
    lesson.press("Volgende")
    tap(lesson, "3 vriendelijke zinnen")
    lesson.press("Kijk na")
    expect(lesson.feedback).to_contain_text("Alleen jij ziet dat.")
    expect(lesson.step.locator(".built p")).to_contain_text(SECRET)
    expect(lesson.saved).to_have_text("Opgeslagen.")
    (answer,) = [event["response"] for event in posted.events if event.get("exercise")]
    first = next(iter(key_of(lesson.step)["slots"]))
    assert answer[first] == "zelf"
    lesson.go_on()
    expect(lesson.saved).to_have_text("Opgeslagen.")
    assert len(bodies) > 2
    assert not [body for body in bodies if "Geheimpje" in body]
    assert "Geheimpje" not in phone.evaluate(KEPT)


def test_it_goes_by_keyboard(phone: Page):
    lesson = opened(phone)
    choose(Keys(phone), lesson)
    expect(lesson.feedback).to_contain_text("Klopt.")


def test_without_script_it_is_a_form_with_every_slot(new_phone: Callable[..., Page]):
    phone = new_phone(java_script_enabled=False)
    phone.goto(f"/les/{LESSON}/")
    step = phone.locator(f"[data-step={STEP}]")
    expect(step.get_by_text("Of typ zelf")).to_have_count(3)
    expect(step.get_by_text("Of typ zelf").first).to_be_hidden()
    for text in ("Schrijf een appje.", "Voor Henk"):
        step.locator("label.choice:visible").filter(has_text=text).click()
    step.get_by_role("button", name="Kijk na").click()
    expect(phone.get_by_role("alert")).to_contain_text("Kies bij elk stukje een tegel.")
    for text in ("Schrijf een appje.", "Voor Henk", "3 vriendelijke zinnen"):
        phone.locator("label.choice:visible").filter(has_text=text).click()
    phone.get_by_role("button", name="Kijk na").click()
    expect(phone.locator(".fb")).to_contain_text("Nog niet.")
    expect(phone.get_by_role("radio", name="Schrijf een appje.")).to_be_checked()
    phone.locator("label.choice:visible").filter(has_text="Voor een klant").click()
    phone.get_by_role("button", name="Kijk na").click()
    expect(phone.locator(".fb")).to_contain_text("Klopt.")
    expect(phone.locator(".fb")).to_contain_text("Zo zou een antwoord kunnen zijn")
