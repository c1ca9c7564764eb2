from language.models.facts import Fact
from language.models.glossary import GlossaryTerm

__all__ = ["Fact", "GlossaryTerm"]
