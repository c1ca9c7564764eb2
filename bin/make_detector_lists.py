"""Makes one file of data from the words and names that the detector of personal data knows (language/detector/*.txt).

A name becomes a number of 20 bits; the file holds the steps between the sorted numbers, two signs each. So a name
costs 1.5 bytes on the phone instead of 2.7. The price: about one in a thousand other words has the number of a name.
SALT was chosen from 76,000, so that of the 40,000 most used Dutch words only 33 rare ones do;
tests/language/test_detector_lists.py keeps the words of our lessons free of it.
"""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "language/detector"
TARGET = ROOT / "language/static/language/detector/lists.json"
PACKED = ("first_names", "surnames")
HEALTH = "health"
SALT = 75911
SIGNS = [chr(code) for code in range(35, 127) if chr(code) != "\\"]  # 91 signs that JSON holds as they are


def words_in(file: Path) -> list[str]:
    """The words of one list. A line that begins with # is a remark."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def names_in(name: str) -> set[str]:
    """The names of a list that is packed."""
    return set(words_in(SOURCE / f"{name}.txt"))


def number_of(name: str, salt: int = SALT) -> int:
    """The same as isPacked in lists.js."""
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


def data() -> str:
    """The text of lists.json."""
    lists = {file.stem: words_in(file) for file in sorted(SOURCE.glob("*.txt")) if file.stem not in PACKED}
    health = "|".join(lists.pop(HEALTH))
    made = {
        "words": {name: " ".join(words) for name, words in lists.items()},
        "health": health,
        "salt": SALT,
        "names": pack(*map(names_in, PACKED)),
    }
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    TARGET.write_text(data(), encoding="utf-8")
