"""What each variant may ask of a reader: the table of docs/decisions/0024-readability.md."""

from dataclasses import dataclass
from enum import StrEnum

from language.variant import Variant


@dataclass(frozen=True)
class Profile:
    """The limits of one variant besides those of a sentence, which stand in `language.limits`."""

    average: int
    """Words per sentence, over a whole page."""
    flesch_douma: int
    """At least."""
    rare_below: float
    """A word is rare under this Zipf figure."""
    rare: float
    """The share of words that may be rare."""
    blocks: bool
    """Whether going over keeps a page from being published, or is only told."""


PROFILES = {
    Variant.MAKKELIJK: Profile(average=8, flesch_douma=80, rare_below=4, rare=0.03, blocks=True),
    Variant.STANDAARD: Profile(average=12, flesch_douma=60, rare_below=3.5, rare=0.06, blocks=False),
}

TOO_HARD = 45
"""Under this Flesch-Douma a text is too hard for whom standaard is for, whatever else is right."""

ENOUGH_WORDS = 50
"""From here up Flesch-Douma and shares say something; on a button they are noise (decision 0024)."""


class Level(StrEnum):
    """How hard a text is, in the words of the editor."""

    A2 = "A2"
    B1 = "B1"
    TOO_HARD = "te moeilijk"
