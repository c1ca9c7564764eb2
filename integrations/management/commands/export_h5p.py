from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrations.h5p.packages import CannotExport, export_lesson
from language.variant import Variant
from modules.models import ModulePage


class Command(BaseCommand):
    help = "Schrijft de oefeningen van een les als 1 bestand van H5P, voor een ander systeem."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="van de les, zoals B2")
        parser.add_argument("file", type=Path)
        parser.add_argument("--gewoon", action="store_true", help="de tekst Gewoon; anders Makkelijk")

    def handle(self, *args: Any, code: str, file: Path, gewoon: bool, **options: Any) -> None:
        lesson = ModulePage.objects.live().filter(code=code).first()
        if lesson is None:
            raise CommandError(f"{code}: deze les is er niet, of staat niet online.")
        out = BytesIO()
        try:
            export_lesson(lesson=lesson, variant=Variant.STANDAARD if gewoon else Variant.MAKKELIJK, out=out)
            file.write_bytes(out.getvalue())
        except CannotExport as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file} is niet te schrijven: {error.strerror or error}.") from error
        self.stdout.write(f"{file} geschreven.")
