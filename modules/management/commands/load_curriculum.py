from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from modules.curriculum.problems import CurriculumError
from modules.services import load_curriculum


class Command(BaseCommand):
    help = "Laadt lessen, feiten en woorden uit een map; wat niet veranderde, blijft zoals het is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "curriculum")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            changed = load_curriculum(folder, report=self.stdout.write)
        except CurriculumError as error:
            raise CommandError(f"Er is niets geladen.\n{error}") from error
        self.stdout.write(f"{changed} les(sen) nieuw of veranderd." if changed else "Niets veranderd.")
