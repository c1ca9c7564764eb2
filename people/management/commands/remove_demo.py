from typing import Any

from django.core.management.base import BaseCommand

from people.demo import remove_demo


class Command(BaseCommand):
    help = "Haalt de demo-accounts en hun organisaties weg."

    def handle(self, *args: Any, **options: Any) -> None:
        names = remove_demo()
        self.stdout.write(f"Weg: {', '.join(names)}." if names else "Er waren geen demo-accounts.")
