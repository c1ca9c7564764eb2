"""The P-checks of the accessibility rules, by their numbers, and axe. Each gives problems as sentences.

Overviews and pickers are exempt from 1-4, 12 and 25 (design, section 6). A desk has text of 16 px and up, one
variant and no sound.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page

from tests.e2e.measure import MEASURE, NO_SPACING, SPACING
from tests.e2e.serving import PHONE, ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OF_COLOURS = ("color-contrast",)
AXE_OF_SIZES = ("scrollable-region-focusable", "target-size")
SENTENCE_BREAK = re.compile(r"[.?!][’\"]?[ \t]+[A-Z‘\"]")
Measured = dict[str, Any]
Problems = Iterator[tuple[str, str]]


def axe(page: Page, *only: str) -> Iterator[str]:
    """Violations of WCAG 2.2 A and AA and of good practice; or of these of axe's rules only."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": AXE_TAGS}
    found = page.evaluate(
        "(run) => axe.run(document, { runOnly: run, resultTypes: ['violations'] }).then((r) => r.violations)", run
    )
    for rule in found:
        for node in rule["nodes"]:
            told = node["any"][0]["message"] if node["any"] else rule["help"]
            if rule["id"] == "target-size" and "obscured" in told:
                continue  # half behind the dock at this scroll place; rule 9 measures sizes and gaps itself
            yield f"{rule['id']}: {node['target'][0]} ({told})"


def luminance(colour: list[int]) -> float:
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[int], other: list[int]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def reading(seen: Measured) -> Problems:
    """Rules 1-7: how much text, how large, how it stands."""
    if seen["isStep"]:
        most = 35 if seen["variant"] == "makkelijk" else 60
        # Feedback answers what was just asked: it is one idea of its own, counted by itself.
        for part in ("stepWords", "feedbackWords"):
            count = len([word for word in seen[part].split() if re.search(r"\w", word)])
            if count > most:
                yield "1", f"{count} words in {part} (at most {most})"
        if seen["openQuestions"] > 1:
            yield "2", f"{seen['openQuestions']} questions at once"
        if seen["scrollHeight"] > 2 * seen["height"]:
            yield "3", f"{seen['scrollHeight'] / seen['height']:.1f} screens high (at most 2)"
    smallest = {True: 16, False: 16} if seen["desk"] else {True: 20, False: 18}
    for text in seen["texts"]:
        if text["size"] < smallest[text["reading"]]:
            yield "4", f"{text['size']} px: {text['text']}"
        if text["reading"] and text["lead"] < 1.49:
            yield "5", f"line height {text['lead']:.2f}: {text['text']}"
        if text["align"] == "justify" or text["italic"] or text["upper"]:
            yield "6", f"justified, italic or capitals: {text['text']}"
        if text["hyphens"] == "auto":
            yield "29", f"hyphenated by itself: {text['text']}"
    for line in seen["lines"]:
        if len(line) > 60:
            yield "5", f"a line of {len(line)} characters: {line}"
    if seen["variant"] == "makkelijk":
        for text in seen["sentences"]:
            for line in text.splitlines():
                if SENTENCE_BREAK.search(line):
                    yield "7", f"two sentences on a line: {line}"


def _gap(one: dict[str, float], other: dict[str, float]) -> float:
    across = max(one["left"] - other["right"], other["left"] - one["right"])
    down = max(one["top"] - other["bottom"], other["top"] - one["bottom"])
    return max(across, down)


def buttons(seen: Measured) -> Problems:
    """Rules 8-10, 12, 25: what can be pressed."""
    targets = [target for target in seen["targets"] if not target["inline"]]
    for target in targets:
        width, height = target["box"]["width"], target["box"]["height"]
        if width < 47.5 or height < 47.5:
            yield "9", f"{width:.0f}x{height:.0f}: {target['name']}"
        if target["main"] and height < 55.5:
            yield "9", f"main button {height:.0f} high: {target['name']}"
        if target["bordered"] and contrast(target["border"], target["ground"]) < 3:
            yield "8", f"border {contrast(target['border'], target['ground']):.1f}: {target['name']}"
        if target["main"] and contrast(target["face"], target["ground"]) < 3:
            yield "8", f"face {contrast(target['face'], target['ground']):.1f}: {target['name']}"
        if target["isButton"] and not target["inSwitch"] and not (target["picture"] and target["words"]):
            yield "10", f"no picture or no word: {target['name']}"
    for number, one in enumerate(targets):
        for other in targets[number + 1 :]:
            if one["fixed"] == other["fixed"] and _gap(one["box"], other["box"]) < 7.5:
                yield "9", f"{_gap(one['box'], other['box']):.0f} px apart: {one['name']} | {other['name']}"
    mains = [target["name"] for target in targets if target["main"]]
    waits = seen["exercise"] and not seen["answered"]
    if len(mains) > 1 or (seen["isStep"] and not waits and len(mains) != 1):
        yield "12", f"{len(mains)} main buttons: {', '.join(mains)}"
    most = 3 if seen["variant"] == "makkelijk" else 4
    if seen["isStep"] and seen["options"] > most:
        yield "25", f"{seen['options']} options (at most {most})"


def frame(seen: Measured) -> Problems:
    """Rules 19-21, 30, 32, 33, 35: what stands on every screen."""
    if seen["isStep"]:
        if not seen["terug"]:
            yield "20", "no Terug"
        if not re.fullmatch(r"Stap \d+ van \d+", seen["where"]):
            yield "21", f"progress says '{seen['where']}'"
    if seen["refresh"]:
        yield "19", "the page goes on by itself"
    if seen["moving"]:
        yield "32", "something moves although less motion was asked"
    if not seen["lang"].startswith("nl") or seen["headings"] != 1:
        yield "33", f"lang '{seen['lang']}', {seen['headings']} h1"
    names = [target["words"] for target in seen["targets"] if target["inSwitch"]]
    if not seen["dialog"] and not seen["desk"] and names != ["Makkelijk", "Gewoon"]:
        yield "35", f"the switch says {names}"
    for alt in seen["alts"]:
        if not alt or len(alt.split()) > 10:
            yield "30", f"alternative text '{alt}'"


def fits(seen: Measured, size: str) -> Problems:
    """Rules 3 and 34: nothing sideways, nothing cut."""
    if seen["scrollWidth"] > seen["width"]:
        yield "34", f"{size}: {seen['scrollWidth']} wide on {seen['width']}: {', '.join(seen['outside'][:3])}"
    elif seen["outside"]:
        yield "34", f"{size}: outside the screen: {', '.join(seen['outside'][:3])}"
    for what in seen["cut"]:
        yield "34", f"{size}: cut off: {what}"
    for target in seen["targets"]:
        if target["cut"]:
            yield "34", f"{size}: words leave their button: {target['name']}"


def audible(seen: Measured, size: str) -> Problems:
    """Rule 13: Luister within view, however far the page was scrolled. Large text scrolls whole: there at the top."""
    if not seen["desk"] and seen["luister"] != 1:
        yield "13", f"{size}: Luister is {seen['luister']} times within view"


@contextmanager
def sized(page: Page, size: str) -> Iterator[None]:
    """The same screen at '320' px or with '200%' text; the phone is put back after."""
    if size == "320":
        page.set_viewport_size({"width": 320, "height": 640})
    else:
        page.evaluate("() => { document.documentElement.style.fontSize = '250%' }")
    yield
    page.set_viewport_size(PHONE)
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")


def look(page: Page) -> Problems:
    """All rules on the screen as it is now, at every size; the phone is put back after."""
    seen = page.evaluate(MEASURE)
    for rule in (reading, buttons, frame):
        yield from rule(seen)
    yield from told(page)
    yield from fits(seen, "360")
    yield from audible(seen, "360")
    page.evaluate(SPACING)
    yield from fits(page.evaluate(MEASURE), "wide spacing")
    page.evaluate(NO_SPACING)
    with sized(page, "320"):
        small = page.evaluate(MEASURE)
    yield from fits(small, "320")
    yield from audible(small, "320")
    yield from buttons(small)
    with sized(page, "200%"):
        page.evaluate("() => scrollTo(0, 0)")
        large = page.evaluate(MEASURE)
    yield from fits(large, "200%")
    yield from audible(large, "200%")


MUTE_FEEDBACK = """() => [...document.querySelectorAll(".fb")].filter((one) => one.checkVisibility())
  .filter((one) => !one.querySelector("svg")?.checkVisibility() || !one.querySelector("h3")?.innerText.trim())
  .map((one) => one.innerText.trim().slice(0, 40))"""
FAR_ERRORS = """() => [...document.querySelectorAll("[aria-invalid=true]")].filter((one) => one.checkVisibility())
  .filter((field) => {
    const told = (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id))
      .find((one) => one?.matches("[role=alert]") && one.checkVisibility() && one.innerText.trim());
    if (!told) return true;
    const [box, here] = [told.getBoundingClientRect(), field.getBoundingClientRect()];
    return Math.max(box.top - here.bottom, here.top - box.bottom) > innerHeight / 2;
  }).map((field) => field.name)"""


def told(page: Page) -> Problems:
    """Rules 17 and 24: feedback in picture and word; an error that stands by its field and is tied to it."""
    for what in page.evaluate(MUTE_FEEDBACK):
        yield "17", f"feedback without a picture or a word: {what}"
    for field in page.evaluate(FAR_ERRORS):
        yield "24", f"no error beside the field {field}"


def colours(page: Page) -> Problems:
    """What depends on colours, on the screen as it is now."""
    yield from ((rule, told) for rule, told in buttons(page.evaluate(MEASURE)) if rule == "8")


def look_wide(page: Page) -> Problems:
    """On a wide screen lines may not get long."""
    page.set_viewport_size({"width": 1280, "height": 800})
    seen = page.evaluate(MEASURE)
    yield from fits(seen, "1280")
    for line in seen["lines"]:
        if len(line) > 60:
            yield "5", f"1280: a line of {len(line)} characters: {line}"
    page.set_viewport_size(PHONE)


def places(page: Page) -> dict[str, tuple[int, int]]:
    """Where the buttons that never move are: name and the corner they hang from."""
    found: dict[str, tuple[int, int]] = page.evaluate("""() => {
      scrollTo(0, 0);
      const place = {};
      const note = (name, element, sides) => {
        if (!element?.checkVisibility() || !element.getClientRects().length) return;
        const box = element.getBoundingClientRect();
        place[name] = sides.map((side) => Math.round(box[side]));
      };
      const top = [...document.querySelectorAll(".top .topbtn")];
      note("Sluit", top.find((b) => b.innerText.trim() === "Sluit"), ["left", "top"]);
      note("Hulp", top.find((b) => b.innerText.trim() === "Hulp"), ["right", "top"]);
      note("switch", document.querySelector(".tools .switch"), ["right", "top"]);
      note("Terug", document.querySelector("[data-back]"), ["left", "bottom"]);
      const last = [...document.querySelectorAll(".dock .btn")].at(-1);  // with a second button below it stands higher
      if (last?.matches(".btn-main")) note("main", last, ["right", "bottom"]);
      return place;
    }""")
    return {name: (at[0], at[1]) for name, at in found.items()}
