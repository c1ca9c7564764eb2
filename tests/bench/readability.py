"""How well the readability adviser tells levels apart, and what it costs; the figures of decision 0024.

The own half may be tuned on, the blind half was written by someone who had not seen the adviser. The goals are of the
whole set; what each half gives stands beside it.
`python -m tests.bench.readability --mistakes` also shows the mistakes in the own half; never those in the blind half.
"""

import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django
import yaml

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
django.setup()

from language.readability import Level, Lexicon, check, words  # noqa: E402
from language.readability.metrics import sentences_of  # noqa: E402
from language.readability.passive import find_passives  # noqa: E402
from language.readability.syllables import syllables  # noqa: E402
from language.variant import Variant  # noqa: E402

HERE = Path(__file__).resolve().parent.parent / "readability"
HALVES = ("own", "blind")
SETS: dict[str, tuple[str, ...]] = {"own": ("own",), "blind": ("blind",), "whole": HALVES}
METRICS = {  # the higher, the harder
    "Flesch-Douma": lambda found: -found.metrics.flesch_douma,
    "LIX": lambda found: found.metrics.lix,
    "nominalisations": lambda found: found.metrics.nominal_share,
    "long words": lambda found: found.metrics.long_share,
    "words per sentence": lambda found: found.metrics.words_per_sentence,
}
GOALS = {
    "Flesch-Douma": 0.96,
    "LIX": 0.96,
    "nominalisations": 0.95,
    "long words": 0.95,
    "rare words": 0.94,
    "words per sentence": 0.92,
    "syllables": 0.94,
    "passive precision": 0.96,
    "passive recall": 0.92,
    "too hard passes B1": 0.93,
    "too hard catches C1": 0.90,
}
TOLD = ("Flesch-Douma 45 passes B1", "Flesch-Douma 45 catches C1", "A2 is called A2")
MOST = {"rare in A2": 0.014, "ms per 1000 words": 17.0, "MB of memory": 16.0, "MB of word data": 5.6}


def load(half: str, name: str) -> Any:
    file = HERE / f"{half}_{name}.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else None


def auc(hard: list[float], easy: list[float]) -> float:
    """How often a hard text scores above an easy one."""
    pairs = [(one > other) + (one == other) / 2 for one in hard for other in easy]
    return sum(pairs) / len(pairs)


def read(text: str, variant: Variant = Variant.STANDAARD) -> tuple[Any, float]:
    """The report, and the share of words under Zipf 4."""
    found = check(text, variant, Lexicon())
    makkelijk = check(text, Variant.MAKKELIJK, Lexicon())
    return found, len(makkelijk.hard) / max(found.metrics.words, 1)


def measure(halves: tuple[str, ...], show: bool) -> dict[str, float]:
    """Every figure of these halves together."""
    by_level: dict[str, list[tuple[Any, float]]] = {}
    for entry in (entry for half in halves for entry in load(half, "texts")):
        variant = Variant.MAKKELIJK if entry["level"] == "A2" else Variant.STANDAARD
        by_level.setdefault(entry["level"], []).append(read(entry["text"], variant))
    b1, c1, a2 = by_level["B1"], by_level["C1"], by_level["A2"]
    figures = {name: auc([of(one) for one, _ in c1], [of(one) for one, _ in b1]) for name, of in METRICS.items()}
    figures["rare words"] = auc([rare for _, rare in c1], [rare for _, rare in b1])
    known: dict[str, int] = {word: count for half in halves for word, count in load(half, "syllables").items()}
    wrong = {word: (syllables(word), count) for word, count in known.items() if syllables(word) != count}
    figures["syllables"] = 1 - len(wrong) / len(known)
    if show:
        print("  syllables:", wrong)
    figures |= passives(halves, show)
    figures["Flesch-Douma 45 passes B1"] = sum(found.metrics.flesch_douma >= 45 for found, _ in b1) / len(b1)
    figures["Flesch-Douma 45 catches C1"] = sum(found.metrics.flesch_douma < 45 for found, _ in c1) / len(c1)
    figures["too hard passes B1"] = sum(found.level is not Level.TOO_HARD for found, _ in b1) / len(b1)
    figures["too hard catches C1"] = sum(found.level is Level.TOO_HARD for found, _ in c1) / len(c1)
    figures["A2 is called A2"] = sum(found.level is Level.A2 for found, _ in a2) / len(a2)
    figures["rare in A2"] = sum(len(found.hard) for found, _ in a2) / sum(found.metrics.words for found, _ in a2)
    if show:
        print("  rare in A2:", [word for found, _ in a2 for word in found.hard])
    return figures


def passives(halves: tuple[str, ...], show: bool) -> dict[str, float]:
    right = found = there = 0
    for entry in (entry for half in halves for entry in load(half, "passive")):
        is_found = bool(find_passives(entry["sentence"]))
        right, found, there = right + (is_found and entry["passive"]), found + is_found, there + entry["passive"]
        if show and is_found != entry["passive"]:
            print("  passive:", entry)
    return {"passive precision": right / max(found, 1), "passive recall": right / max(there, 1)}


def more(half: str) -> None:
    """What is told and has no goal of its own."""
    if pairs := load(half, "pairs"):
        easier = {"Flesch-Douma": 0, "words per sentence": 0}
        for pair in pairs:
            hard, easy = (check(pair[name], Variant.STANDAARD, Lexicon()).metrics for name in ("hard", "easy"))
            easier["Flesch-Douma"] += easy.flesch_douma > hard.flesch_douma
            easier["words per sentence"] += easy.words_per_sentence < hard.words_per_sentence
        told = ", ".join(f"{name} {count} of {len(pairs)}" for name, count in easier.items())
        print(f"  rewritten sentences that score easier: {told}")
    if listed := load(half, "words"):
        for name, each in listed.items():
            share = {least: sum(words.zipf(word) < least for word in each) / len(each) for least in (4, 3.5)}
            print(f"  {name} words under Zipf 4: {share[4]:.1%}, under 3.5: {share[3.5]:.1%}")


def costs() -> dict[str, float]:
    """CPU time warm, and what the first texts add to memory."""
    texts = [entry["text"] for half in HALVES for entry in load(half, "texts")]
    words.forget()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for text in texts:
        check(text, Variant.STANDAARD, Lexicon())
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    count = sum(len(sentence) for text in texts for sentence in sentences_of(text, Variant.STANDAARD))
    start = time.process_time()
    for _ in range(3):
        for text in texts:
            check(text, Variant.STANDAARD, Lexicon())
    spent = (time.process_time() - start) / 3
    return {
        "ms per 1000 words": 1000 * spent / count * 1000,
        "MB of memory": memory,
        "MB of word data": words.FILE.stat().st_size / 1e6,
    }


def main() -> int:
    if missing := words.missing_data():
        print(missing)
        return 1
    cost = costs()  # first, before anything else has used memory
    figures = {name: measure(halves, name == "own" and "--mistakes" in sys.argv) for name, halves in SETS.items()}
    print(f"\n  {'':<27}{''.join(f'{name:>8}' for name in SETS)}{'goal':>9}")
    for name in [*GOALS, "rare in A2", *TOLD]:
        goal = f">= {GOALS[name]:.2f}" if name in GOALS else f"<= {MOST[name]:.3f}" if name in MOST else "told"
        print(f"  {name:<27}{''.join(f'{found[name]:>8.3f}' for found in figures.values())}{goal:>9}")
    for name, value in cost.items():
        print(f"  {name:<27}{value:>24.1f}{f'<= {MOST[name]:.1f}':>9}")
    more("blind")
    whole = figures["whole"] | cost
    short = [name for name, goal in GOALS.items() if whole[name] < goal]
    short += [name for name, most in MOST.items() if whole[name] > most]
    verdict = f"{len(GOALS) + len(MOST) - len(short)} of {len(GOALS) + len(MOST)} figures"
    print(f"\nreadability: {verdict} (goal: all){': short of ' + ', '.join(short) if short else ''}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
