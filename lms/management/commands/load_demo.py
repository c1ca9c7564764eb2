from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from modules.authors import ensure_author_group
from modules.services import ensure_catalogue
from people.demo import load_demo
from people.models import User


class Command(BaseCommand):
    help = "Maakt een demo-klas, een demo-team en een account per rol. Nooit in productie."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demo-accounts hebben een bekend wachtwoord; met DEMO=0 of in productie komen ze er niet."
            )
        load_demo()
        group = ensure_author_group(ensure_catalogue())
        User.objects.get(username="eva").groups.add(group)
