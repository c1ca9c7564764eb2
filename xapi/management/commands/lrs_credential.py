from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from xapi.services import create_credential


class Command(BaseCommand):
    help = "Maakt een sleutel waarmee een ander systeem /xapi/statements leest; het geheim komt één keer in beeld."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="voor wie de sleutel is")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        credential, secret = create_credential(name)
        self.stdout.write(f"{credential.key}:{secret}")
