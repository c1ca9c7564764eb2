"""The rules for one step of a lesson in a file. Each gives what is not right, in the words of its author.

Sources: sections 0 to 2 of the curriculum brief (limits of a screen, one sentence per line, pictures, no law or
number in a lesson, no brand called safe) and rules 1 and 25-27 of the accessibility list.
"""

import re
from collections.abc import Iterator
from functools import partial

from language import limits
from language.variant import Variant
from modules.curriculum.convert import lists_in
from modules.curriculum.quality.screens import Screens, Step, twins, visible

VARIANTS = {Variant.STANDAARD: "gewoon", Variant.MAKKELIJK: "makkelijk"}
# Given as examples of what people use, so that no lesson calls one of them safe or approved.
BRANDS = (
    "ChatGPT|OpenAI|Copilot|Microsoft|Gemini|Google|Claude|Anthropic|Mistral|Grok|Perplexity|DeepSeek|Meta AI|DeepL"
    "|WhatsApp|Signal|Telegram|Teams|Zoom|Slack|Outlook|Gmail|Siri|Alexa|Cortana|Llama|Bing|Facebook|Instagram|TikTok"
)
_BRAND = re.compile(rf"\b(?:{BRANDS})\b")
# What changes stands in a fact, so that one change mends every lesson (brief, section 0).
_FACTUAL = {
    "een artikel van een wet": re.compile(r"\b(?:artikel|art\.) ?\d", re.IGNORECASE),
    "een nummer van een verordening": re.compile(r"\b\d{4}/\d{3,4}\b"),
    "een jaartal": re.compile(r"\b(?:19|20)\d\d\b(?!\!|[a-z])"),
    "een datum": re.compile(
        r"\b\d{1,2} (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b"
    ),
    "een percentage": re.compile(r"\d ?%|\bprocent\b"),
    "een telefoonnummer": re.compile(r"\b0\d{2,3}[- ]?\d{3,7}\b|\b0[89]00[- ]?\d{2,}"),
    "een termijn van de wet": re.compile(r"\b\d+ uur\b.*\bmelden\b|\bmelden\b.*\b\d+ uur\b", re.IGNORECASE),
}
_CAPITALS = re.compile(r"\b[A-Z](?:&|[A-Z])+[A-Z]?\b")
MORE_LINES = ("why", "hint", "statement", "note", "answer", "vague_answer", "task", "next_time")
INVENTED = frozenset({"note", "parts"})  # what invented people wrote may hold invented numbers


def screens_that_are_long(step: Step, screens: Screens) -> Iterator[str]:
    """More words together than one screen holds."""
    for variant, name in VARIANTS.items():
        for text in screens.of(step, variant):
            for problem in limits.screen_problems(text, variant):
                yield f"{name}: {problem} ‘{text.splitlines()[0]}’"


def sentences_that_are_hard(step: Step, screens: Screens) -> Iterator[str]:
    """Sentences that are too long, and in makkelijk brackets, percentages and abbreviations."""
    for twin in twins(step):
        for variant, name in VARIANTS.items():
            text = screens.shown(twin, variant)
            yield from (f"{name}: {problem} ‘{text}’" for problem in limits.problems(text, variant))


def answers_that_are_long(step: Step, screens: Screens) -> Iterator[str]:
    """An answer to choose holds 8 words in makkelijk."""
    for variant, name in VARIANTS.items():
        for text in screens.answers(step, variant):
            yield from (f"{name}: {problem} ‘{text}’" for problem in limits.answer_problems(text, variant))


def lines_with_more_sentences(step: Step, screens: Screens) -> Iterator[str]:
    """Makkelijk has one sentence on a line; a title, answer or tile is one line by itself."""
    for twin in _of_more_lines(step):
        for line in screens.shown(twin, Variant.MAKKELIJK).splitlines():
            if len(limits.sentences(line, Variant.MAKKELIJK)) > 1:
                yield f"makkelijk: zet elke zin op een eigen regel. ‘{line}’"


def _of_more_lines(step: Step) -> Iterator[dict[str, str]]:
    holders = [step, *(item for _, items in lists_in(step) for item in items), *step.get("endings", {}).values()]
    yield from (holder[name] for holder in holders for name in MORE_LINES if name in holder)
    yield from step.get("trades", {}).values()
    may_have_lines = [step, *step.get("cards", []), *step.get("moments", []), *step.get("endings", {}).values()]
    yield from (holder["text"] for holder in may_have_lines if "text" in holder)
    if step["type"] == "dit_doe_ik":  # the card says it again, in one line
        yield from step["options"]


def texts_that_are_missing(step: Step, screens: Screens) -> Iterator[str]:
    """Every text stands in both variants."""
    for twin in twins(step):
        yield from (f"{name}: een tekst is leeg" for variant, name in VARIANTS.items() if not twin[variant].strip())


def right_answers_that_makkelijk_misses(step: Step, screens: Screens) -> Iterator[str]:
    """Both variants ask the same: what is right, or wrong to find, stands in both."""
    for _, items in lists_in(step):
        for item in items:
            if item.get("only_standaard") and (item.get("right") or item.get("wrong")):
                yield f"‘{item['id']}’ hoort bij het goede antwoord en staat alleen in gewoon"


def cards_without_choice(step: Step, screens: Screens) -> Iterator[str]:
    """Sorting: in both variants two cards to ask about, one that may and one that may not."""
    if step["type"] != "sorteer":
        return
    for variant, name in VARIANTS.items():
        signs = [card["sign"] for card in visible(step, "cards", variant)]
        for sign, least in {"vraag": 2, "wel": 1, "niet": 1}.items():
            if signs.count(sign) < least:
                yield f"{name}: minstens {least} kaart(en) ‘{sign}’"


def pictures_that_are_missing(step: Step, screens: Screens) -> Iterator[str]:
    """A picture on each screen that tells something, told in at most ten words."""
    picture = step.get("picture")
    if step["type"] in ("hook", "screen"):
        if not picture:
            yield "er is geen plaatje"
        elif not picture.get("decorative") and not 0 < len(picture.get("alt", "").split()) <= 10:
            yield "zeg in hoogstens 10 woorden wat er op het plaatje te zien is"


def facts_that_stand_loose(step: Step, screens: Screens) -> Iterator[str]:
    """A law, date, share or telephone number stands in a fact, not in the lesson itself."""
    own = {name: part for name, part in step.items() if name not in INVENTED}
    for twin in twins(own):
        for text in twin.values():
            yield from _loose_facts(text)


def brands_that_are_named(step: Step, screens: Screens) -> Iterator[str]:
    """No brand is called safe; a lesson names none at all."""
    for twin in twins(step):
        for text in twin.values():
            yield from _brands(text)


def _loose_facts(text: str) -> Iterator[str]:
    for what, pattern in _FACTUAL.items():
        if found := pattern.search(text):
            yield f"{what} hoort in een feit: ‘{found[0]}’"


def _brands(text: str) -> Iterator[str]:
    if found := _BRAND.search(text):
        yield f"noem geen merk: ‘{found[0]}’"


def problems_of_text(text: str) -> list[str]:
    """What no text may hold, wherever it stands: a law or figure outside a fact, or a brand."""
    return [*_loose_facts(text), *_brands(text)]


def abbreviations_without_sound(step: Step, screens: Screens, *, spoken: frozenset[str]) -> Iterator[str]:
    """Whatever is written in capitals has a way to be said (pronunciation.yaml)."""
    for twin in twins(step):
        for variant in VARIANTS:
            for found in _CAPITALS.findall(screens.shown(twin, variant)):
                if found.lower() not in spoken:
                    yield f"hoe klinkt ‘{found}’? Zet het in pronunciation.yaml"


RULES = (
    texts_that_are_missing,
    screens_that_are_long,
    sentences_that_are_hard,
    answers_that_are_long,
    lines_with_more_sentences,
    right_answers_that_makkelijk_misses,
    cards_without_choice,
    pictures_that_are_missing,
    facts_that_stand_loose,
    brands_that_are_named,
)


def problems_of_step(step: Step, screens: Screens, spoken: frozenset[str]) -> list[str]:
    """Everything that is not right about one step, each thing once.

    spoken: what pronunciation.yaml says how to say, in small letters.
    """
    rules = (*RULES, partial(abbreviations_without_sound, spoken=spoken))
    return list(dict.fromkeys(problem for rule in rules for problem in rule(step, screens)))
