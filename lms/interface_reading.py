"""Whether the texts of the interface are easy enough: makkelijk where learners read, standaard elsewhere."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from language.readability import ENOUGH_WORDS, PROFILES, TOO_HARD, Lexicon, Metrics, Report, check
from language.variant import Variant
from lms.interface_texts import Audience, InterfaceText, interface_texts


def problems(lexicon: Lexicon) -> Iterator[str]:
    """What is too hard, with file and line.

    For learners: every sentence, and over all screens together the figures of makkelijk. For others: a file below
    the hard cut.
    """
    together, hard = Metrics(), list[str]()
    for one in interface_texts():
        if one.audience is Audience.LEARNER:
            report = _read(one, Variant.MAKKELIJK, lexicon)
            together, hard = together + report.metrics, [*hard, *report.hard]
            yield from (f"{one.file}:{one.line}: {message.text} «{one.text}»" for message in report.blocking)
    yield from _of_all(together, hard)
    for file, metrics in _per_file(lexicon):
        if metrics.words >= ENOUGH_WORDS and metrics.flesch_douma < TOO_HARD:
            yield f"{file}: Flesch-Douma {metrics.flesch_douma:.0f} (minstens {TOO_HARD}). Kies kortere woorden."


def advice(lexicon: Lexicon) -> Iterator[str]:
    """What could be better for who leads a class or team, and for authors; it blocks nothing."""
    for one in interface_texts():
        if one.audience is not Audience.LEARNER:
            for message in _read(one, Variant.STANDAARD, lexicon).messages:
                if message.rule in ("zin", "woord"):
                    yield f"{one.file}:{one.line}: {message.text}"


def _read(one: InterfaceText, variant: Variant, lexicon: Lexicon) -> Report:
    return check(one.text, variant, lexicon)


def _of_all(together: Metrics, hard: list[str]) -> Iterator[str]:
    profile = PROFILES[Variant.MAKKELIJK]
    if together.flesch_douma < profile.flesch_douma:
        yield f"Alle schermen samen: Flesch-Douma {together.flesch_douma:.0f} (minstens {profile.flesch_douma})."
    if together.words and len(hard) / together.words > profile.rare:
        share = 100 * len(hard) / together.words
        yield f"Alle schermen samen: {share:.1f}% moeilijke woorden (hoogstens 3%): {', '.join(sorted(set(hard)))}."


def _per_file(lexicon: Lexicon) -> Iterator[tuple[Path, Metrics]]:
    others = [one for one in interface_texts() if one.audience is not Audience.LEARNER]
    for file, texts in groupby(others, key=lambda one: one.file):
        yield file, sum((_read(one, Variant.STANDAARD, lexicon).metrics for one in texts), Metrics())
