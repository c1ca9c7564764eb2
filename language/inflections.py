"""How a Dutch word of the list is inflected: plural of a noun, the -e of an adjective.

Rules of our own, on the careful side: a form that is made and does not exist harms nobody, one that is another word
('bron' and 'brons') marks the wrong place. A lemma table makes more of those (docs/decisions/0026-words.md).
"""

import re
from collections.abc import Iterator

_DIPHTHONG = r"(?:aai|ooi|oei|ieuw|eeuw|ij|ei|ui|ou|au|eu|oe|ie)"
_LONG = re.compile(r"(aa|ee|oo|uu)([bcdfgklmnprstvz])$")
_SHORT = re.compile(r"(?:^|[^aeiou])[aeiou]([bdfgklmnprst])$")
_SOFTENED = re.compile(rf"({_DIPHTHONG}|[lr])([fs])$")
_ADJECTIVE = re.compile(r"(?:ig|isch|lijk|baar|loos|zaam|iem|[ts]ief)$|(?:^|[a-z])ge[a-z]{2,}[dt]$")
_PLURAL_ALREADY = re.compile(r"[aeiou](?:n|l|r)s$|(?<!ij)(?<=[^aeiounr])s$")
# English words take -s; of these -en would be a verb. 'link' stays out: 'links' is also the other side of 'rechts'.
_ENGLISH = re.compile(
    r"(?:account|app|bot|chat|cloud|deepfake|download|file|hack|laptop|log-?in|mail|malware|prompt|scam|site|spam|tablet"
    r"|team|tool|up|update|upload)$"
)
_SOFT = {"f": "v", "s": "z"}


def inflections(term: str) -> list[str]:
    """The inflected forms of a term, without the term itself."""
    head, word = _last_part(term)
    if " " in head or not word.isalpha():
        return []
    if word.isupper():
        return [f"{term}'s"]
    return [head + form for form in _inflected(word)]


def _last_part(term: str) -> tuple[str, str]:
    """'AI-assistent' -> 'AI-', 'assistent'; what is inflected is the end."""
    cut = max(term.rfind(" "), term.rfind("-")) + 1
    return term[:cut], term[cut:]


def _inflected(word: str) -> Iterator[str]:
    if word.endswith("heid"):
        yield f"{word[:-4]}heden"
    elif _ADJECTIVE.search(word):
        yield f"{_lengthened(word)}e"
    elif _ENGLISH.search(word) or word.endswith(("ie", "er", "aar", "aard", "um", "ment", "em", "gen", "ven")):
        yield f"{word}s"
    elif word.endswith("e"):
        yield f"{word}s"
        yield f"{word}n"
    elif re.search(r"[aiouy]$", word):
        yield f"{word}'s"
    elif word.endswith("el") and not word.endswith("eel"):
        yield f"{word}s"
        yield f"{word}len"
    elif word != "link" and not word.endswith(("en", "eid")) and not _PLURAL_ALREADY.search(word):
        yield f"{_lengthened(word)}en"


def _lengthened(word: str) -> str:
    """The stem as it is written before -e and -en: bron -> bronn, patroon -> patron, brief -> briev."""
    if long := _LONG.search(word):
        return f"{word[: long.start()]}{long[1][0]}{_SOFT.get(long[2], long[2])}"
    if soft := _SOFTENED.search(word):
        return f"{word[:-1]}{_SOFT[soft[2]]}"
    if _SHORT.search(word) and not word.endswith(("ig", "lijk")):
        return f"{word}{word[-1]}"
    return word
