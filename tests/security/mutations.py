"""Good input with something wrong in it: the same each run, for each kind of input its own."""

import copy
import io
import random
import zipfile
from collections.abc import Iterator
from typing import Any

ODD: list[Any] = [
    None, True, -1, 0, 10**30, 1e308, float("inf"), "", " ", "x" * 70_000, "\x00", "a\x00b", "\ud800", "\u202e\u200b",
    "🙂" * 300, "../../etc/passwd", "<script>", "{{7*7}}", "%s%n", "'; DROP TABLE x;--", [], {}, [[]], [None],
    {"a": {"b": []}}, "2026-13-45", "9999999999999999999999", "http://[", "javascript:x", "NaN", "-0", "1e999",
    b"\xff".decode("latin-1"),
]  # fmt: skip


def deep(levels: int) -> Any:
    made: Any = "x"
    for _ in range(levels):
        made = [made]
    return made


def ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if way:
        yield way
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        yield from ways(inner, (*way, name))


def broken_data(good: Any, number: int, seed: str) -> Iterator[Any]:
    """Up to three parts of good data replaced, doubled, added or left out."""
    dice = random.Random(seed)
    places = list(ways(good))
    for _ in range(number):
        made = copy.deepcopy(good)
        for _ in range(dice.randint(1, 3)):
            *way, last = dice.choice(places)
            holder = made
            try:
                for name in way:
                    holder = holder[name]
                change = dice.choice(["replace", "replace", "replace", "drop", "add", "double"])
                if change == "replace":
                    holder[last] = copy.deepcopy(dice.choice([*ODD, deep(200)]))
                elif change == "drop":
                    del holder[last]
                elif change == "double" and isinstance(holder, list):
                    holder.append(copy.deepcopy(holder[last]))
                elif isinstance(holder, dict):
                    holder[dice.choice(["x", "", "__proto__", "id", "type"])] = copy.deepcopy(dice.choice(ODD))
            except (KeyError, IndexError, TypeError):
                continue
        yield made


def broken_bytes(good: bytes, number: int, seed: str) -> Iterator[bytes]:
    """Bits turned, pieces cut, doubled, put in and moved; and nothing, half and twice."""
    dice = random.Random(seed)
    yield from (b"", good[: len(good) // 2], good + good, good[:4], b"\x00" * 1000, good[::-1])
    pieces = [
        b"\x00",
        b"\xff\xfe",
        b"PK\x03\x04",
        b"\r\n",
        b'"',
        b";" * 5000,
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
        b"\xf0\x9f\x99\x82",
    ]
    for _ in range(number):
        made = bytearray(good)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(made) or 1)
            change = dice.randrange(5)
            if change == 0 and made:
                made[at % len(made)] ^= 1 << dice.randrange(8)
            elif change == 1:
                del made[at : at + dice.randint(1, 40)]
            elif change == 2:
                made[at:at] = dice.choice(pieces)
            elif change == 3:
                made[at:at] = made[at : at + dice.randint(1, 200)]
            else:
                made[at : at + 4] = dice.randbytes(4)
        yield bytes(made)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def broken_zips(good: bytes, number: int, seed: str) -> Iterator[bytes]:
    """One part inside broken, so that the zip itself is whole; and the zip broken."""
    dice = random.Random(seed)
    inside = parts_of(good)
    for turn in range(number):
        name = dice.choice(sorted(inside))
        content = list(broken_bytes(inside[name], 1, f"{seed}-{turn}"))[dice.choice([0, 1, 2, -1, -1, -1, -1])]
        yield zipped({**inside, name: content})
    yield from broken_bytes(good, number // 3, seed)
    big = b"0" * 30_000_000
    for name in [*sorted(inside)[:3], "../../x", "/etc/x", "a\\b", "x" * 300, "CON", ".ssh/x", "bom.bin", "in.zip"]:
        yield zipped({**inside, name: big if name == "bom.bin" else zipped({"x": big}) if name == "in.zip" else b"x"})
