"""Codes that are spoken easily: read in spite of typing errors, and never a hint which codes exist."""

import itertools
import random

import pytest
from rapidfuzz.distance import OSA

from people.join_codes import DIGITS, make_code, read_code, words


def test_no_two_words_are_less_than_three_letters_apart():
    close = [pair for pair in itertools.combinations(words(), 2) if OSA.distance(*pair, score_cutoff=2) <= 2]
    assert close == []
    assert len(words()) >= 200
    assert all(word.isascii() and word.isalpha() and 3 <= len(word) <= 8 for word in words())


@pytest.mark.parametrize(
    "typed",
    ["kade-7-fiets", "KADE-7-FIETS", "kade 7 fiets", "kade7fiets", " Kade – 7 – Fiets. ", "kade zeven fiets",
     "kádé-7-fiets", "kaade-7-fiets", "kad-7-fiets", "kdae-7-fiets", "kade-7-fietz", "“kade-7-fiets”", "kade_7_fiets"],
)  # fmt: skip
def test_a_code_is_read_as_it_was_meant(typed):
    assert read_code(typed).code == "kade-7-fiets"


def test_any_one_wrong_letter_in_any_word_leads_back_to_it():
    chance = random.Random(7)
    for word in words():
        place = chance.randrange(len(word))
        wrong = word[:place] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[place + 1 :]
        assert read_code(f"{wrong}-7-{wrong}").code == f"{word}-7-{word}"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Typ de code"),
        ("   ", "Typ de code"),
        ("\x00\x00", "Typ de code"),
        ("🚲🚲🚲", "Typ de code"),
        ("kade", "een woord, een cijfer en een woord"),
        ("kade-fiets", "een woord, een cijfer en een woord"),
        ("7-kade-fiets", "een woord, een cijfer en een woord"),
        ("kade-77-fiets", "een woord, een cijfer en een woord"),
        ("kade-7-fiets-zon-maan", "een woord, een cijfer en een woord"),
        ("kade-7-xyzzy", "Het tweede woord"),
        ("<script>-7-fiets", "Het eerste woord"),
        ("a" * 10_000, "een woord, een cijfer en een woord"),
        ("\u202ekade-7-\u202dzzzzz", "Het tweede woord"),
    ],
)
def test_what_is_no_code_says_what_to_do(typed, says):
    reading = read_code(typed)
    assert reading.code == ""
    assert says in reading.problem


def test_a_code_made_here_reads_as_itself():
    for after in (1, 2):
        for _ in range(200):
            code = make_code(words_after=after)
            assert read_code(code).code == code
            assert read_code(code).is_for_a_phone == (after == 2)
            assert code.split("-")[1] in DIGITS
