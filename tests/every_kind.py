"""Loads the lesson with every kind of exercise, inside Django: benches and browser tests run it on their server."""

from pathlib import Path
from tempfile import TemporaryDirectory

from modules.services import load_curriculum
from tests.factories import curriculum_folder, lesson_file


def load(*without: str) -> None:
    """The lesson of the tests, published like any other, without steps of these types."""
    lesson = lesson_file()
    lesson["steps"] = [step for step in lesson["steps"] if step["type"] not in without]
    with TemporaryDirectory() as folder:
        load_curriculum(curriculum_folder(Path(folder), lesson))
