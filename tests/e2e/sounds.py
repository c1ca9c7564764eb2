"""Sound for browser tests: the addresses of the sound contract answered on one phone, with a tone for each sentence."""

import hashlib
import io
import json
import math
import re
from array import array
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import av
from playwright.sync_api import Page, Request, Route

RATE = 48_000
SENTENCE = re.compile(r"\S.*?(?:[.?!…]+(?=\s)|$)")
Entry = dict[str, Any]


@cache
def tone(seconds: float = 0.6) -> bytes:
    """A real WebM file of a soft tone."""
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=RATE)
        samples = int(RATE * seconds)
        wave = array("h", (int(3000 * math.sin(at / RATE * 440 * math.tau)) for at in range(samples)))
        frame = av.AudioFrame(format="s16", layout="mono", samples=samples)
        frame.planes[0].update(wave.tobytes())
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def key_of(sentence: str) -> str:
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def lines_shown(page: Page, within: str = "main, .dock", without: str = "kw-speech, .dock [data-back]") -> list[str]:
    """The texts of the screen or the sheet on it as a reader sees them, block by block."""
    if page.locator("dialog[open]").count():
        within = "dialog[open]"
    found: list[str] = page.evaluate(BLOCKS, [within, f"{NEVER}, {without}"])
    return found


def entries(text: str, seconds: float) -> list[Entry]:
    """What the server says of a line: per sentence a clip, with a time for each word."""
    found = []
    for sentence in SENTENCE.finditer(text):
        words = list(re.finditer(r"\w+", sentence[0]))
        each = int(seconds * 1000 / max(len(words), 1))
        start = sentence.start()
        times = [[start + w.start(), start + w.end(), n * each, (n + 1) * each] for n, w in enumerate(words)]
        found.append(
            {"key": key_of(sentence[0]), "at": [start, sentence.end()], "words": times, "ms": int(seconds * 1000)}
        )
    return found


@dataclass
class Sounds:
    """What a phone can hear, and what it asked for."""

    page: Page
    lesson: list[str] = field(default_factory=list)
    site: list[str] = field(default_factory=list)
    low: bool = False
    seconds: float = 0.6
    missing: set[str] = field(default_factory=set)
    asked: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.route("**/geluid/**", self._answer)

    def miss(self, sentence: str) -> None:
        """This clip does not come."""
        self.missing.add(key_of(sentence))

    @property
    def clips(self) -> list[str]:
        """The texts of the clips that were asked for, in order."""
        names = {entry["key"]: text[slice(*entry["at"])] for text, found in self._all.items() for entry in found}
        addresses = [request.url.rsplit("/", 1)[1] for request in self.asked]
        return [names[address.split(".")[0]] for address in addresses if not address.endswith(".json")]

    @property
    def _all(self) -> dict[str, list[Entry]]:
        return {text: entries(text, self.seconds) for text in [*self.lesson, *self.site]}

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request)
        name = route.request.url.rsplit("/", 1)[1]
        if name.endswith(".json"):
            texts = self.site if name == "site.json" else self.lesson
            lines = {text: entries(text, self.seconds) for text in texts}
            route.fulfill(body=json.dumps({"lines": lines, "low": self.low}), content_type="application/json")
        elif name.split(".")[0] in self.missing:
            route.fulfill(status=404)
        else:
            route.fulfill(body=tone(self.seconds), content_type="video/webm")


MARKED = """(name) => [...(CSS.highlights.get(name) ?? [])].map(String).join(" ")"""
NEVER = ".vh, svg, .player, [aria-hidden=true]:not(.at)"
BLOCKS = """([within, never]) => {
  const shown = (one) => one.checkVisibility() && !one.closest(never);
  const lines = [];
  let last = null;
  for (const part of document.querySelectorAll(within)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 1 && node.localName === "br") last = null;
      if (node.nodeType !== 3 || !shown(node.parentElement)) continue;
      let block = node.parentElement;
      while (["inline", "contents"].includes(getComputedStyle(block).display)) block = block.parentElement;
      if (block === last) lines[lines.length - 1] += node.data;
      else if (node.data.trim()) {
        lines.push(node.data);
        last = block;
      }
    }
  }
  return lines.map((line) => line.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""
VOICE = """
window.said = [];
class Voice extends EventTarget {
  getVoices() { return [{ name: "Proef", lang: "nl-NL", localService: true }]; }
  speak(asked) { this.asked = asked; said.push(asked.text); setTimeout(() => this.asked === asked && asked.onend()); }
  cancel() { this.asked = null; }
}
Object.defineProperty(window, "speechSynthesis", { value: new Voice() });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
