"""Takes a lesson as a learner does: reads what is on the screen and presses what is there."""

import json
import re
import time
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


def nothing_waits(phone: Page) -> None:
    """Sent, also where the page before this one saw to it: this one then says only that all is saved."""
    expect(phone.locator("kw-saved")).to_have_text(re.compile("pgeslagen"))
    end = time.monotonic() + 30
    while waiting_events(phone) and time.monotonic() < end:
        phone.wait_for_timeout(50)
    assert waiting_events(phone) == []


def key_of(within: Locator) -> dict[str, Any]:
    """What the page says of right and wrong in the exercise inside this."""
    found: dict[str, Any] = json.loads(within.locator(".exercise").first.get_attribute("data-key") or "null")
    return found


def one_of(name: str, values: list[str], *, right: bool = True) -> str:
    """A selector for a button or input of this name with one of these values, or with another one."""
    if right:
        return ",".join(f'[name={name}][value="{value}"]' for value in values)
    return f"[name={name}]" + "".join(f':not([value="{value}"])' for value in values)


def one_of_values(values: list[str]) -> str:
    """A selector for an input with one of these values."""
    return ",".join(f'input[value="{value}"]' for value in values)


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

    def open_at(self, step: str) -> "Lesson":
        """Open the lesson at one step of it."""
        self.page.goto(f"/les/{self.slug}/")
        place = self.page.get_attribute(f"[data-step={step}]", "id")
        self.page.goto(f"/les/{self.slug}/#{place}")
        self.page.reload()
        self.ready()
        assert self.step_id == step
        return self

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
        while self.label not in ("Verder", "Bewaar", "Klaar"):
            if self.label in ("Volgende kaart", "Probeer opnieuw"):
                self.main.click()
            else:
                self.tap()

    def states(self) -> Iterator[str]:
        """Every state of every screen, one after the other: stops at each, by name."""
        while True:
            yield self.step_id
            yield from self.states_here()
            self.solve()
            if self.kind == "card":
                return
            self.go_on()

    def states_here(self) -> Iterator[str]:
        """The states of the step on the screen after its first, by name."""
        step = self.step_id
        if self.kind == "scenario":
            yield from self._scenario_states(step)
        elif self.kind == "h5p":
            return
        elif self.is_exercise and self.kind not in ("dit_doe_ik", "reflectie"):
            self.tap(right=False)
            yield f"{step}, nog niet"
            self.press("Probeer opnieuw")
            if self.kind == "waar_onwaar":
                yield from self._reason_state(step)
            self.tap()
            yield f"{step}, klopt"
        elif self.kind == "reflectie":
            self.tap()
            yield f"{step}, getypt"
        elif self.is_exercise:
            self.tap()
            yield f"{step}, gekozen"

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

    def _scenario_states(self, step: str) -> Iterator[str]:
        """The moment after each choice, and each ending."""
        told = set()
        for first, second, ending in key_of(self.step)["paths"]:
            if ending in told or not self.step.locator(f"label.choice:has([value='{first}'])").is_visible():
                continue
            self._decide(first)
            yield f"{step}, na {first}"
            self._decide(second)
            yield f"{step}, {ending}"
            told.add(ending)
            self.step.get_by_role("button", name="Opnieuw vanaf het begin").click()
        assert len(told) == 3, "makkelijk comes to every ending too"

    def _decide(self, choice: str) -> None:
        self.step.locator(f"label.choice:has([value='{choice}'])").click()
        self.press("Dit kies ik")

    # One method per kind of exercise.

    def _reflectie(self, right: bool) -> None:
        self.step.locator("textarea").fill("Bij een prijs, of bij een maat.")

    def _scenario(self, right: bool) -> None:
        ways = [way for way in key_of(self.step)["paths"] if (way[2] == "goed") is right]
        for choice in ways[0][:2]:
            self._decide(choice)
        expect(self.feedback).to_be_visible()

    def _keuze(self, right: bool) -> None:
        key = key_of(self.step)
        if len(key["right"]) > 1:
            self._tick(key["options"], key["right"] if right else [key["right"][0], *self._other_options(key)[:1]])
            return
        self.step.locator(f"{one_of('response', key_of(self.step)['right'], right=right)}:visible").first.click()
        expect(self.feedback).to_be_visible()

    def _other_options(self, key: dict[str, Any]) -> list[str]:
        """The answers on the screen that are not right."""
        labels = self.step.locator("label.choice:visible input")
        names = [str(box.get_attribute("name")) for box in labels.all()]
        return [name for name in names if name not in key["right"]]

    def _tick(self, names: list[str], wanted: list[str]) -> None:
        """Tap boxes until just these are ticked, then 'Kijk na'."""
        for name in names:
            if self.step.locator(f"input[name='{name}']").is_checked() != (name in wanted):
                self.step.locator(f"label.choice:has(input[name='{name}'])").click()
        self.press("Kijk na")
        expect(self.feedback).to_be_visible()

    def _sorteer(self, right: bool) -> None:
        card = self.step.locator(".card-form:not([hidden])")
        sign = key_of(self.step)["cards"][card.get_attribute("data-part")]
        card.locator(one_of("sign", [sign], right=right)).first.click()
        expect(self.feedback).to_be_visible()

    def _pick(self, part: str, right: bool) -> None:
        key = key_of(self.step)
        values = [str(key["right"]).lower()] if part == "answer" else key["why"]
        self.step.locator(f"label.choice:visible:has({one_of(part, values, right=right)})").first.click()

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
        rows = [self.step.locator(f".order-row[data-item='{item}']") for item in key_of(self.step)["order"]]
        shown = [row for row in rows if row.is_visible()]
        for row in shown if right else reversed(shown):
            row.locator("button").click()
        self.press("Kijk na")
        expect(self.feedback).to_be_visible()

    def _zoek_de_fout(self, right: bool) -> None:
        """All that is wrong; or one thing that is and one that is not."""
        key = key_of(self.step)
        harmless = [part for part in key["parts"] if part not in key["wrong"]]
        self._tick(key["parts"], key["wrong"] if right else [key["wrong"][0], harmless[0]])

    def _vul_de_prompt(self, right: bool) -> None:
        """A tile in every slot that is asked for; wrong ones wherever there are any."""
        slots = key_of(self.step)["slots"]
        while not self.feedback.count():
            slot = self.step.locator("[data-slot]:visible")
            tiles = slots[slot.get_attribute("data-slot")]
            fitting = [tile for tile, sort in tiles.items() if (sort == "goed") is right]
            slot.locator("label.choice:visible").filter(has=self.page.locator(one_of_values(fitting))).first.click()
            self.main.click()

    def _oefenchat(self, right: bool) -> None:
        if self.label.startswith("Stuur"):
            self.press("Stuur naar de oefen-AI")
        found = self.step.locator("[aria-live] [data-replace]")
        while right and found.count():
            found.click()
        if right and self.label != "Verder":
            self.press("Stuur naar de oefen-AI")
        expect(self.feedback).to_be_visible()

    def _h5p(self, right: bool) -> None:
        """By hand: 'Klaar' goes on by itself."""

    def _dit_doe_ik(self, right: bool) -> None:
        self.step.locator("label.choice").first.click()
        expect(self.main).to_have_text("Bewaar")
