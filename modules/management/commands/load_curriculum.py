from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from modules.curriculum.problems import CurriculumError
from modules.services import load_curriculum
from modules.services.winner import Conflict, Force

WAYS_OUT = """\
Deze zijn veranderd in het bestand én in de editor. Ze bleven zoals ze zijn.
Kies per regel wie wint:
  de editor:   manage.py export_curriculum {folder} CODE
  het bestand: manage.py load_curriculum {folder} --force CODE"""


class Command(BaseCommand):
    help = "Laadt lessen, feiten en woorden uit een map; wat een auteur intussen veranderde, blijft zoals het is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "curriculum")
        parser.add_argument(
            "--force",
            nargs="*",
            metavar="CODE",
            help="het bestand wint bij deze lessen, feiten en woorden; zonder codes bij wat dubbel veranderde",
        )

    def handle(self, *args: Any, folder: Path, force: list[str] | None, **options: Any) -> None:
        conflicts: list[Conflict] = []
        try:
            changed = load_curriculum(
                folder,
                report=self.stdout.write,
                force=None if force is None else Force(frozenset(force)),
                on_conflict=conflicts.append,
            )
        except CurriculumError as error:
            raise CommandError(f"Er is niets geladen.\n{error}") from error
        self.stdout.write(f"{changed} les(sen) nieuw of veranderd." if changed else "Niets veranderd.")
        if conflicts:
            lines = [WAYS_OUT.format(folder=folder), *(f"- {conflict}" for conflict in conflicts)]
            self.stdout.write("\n".join(lines))
