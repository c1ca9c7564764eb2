"""What may be the name of someone or of a firm on a screen: any script, no tricks."""

import unicodedata

MOST_CHARACTERS = 40
MOST_FOR_FIRM = 80
_FOR_NAMES = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"}
_FOR_A_LIST = {
    "Typ je voornaam.": "Hier staat geen naam.",
    "je naam": "deze naam",
    "Typ een naam met letters.": "Een naam heeft letters.",
}
_BETWEEN = " '’‘`-.\u200c\u200d"  # the joiners are letters' business in Persian and Urdu


def clean_name(typed: str) -> str:
    """The name as it is kept: normalised, single spaces.

    Raises ValueError, in Dutch for who typed it, for nothing, too much, or characters that are no part of
    a name: control characters, changes of direction, emoji, piles of marks.
    """
    name = _tidy(typed, MOST_CHARACTERS)
    if not name:
        raise ValueError("Typ je voornaam.")
    if _has_strange(name, _BETWEEN):
        raise ValueError("Er staat een vreemd teken in je naam. Gebruik alleen letters.")
    _check_letters(name)
    return name


def clean_listed(typed: str) -> str:
    """A name as it is kept. Raises ValueError, in Dutch for who made the list."""
    try:
        return clean_name(typed)
    except ValueError as error:
        text = str(error)
        for own, listed in _FOR_A_LIST.items():
            text = text.replace(own, listed)
        raise ValueError(text) from error


def folded(name: str) -> str:
    """The name as it is compared where it is typed by heart: without capitals, accents, spaces and marks between."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LN")


def clean_firm(typed: str) -> str:
    """The name of a firm as it is kept; digits and the marks that firms use are part of it.

    Raises ValueError, in Dutch for who typed it, as `clean_name` does.
    """
    name = _tidy(typed, MOST_FOR_FIRM)
    if not name:
        raise ValueError("Typ de naam van je bedrijf.")
    if _has_strange(name, _BETWEEN + "&+,/()!?:@*#°²³"):
        raise ValueError("Er staat een vreemd teken in de naam. Gebruik letters en cijfers.")
    _check_letters(name)
    return name


def clean_group(typed: str) -> str:
    """The name of a class or team as it is kept; digits may stand alone ('2').

    Raises ValueError, in Dutch for who typed it, as `clean_name` does.
    """
    name = _tidy(typed, MOST_FOR_FIRM)
    if not name:
        raise ValueError("Typ een naam.")
    if _has_strange(name, _BETWEEN + "&+,/()!?:@*#°²³_"):
        raise ValueError("Er staat een vreemd teken in de naam. Gebruik letters en cijfers.")
    if not any(unicodedata.category(letter)[0] in "LN" for letter in name):
        raise ValueError("Typ een naam met letters of cijfers.")
    return name


def _tidy(typed: str, most: int) -> str:
    name = " ".join(unicodedata.normalize("NFC", typed[: 4 * most]).split())
    if len(name) > most:
        raise ValueError(f"Deze naam is te lang. Gebruik hoogstens {most} letters.")
    return name


def _has_strange(name: str, between: str) -> bool:
    return any(unicodedata.category(letter) not in _FOR_NAMES and letter not in between for letter in name)


def _check_letters(name: str) -> None:
    kinds = [unicodedata.category(letter) for letter in name]
    if not any(kind.startswith("L") for kind in kinds):
        raise ValueError("Typ een naam met letters.")
    marks = "".join("m" if kind.startswith("M") else "-" for kind in kinds)
    if "mmm" in marks:
        raise ValueError("Er staan te veel tekens boven elkaar in je naam. Gebruik gewone letters.")
