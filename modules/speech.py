"""What a lesson says aloud: every line it can show, in both variants and for every trade, as it stands on screen."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.formats import date_format

from assessments.exercises import KINDS
from language.limits import sentences
from language.markup import facts_in, lines, plain
from language.queries import WordsAndFacts, checked
from language.variant import Variant
from media.pictures.queries import words_of_photo
from media.speech.queries import SoundStatus, status_of, statuses_of
from media.speech.sources import Line, Source, register
from media.speech.words import normal
from modules.models import ModulePage
from modules.steps import twins
from modules.usage import words_seen_in

PREFIX = "les:"
CHECKED_AGAIN = "We kijken dit binnenkort opnieuw na."
# What stands above every exercise of a kind that has no title of its own.
_METAS = {name: kind.block().meta for name, kind in KINDS.items()}
KIND_HEADINGS = {name: "" if meta.heading_field else meta.heading for name, meta in _METAS.items()}


def name_of(page: ModulePage) -> str:
    """How the lines of this lesson are called among all that is said."""
    return f"{PREFIX}{page.code}"


def sound_status(page: ModulePage) -> SoundStatus:
    """How far the sound of a lesson is: (made, wanted, failed), in sentences."""
    return status_of(name_of(page))


def sound_statuses() -> dict[str, SoundStatus]:
    """The same for every lesson that has sound, by its code, in one query."""
    return {name.removeprefix(PREFIX): status for name, status in statuses_of(PREFIX).items()}


def spoken_line(text: str, language: str = "nl") -> Line:
    """A line as a screen shows it, with its sentences."""
    shown = normal(text)
    return Line(shown, tuple(sentences(shown, Variant.STANDAARD)), language)


def lesson_lines(page: ModulePage, texts: WordsAndFacts | None = None) -> list[Line]:
    """Every line that a lesson can show: its title, its steps, and the words that it explains."""
    known = texts or WordsAndFacts()
    steps = page.outline.all
    found = list(twin_lines([page.title_twin], known))
    for step in steps:
        found += twin_lines((twin for _, twin in twins(step.value)), known)
        found += _single_texts(step.value)
        if step.kind and (heading := KIND_HEADINGS[step.kind.name]):
            found.append(heading)
    if checking := checked(known.facts[code] for code in facts_in(page.outline.values) if code in known.facts):
        found += [f"Nagekeken op {date_format(checking.on, 'j F Y')}.", CHECKED_AGAIN]
    for name in sorted({term for step in steps for term in words_seen_in(step, known)}):
        found += [known.terms[name].term, known.terms[name].explanation]
    return [spoken_line(text) for text in dict.fromkeys(normal(text) for text in found) if text]


def twin_lines(found: Iterable[Mapping[str, str]], texts: WordsAndFacts) -> Iterator[str]:
    """The lines of twin texts in both variants, facts filled in and marks taken away."""
    for twin in found:
        for variant in Variant:
            raw = twin.get(variant) or twin.get("standaard") or ""
            shown = [plain(line, variant, texts) for line in lines(raw, variant, texts)]
            yield from shown
            if "\n" not in raw and len(shown) > 1:  # a fact of several lines, where the text is one line
                yield " ".join(shown)


def _single_texts(value: Any) -> Iterator[str]:
    """Texts that are the same in both variants: what can be seen in a picture, who speaks in a chat."""
    if isinstance(value, Mapping):
        if value.get("photo") and not value.get("alt") and not value.get("decorative"):
            yield words_of_photo(value["photo"])
        for name, inner in value.items():
            if name in ("alt", "who") and isinstance(inner, str):
                yield inner
            else:
                yield from _single_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _single_texts(inner)


def _names() -> list[str]:
    return [f"{PREFIX}{code}" for code in ModulePage.objects.live().order_by("code").values_list("code", flat=True)]


def _lines_of(name: str) -> list[Line] | None:
    page = ModulePage.objects.live().filter(code=name.removeprefix(PREFIX)).first()
    return lesson_lines(page) if page else None


def register_lessons() -> None:
    register(Source(PREFIX, _names, _lines_of))
