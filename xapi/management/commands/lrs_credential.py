import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xapi.models import Credential, Scope
from xapi.services import create_credential, end_credential


class Command(BaseCommand):
    help = "Maakt een sleutel voor /xapi/ (het geheim komt één keer in beeld), beëindigt er een of noemt ze alle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("name", nargs="?", help="voor wie de sleutel is")
        what.add_argument("--list", action="store_true", dest="listed", help="noem alle sleutels")
        what.add_argument("--end", metavar="KEY", help="beëindig de sleutel; hij komt niet terug")
        parser.add_argument("--scope", action="append", choices=Scope.values, help="wat ermee mag; vaker mag")
        parser.add_argument("--organisation", type=int, help="nummer van de organisatie; anders ziet de sleutel alles")
        parser.add_argument("--per-minute", type=int, default=6000, help="hoeveel verzoeken per minuut")

    def handle(self, *args: Any, name: str | None, listed: bool, end: str | None, **options: Any) -> None:
        if listed:
            self._list()
        elif end is not None:
            self._end(end)
        else:
            self._make(name or "", **options)

    def _make(
        self, name: str, *, scope: list[str] | None, organisation: int | None, per_minute: int, **options: Any
    ) -> None:
        if not 1 <= per_minute <= 2**31 - 1:
            raise CommandError("Het aantal verzoeken per minuut is 1 of meer.")
        credential, secret = create_credential(
            name, scopes=scope or [Scope.READ], organisation=organisation, per_minute=per_minute
        )
        self.stdout.write(f"{credential.key}:{secret}")

    def _list(self) -> None:
        for row in Credential.objects.order_by("pk"):
            parts = [str(row.key), row.name, row.scopes, f"gemaakt {row.created_at:%Y-%m-%d}"]
            if row.organisation is not None:
                parts.append(f"organisatie {row.organisation}")
            parts.append(
                f"gebruikt {timezone.localtime(row.used_at):%Y-%m-%d %H:%M}" if row.used_at else "niet gebruikt"
            )
            if row.ended_at:
                parts.append(f"beëindigd {timezone.localtime(row.ended_at):%Y-%m-%d %H:%M}")
            self.stdout.write("  ".join(parts))

    def _end(self, key: str) -> None:
        """`key` as the list has it; of `key:secret` only the key counts."""
        try:
            credential = Credential.objects.get(key=uuid.UUID(key.partition(":")[0]))
        except (ValueError, Credential.DoesNotExist) as error:
            raise CommandError("Deze sleutel is er niet.") from error
        if not end_credential(credential):
            raise CommandError("Deze sleutel was al beëindigd.")
        self.stdout.write(f"Beëindigd: {credential.name}")
