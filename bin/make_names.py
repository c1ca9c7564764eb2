"""Packs the names that the detector of personal data knows: language/names/*.txt into one small script.

A name becomes a number of 20 bits; the script holds the steps between the sorted numbers, two signs each. So a name
costs 1.5 bytes on the phone instead of 2.7. The price: about one in a thousand other words has the number of a name.
SALT was chosen from 76,000, so that of the 40,000 most used Dutch words only 33 rare ones do;
tests/language/test_packed_names.py keeps the words of our lessons free of it.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "language/names"
TARGET = ROOT / "language/static/language/detector/packed_names.js"
SALT = 75911
SIGNS = [chr(code) for code in range(35, 127) if chr(code) != "\\"]  # 91 signs that a script may hold as they are


def names_in(file: str) -> set[str]:
    """The names of one list. A line that begins with # is a remark."""
    lines = (SOURCE / f"{file}.txt").read_text(encoding="utf-8").splitlines()
    return {name for line in lines if not line.startswith("#") for name in line.split()}


def number_of(name: str, salt: int = SALT) -> int:
    """The same as numberOf in packed.js."""
    number = salt
    for sign in name:
        number = ((number ^ ord(sign)) * 16777619) & 0xFFFFFFFF
    return number >> 12


def pack(first: set[str], family: set[str]) -> str:
    """The steps between the sorted numbers, doubled, plus one for a family name: two signs each."""
    packed, at, most = "", 0, len(SIGNS) ** 2 // 2 - 1
    marked = {(number_of(name), 0) for name in first} | {(number_of(name), 1) for name in family}
    for number, is_family in sorted(marked):
        while number - at > most:  # a number that belongs to no name
            packed, at = packed + _signs(2 * most), at + most
        packed, at = packed + _signs(2 * (number - at) + is_family), number
    return packed


def _signs(number: int) -> str:
    high, low = divmod(number, len(SIGNS))
    return SIGNS[high] + SIGNS[low]


def script() -> str:
    """The text of packed_names.js."""
    return f"""/** Made by bin/make_names.py from language/names; change those. */

export const NAMES_SALT = {SALT};
export const PACKED_NAMES = "{pack(names_in("first"), names_in("family"))}";
"""


if __name__ == "__main__":
    TARGET.write_text(script(), encoding="utf-8")
