"""When the words of a recording sound: told by their length and by where it is silent.

Words get their share of the time in which something sounds; a word that ends near a pause ends at that pause. That is
rough beside a model that knows the sounds of a language, and enough to follow with the eye
(docs/explanation/read-aloud.md).
"""

import re
from itertools import accumulate

from media.speech.backend import Pcm, WordTime
from media.speech.sound import QUIET, energies
from media.speech.words import word_spans

STEP_MS = 10
PAUSE_MS = 80  # shorter silences are inside words: the stop before a p, t or k
NEAR_MS = 220
_VOWELS = re.compile(r"[aeiouyàáäèéëïöü]+", re.IGNORECASE)


def align(text: str, pcm: Pcm) -> list[WordTime]:
    """A time for every word of the text, in order, without overlap."""
    spans = word_spans(text)
    if not spans:
        return []
    sounding = _sounding(pcm)
    if not any(sounding):
        sounding = [True] * len(sounding)
    weights = [_weight(text[start:end]) for start, end in spans]
    shares = [part / sum(weights) for part in accumulate(weights)]
    pauses = _pauses(sounding)
    ends, begins = [], [sounding.index(True) * STEP_MS]
    for share in shares[:-1]:
        at = _moment(sounding, share)
        left, right = _snapped(at, pauses, begins[-1])
        ends.append(left)
        begins.append(right)
    ends.append(min(pcm.ms, (len(sounding) - sounding[::-1].index(True)) * STEP_MS))
    return [WordTime(*span, t0, max(t0, t1)) for span, t0, t1 in zip(spans, begins, ends, strict=True)]


def _weight(word: str) -> int:
    """About how long a word takes: its letters, and more for every syllable; digits are said as words."""
    return len(word) + 2 * max(1, len(_VOWELS.findall(word))) + 4 * sum(sign.isdigit() for sign in word)


def _sounding(pcm: Pcm) -> list[bool]:
    """Per step whether something sounds; short silences count as sound."""
    loudness = energies(pcm, STEP_MS)
    floor = max(QUIET, sorted(loudness)[len(loudness) * 9 // 10] // 12) if loudness else QUIET
    found = [value > floor for value in loudness]
    for start, end in _runs(found):
        if (end - start) * STEP_MS < PAUSE_MS and start > 0 and end < len(found):
            found[start:end] = [True] * (end - start)
    return found


def _runs(sounding: list[bool]) -> list[tuple[int, int]]:
    """Where it is silent: (begin, end) in steps."""
    runs, begin = [], None
    for number, sounds in enumerate([*sounding, True]):
        if not sounds and begin is None:
            begin = number
        elif sounds and begin is not None:
            runs.append((begin, number))
            begin = None
    return runs


def _pauses(sounding: list[bool]) -> list[tuple[int, int]]:
    return [(start * STEP_MS, end * STEP_MS) for start, end in _runs(sounding) if start and end < len(sounding)]


def _moment(sounding: list[bool], share: float) -> int:
    """The millisecond at which this share of all that sounds has sounded."""
    left = share * sum(sounding)
    for number, sounds in enumerate(sounding):
        left -= sounds
        if left <= 0:
            return (number + 1) * STEP_MS
    return len(sounding) * STEP_MS


def _snapped(at: int, pauses: list[tuple[int, int]], after: int) -> tuple[int, int]:
    """The end of a word and the begin of the next: around the nearest pause, when one is near."""
    near = [(min(abs(at - start), abs(at - end)), start, end) for start, end in pauses if start > after]
    if near and min(near)[0] <= NEAR_MS:
        return min(near)[1:]
    return max(at, after), max(at, after)
