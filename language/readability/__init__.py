"""How hard a text is to read, and the way out (docs/decisions/0024-readability.md)."""

from language.readability.check import Message, Report, check, level_of
from language.readability.lexicon import HardEntry, Lexicon
from language.readability.metrics import Metrics
from language.readability.profiles import ENOUGH_WORDS, PROFILES, TOO_HARD, Level

__all__ = [
    "ENOUGH_WORDS",
    "PROFILES",
    "TOO_HARD",
    "HardEntry",
    "Level",
    "Lexicon",
    "Message",
    "Metrics",
    "Report",
    "check",
    "level_of",
]
