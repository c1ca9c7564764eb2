from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from language.models import Fact
from modules.reports.findings import facts_by_date


class Command(BaseCommand):
    help = "Noemt alle feiten op datum van nakijken, met de lessen waar ze in staan; met --due alleen wat nu moet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--due", action="store_true", help="alleen wat nu nagekeken moet worden")

    def handle(self, *args: Any, due: bool, **options: Any) -> None:
        facts = Fact.objects.due() if due else Fact.objects.all()
        for found in facts_by_date(facts):
            self.stdout.write(f"{found.name}\n    {found.what}")
        self.stdout.write(f"{Fact.objects.due().count()} van de {Fact.objects.count()} feiten moeten worden nagekeken.")
