"""What may be someone's name on a screen: any script, no tricks."""

import unicodedata

MOST_CHARACTERS = 40
_FOR_NAMES = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"}
_BETWEEN = " '’‘`-.\u200c\u200d"  # the joiners are letters' business in Persian and Urdu


def clean_name(typed: str) -> str:
    """The name as it is kept: normalised, single spaces.

    Raises ValueError, in Dutch for who typed it, for nothing, too much, or characters that are no part of
    a name: control characters, changes of direction, emoji, piles of marks.
    """
    name = " ".join(unicodedata.normalize("NFC", typed[: 4 * MOST_CHARACTERS]).split())
    if not name:
        raise ValueError("Typ je voornaam.")
    if len(name) > MOST_CHARACTERS:
        raise ValueError(f"Deze naam is te lang. Gebruik hoogstens {MOST_CHARACTERS} letters.")
    kinds = [unicodedata.category(letter) for letter in name]
    if any(kind not in _FOR_NAMES and letter not in _BETWEEN for letter, kind in zip(name, kinds, strict=True)):
        raise ValueError("Er staat een vreemd teken in je naam. Gebruik alleen letters.")
    if not any(kind.startswith("L") for kind in kinds):
        raise ValueError("Typ een naam met letters.")
    marks = "".join("m" if kind.startswith("M") else "-" for kind in kinds)
    if "mmm" in marks:
        raise ValueError("Er staan te veel tekens boven elkaar in je naam. Gebruik gewone letters.")
    return name
