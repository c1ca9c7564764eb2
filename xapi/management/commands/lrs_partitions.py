from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from xapi.partitions import has_parts, make_parts, parts


class Command(BaseCommand):
    help = "Makes the parts per month of the table of statements, ahead of their time, and says which there are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", dest="only_list", help="make none")

    def handle(self, *_: Any, only_list: bool, **__: Any) -> None:
        if not has_parts():
            self.stdout.write("SQLite keeps statements in one table.")
            return
        for month in [] if only_list else make_parts():
            self.stdout.write(f"made {month}")
        for part in parts():
            self.stdout.write(f"{part.month or 'rest'}  {part.size / 1e6:.1f} MB, about {part.rows} statements")
