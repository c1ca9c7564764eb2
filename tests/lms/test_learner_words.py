"""Texts of learners' screens that are in no template in one piece have sound too."""

import pytest

from lms.learner_words import words_in_code
from lms.speech import site_lines


@pytest.mark.parametrize(
    "text",
    ["Paraplu", "nog doen", "Ik begrijp het niet", "Je antwoorden en je fouten"],
)
def test_a_label_a_picture_and_a_count_are_among_the_words(text: str):
    assert text in words_in_code()


def test_the_title_of_a_lesson_that_is_only_planned_is_among_the_words(monkeypatch):
    planned = {"D9": {"title": {"standaard": "Goed werk met AI in je team", "makkelijk": "Goed werk met AI"}}}
    monkeypatch.setattr("lms.learner_words.planned_lessons", lambda: planned)
    assert {"Goed werk met AI in je team", "Goed werk met AI"} <= set(words_in_code())


@pytest.mark.django_db
def test_the_site_says_the_names_of_the_players_buttons():
    texts = {line.text for line in site_lines()}
    assert {"Pauze", "Speel", "Weer", "Trager", "Luister", "Stop", "Kan nu niet voorlezen."} <= texts


def test_a_front_door_that_is_not_right_takes_no_sound_away(settings, tmp_path):
    from modules.front_door import front_door

    settings.FRONT_DOOR = tmp_path / "is-er-niet.yaml"
    front_door.cache_clear()
    try:
        assert "Paraplu" in words_in_code()
    finally:
        front_door.cache_clear()
