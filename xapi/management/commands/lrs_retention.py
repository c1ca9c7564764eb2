from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from xapi.retention import count_before, forget_before


class Command(BaseCommand):
    help = "Deletes statements that were stored before a day, with all that hangs on them; or only counts them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--before", required=True, metavar="YYYY-MM-DD", help="of that day itself all stays (UTC)")
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *_: Any, before: str, dry_run: bool, **__: Any) -> None:
        try:
            moment = datetime.strptime(before, "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError:
            raise CommandError("--before is a day, as 2025-01-31.") from None
        if moment > timezone.now():
            raise CommandError("--before is a day in the past.")
        counts = count_before(moment) if dry_run else forget_before(moment)
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
        if not counts:
            self.stdout.write("nothing")
