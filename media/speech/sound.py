"""Sound as a voice gives it, made fit to hear: silence at the ends taken off, and every voice about as loud."""

import math
from array import array
from collections.abc import Sequence

from media.speech.backend import Pcm, WordTime

QUIET = 300  # of 32,767: what nobody hears
BREATH_MS = 60  # of silence that stays at both ends, so that a word does not begin with a click
LOUD = 3300  # the loudness (root mean square) to come to, about -20 dB
PEAK = 29_000
STEP_MS = 5


def trim(pcm: Pcm, words: Sequence[WordTime]) -> tuple[Pcm, list[WordTime]]:
    """Without the silence before and after; the times of the words move along."""
    samples = _samples(pcm)
    step = max(1, pcm.hertz * STEP_MS // 1000)
    loud = [at for at in range(0, len(samples), step) if _peak(samples[at : at + step]) > QUIET]
    if not loud:
        return pcm, list(words)
    breath = pcm.hertz * BREATH_MS // 1000
    begin, end = max(0, loud[0] - breath), min(len(samples), loud[-1] + step + breath)
    cut = Pcm(samples[begin:end].tobytes(), pcm.hertz)
    before = begin * 1000 // pcm.hertz
    return cut, [
        WordTime(word.start, word.end, _inside(word.t0 - before, cut.ms), _inside(word.t1 - before, cut.ms))
        for word in words
    ]


def gain(pcm: Pcm) -> float:
    """What to multiply by, so that this is as loud as the rest and nothing is cut off."""
    samples = _samples(pcm)
    peak = _peak(samples)
    if not peak:
        return 1.0
    some = samples[::3]
    loudness = math.sqrt(sum(sample * sample for sample in some) / len(some)) or 1.0
    return min(LOUD / loudness, PEAK / peak)


def energies(pcm: Pcm, step_ms: int) -> list[int]:
    """The peak of every `step_ms` of the sound."""
    samples = _samples(pcm)
    step = max(1, pcm.hertz * step_ms // 1000)
    return [_peak(samples[at : at + step]) for at in range(0, len(samples), step)]


def _samples(pcm: Pcm) -> "array[int]":
    samples = array("h")
    samples.frombytes(pcm.samples[: len(pcm.samples) // 2 * 2])
    return samples


def _peak(samples: "array[int]") -> int:
    return max(max(samples), -min(samples)) if samples else 0


def _inside(at: int, ms: int) -> int:
    return min(max(at, 0), ms)
