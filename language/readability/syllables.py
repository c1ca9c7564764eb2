"""Counting syllables by groups of vowels, with the few places where Dutch spelling joins or parts them."""

import re
from functools import lru_cache

# Longest first. A vowel with a dieresis begins a syllable of its own, alone or with the vowel after it.
_GROUP = re.compile(
    r"ë[ieu]|ïe(?=u)|[ëïöü]"  # ge-ëist, ge-ïn; not 'ïe' (e-go-ïs-me)
    r"|i(?=e[eu]l|eel|o[eou])"  # fi-nan-ci-eel
    r"|e(?=um\b)"  # mu-se-um
    r"|aai|ooi|oei|eeu|ieu|eau"
    r"|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|ai|oi"
    r"|[aeiouyáàâäéèêíìîóòôúùû]"
)
_CONSONANT = re.compile(r"(?<![a-z])y(?=[aeou])|(?<=[aeou])y(?=[aeou])|(?<=q)u(?=[aeiouë])")
# An e that nobody says and a group that English says at once, in words that are used at every desk.
_SILENT = re.compile(r"(websit|updat|upgrad|onlin|offlin|deadlin|timelin|softwar|hardwar|malwar|phon|voic)es?\b")
_ENGLISH = re.compile(r"(?<=t)ea(?=m)|(?<=b)ea(?=m)|(?<=r)ea(?=m\b)|(?<=l)ea(?=d\b|se)|(?<=d)ea(?=l\b|d)")


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """How many syllables a word has, at least one; 'AI' and 'BSN' are said letter by letter."""
    return max(1, sum(_in_part(part) for part in re.split(r"[^\w]+|\d+", word) if part))


def _in_part(part: str) -> int:
    if 1 < len(part) < 5 and part.isupper():
        return len(part)
    small = _ENGLISH.sub("e", _SILENT.sub(r"\1", _CONSONANT.sub("j", part.lower())))
    return len(_GROUP.findall(small))
