from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from language.readability import words
from modules.curriculum.meaning import problems_of
from modules.curriculum.parts import wrong_beside
from modules.curriculum.problems import CurriculumError
from modules.curriculum.quality import Checker, Quality, table
from modules.curriculum.reader import read_curriculum


class Command(BaseCommand):
    help = "Kijkt of lessen goed genoeg zijn om uit te leren, en zet per les op een rij wat er is en wat er mist."
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="alleen deze lessen, zoals B3")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "curriculum")

    def handle(self, *args: Any, codes: list[str], folder: Path, **options: Any) -> None:
        if missing := words.missing_data():
            raise CommandError(missing)
        quality = _checked(folder, codes)
        if strange := set(codes) - {lesson.code for lesson in quality.lessons}:
            raise CommandError(f"Deze les is er niet: {', '.join(sorted(strange))}.")
        for line in table(quality.lessons):
            self.stdout.write(line)
        for lesson in quality.lessons:
            for problem in lesson.problems:
                self.stdout.write(f"{lesson.code}: {problem}")
        for problem in quality.problems:
            self.stdout.write(problem)
        if quality.count:
            raise CommandError(f"{quality.count} ding(en) om te verbeteren.")
        self.stdout.write(f"{len(quality.lessons)} les(sen) in orde.")


def _checked(folder: Path, codes: list[str]) -> Quality:
    try:
        curriculum = read_curriculum(folder)
        if problems := [*problems_of(curriculum), *wrong_beside(curriculum)]:
            raise CurriculumError(problems)
    except CurriculumError as error:
        raise CommandError(str(error)) from error
    return Checker(curriculum).check(codes or None)
