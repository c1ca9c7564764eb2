from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.speech import NAME
from media.speech.queries import problems_of, status_of
from media.speech.services import make_script
from media.speech.sources import all_names
from modules.speech import PREFIX


class Command(BaseCommand):
    help = "Maakt het geluid dat nog mist: van de site, van een les, of van alles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--site", action="store_true", help="de vaste teksten en de woordenlijst")
        which.add_argument("--lesson", metavar="CODE", help="een gepubliceerde les, zoals B2")
        which.add_argument("--all", action="store_true", help="alles; dit is ook zo zonder keuze")

    def handle(self, *args: Any, site: bool, lesson: str | None, **options: Any) -> None:
        names = [NAME] if site else [f"{PREFIX}{lesson.upper()}"] if lesson else all_names()
        if unknown := [name for name in names if name not in all_names()]:
            raise CommandError(f"Er is geen gepubliceerde les {unknown[0].removeprefix(PREFIX)}.")
        for name in names:
            make_script(name, report=lambda made, wanted, name=name: self._tell(name, made, wanted))  # type: ignore[misc]
            self._sum_up(name)

    def _tell(self, name: str, made: int, wanted: int) -> None:
        if made % 50 == 0:
            self.stdout.write(f"  {name}: {made} van {wanted}")
            self.stdout.flush()

    def _sum_up(self, name: str) -> None:
        status = status_of(name)
        line = f"{name}: {status.made} van {status.wanted} zinnen"
        if status.made + status.failed < status.wanted:
            line += "; voor de rest is er hier geen stem, of een ander is ermee bezig"
        self.stdout.write(line)
        for problem in problems_of(name):
            self.stdout.write(f"  niet gelukt: {problem.text} ({problem.problem})")
