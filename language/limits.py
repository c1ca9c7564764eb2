"""The fixed limits of a lesson text: lengths of sentences, answers and screens, and what makkelijk leaves out.

Sources: accessibility rules 1 and 25-27 (one idea per screen, few and short answers, digits without percentages or
abbreviations, short sentences), the table in literacy.md (at most 12 and 20 words, 1 and 2 commas) and section 1 of
the curriculum brief (10 and 18 words advised, 35 and 60 words per screen, 8 words per answer, no brackets).

Every function takes plain text: glossary marks taken away and facts put in (`language.markup.plain`).
How hard the words are is another matter; this module only counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language.variant import Variant


@dataclass(frozen=True)
class Limits:
    """The most that one variant allows; `advised` is what to write for."""

    words: int
    advised: int
    commas: int
    screen: int
    answer: int | None


LIMITS = {
    Variant.MAKKELIJK: Limits(words=12, advised=10, commas=1, screen=35, answer=8),
    Variant.STANDAARD: Limits(words=20, advised=18, commas=2, screen=60, answer=None),
}

_OPENERS = "\"'‘’“”„«([*"
_CLOSERS = "\"'‘’“”»)]*"
_START = re.compile(rf"[{re.escape(_OPENERS)}]*(?:[’'][nst] )?[A-ZÀ-ÖØ-Þ0-9€]|[’'][nst]$")
_INITIALS = re.compile(r"^(?:[A-Z]|IJ|Th|Ch)\.$")
_DOTTED = re.compile(r"^(?:[a-z]\.){2,}$", re.IGNORECASE)
_ABBREVIATIONS = frozenset(
    {"art.", "bijv.", "blz.", "ca.", "dhr.", "dr.", "drs.", "evt.", "excl.", "gem.", "incl.", "ing.", "ir.", "jl."}
    | {"max.", "mevr.", "mr.", "mw.", "nr.", "nrs.", "prof.", "resp.", "str.", "tel.", "vgl.", "zgn."}
)
_CLOSING_ABBREVIATIONS = frozenset({"e.d.", "e.a.", "enz.", "etc."})  # before a capital these do end a sentence
_TOKEN = re.compile(r"\S+")
# What surely ends a sentence: a new line in makkelijk (those of str.splitlines), an empty line in standaard.
_PARTS = {
    Variant.MAKKELIJK: re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+"),
    Variant.STANDAARD: re.compile(r"(?:(?!\n[^\S\n]*\n)[\s\S])+"),
}
_COMMA = re.compile(r",(?!\d)")
_DECIMAL = re.compile(r"\d+,\d+|\d+\.\d{1,2}(?!\d)(?! ?uur)")
_PERCENTAGE = re.compile(r"%|\bprocent\b", re.IGNORECASE)
_BRACKET = re.compile(r"[()\[\]{}]")


def words(text: str) -> list[str]:
    """The words of a text; 'AI-assistent' is one word, a dash on its own is none."""
    return [token for token in text.split() if any(sign.isalnum() for sign in token)]


def sentences(text: str, variant: Variant) -> list[str]:
    """The sentences of a text.

    In makkelijk every line ends a sentence, in standaard only an empty line does: a list may run on after a colon.
    'Mw. J. Smit', 'art. 4' and '“Wie kan?” vraagt zij' stay whole.
    """
    return [" ".join(text[start:end].split()) for start, end in sentence_places(text, variant)]


def sentence_places(text: str, variant: Variant) -> list[tuple[int, int]]:
    """Where each sentence starts and ends in the text, as `sentences` parts them."""
    return [place for part in _PARTS[variant].finditer(text) for place in _split(text, *part.span())]


def problems(text: str, variant: Variant) -> list[str]:
    """What keeps a text from being published, as Dutch sentences that name the thing and the way out."""
    found = [message for sentence in sentences(text, variant) for message in _sentence_problems(sentence, variant)]
    return [*found, *_makkelijk_problems(text)] if variant is Variant.MAKKELIJK else found


def advice(text: str, variant: Variant) -> list[str]:
    """What could be better and blocks nothing: sentences between the advised length and the most."""
    limits = LIMITS[variant]
    counts = [len(words(sentence)) for sentence in sentences(text, variant)]
    return [
        f"Zin van {count} woorden (liever {limits.advised}). Maak hem korter of maak er twee zinnen van."
        for count in counts
        if limits.advised < count <= limits.words
    ]


def screen_problems(text: str, variant: Variant) -> list[str]:
    """Whether everything that stands on one screen together is short enough: title, text, question and answers."""
    count, most = len(words(text)), LIMITS[variant].screen
    if count <= most:
        return []
    return [f"Scherm van {count} woorden (hoogstens {most}). Laat iets weg of maak er twee schermen van."]


def answer_problems(text: str, variant: Variant) -> list[str]:
    """Whether one answer to choose is short enough; standaard has no limit besides that of its sentences."""
    count, most = len(words(text)), LIMITS[variant].answer
    if most is None or count <= most:
        return []
    return [f"Antwoord van {count} woorden (hoogstens {most}). Laat woorden weg."]


def _sentence_problems(sentence: str, variant: Variant) -> Iterator[str]:
    limits = LIMITS[variant]
    count = len(words(sentence))
    if count > limits.words:
        yield f"Zin van {count} woorden (hoogstens {limits.words}). Maak er twee of meer zinnen van."
    commas = len(_COMMA.findall(sentence))
    if commas > limits.commas:
        allowed = "1 komma" if limits.commas == 1 else f"{limits.commas} komma’s"
        yield f"Zin met {commas} komma’s (hoogstens {allowed}). Maak er twee of meer zinnen van."


def _makkelijk_problems(text: str) -> Iterator[str]:
    for number in _DECIMAL.findall(text):
        yield f"Getal '{number}'. Schrijf een heel getal."
    if percentage := _PERCENTAGE.search(text):
        yield f"Percentage ('{percentage[0]}'). Schrijf bijvoorbeeld: 1 op de 5."
    if bracket := _BRACKET.search(text):
        yield f"Haakje ('{bracket[0]}'). Maak er een eigen zin van, of laat het weg."
    for token in text.split():
        if _is_abbreviation(_bare(token)) or _bare(token).lower() in _CLOSING_ABBREVIATIONS:
            yield f"Afkorting '{_bare(token)}'. Schrijf het woord helemaal."


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    tokens, first = list(_TOKEN.finditer(text, start, end)), 0
    for place, token in enumerate(tokens):
        before = tokens[place - 1][0] if place > first else ""
        after = " ".join(later[0] for later in tokens[place + 1 : place + 3])
        if not after or _ends(before, token[0], after):
            yield tokens[first].start(), token.end()
            first = place + 1


def _ends(before: str, token: str, after: str) -> bool:
    """Whether a sentence ends with `token`; `before` is empty when the sentence starts with it."""
    bare = _bare(token)
    if not bare.endswith((".", "!", "?", "…")) or not _START.match(after):
        return False
    if bare.lower() in _CLOSING_ABBREVIATIONS:
        return True
    starts_a_list = not before and bare[:-1].isdigit()
    return not (starts_a_list or _is_abbreviation(bare) or _is_initial(before, bare))


def _bare(token: str) -> str:
    return token.lstrip(_OPENERS).rstrip(_CLOSERS + ",:;")


def _is_abbreviation(bare: str) -> bool:
    return bare.lower() in _ABBREVIATIONS or bool(_DOTTED.match(bare))


def _is_initial(before: str, bare: str) -> bool:
    """A letter with a dot is part of a name after nothing, a title or a name; in 'A of B.' it ends the sentence."""
    name_before = not before or _is_abbreviation(_bare(before)) or _bare(before)[:1].isupper()
    return bool(_INITIALS.match(bare)) and name_before
