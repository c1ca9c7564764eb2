from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.services import replay_erasures


class Command(BaseCommand):
    help = "Wist opnieuw wie al gewist was, nadat een kopie van de database is teruggezet; nog eens mag altijd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tel alleen")

    def handle(self, *_: Any, dry_run: bool, **__: Any) -> None:
        try:
            entries, people = replay_erasures(only_count=dry_run)
        except ValueError as error:
            raise CommandError(f"Dit bestand hoort niet in het journaal: {error}") from error
        done = "te wissen" if dry_run else "gewist"
        self.stdout.write(f"In het journaal: {entries}. Opnieuw {done}: {people}.")
