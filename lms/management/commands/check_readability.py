from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from language.readability import Lexicon, words
from lms import interface_reading
from modules.curriculum.problems import CurriculumError
from modules.curriculum.reader import Curriculum, read_curriculum
from modules.curriculum.reading import FileTexts, reading_lines

PARTS = ("curriculum", "interface", "all")


class Command(BaseCommand):
    help = "Leest alle teksten van de lessen en de schermen, en noemt wat te moeilijk is, met bestand en regel."
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("part", nargs="?", choices=PARTS, default="all")
        parser.add_argument("--advice", action="store_true", help="ook wat beter kan en niets tegenhoudt")

    def handle(self, *args: Any, part: str, advice: bool, **options: Any) -> None:
        if missing := words.missing_data():
            raise CommandError(missing)
        try:
            curriculum = read_curriculum(settings.BASE_DIR / "curriculum")
        except CurriculumError as error:
            raise CommandError(str(error)) from error
        found = list(_problems(curriculum, part))
        for line in found:
            self.stdout.write(line)
        if advice:
            for line in interface_reading.advice(Lexicon.of(FileTexts(curriculum))):
                self.stdout.write(f"(advies) {line}")
        if found:
            raise CommandError(f"{len(found)} tekst(en) zijn te moeilijk.")
        self.stdout.write("Alle teksten zijn makkelijk genoeg.")


def _problems(curriculum: Curriculum, part: str) -> Iterator[str]:
    if part in ("curriculum", "all"):
        yield from reading_lines(curriculum, settings.BASE_DIR)
    if part in ("interface", "all"):
        yield from interface_reading.problems(Lexicon.of(FileTexts(curriculum)))
