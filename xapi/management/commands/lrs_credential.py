from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from xapi.models import Scope
from xapi.services import create_credential


class Command(BaseCommand):
    help = "Maakt een sleutel voor /xapi/; het geheim komt één keer in beeld."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="voor wie de sleutel is")
        parser.add_argument("--scope", action="append", choices=Scope.values, help="wat ermee mag; vaker mag")
        parser.add_argument("--organisation", type=int, help="nummer van de organisatie; anders ziet de sleutel alles")
        parser.add_argument("--per-minute", type=int, default=6000, help="hoeveel verzoeken per minuut")

    def handle(
        self, *args: Any, name: str, scope: list[str] | None, organisation: int | None, per_minute: int, **options: Any
    ) -> None:
        credential, secret = create_credential(
            name, scopes=scope or [Scope.READ], organisation=organisation, per_minute=per_minute
        )
        self.stdout.write(f"{credential.key}:{secret}")
