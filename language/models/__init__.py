from language.models.facts import Fact
from language.models.forms import Origin, WordForm
from language.models.glossary import GlossaryTerm
from language.models.hard_words import HardWord
from language.models.translations import WordTranslation

__all__ = ["Fact", "GlossaryTerm", "HardWord", "Origin", "WordForm", "WordTranslation"]
