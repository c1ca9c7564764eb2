from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from modules.curriculum.export import export_curriculum
from modules.curriculum.problems import CurriculumError


class Command(BaseCommand):
    help = "Schrijft lessen, feiten en woorden naar een map, zoals load_curriculum ze leest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "codes", nargs="*", metavar="CODE", help="alleen deze lessen, feiten of woorden; anders alles"
        )
        parser.add_argument("--draft", action="store_true", help="het laatste concept, ook als dat nog niet live is")

    def handle(self, *args: Any, folder: Path, codes: list[str], draft: bool, **options: Any) -> None:
        try:
            done = export_curriculum(folder, codes, draft=draft)
        except CurriculumError as error:
            raise CommandError(f"Er is niets geschreven.\n{error}") from error
        except OSError as error:
            raise CommandError(f"De map {folder} is niet te gebruiken: {error.strerror or error}.") from error
        for file in done.written:
            self.stdout.write(str(file))
        if done.drafts:
            self.stdout.write(f"Nog niet gepubliceerd, dus niet geschreven: {', '.join(done.drafts)}.")
        self.stdout.write(f"{len(done.written)} bestand(en) geschreven." if done.written else "Alles stond er al zo.")
        if done.problems:
            lines = ["Dit kan niet in een bestand, en is overgeslagen:", *map(str, done.problems)]
            raise CommandError("\n".join(lines))
