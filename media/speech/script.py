"""Lines, their sentences and the keys of their clips, as a script keeps them."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from media.speech.backend import Sentence
from media.speech.sources import Line


def places(line: Line) -> Iterator[tuple[str, int, int]]:
    """The sentences of a line with where they begin and end in it. Those without a letter or digit say nothing."""
    at = 0
    for sentence in line.sentences:
        start = line.text.index(sentence, at)
        at = start + len(sentence)
        if any(sign.isalnum() for sign in sentence):
            yield sentence, start, at


def lines_with_keys(lines: Sequence[Line], keys: Mapping[Sentence, str]) -> list[Any]:
    """[text, [[key, start, end], ...]] per line, each text once; the key is '' where no voice can say it."""
    found = {
        line.text: [[keys.get(Sentence(text, line.language), ""), start, end] for text, start, end in places(line)]
        for line in lines
    }
    return [[text, clips] for text, clips in found.items() if clips]


def digest_of(written: list[Any]) -> str:
    """Equal for the same lines with the same sound."""
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()
