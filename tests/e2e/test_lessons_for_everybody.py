"""Everybody can take every lesson: WCAG, and the rules for people who find reading hard (looking.py)."""

import pytest

from tests.e2e.looking import LESSONS, Looker, moved

RULES = {
    "1": "at most 60 words, 35 in makkelijk",
    "2": "one question",
    "3": "at most two screens high",
    "4": "large letters",
    "5": "lines that are apart and short",
    "6": "left-aligned, upright, no capitals",
    "7": "a line per sentence in makkelijk",
    "8": "borders that can be seen",
    "9": "targets for a thumb",
    "10": "a picture and a word",
    "12": "one main button",
    "13": "Luister within view",
    "14": "sound for every text",
    "15": "the word is marked and in view",
    "16": "no sound before a press; pause, again, slower",
    "17": "feedback in picture and word",
    "19": "no time limit",
    "20": "Terug",
    "21": "Stap 1 van 6",
    "24": "an error beside its field",
    "25": "few options",
    "29": "no hyphenation",
    "30": "alternative text",
    "32": "no motion",
    "33": "language and one h1",
    "34": "nothing sideways, nothing cut",
    "35": "the switch",
}


@pytest.mark.parametrize("lesson", list(LESSONS))
def test_no_step_of_a_lesson_breaks_wcag(looker: Looker, lesson: str):
    assert looker(lesson).axe == []


@pytest.mark.parametrize("lesson", list(LESSONS))
@pytest.mark.parametrize("rule", RULES, ids=[f"{number} {words}" for number, words in RULES.items()])
def test_every_step_of_a_lesson_keeps_the_rule(looker: Looker, lesson: str, rule: str):
    assert [line for line in looker(lesson).rules if line.startswith(f"rule {rule},")] == []


@pytest.mark.parametrize("lesson", list(LESSONS))
def test_no_step_of_a_lesson_breaks_a_rule_without_a_test(looker: Looker, lesson: str):
    assert [line for line in looker(lesson).rules if line.split(",")[0].removeprefix("rule ") not in RULES] == []


@pytest.mark.parametrize("lesson", list(LESSONS))
def test_the_same_button_stands_in_the_same_place(looker: Looker, lesson: str):
    assert moved([looker(lesson)]) == {}
