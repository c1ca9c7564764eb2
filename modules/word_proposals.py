"""Compounds of a word of the list that stand in lessons and that no author decided on yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from language.compounds import first_sentences
from language.markup import plain
from language.models import GlossaryTerm, WordForm
from language.queries import WordsAndFacts
from language.variant import Variant
from modules.models import ModulePage
from modules.steps import twins


@dataclass(frozen=True)
class Proposal:
    """A compound, and where it stands."""

    form: str
    sentence: str


def proposals_for(term: GlossaryTerm) -> list[Proposal]:
    """Compounds in any lesson, as it is published or as its newest draft; never what was confirmed or refused."""
    known = [term.term, *WordForm.objects.filter(term=term).values_list("form", flat=True)]
    known += WordForm.objects.exclude(term=term).filter(refused=False).values_list("form", flat=True)
    known += GlossaryTerm.objects.values_list("term", flat=True)
    found = first_sentences(_texts(), term.term, known)
    return [Proposal(form, sentence) for form, sentence in sorted(found.items(), key=lambda pair: pair[0].casefold())]


def _texts() -> Iterator[str]:
    texts = WordsAndFacts()
    for page in ModulePage.objects.order_by("code"):
        versions = [page, page.get_latest_revision_as_object()] if page.has_unpublished_changes else [page]
        for version in versions:
            for step in version.outline.all:
                for _, twin in twins(step.value):
                    for variant in Variant:
                        yield plain(twin.get(variant) or "", variant, texts)
