from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.backups.errors import BackupError
from lms.moving.named import organisation_called
from lms.moving.out import export_organisation


class Command(BaseCommand):
    help = "Schrijft een hele organisatie in een bestand dat alleen de ontvangende site kan openen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="naam of nummer")
        parser.add_argument("--to", type=Path, required=True, help="het bestand dat gemaakt wordt")
        parser.add_argument(
            "--recipient", action="append", required=True, help="publieke sleutel van de ontvanger, age1…"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        to: Path = options["to"]
        if to.exists():
            raise CommandError(f"{to} is er al.")
        try:
            counts = export_organisation(
                organisation=organisation_called(options["organisation"]), to=to, recipients=options["recipient"],
                say=self.stdout.write,
            )  # fmt: skip
        except (BackupError, ValueError) as error:
            raise CommandError(str(error)) from error
        people, statements = counts["people.User"], counts["xapi.Statement"]
        self.stdout.write(f"{to}: {people} mensen en {statements} statements. Hier is niets veranderd.")
