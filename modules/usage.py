"""Which lessons, and files beside them, use which facts and words; found in the texts, both variants, drafts too."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from language.marking import keys_in
from language.markup import references
from language.models import Fact
from language.queries import WordsAndFacts
from language.variant import Variant
from modules.curriculum.parts import parts
from modules.models import ModulePage
from modules.queries import steps_of_revisions
from modules.step_names import step_name
from modules.steps import Step, Steps, twins


@dataclass(frozen=True)
class Use:
    """A place that refers to a fact or word: a step of a lesson, another fact, or a file beside the lessons."""

    pk: int | None
    """Of the lesson or fact; a file has none, and no editor."""
    name: str
    step: str = ""
    """Number and title of the step; empty for a fact."""
    is_draft: bool = False
    """Only in a draft, not in what learners see."""


@dataclass(frozen=True)
class Usage:
    """All uses: of facts by code, of words in small letters."""

    facts: dict[str, list[Use]] = field(default_factory=dict)
    words: dict[str, list[Use]] = field(default_factory=dict)
    """Where a text names the word itself: it would break without."""
    seen: dict[str, list[Use]] = field(default_factory=dict)
    """Where the word stands in one of its forms, named or not."""
    photos: dict[int, list[Use]] = field(default_factory=dict)
    """By the id of the picture."""

    def add(self, use: Use, words: set[str], facts: set[str], seen: frozenset[str] = frozenset()) -> None:
        """Keep a use; what is published goes before the same step in a draft."""
        for found, names in ((self.words, words), (self.facts, facts), (self.seen, words | seen)):
            for name in names:
                uses = found.setdefault(name, [])
                if not any((one.pk, one.name, one.step) == (use.pk, use.name, use.step) for one in uses):
                    uses.append(use)


def names_of(uses: Sequence[Use], *, lessons_only: bool = False) -> list[str]:
    """The lessons, facts and files in these uses, each once."""
    return list(dict.fromkeys(use.name for use in uses if use.step or not lessons_only))


def where_used() -> Usage:
    """Every use in every lesson and every fact, in a few queries however many there are."""
    usage, texts = Usage(), WordsAndFacts()
    pages = list(ModulePage.objects.order_by("code"))
    newest = {page.latest_revision_id for page in pages if page.latest_revision_id != page.live_revision_id}
    drafts = steps_of_revisions(newest)
    for page in pages:
        _add_steps(usage, page, page.outline, texts, is_draft=not page.live)
        if page.latest_revision_id in drafts:
            _add_steps(usage, page, drafts[page.latest_revision_id][1], texts, is_draft=True)
    for fact in Fact.objects.all():
        usage.add(Use(fact.pk, f"Feit {fact.code}"), *references(f"{fact.text_standaard}\n{fact.text_makkelijk}"))
    for part in parts():
        for name, text in part.texts():
            usage.add(Use(None, name), *references(text))
    return usage


def references_in(step: Step) -> tuple[set[str], set[str]]:
    """The words (in small letters) and facts that the texts of a step refer to."""
    return references("\n".join(text or "" for _, twin in twins(step.value) for text in twin.values()))


def words_seen_in(step: Step, texts: WordsAndFacts) -> set[str]:
    """The words (in small letters) that a reader of a step meets, those in its facts too."""
    pairs = [(twin.get(variant) or "", variant) for _, twin in twins(step.value) for variant in Variant]
    return {key for text, variant in pairs for key in keys_in(text, variant, texts)}


def _add_steps(usage: Usage, page: ModulePage, steps: Steps, texts: WordsAndFacts, *, is_draft: bool) -> None:
    for number, step in enumerate(steps.all, 1):
        use = Use(page.pk, f"{page.code} {page.title}", step_name(number, step), is_draft)
        usage.add(use, *references_in(step), frozenset(words_seen_in(step, texts)))
        if photo := (step.value.get("picture") or {}).get("photo"):
            usage.photos.setdefault(photo, []).append(use)
