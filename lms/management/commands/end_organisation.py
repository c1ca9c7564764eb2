from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.backups.errors import BackupError
from lms.moving.end import end_organisation
from lms.moving.named import organisation_called


class Command(BaseCommand):
    help = "Haalt een organisatie weg die naar een andere site verhuisde. Dit kan niet terug."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="naam of nummer")
        parser.add_argument(
            "--moved-to", required=True, help="adres van de nieuwe site, voor wie hier een account houdt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            organisation = organisation_called(options["organisation"])
            ended = end_organisation(organisation=organisation, moved_to=options["moved_to"])
        except (BackupError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{organisation.name} is hier weg. {ended.erased} mensen zonder eigen account zijn gewist. "
            f"{ended.told} mensen houden hun account en kregen bericht."
        )
