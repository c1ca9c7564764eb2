"""A statement in a sixth of its bytes: zstd (RFC 8878) with a dictionary of what statements of lessons look like.

A packed text is a whole zstd frame that names its dictionary, so a later one can stand beside it. A dictionary that
was ever used stays: without it nobody can read what it packed. `python -m tests.bench.lrs_dictionary` trains one.
"""

import threading
from functools import cache
from pathlib import Path

import zstandard

NEWEST = 1
_PLAIN = b"{"  # how JSON text begins, and no zstd frame (those begin with 28 B5 2F FD)
_FOLDER = Path(__file__).parent / "dictionaries"


def pack(text: str) -> bytes:
    """The text in few bytes."""
    return _tools().compressor.compress(text.encode())


def unpack(packed: bytes | memoryview | str) -> str:
    """The text that was packed; JSON text that never was (rows from before) is left as it is.

    Raises ValueError for what is neither.
    """
    if isinstance(packed, str):
        return packed
    whole = bytes(packed)
    if whole.startswith(_PLAIN):
        return whole.decode()
    try:
        number = zstandard.get_frame_parameters(whole).dict_id
        return _tools().reader(number).decompress(whole).decode()
    except (zstandard.ZstdError, OSError) as error:
        raise ValueError("not a packed statement") from error


@cache
def _dictionary(number: int) -> zstandard.ZstdCompressionDict:
    found = zstandard.ZstdCompressionDict((_FOLDER / str(number)).read_bytes())
    if number == NEWEST:
        found.precompute_compress(level=3)
    return found


class _Tools(threading.local):
    """Compressors and decompressors are for one thread each."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=3, dict_data=_dictionary(NEWEST))
        self._readers: dict[int, zstandard.ZstdDecompressor] = {}

    def reader(self, number: int) -> zstandard.ZstdDecompressor:
        if number not in self._readers:
            self._readers[number] = zstandard.ZstdDecompressor(dict_data=_dictionary(number))
        return self._readers[number]


@cache
def _tools() -> _Tools:
    return _Tools()
