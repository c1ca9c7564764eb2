import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pyrage
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Maakt een sleutelpaar voor kopieën: de geheime in een bestand, de publieke op het scherm."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, required=True, help="nieuw bestand voor de geheime sleutel")

    def handle(self, *args: Any, **options: Any) -> None:
        made = pyrage.x25519.Identity.generate()
        try:
            with os.fdopen(os.open(options["to"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(f"# publieke sleutel: {made.to_public()}\n{made}\n")
        except OSError as error:
            raise CommandError(f"{options['to']} kon niet worden gemaakt ({error.strerror}).") from error
        self.stdout.write(f"Zet in de instellingen: BACKUP_RECIPIENTS={made.to_public()}")
        self.stdout.write(f"Bewaar {options['to']} ergens anders dan de kopieën, en niet op deze server.")
