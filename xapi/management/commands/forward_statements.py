"""Send on what waits for other record stores, now; what beat does every minute."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from xapi.forwarding.queries import standings, targets_due
from xapi.forwarding.sending import send_to


class Command(BaseCommand):
    help = "Sends on what waits for other record stores, and says how it stands with each."

    def handle(self, *_: Any, **__: Any) -> None:
        for pk in targets_due(timezone.now()):
            send_to(pk)
        for standing in standings():
            if standing.target.ended_at is None:
                since = f" since {standing.oldest:%Y-%m-%d %H:%M} UTC" if standing.oldest else ""
                told = f"{standing.waiting} waiting{since}, {standing.refused} refused"
                error = f". {standing.target.error}" if standing.target.error else ""
                self.stdout.write(f"{standing.target.name}: {told}{error}")
