from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from lms.object_storage import make_bucket


class Command(BaseCommand):
    help = "Maak database, opslag en lessen klaar voor deze versie; nog eens mag altijd."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("1. Database bijwerken …")
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("2. Opslag klaarzetten …")
        try:
            make_bucket()
        except (BotoCoreError, ClientError) as error:
            raise CommandError(f"De opslag (S3_URL) antwoordt niet of weigert: {error}") from error
        self.stdout.write("3. Lessen laden …")
        call_command("load_curriculum")
