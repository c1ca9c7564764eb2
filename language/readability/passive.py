"""Finding the passive voice: a form of 'worden' with a participle in the same part of a sentence.

By regular expressions. 'Worden' comes before its participle or right after it, nothing between them starts another
part of the sentence, and the participle does not belong to 'hebben' or 'zijn' beside it ('wordt wie heeft gewerkt').
'Is ... door ... gedaan' is the same in another tense. Adjectives that look alike ('wordt bekend') are named below.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDEN = frozenset({"word", "wordt", "worden", "werd", "werden"})
_TO_BE = frozenset({"is", "zijn", "was", "waren"})
_HELPERS = _TO_BE | {"ben", "bent", "heb", "hebt", "heeft", "hebben", "had", "hadden"}
_BETWEEN = re.compile(
    "moet(?:en)?|moest(?:en)?|kan|kunnen|kon(?:den)?|mag|mogen|mocht(?:en)?|zal|zullen|zou(?:den)?|wil(?:len)?|te|"
    "hoeft|hoeven|dient|dienen|behoort|behoren|blijft|blijven|gaat|gaan"
)
_STOP = re.compile(
    r"\W|omdat|doordat|terwijl|hoewel|zodat|nadat|voordat|totdat|zodra|indien|maar|want|dus|dat|als|toen|wanneer|of|wie|"
    "die|waarna|waarbij"
)
_REACH = 16
_TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|[.,;:!?()]|\n")

_SEPARABLE = (
    "(?:aan|achter|af|bekend|bij|binnen|bloot|boven|buiten|deel|dicht|door|feest|fijn|gelijk|goed|heen|in|klaar|kwijt|"
    "langs|leeg|los|mee|na|neer|om|onder|op|open|over|plaats|rond|samen|schoon|stil|stop|tegemoet|tegen|teleur|tentoon|"
    "terecht|terug|toe|thuis|tot|uit|vast|vol|voor|vooruit|voort|vrij|waar|weer|weg|zwart)"
)
_FIXED = "(?:be|ver|ont|her|er|mis|over|onder|voor|door|om|weer|aan|vol|vol)"
_STRONG = (
    "(?:bakken|beden|beten|boden|bogen|bonden|borgen|braden|broken|brouwen|daan|dolven|dragen|dreven|drongen|dronken|"
    "dwongen|gaan|geten|geven|gleden|golden|goten|graven|grepen|hangen|heven|holpen|houden|houwen|keken|klommen|knepen|"
    "komen|kozen|kregen|kropen|laden|laten|leden|legen|lezen|logen|lopen|meden|meten|nezen|nomen|noten|prezen|raden|"
    "reden|reten|roepen|roken|scheiden|schapen|scholden|schonken|schoren|schoten|schoven|schreden|schreven|schrokken|"
    "slagen|sleten|slopen|sloten|smeten|smolten|sneden|sponnen|spoten|sproken|sprongen|staan|stegen|stoken|stolen|"
    "storven|stoten|streden|streken|togen|treden|troffen|trokken|vallen|vangen|varen|vlochten|vlogen|vochten|vonden|"
    "vouwen|wassen|weken|wezen|weten|weven|wogen|wonden|wonnen|worpen|worven|wreven|wrongen|zien|zeten|zogen|zonden|"
    "zongen|zonken|zopen|zouten|zwegen|zworen)"
)
_PARTICIPLE = re.compile(
    rf"{_SEPARABLE}{{0,2}}ge(?:{_STRONG}|\w{{2,}}[dt])"
    rf"|{_SEPARABLE}?{_FIXED}(?:ge)?(?:{_STRONG}|\w+(?:d|cht|[fkpsx]t))"
    r"|(?:ge|ver|her|aan|uit|in|op)?\w{2,}eerd",
    re.IGNORECASE,
)
# Look like a participle, and are not: things, and what one becomes.
_NO_PARTICIPLE = re.compile(
    r"\w*(?:heid|aard|stand|staand|gaand|band|beeld|licht|macht|maand|kracht|kant|punt|recht|zicht|schrift|gebied|geluid|"
    r"geld|gewicht|geweld|gebed|gebod|verbod|aanbod|gedicht|geduld|gevecht|beleid|bericht|inkomst|overlast|opdracht|aandacht|"
    r"gemeenschap|genoot|raad|wind|vermoeid|verliefd|gezond|gewend|gehandicapt|getrouwd|gerust|bekend|beroemd|bewust|"
    r"bevoegd|gemiddeld|verkeerd|onderwerp|verlies|geniet)"
    r"|(?!ge)(?!\w*(?:kend|wend|eend))\w*end"  # is done now, not in the past: volgend, verschillend
    r"|ge(?:eft|beurt|looft|draagt|est|west)|(?:be|ver)dragen|aan(?:slagen|vallen)|voorvallen"
    # how one feels or is, not what is done to one
    r"|(?:on)?geïnteresseerd|gefrustreerd|geïrriteerd|gemotiveerd|gestrest|gespannen|overspannen|opgewonden|verlegen|"
    r"gelegen|ervaren|benieuwd|bedroefd|bejaard|geschikt|gewond|gehecht|verkouden|bezeten|overtuigd|verward"
    r"|oud|koud|goed|vergeefs|verscheiden|overleden|volwassen|onderdaan",
    re.IGNORECASE,
)
_MOVES = re.compile(r"\w*ge(?:gaan|komen|lopen|reden|vlogen|fietst|vallen|rend|wandeld|varen|zakt|drongen|groeid)")


@dataclass(frozen=True)
class Passive:
    """One passive: where 'worden' and its participle stand, and which form of 'worden' it is."""

    start: int
    end: int
    verb: str


def find_passives(text: str) -> list[Passive]:
    """Every passive in a text, in order."""
    tokens = list(_TOKEN.finditer(text))
    return sorted({found for at in range(len(tokens)) if (found := _at(tokens, at))}, key=lambda one: one.start)


def _at(tokens: list[re.Match[str]], at: int) -> Passive | None:
    word = tokens[at][0]
    if word.lower() in _WORDEN and not (word == "Word" and at and tokens[at - 1][0] not in ".!?\n:"):
        other = _after(tokens, at) or _before(tokens, at)
    elif word.lower() in _TO_BE:
        other = _after_by(tokens, at)
    else:
        return None
    if other is None:
        return None
    first, last = sorted((tokens[at], other), key=lambda token: token.start())
    return Passive(first.start(), last.end(), word.lower())


def _after(tokens: list[re.Match[str]], at: int) -> re.Match[str] | None:
    """The participle after 'worden', in the same part of the sentence."""
    for place in _same_part(tokens, at):
        if is_participle(tokens[place][0]):
            beside = [tokens[next_to][0].lower() for next_to in (place - 1, place + 1) if 0 <= next_to < len(tokens)]
            return None if any(word in _HELPERS for word in beside) else tokens[place]
    return None


def _before(tokens: list[re.Match[str]], at: int) -> re.Match[str] | None:
    """The participle right before 'worden', with at most such verbs as 'moet' and 'kan' between."""
    for place in range(at - 1, max(at - 5, -1), -1):
        if not _BETWEEN.fullmatch(tokens[place][0].lower()):
            return tokens[place] if is_participle(tokens[place][0]) else None
    return None


def _after_by(tokens: list[re.Match[str]], at: int) -> re.Match[str] | None:
    """The participle after 'is ... door ...'; 'is door het bos gelopen' is no passive."""
    by = False
    for place in _same_part(tokens, at):
        word = tokens[place][0]
        if by and is_participle(word):
            return None if _MOVES.fullmatch(word.lower()) else tokens[place]
        by = by or word.lower() == "door"
    return None


def _same_part(tokens: list[re.Match[str]], at: int) -> Iterator[int]:
    for place in range(at + 1, min(at + 1 + _REACH, len(tokens))):
        word = tokens[place][0].lower()
        points = place == at + 1 and word in ("dat", "die")  # 'wordt dat gedaan': who or what, no new part
        if _STOP.fullmatch(word) and not points:
            return
        yield place


def is_participle(word: str) -> bool:
    """Whether a word has the form of a past participle: 'gemaakt', 'beoordeeld', 'opgeschreven'."""
    return len(word) > 4 and bool(_PARTICIPLE.fullmatch(word)) and not _NO_PARTICIPLE.fullmatch(word)
