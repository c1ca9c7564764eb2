from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.backups.errors import BackupError
from lms.moving.named import organisation_called
from lms.moving.own import copy_own


class Command(BaseCommand):
    help = "Schrijft wat van een organisatie zelf is in een zip, in open vorm, zonder iets over wie er leert."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="naam of nummer")
        parser.add_argument("--to", type=Path, required=True, help="de zip die gemaakt wordt")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = copy_own(organisation=organisation_called(options["organisation"]), to=options["to"])
        except (BackupError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{options['to']}: {sum(counts.values())} rijen en bestanden. Er staat niets in over wie leert."
        )
