"""Takes a lesson as a learner does: reads what is on the screen and presses what is there."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

STEP = "section.step:not([hidden])"
WAITING = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("kortwijs", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { autoIncrement: true });
  opening.onerror = reject;
  opening.onsuccess = () => {
    const all = opening.result.transaction("outbox").objectStore("outbox").getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
  };
})"""


def waiting_events(page: Page) -> list[dict[str, Any]]:
    """What lies in the outbox of this phone."""
    found: list[dict[str, Any]] = page.evaluate(WAITING)
    return found


class Posted:
    """Every event that a phone sent, as often as it sent it."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[Request] = []
        context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/leren/events"):
            self.requests.append(request)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for request in self.requests for event in (request.post_data_json or {})["events"]]

    @property
    def ids(self) -> list[str]:
        return [event["id"] for event in self.events]


class Lesson:
    """One lesson on one page."""

    def __init__(self, page: Page, slug: str = "laat-het-weg") -> None:
        self.page = page
        self.slug = slug
        self.main = page.locator("[data-next]")
        self.back = page.locator("[data-back]")
        self.saved = page.locator("kw-saved")
        self.feedback = page.locator(f"{STEP} [aria-live] .fb")

    def open(self) -> "Lesson":
        self.page.goto(f"/les/{self.slug}/")
        return self.ready()

    def ready(self) -> "Lesson":
        expect(self.page.locator("[data-dock]")).to_be_visible()
        return self

    @property
    def step(self) -> Locator:
        return self.page.locator(STEP)

    @property
    def ids(self) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(".step", "steps => steps.map(step => step.dataset.step)")
        return found

    @property
    def step_id(self) -> str:
        return self.step.get_attribute("data-step") or ""

    @property
    def kind(self) -> str:
        """The kind of exercise; else `card` or `screen`."""
        exercise = self.step.locator(".exercise")
        if exercise.count():
            return exercise.get_attribute("data-kind") or ""
        return "card" if self.step.locator(".keep").count() else "screen"

    @property
    def is_exercise(self) -> bool:
        return self.step.locator(".exercise").count() > 0

    @property
    def label(self) -> str:
        """What the main button says; empty when there is none."""
        return self.main.inner_text().strip() if self.main.is_visible() else ""

    def choose(self, variant: str) -> None:
        """Press Makkelijk or Gewoon."""
        self.page.locator(".switch").get_by_text(variant, exact=True).click()
        expect(self.page.locator(f".switch a:has-text('{variant}')")).to_have_attribute("aria-current", "true")

    def press(self, label: str) -> None:
        expect(self.main).to_have_text(label)
        self.main.click()

    def go_on(self) -> None:
        """Verder (or Bewaar); waits for the next step."""
        before = self.step_id
        self.main.click()
        self.page.wait_for_selector(f"section.step[data-step='{before}'][hidden]", state="attached")

    def go_to(self, kind: str) -> "Lesson":
        """On to the first step of this kind, answering what comes before."""
        while self.kind != kind:
            self.solve()
            self.go_on()
        return self

    def tap(self, *, right: bool = True) -> None:
        """Give one answer; with `sorteer` that is one card."""
        getattr(self, f"_{self.kind}")(right)

    def solve(self) -> None:
        """Do what the screen asks, until one may go on."""
        if not self.is_exercise:
            return
        while self.label not in ("Verder", "Bewaar"):
            if self.label in ("Volgende kaart", "Probeer opnieuw"):
                self.main.click()
            else:
                self.tap()

    def states(self) -> Iterator[str]:
        """Every state of every screen, one after the other: stops at each, by name."""
        while True:
            step = self.step_id
            yield step
            if self.is_exercise and self.kind != "dit_doe_ik":
                self.tap(right=False)
                yield f"{step}, nog niet"
                self.press("Probeer opnieuw")
                if self.kind == "waar_onwaar":
                    yield from self._reason_state(step)
                self.tap()
                yield f"{step}, klopt"
            elif self.is_exercise:
                self.tap()
                yield f"{step}, gekozen"
            self.solve()
            if self.kind == "card":
                return
            self.go_on()

    def _reason_state(self, step: str) -> Iterator[str]:
        self._pick("answer", True)
        yield f"{step}, waar gekozen"
        if self.step.locator("input[name=reason]").count():
            self.press("Kijk na")
            yield f"{step}, waarom"
            self._pick("reason", True)
            self.press("Kijk na")
        else:
            self.press("Kijk na")

    # One method per kind of exercise.

    def _keuze(self, right: bool) -> None:
        self.step.locator(f".choice:visible{'[data-right]' if right else ':not([data-right])'}").first.click()
        expect(self.feedback).to_be_visible()

    def _sorteer(self, right: bool) -> None:
        card = self.step.locator(".card-form:not([hidden])")
        sign = card.get_attribute("data-sign")
        fitting = f"[value={sign}]" if right else f":not([value={sign}])"
        card.locator(f".choice{fitting}").first.click()
        expect(self.feedback).to_be_visible()

    def _pick(self, part: str, right: bool) -> None:
        mark = "[data-right]" if right else ":not([data-right])"
        self.step.locator(f"label.choice:visible:has(input[name={part}]{mark})").first.click()

    def _waar_onwaar(self, right: bool) -> None:
        if self.feedback.count():
            return  # answered on the way, in `states`
        self._pick("answer", right)
        self.press("Kijk na")
        if right and self.step.locator("input[name=reason]").count():
            self._pick("reason", True)
            self.press("Kijk na")
        expect(self.feedback).to_be_visible()

    def _volgorde(self, right: bool) -> None:
        order = (self.step.locator(".order").get_attribute("data-right") or "").split()
        rows = [self.step.locator(f".order-row[data-item='{item}']") for item in order]
        shown = [row for row in rows if row.is_visible()]
        for row in shown if right else reversed(shown):
            row.locator("button").click()
        self.press("Kijk na")
        expect(self.feedback).to_be_visible()

    def _dit_doe_ik(self, right: bool) -> None:
        self.step.locator("label.choice").first.click()
        expect(self.main).to_have_text("Bewaar")
