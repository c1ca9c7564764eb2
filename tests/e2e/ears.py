"""Rules 14-16 of the accessibility paper: what can be heard of a screen. Each gives problems as sentences.

The texts are gathered apart from the player's own way of finding them, so that it cannot overlook one in both.
"""

import re

from playwright.sync_api import Error, Page

from tests.e2e.checks import Measured, Problems
from tests.e2e.sounds import MARKED, lines_shown

PATIENCE = 5_000  # ms; a busy machine
FRAME = ".top, .tools"
# A name and the line it stands in; another language; what a learner may type in; what is put together for one firm;
# what a teacher wrote, which the phone's own voice says.
OWN = "bdi, :has(> bdi), [lang]:not(html), .bub.me, main:has(.letter), .points, .by-teacher"
NOW = "() => performance.timeOrigin + performance.now()"
ASKED_SINCE = """(then) => performance.getEntriesByType("resource")
  .some((one) => one.name.includes("/geluid/") && performance.timeOrigin + one.startTime > then)"""
UNHEARD = """async (texts) => {
  const player = await import(document.querySelector("[data-player]").dataset.player);
  const find = await player.soundsHere();
  return texts.filter((text) => player.sentencesOf({ text }, find).some((sentence) => !sentence.clip));
}"""
PLAYING = """() => {
  const air = 4; // px of a line above and below its letters
  const mark = [...(CSS.highlights.get("kw-word") ?? [])][0];
  const style = getComputedStyle(document.body, "::highlight(kw-word)");
  const box = mark?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
  const inDock = mark?.startContainer.parentElement.closest(".dock, dialog");
  const stuck = (selector, side) => [...document.querySelectorAll(selector)]
    .filter((bar) => bar.getClientRects().length && getComputedStyle(bar).position === "sticky")
    .map((bar) => bar.getBoundingClientRect()[side]);
  const buttons = [...document.querySelectorAll(".player button")].map((button) => {
    const { width, height, top, bottom } = button.getBoundingClientRect();
    const picture = button.querySelector("svg")?.checkVisibility() ?? false;
    return { word: button.innerText.trim(), width, height, picture, inView: top >= 0 && bottom <= innerHeight };
  });
  return {
    word: String(mark ?? ""), line: style.textDecorationLine, colour: style.backgroundColor, buttons,
    inView: inDock ? box.top >= 0 && box.bottom <= innerHeight
      : box.top >= Math.max(0, ...stuck(".top, .tools", "bottom")) - air
        && box.bottom <= Math.min(innerHeight, ...stuck(".dock", "top")) + air,
  };
}"""


class Ears:
    """Listens to one page, screen after screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.silent_since = 0.0

    def listen(self) -> Problems:
        """Everything that can be heard of the screen as it is now."""
        if self.page.locator(".desk").count():
            return
        yield from self.unpressed()
        yield from self.unheard()
        yield from self.playing()
        self.silent_since = self.page.evaluate(NOW)

    def unpressed(self) -> Problems:
        """Rule 16: no sound is asked for before a press."""
        if self.page.evaluate(ASKED_SINCE, self.silent_since):
            yield "16", "sound was asked for before a press"

    def unheard(self) -> Problems:
        """Rule 14: every text has sound of the server, save names and numbers of people."""
        texts = lines_shown(self.page, f"main, .dock, {FRAME}", OWN)
        said = [text for text in texts if re.search(r"[^\W\d_]{2}", text) and not re.search(r"\d", text)]
        for text in self.page.evaluate(UNHEARD, said):
            yield "14", f"no sound: {text}"

    def playing(self) -> Problems:
        """Rules 15 and 16 after a press: the word is marked and in view; Pauze, Weer and Trager are there."""
        luister = self.page.locator("dialog[open] kw-speech button, .tools kw-speech button").last
        luister.click()
        try:
            self.page.wait_for_function(f"() => ({MARKED})('kw-word')", timeout=PATIENCE)
        except Error:
            yield "15", "no word was marked"
        else:
            seen = self.page.evaluate(PLAYING)
            yield from _marked(seen)
            yield from _buttons(seen)
        if luister.inner_text().strip() == "Stop":
            luister.click()
        self.page.wait_for_function("() => !document.querySelector('.is-on')")


def _marked(seen: Measured) -> Problems:
    if seen["line"] != "underline" or seen["colour"] in ("", "rgba(0, 0, 0, 0)"):
        yield "15", f"marked by '{seen['line']}' and '{seen['colour']}'"
    if not seen["inView"]:
        yield "15", f"out of view: {seen['word']}"


def _buttons(seen: Measured) -> Problems:
    words = [button["word"] for button in seen["buttons"]]
    if words != ["Pauze", "Weer", "Trager"]:
        yield "16", f"the player's buttons are {words}"
    for button in seen["buttons"]:
        if button["width"] < 47.5 or button["height"] < 47.5 or not button["picture"] or not button["inView"]:
            yield "16", f"small, without a picture or out of view: {button['word']}"
