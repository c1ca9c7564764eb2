"""Why a package is refused, in words for who made or uploaded it. Each says what to do."""

from typing import Any

from media.h5p.core.errors import Code
from media.h5p.importing import BROKE_OFF, GONE, REFUSED, WAITED_TOO_LONG

MAKE_AGAIN = "Haal het bestand opnieuw op bij het programma waarin het gemaakt is."
SENTENCES: dict[str, str] = {
    Code.TOO_BIG: "Het bestand is te groot: hoogstens {most} MB. Haal er films of grote foto’s uit.",
    Code.NOT_A_ZIP: f"Dit is geen H5P-bestand. {MAKE_AGAIN}",
    Code.CORRUPT: f"Het bestand is niet heel. {MAKE_AGAIN}",
    Code.ENCRYPTED: "Er zit een wachtwoord op. Bewaar het bestand zonder wachtwoord.",
    Code.COMPRESSION: f"Het bestand is ingepakt op een manier die H5P niet kent. {MAKE_AGAIN}",
    Code.TOO_MANY_FILES: "Er zitten te veel bestanden in: hoogstens {most}.",
    Code.FILE_TOO_BIG: "Dit bestand is te groot: hoogstens {most} MB. Maak het kleiner.",
    Code.TOO_BIG_INSIDE: "Uitgepakt is het te groot: hoogstens {most} MB. Haal er films of grote foto’s uit.",
    Code.BOMB: "Uitgepakt wordt dit veel te groot. Zo’n bestand nemen we niet aan.",
    Code.OVERLAP: f"Bestanden liggen hier over elkaar heen. {MAKE_AGAIN}",
    Code.SPECIAL_FILE: "Dit is geen gewoon bestand maar een verwijzing. Haal het eruit.",
    Code.NAME_ESCAPES: "Deze naam wijst naar een plek buiten het pakket. Zo’n bestand nemen we niet aan.",
    Code.NAME_CHARACTERS: "In deze naam staan tekens die niet mogen. Geef het bestand een andere naam.",
    Code.NAME_TOO_LONG: "Deze naam is te lang. Geef het bestand een kortere naam.",
    Code.NAME_HIDDEN: "Dit is een verborgen bestand: de naam begint met een punt. Haal het eruit.",
    Code.NAME_TWICE: f"Dit bestand zit er twee keer in. {MAKE_AGAIN}",
    Code.NAME_TWINS: "Twee namen zijn op sommige computers hetzelfde: deze en ‘{other}’. Verander er een.",
    Code.EXTENSION: "Dit soort bestand hoort niet in een H5P-pakket. Haal het eruit.",
    Code.OTHER_KIND: "Dit is geen echt {extension}-bestand. Bewaar het opnieuw als {extension}, en kies dat.",
    Code.SVG: "Deze tekening (SVG) is niet veilig of niet heel. Bewaar haar opnieuw, of als PNG.",
    Code.NOT_JSON: f"De tekst in dit bestand is niet heel (JSON). {MAKE_AGAIN}",
    Code.JSON_TOO_DEEP: "In dit bestand zit te veel in elkaar. Zo’n bestand nemen we niet aan.",
    Code.JSON_TOO_LARGE: "Dit bestand is te groot om te lezen. Maak er twee oefeningen van.",
    Code.NO_H5P_JSON: f"In het pakket zit geen h5p.json. {MAKE_AGAIN}",
    Code.NO_CONTENT: "In het pakket zit geen oefening, alleen programma’s. Kies een bestand met een oefening.",
    Code.H5P_JSON: f"Wat het pakket over zichzelf zegt, klopt niet: {{field}}. {MAKE_AGAIN}",
    Code.NOT_RUNNABLE: "‘{library}’ kan niet los spelen. Kies een bestand met een hele oefening.",
    Code.LIBRARY_JSON: f"Wat deze bibliotheek over zichzelf zegt, klopt niet: {{field}}. {MAKE_AGAIN}",
    Code.LIBRARY_FOLDER: f"Deze map hoort bij ‘{{says}}’. {MAKE_AGAIN}",
    Code.CORE_TOO_OLD: "‘{library}’ vraagt een nieuwere speler (H5P {asked}). Wij hebben {has}. Vraag een beheerder.",
    Code.REMOTE_CODE: "Dit haalt iets van een andere site. Zo’n bibliotheek nemen we niet aan.",
    Code.CODE_MISSING: f"Hierin staat een bestand dat er niet is: ‘{{file}}’. {MAKE_AGAIN}",
    Code.DEPENDENCY_MISSING: f"Er mist een bibliotheek: {{library}}. {MAKE_AGAIN}",
    Code.DEPENDENCY_CYCLE: "Bibliotheken wachten op elkaar: {circle}. Vraag een nieuwere versie.",
    BROKE_OFF: "Er ging bij ons iets mis, drie keer. Probeer het later nog eens, of vraag een beheerder.",
    REFUSED: "Een beheerder keurde ‘{library}’ niet goed. Maak de oefening met een andere soort.",
    WAITED_TOO_LONG: "Niemand keurde de bibliotheken goed. Vraag een beheerder, en kies het bestand opnieuw.",
    GONE: "Het bestand is er niet meer. Kies het opnieuw.",
}
HINTS = {
    "picture-without-words": ("Bij {} plaatje mist een tekst voor wie het niet ziet.",
                              "Bij {} plaatjes mist een tekst voor wie ze niet ziet."),
    "film-without-subtitles": ("{} film heeft geen ondertitels.", "{} films hebben geen ondertitels."),
    "sound-without-text": ("Bij {} geluid mist de tekst.", "Bij {} geluiden mist de tekst."),
}  # fmt: skip


def reason(code: str, parameters: dict[str, Any]) -> str:
    """The sentence of a code."""
    shown = {key: _shown(key, value) for key, value in parameters.items()}
    return SENTENCES[code].format_map(_Known(shown))


def hint(code: str, count: int) -> str:
    one, more = HINTS[code]
    return (one if count == 1 else more).format(count)


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def _shown(key: str, value: Any) -> Any:
    """Bytes as megabytes; counts as they are."""
    return value // 1_000_000 if key == "most" and isinstance(value, int) and value >= 1_000_000 else value
