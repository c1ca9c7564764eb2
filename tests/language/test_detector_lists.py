"""The lists on the phone are those of language/detector, and the packed names are no everyday words."""

import re
import sys
from pathlib import Path
from unicodedata import normalize

from tests.detector import find_all

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bin"))
import make_detector_lists as make_lists  # type: ignore[import-not-found]  # noqa: E402

FIRST, FAMILY = make_lists.names_in("first_names"), make_lists.names_in("surnames")


def finds_of_each(words):
    return zip(words, find_all([f"Vandaag is {word} er." for word in words]), strict=True)


def test_the_file_on_the_phone_is_made_of_the_lists_as_they_are():
    assert make_lists.TARGET.read_text(encoding="utf-8") == make_lists.data()


def test_every_listed_name_is_found_with_a_capital():
    names = sorted(name.title() for name in FIRST | FAMILY)
    assert [name for name, finds in finds_of_each(names) if [find["kind"] for find in finds] != ["naam"]] == []


def test_no_word_of_our_lessons_has_the_number_of_a_name_by_chance():
    """If it has: choose another SALT in bin/make_detector_lists.py."""
    lessons = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "curriculum").rglob("*.yaml"))
    dutch = re.sub(r"(?m)^    (?:en|ar|tr|pl|uk|ti): .*$", "", lessons)  # words of the list in other languages
    plain = re.sub(r"[\u0300-\u036f]", "", normalize("NFKD", dutch.lower()))  # as the phone reads it
    words = set(re.findall(r"[a-z]+", plain)) - FIRST - FAMILY
    assert len(words) > 1000
    numbers = {make_lists.number_of(name) for name in FIRST | FAMILY}
    assert {word for word in words if make_lists.number_of(word) in numbers} == set()


def test_a_name_stands_plain_in_its_list():
    odd = [name for name in FIRST | FAMILY if not re.fullmatch(r"[a-z]+(?:-[a-z]+)?", name)]
    assert odd == []
