"""The command that CI runs: it names file, line and way out, and fails when something is too hard."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from language.readability import Lexicon
from language.readability import words as word_data
from lms import interface_reading
from lms.interface_texts import Audience, InterfaceText
from lms.management.commands import check_readability
from modules.curriculum.reader import read_curriculum
from modules.curriculum.reading import reading_lines
from tests.factories import curriculum_folder, lesson_file, twin

LONG = "Dit is een zin die veel te lang is voor wie moeite heeft met lezen."


def test_the_starter_lessons_and_the_screens_are_easy_enough(capsys):
    call_command("check_readability")
    assert "Alle teksten zijn makkelijk genoeg." in capsys.readouterr().out


def test_a_hard_lesson_is_named_with_file_and_line(tmp_path):
    data = lesson_file()
    data["steps"][1]["text"] = twin("Een tekst.", LONG)
    folder = curriculum_folder(tmp_path, data)
    (line,) = reading_lines(read_curriculum(folder), tmp_path)
    assert line.startswith("modules/E99/module.yaml:1: e-scherm: Stap 2: Scherm, text: Zin van 15 woorden")


def interface(monkeypatch, *texts: tuple[str, Audience]) -> list[str]:
    found = [InterfaceText(Path("x.html"), 7, text, audience) for text, audience in texts]
    monkeypatch.setattr(interface_reading, "interface_texts", lambda: found)
    return list(interface_reading.problems(Lexicon()))


def test_a_hard_screen_is_named_with_file_and_line(monkeypatch):
    (problem,) = interface(monkeypatch, (LONG, Audience.LEARNER))
    assert problem.startswith("x.html:7: Zin van 15 woorden (hoogstens 12).")


def test_a_desk_may_be_harder_up_to_the_cut(monkeypatch):
    assert interface(monkeypatch, (LONG, Audience.DESK)) == []
    stiff = "Kwantitatieve organisatiedoelstellingen rechtvaardigen implementatieverantwoordelijkheid. " * 20
    (problem,) = interface(monkeypatch, (stiff, Audience.DESK))
    assert problem.startswith("x.html: Flesch-Douma ")


def test_problems_give_another_exit_status(monkeypatch):
    monkeypatch.setattr(check_readability, "_problems", lambda *_: iter(["x.html:7: te lang"]))
    with pytest.raises(CommandError, match="1 tekst"):
        call_command("check_readability")


def test_without_word_data_it_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setattr(word_data, "FILE", tmp_path / "nothing")
    word_data.forget()
    try:
        with pytest.raises(CommandError, match="make setup"):
            call_command("check_readability")
    finally:
        monkeypatch.undo()
        word_data.forget()
