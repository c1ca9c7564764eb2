"""How hard a lesson is, how long it takes, and what keeps its makkelijk text from being published.

Whole lessons and whole steps are held to the figures; a single text only to the length of its sentences, for on a few
words figures are noise (docs/decisions/0024-readability.md).
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from language.markup import references
from language.queries import WordsAndFacts
from language.readability import ENOUGH_WORDS, PROFILES, Level, Lexicon, Message, Metrics, Report, check, level_of
from language.variant import Variant
from modules.on_the_way import is_met
from modules.step_names import step_name
from modules.steps import Step, Steps, twins

if TYPE_CHECKING:
    from modules.models import ModulePage

# Words per minute: of who reads at A2 and at B1, and of a voice that reads calmly.
READING = {Variant.MAKKELIJK: 100, Variant.STANDAARD: 180}
LISTENING = 130


@dataclass(frozen=True)
class LessonText:
    """What a lesson says: of a page, a draft or a file."""

    title: Mapping[str, str]
    goals: Mapping[str, str]
    """Per variant, each on its own line."""
    steps: Steps

    @classmethod
    def of(cls, page: "ModulePage") -> "LessonText":
        """Of a page as it is now, saved or not."""
        goals = {Variant.STANDAARD.value: page.goals, Variant.MAKKELIJK.value: page.goals_makkelijk}
        return cls(page.title_twin, goals, Steps(page.steps.get_prep_value()))


@dataclass(frozen=True)
class Remark:
    """What the adviser says about one text of the lesson, or about a whole step or lesson."""

    step: str
    """The id of the step; empty where it is about the lesson, a fact or a word."""
    place: str
    """In the words of the editor: 'Stap 3: Laat de naam weg, text'."""
    message: Message
    is_elsewhere: bool = False
    """About a fact or a word that the lesson shows, not about its own text."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message.text}"


@dataclass
class VariantReport:
    """What one variant of a lesson asks of its reader."""

    variant: Variant
    metrics: Metrics = field(default_factory=Metrics)
    hard: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    seen_words: int = 0
    """Words that one learner meets who answers everything right, those of facts too."""

    @property
    def level(self) -> Level:
        return level_of(self.metrics, len(self.hard))

    @property
    def blocking(self) -> list[Remark]:
        """What keeps it from being published; only makkelijk has such remarks."""
        return [remark for remark in self.remarks if remark.message.blocks]

    @property
    def minutes_to_read(self) -> int:
        """Rounded up; 0 for a lesson without text."""
        return math.ceil(self.seen_words / READING[self.variant])

    @property
    def minutes_to_listen(self) -> int:
        return math.ceil(self.seen_words / LISTENING)


@dataclass(frozen=True)
class ModuleReport:
    """Both variants of one lesson."""

    makkelijk: VariantReport
    standaard: VariantReport

    def of(self, variant: Variant) -> VariantReport:
        return self.makkelijk if variant is Variant.MAKKELIJK else self.standaard

    @cached_property
    def blocks(self) -> list[str]:
        """What keeps makkelijk from being published; empty when nothing does."""
        return [str(remark) for remark in self.makkelijk.blocking]


def module_report(page: "ModulePage", texts: WordsAndFacts | None = None) -> ModuleReport:
    """Read a lesson, or a draft of it, in both variants. `texts`: words and facts where they were read already."""
    texts = texts or WordsAndFacts()
    lesson = LessonText.of(page)
    return ModuleReport(*(variant_report(lesson, each, texts) for each in (Variant.MAKKELIJK, Variant.STANDAARD)))


def variant_report(lesson: LessonText, variant: Variant, texts: WordsAndFacts | None = None) -> VariantReport:
    """Read one variant of a lesson."""
    texts = texts or WordsAndFacts()
    lexicon = Lexicon.of(texts)
    found = VariantReport(variant)
    add_text(found, "", "Titel", check(lesson.title[variant], variant, lexicon))
    goals = (goal for goal in lesson.goals[variant].splitlines() if goal.strip())
    for number, goal in enumerate(goals, 1):
        add_text(found, "", f"Doel {number}", check(goal, variant, lexicon), is_seen=False)  # learners see no goals
    used: set[str] = set()
    for number, step in enumerate(lesson.steps.all, 1):
        used |= _read_step(found, step, step_name(number, step), texts, lexicon)
    for place, text in _shown_with(used, variant, texts):
        add_text(found, "", place, check(text, variant, lexicon), is_elsewhere=True)
    found.remarks += remarks_about_whole(found)
    return found


def _read_step(found: VariantReport, step: Step, name: str, texts: WordsAndFacts, lexicon: Lexicon) -> set[str]:
    """Add what a step says; gives the names of words and facts that it refers to."""
    together, used = Metrics(), set[str]()
    value = _shown(step.value, found.variant)
    for path, text in texts_of(step, found.variant):
        report = check(text, found.variant, lexicon)
        add_text(found, step.id, f"{name}, {' › '.join(path)}", report, is_seen=is_met(value, path))
        together += report.metrics
        words, facts = references(text)
        used |= words | facts | {place.key for place in texts.matcher.find(text)}
    found.remarks += remarks_about_step(together, found.variant, step.id, name)
    return used


def add_text(
    found: VariantReport, step: str, place: str, report: Report, *, is_seen: bool = True, is_elsewhere: bool = False
) -> None:
    """Add what one text asks. is_seen: one learner meets it on the way through."""
    found.metrics += report.metrics
    found.hard += report.hard
    found.seen_words += report.metrics.words if is_seen else 0
    found.remarks += [Remark(step, place, message, is_elsewhere) for message in report.messages]


def texts_of(step: Step, variant: Variant) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a step that this variant shows, with the names that lead to it."""
    for path, twin in twins(_shown(step.value, variant)):
        if text := twin[variant] or "":
            yield path, text


def _shown(value: Any, variant: Variant) -> Any:
    """A stored value without the parts that stand in standaard only."""
    if isinstance(value, Mapping):
        return {name: _shown(inner, variant) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shown(inner, variant) for inner in value if not (variant is Variant.MAKKELIJK and _is_hidden(inner))]
    return value


def _is_hidden(item: Any) -> bool:
    inner = item.get("value", item) if isinstance(item, Mapping) else None
    return isinstance(inner, Mapping) and bool(inner.get("only_standaard"))


def _shown_with(used: set[str], variant: Variant, texts: WordsAndFacts) -> Iterator[tuple[str, str]]:
    """The facts that the texts put in, and the explanations of words, which are makkelijk for everyone."""
    facts = [texts.facts[code] for code in sorted(used) if code in texts.facts]
    words = {word for word in used if word in texts.terms}
    for fact in facts:
        yield f"Feit {fact.code}", fact.text(variant)
        words |= {word for word in references(fact.text(variant))[0] if word in texts.terms}
    if variant is Variant.MAKKELIJK:
        for word in sorted(words):
            yield f"Uitleg van '{word}'", texts.terms[word].explanation


def remarks_about_whole(found: VariantReport) -> list[Remark]:
    """What the figures of all texts together say."""
    return list(_about(found.metrics, found.hard, found.variant, "", "De hele les"))


def remarks_about_step(metrics: Metrics, variant: Variant, step: str, name: str) -> list[Remark]:
    """What the figures of one step say; which words are hard is a matter of the whole lesson."""
    return list(_about(metrics, [], variant, step, name))


def _about(metrics: Metrics, hard: list[str], variant: Variant, step: str, place: str) -> Iterator[Remark]:
    """What the figures say of enough words together."""
    profile = PROFILES[variant]
    if metrics.words < ENOUGH_WORDS:
        return
    if metrics.flesch_douma < profile.flesch_douma:
        said = f"Flesch-Douma {metrics.flesch_douma:.0f} (minstens {profile.flesch_douma}). Kies kortere woorden."
        yield Remark(step, place, Message("flesch", said, 0, 0, profile.blocks))
    if metrics.words_per_sentence > profile.average:
        average = f"{metrics.words_per_sentence:.1f}".replace(".", ",")
        said = f"Zinnen van gemiddeld {average} woorden (hoogstens {profile.average}). Maak zinnen korter."
        yield Remark(step, place, Message("gemiddeld", said, 0, 0, profile.blocks))
    if len(hard) > max(metrics.words * profile.rare, 1):
        share = f"{100 * len(hard) / metrics.words:.1f}".replace(".", ",")
        often = ", ".join(word for word, _ in Counter(word.lower() for word in hard).most_common(12))
        said = (
            f"{share}% moeilijke woorden (hoogstens {profile.rare:.0%}): {often}. "
            "Zeg ze gewoner, of leg ze uit in de woordenlijst."
        )
        yield Remark(step, place, Message("zeldzaam", said, 0, 0, profile.blocks))
