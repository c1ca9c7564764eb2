"""The languages that a word of the list can be given in, beside Dutch: in the order in which they are offered.

To add one: a line here and a migration. Its code is that of BCP 47, as in the `lang` of an element.
"""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """How Dutch calls a language and how its readers do, its script as Unicode names it, and which way it runs."""

    code: str
    label: str
    name: str
    script: str = "LATIN"
    direction: str = "ltr"


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "Engels", "English"),
        Language("ar", "Arabisch", "العربية", "ARABIC", "rtl"),
        Language("tr", "Turks", "Türkçe"),
        Language("pl", "Pools", "Polski"),
        Language("uk", "Oekraïens", "Українська", "CYRILLIC"),
        Language("ti", "Tigrinya", "ትግርኛ", "ETHIOPIC"),
    )
}
_SCRIPTS = {"LATIN": "Latijnse", "ARABIC": "Arabische", "CYRILLIC": "cyrillische", "ETHIOPIC": "Ethiopische"}
# What turns the direction of a text or is not seen at all; ZWNJ and ZWJ are part of how Arabic is written.
_HIDDEN_BUT_FINE = {"\u200c", "\u200d"}


def text_problem(text: str, code: str) -> str | None:
    """What is wrong with a text in this language, as a sentence for its author; None when it can stand.

    A text in a script of its own may hold Latin letters (AI, app); it needs at least one letter of that script.
    """
    language = LANGUAGES.get(code)
    if language is None:
        return f"De taal '{code}' kennen we niet. Kies uit: {', '.join(LANGUAGES)}."
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") and sign not in _HIDDEN_BUT_FINE for sign in text):
        return "Hier staat een teken in dat je niet ziet. Typ de tekst opnieuw."
    scripts = {script for sign in text if sign.isalpha() and (script := _script(sign))}
    if strange := scripts - {language.script, "LATIN"}:
        return (
            f"{language.label} heeft {_SCRIPTS[language.script]} letters; hier staan andere ({min(strange).lower()})."
        )
    if language.script not in scripts:
        return f"{language.label} schrijf je met {_SCRIPTS[language.script]} letters."
    return None


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split()[0].removeprefix("FULLWIDTH")
