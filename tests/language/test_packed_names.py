"""The packed names on the phone are those of language/names, and no everyday word."""

import re
import sys
from pathlib import Path

from tests.detector import find_all

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bin"))
import make_names  # type: ignore[import-not-found]  # noqa: E402

FIRST, FAMILY = make_names.names_in("first"), make_names.names_in("family")


def finds_of_each(words):
    return zip(words, find_all([f"Vandaag is {word} er." for word in words]), strict=True)


def test_the_packed_file_is_made_of_the_lists_as_they_are():
    assert make_names.TARGET.read_text(encoding="utf-8") == make_names.script()


def test_every_listed_name_is_found_with_a_capital():
    names = sorted(name.title() for name in FIRST | FAMILY)
    assert [name for name, finds in finds_of_each(names) if [find["kind"] for find in finds] != ["naam"]] == []


def test_no_word_of_our_lessons_has_the_number_of_a_name_by_chance():
    """If it has: choose another SALT in bin/make_names.py."""
    lessons = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "curriculum").rglob("*.yaml"))
    words = set(re.findall(r"[a-z]+", lessons.lower())) - FIRST - FAMILY
    assert len(words) > 1000
    numbers = {make_names.number_of(name) for name in FIRST | FAMILY}
    assert {word for word in words if make_names.number_of(word) in numbers} == set()


def test_a_name_stands_plain_in_its_list():
    odd = [name for name in FIRST | FAMILY if not re.fullmatch(r"[a-z]+(?:-[a-z]+)?", name)]
    assert odd == []
