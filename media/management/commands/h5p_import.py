from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from media.h5p.core.errors import PackageError
from media.h5p.messages import reason
from media.h5p.registry import NotApproved, approve_library
from media.h5p.services import LibrariesLacking, import_package, request_what_it_brings


class Command(BaseCommand):
    help = "Neemt alle .h5p-bestanden uit een map op. Wat er al is, blijft; wat niet kan, staat erbij met de reden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="een map met .h5p-bestanden, of één bestand")
        parser.add_argument(
            "--approve-libraries",
            action="store_true",
            help="keur ook de bibliotheken in de bestanden goed: alleen voor bestanden die je vertrouwt",
        )

    def handle(self, *args: Any, folder: Path, approve_libraries: bool, **options: Any) -> None:
        files = [folder] if folder.is_file() else sorted(folder.rglob("*.h5p")) if folder.is_dir() else []
        if not files:
            raise CommandError(f"Hier staan geen .h5p-bestanden: {folder}")
        refused = waiting = 0
        for path in files:
            try:
                version = self._take_in(path, approve_libraries)
            except PackageError as error:
                refused += 1
                said = reason(error.code, error.parameters)
                self.stdout.write(f"KAN NIET  {path.name}: {said}{f' ({error.path})' if error.path else ''}")
            except (LibrariesLacking, NotApproved) as error:
                waiting += 1
                self.stdout.write(f"WACHT     {path.name}: nog niet goedgekeurd: {error}")
            else:
                self.stdout.write(f"IS ER     {path.name}: {version.title} ({version.main_library})")
        self.stdout.write(f"{len(files) - refused - waiting} opgenomen, {waiting} wachten, {refused} kunnen niet")
        if refused or waiting:
            raise SystemExit(1)

    def _take_in(self, path: Path, approve_libraries: bool) -> Any:
        with path.open("rb") as file:
            if approve_libraries:
                self._approve_all(file)
            return import_package(file=file)

    def _approve_all(self, file: IO[bytes]) -> None:
        """A later patch may need libraries that the one before did not: until nothing new is asked for."""
        while rows := request_what_it_brings(file=file):
            for library in rows:
                approve_library(library=library, by=None, now=timezone.now())
