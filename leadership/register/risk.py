"""The risk classes of the AI Act in plain words, and the questions that lead to one.

Rules and nothing else: a list of questions, the strictest class that a 'yes' leads to wins. What the law says stands in
facts with a source and a date (`language.Fact`), so that one edit changes every screen. It is no legal advice.
Source: curriculum brief, F2 to F4; Regulation (EU) 2024/1689, articles 5, 6 and 50 and annex III.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from leadership.models import AiSystem, Personal, Risk

YES, NO, UNSURE = "ja", "nee", "weet_niet"
ANSWERS = {YES: "Ja", NO: "Nee", UNSURE: "Weet ik niet"}


@dataclass(frozen=True)
class Question:
    """One question; `fact` explains it, 'yes' leads to `risk`, and `because` says why in the outcome."""

    id: str
    text: str
    risk: Risk
    fact: str
    because: str


QUESTIONS = (
    Question(
        "gevoel", "Leidt het gevoelens af uit iemands gezicht of stem, op het werk of op school?",
        Risk.PROHIBITED, "F2", "Het leidt gevoelens af op het werk of op school.",
    ),
    Question(
        "punten", "Geeft het mensen punten voor hun gedrag, en worden zij daarom slecht behandeld?",
        Risk.PROHIBITED, "F2c", "Het geeft mensen punten voor hun gedrag.",
    ),
    Question(
        "lichaam", "Leidt het uit iemands lichaam af wat zijn ras, geloof of vakbond is?",
        Risk.PROHIBITED, "F2c", "Het leidt uit het lichaam af wie iemand is of gelooft.",
    ),
    Question(
        "beelden", "Maakt het seksuele of intieme beelden van iemand zonder toestemming?",
        Risk.PROHIBITED, "F2b", "Het maakt intieme beelden zonder toestemming.",
    ),
    Question(
        "personeel", "Helpt het kiezen wie een baan of promotie krijgt, of wie weg moet?",
        Risk.HIGH, "F4", "Het helpt kiezen over werk van mensen.",
    ),
    Question(
        "volgen", "Volgt of beoordeelt het werknemers, of verdeelt het taken op hoe iemand is?",
        Risk.HIGH, "F4", "Het volgt of beoordeelt werknemers, of verdeelt taken op hoe iemand is.",
    ),
    Question(
        "onderwijs", "Beslist het mee over toelating of beoordeling in het onderwijs?",
        Risk.HIGH, "F4a", "Het beslist mee in het onderwijs.",
    ),
    Question(
        "steun", "Beslist het mee over een uitkering of andere steun van de overheid?",
        Risk.HIGH, "F4c", "Het beslist mee over steun van de overheid.",
    ),
    Question(
        "product", "Hoort de AI bij een product waarvoor Europese regels over veiligheid gelden?",
        Risk.HIGH, "F4d", "Het hoort bij een product met regels over veiligheid.",
    ),
    Question(
        "praten", "Praten of chatten mensen ermee?",
        Risk.TRANSPARENCY, "F3", "Mensen praten ermee.",
    ),
    Question(
        "nep", "Maakt het beeld, geluid of video die echt lijkt, en breng je dat naar buiten?",
        Risk.TRANSPARENCY, "F3a", "Het maakt beeld of geluid dat echt lijkt.",
    ),
    Question(
        "publiek", "Schrijft het teksten die het publiek informeren over zaken van algemeen belang?",
        Risk.TRANSPARENCY, "F3c", "Het schrijft teksten voor het publiek.",
    ),
)  # fmt: skip

STRICTEST = (Risk.PROHIBITED, Risk.HIGH, Risk.TRANSPARENCY, Risk.OTHER)


@dataclass(frozen=True)
class Meaning:
    """What a class is and what to do about it; `facts` say what the law says."""

    text: str
    do: str
    facts: tuple[str, ...]


MEANINGS = {
    Risk.PROHIBITED: Meaning(
        "De wet verbiedt dit gebruik.",
        "Stop ermee, of begin er niet aan. Vraag meteen iemand die de wet kent.",
        ("F2", "F2a", "F2b", "F2c", "F2d"),
    ),
    Risk.HIGH: Meaning(
        "Het mag, met strenge regels. Het gaat om AI met grote gevolgen voor mensen.",
        "Spreek af wie toezicht houdt en wie mag stoppen. Praat vooraf met de OR of PVT.",
        ("F4", "F4a", "F4b", "F4c", "F4d", "F8"),
    ),
    Risk.TRANSPARENCY: Meaning(
        "Het mag. Mensen moeten weten dat het AI is.",
        "Kijk of het te zien is. Zeg het erbij als je iets naar buiten brengt.",
        ("F3", "F3a", "F3b", "F3c", "F3d"),
    ),
    Risk.OTHER: Meaning(
        "De AI-verordening noemt hiervoor geen extra regels. Andere wetten gelden wel.",
        "Houd je aan jullie eigen afspraken. Kijk opnieuw als het gebruik verandert.",
        (),
    ),
    Risk.UNKNOWN: Meaning(
        "Je weet nog niet welke klasse het is.",
        "Loop de vragen na, en vraag de leverancier wat je niet weet.",
        (),
    ),
}

BEHIND_PERSONAL = ("F6", "F18d")
"""What holds where a system knows something about people."""
BEHIND_ALL = tuple(dict.fromkeys(question.fact for question in QUESTIONS))
"""What says in which class a system is: when one of these changes, its class may."""
ALL_FACTS = tuple(
    dict.fromkeys((*BEHIND_ALL, *(code for meaning in MEANINGS.values() for code in meaning.facts), *BEHIND_PERSONAL))
)


def facts_behind(system: AiSystem) -> tuple[str, ...]:
    """The codes of the facts on which what stands in the register of this system rests."""
    knows_people = system.personal != Personal.NONE
    found = (*BEHIND_ALL, *MEANINGS[system.risk_class].facts, *(BEHIND_PERSONAL if knows_people else ()))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Outcome:
    """Where the questions led. because: every reason that was found; still_open: what must be found out first.

    possible: the strictest class that it may still be; only where `risk` is unknown.
    """

    risk: Risk
    because: tuple[str, ...]
    still_open: tuple[Question, ...]
    possible: Risk | None = None

    @property
    def meaning(self) -> Meaning:
        return MEANINGS[self.possible or self.risk]


def outcome_of(answers: Mapping[str, str]) -> Outcome:
    """The class these answers lead to. What is not known and could be stricter keeps it unknown; an answer that is
    missing or that we do not have counts as not known."""
    said_yes = [question for question in QUESTIONS if answers.get(question.id) == YES]
    unknown = [question for question in QUESTIONS if answers.get(question.id) not in (YES, NO)]
    found = min((question.risk for question in said_yes), key=STRICTEST.index, default=Risk.OTHER)
    stricter = tuple(one for one in unknown if STRICTEST.index(one.risk) < STRICTEST.index(found))
    because = tuple(question.because for question in said_yes)
    if stricter:
        return Outcome(Risk.UNKNOWN, because, stricter, min((one.risk for one in stricter), key=STRICTEST.index))
    return Outcome(found, because, ())
