"""What the detector of personal data finds and misses in two sets of Dutch sentences.

`own.yaml` is the half to tune on; `frozen.yaml` was written by someone who had not seen the detector, and is only
measured.
A find counts when its kind is right and it shares a letter with what was expected.
`python -m tests.bench.detector --mistakes` also shows the mistakes in the own half; never those in the frozen half.
"""

import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import yaml

from tests.detector import HERE, find_all, utf16

NAMES = ("naam",)
NUMBERS = (
    "adres", "postcode", "geboortedatum", "bsn", "iban", "telefoon", "email", "kenteken", "nummer", "wachtwoord",
)  # fmt: skip
KINDS = (*NAMES, *NUMBERS, "gezondheid")
RECALL = {"names": 0.85, "numbers and addresses": 0.95}
PRECISION = 0.9


@dataclass
class Count:
    found: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.found + other.found, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0


def load(half: str) -> list[dict[str, Any]]:
    """The sentences of one half. Raises ValueError where an expected find does not stand in its sentence."""
    entries: list[dict[str, Any]] = yaml.safe_load((HERE / f"{half}.yaml").read_text(encoding="utf-8"))
    for entry in entries:
        entry["spans"] = [(find["kind"], *place(entry["text"], find)) for find in entry["finds"]]
    return entries


def place(text: str, find: dict[str, Any]) -> tuple[int, int]:
    at = -1
    for _ in range(find.get("nth", 1)):
        at = text.find(find["text"], at + 1)
        if at < 0 or find["kind"] not in KINDS:
            raise ValueError(f"'{find['text']}' ({find['kind']}) does not stand in: {text}")
    return utf16(text[:at]), utf16(text[: at + len(find["text"])])


def measure(entries: list[dict[str, Any]], show: bool) -> dict[str, Count]:
    counts: dict[str, Count] = defaultdict(Count)
    for entry, finds in zip(entries, find_all([entry["text"] for entry in entries]), strict=True):
        left = [(find["kind"], find["start"], find["end"]) for find in finds]
        right = set()
        for kind, start, end in entry["spans"]:
            hits = {hit for hit in left if hit[0] == kind and hit[1] < end and start < hit[2]}
            counts[kind] += Count(found=1) if hits else Count(missed=1)
            right |= hits
            if show and not hits:
                print(f"  missed {kind}: {entry['text']}")
        for hit in set(left) - right:
            counts[hit[0]] += Count(wrong=1)
            if show:
                print(f"  wrong {hit[0]} '{finds[left.index(hit)]['text']}': {entry['text']}")
    return counts


def table(half: str, entries: list[dict[str, Any]], counts: dict[str, Count]) -> None:
    print(f"\n{half}: {len(entries)} sentences, {sum(not entry['finds'] for entry in entries)} without personal data")
    print(f"  {'kind':<22}{'sentences':>10}{'found':>7}{'wrong':>7}{'missed':>8}{'recall':>8}{'precision':>11}")
    groups = {"names": NAMES, "numbers and addresses": NUMBERS, "all": KINDS}
    for name in (*KINDS, *groups):
        kinds = groups.get(name, (name,))
        count = sum((counts.get(kind, Count()) for kind in kinds), Count())
        sentences = sum(any(span[0] in kinds for span in entry["spans"]) for entry in entries)
        print(
            f"  {name:<22}{sentences:>10}{count.found:>7}{count.wrong:>7}{count.missed:>8}"
            f"{count.recall:>8.3f}{count.precision:>11.3f}"
        )


def main() -> int:
    halves = {half: load(half) for half in ("own", "frozen")}
    counted = {half: measure(halves[half], half == "own" and "--mistakes" in sys.argv) for half in halves}
    for half in halves:
        table(half, halves[half], counted[half])
    both = {kind: counted["own"].get(kind, Count()) + counted["frozen"].get(kind, Count()) for kind in KINDS}
    table("both", [*halves["own"], *halves["frozen"]], both)
    names = sum((both[kind] for kind in NAMES), Count()).recall
    numbers = sum((both[kind] for kind in NUMBERS), Count()).recall
    precision = sum(both.values(), Count()).precision
    holds = names >= RECALL["names"] and numbers >= RECALL["numbers and addresses"] and precision >= PRECISION
    print(
        f"\nbench-detector: numbers and addresses {numbers:.3f} (>= 0.95), names {names:.3f} (>= 0.85), "
        f"precision {precision:.3f} (>= 0.9): {'holds' if holds else 'DOES NOT HOLD'}"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
