from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lms.backups.errors import BackupError
from lms.moving.into import import_organisation


class Command(BaseCommand):
    help = "Neemt een organisatie van een andere site over: alles, of niets. Wie gewist is blijft gewist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="bestand met de geheime sleutel")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            arrived = import_organisation(file=options["file"], identities=options["identity"], say=self.stdout.write)
        except (BackupError, KeyError, TypeError, ValueError, ValidationError) as error:
            raise CommandError(f"Er is niets overgenomen. {error}") from error
        counts = arrived.counts
        self.stdout.write(
            f"{arrived.organisation} is overgenomen: {counts['people.User']} mensen, "
            f"{counts['xapi.Statement']} statements en {counts['files']} bestanden. De aantallen kloppen."
        )
        if arrived.already_here:
            self.stdout.write(f"{arrived.already_here} mensen waren hier al. Hun eigen gegevens bleven zoals ze waren.")
        if arrived.elsewhere:
            self.stdout.write(
                f"{arrived.elsewhere} mensen horen ook ergens anders. Wat zij leerden bleef op de oude site."
            )
        for label, count in sorted(arrived.left_out.items()):
            self.stdout.write(f"Niet overgenomen, want dit leunt op iets dat hier niet is: {count} × {label}")
        call_command("replay_erasures", stdout=self.stdout)
