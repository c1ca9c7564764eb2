from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from modules.services import ensure_catalogue
from people.demo import load_demo


class Command(BaseCommand):
    help = "Maakt een demo-klas, een demo-team en een account per rol. Nooit in productie."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demo-accounts hebben een bekend wachtwoord; met DEMO=0 of in productie komen ze er niet."
            )
        load_demo()
        ensure_catalogue()  # with the groups of the editor, and in them who has the role
