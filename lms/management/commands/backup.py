from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.backups.errors import BackupError
from lms.backups.services import make_backup


class Command(BaseCommand):
    help = "Maakt een versleutelde kopie van alles: database, bestanden en sleutels."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_FOLDER, help="map voor de kopie (BACKUP_FOLDER)")
        parser.add_argument(
            "--recipient", action="append", help="publieke sleutel, age1…; mag vaker (BACKUP_RECIPIENTS)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        recipients = options["recipient"] or settings.BACKUP_RECIPIENTS
        try:
            made = make_backup(folder=options["to"], recipients=recipients, say=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['to'] / made.name}: {(made.bytes or 0) / 1e6:.1f} MB")
