"""Trains the dictionary that statements are packed with: python -m tests.bench.lrs_dictionary [NUMBER].

From statements made of our lessons, with random names; nothing of a person is in it. Without a number it says only
what a new one would give, beside PostgreSQL's own compression and zlib: the figures of docs/decisions/0053.
"""

import sys
import time
import zlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import zstandard

from tests.bench.lrs_lessons import SITE, lesson_statements
from xapi.core import packing
from xapi.core.lifecycle import completed
from xapi.core.parsing import canonical
from xapi.core.versions import Version

SIZE, LEARNED, TRIED = 16_384, 4_000, 4_000
AUTHORITY = {"objectType": "Agent", "account": {"homePage": SITE, "name": "kortwijs"}}


def texts(many: int, seed: int) -> list[bytes]:
    rows = islice(lesson_statements(many, seed), many)
    whole = (completed(one, stored=at, authority=AUTHORITY, version=Version.V1) for at, one in rows)
    return [canonical(one).encode() for one in whole]


def shown(name: str, pack: Callable[[bytes], bytes], rows: list[bytes]) -> None:
    began = time.process_time()
    packed = [pack(row) for row in rows]
    spent = time.process_time() - began
    print(f"{name}: {sum(map(len, packed)) / len(rows):.0f} bytes, {spent / len(rows) * 1e6:.1f} us")


def main() -> None:
    rows = texts(TRIED, seed=2)
    other = [row.replace(SITE.encode(), b"https://kortwijs.gemeente.example") for row in rows]
    trained = zstandard.train_dictionary(SIZE, texts(LEARNED, seed=1), dict_id=int((sys.argv[1:] or ["1"])[0]))
    trained.precompute_compress(level=3)
    compressor = zstandard.ZstdCompressor(level=3, dict_data=trained)
    shown("as it is", bytes, rows)
    shown("zlib", zlib.compress, rows)
    shown("zstd", zstandard.ZstdCompressor(level=3).compress, rows)
    shown("zstd, this dictionary", compressor.compress, rows)
    shown("zstd, this dictionary, another site", compressor.compress, other)
    if sys.argv[1:]:
        place = Path(packing.__file__).parent / "dictionaries" / sys.argv[1]
        if place.exists():
            raise SystemExit(f"{place} is there; what it packed needs it")
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(trained.as_bytes())
        print(f"{place.name}: {place.stat().st_size} bytes")


if __name__ == "__main__":
    main()
