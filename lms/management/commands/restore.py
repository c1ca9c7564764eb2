from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lms.backups.errors import BackupError
from lms.backups.services import Contents, look_into, note_restored, restore_backup
from lms.object_storage import make_bucket


class Command(BaseCommand):
    help = "Zet een kopie terug waar nog niets is, vergelijkt alles, en wist opnieuw wie intussen gewist was."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="de kopie")
        parser.add_argument("--identity", type=Path, required=True, help="bestand met de geheime sleutel")
        parser.add_argument("--check", action="store_true", help="alleen kijken of de kopie heel is")

    def handle(self, *args: Any, **options: Any) -> None:
        file, identities = options["file"], options["identity"]
        try:
            if options["check"]:
                self._tell(look_into(file=file, identities=identities), "De kopie is heel")
                return
            make_bucket()
            contents = restore_backup(file=file, identities=identities, say=self.stdout.write)
            self._tell(contents, "Alles is terug")
        except BackupError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0)
        note_restored(contents)
        call_command("replay_erasures", stdout=self.stdout)

    def _tell(self, found: Contents, what: str) -> None:
        self.stdout.write(
            f"{what}: {len(found.figures)} tabellen met {found.rows} rijen en {found.files} bestanden, "
            f"gemaakt op {found.made_at:%Y-%m-%d %H.%M} uur (UTC). Aantallen en controlegetallen kloppen."
        )
