from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from media.h5p.importing import go_on_after_approval
from media.h5p.models import H5PLibrary
from media.h5p.queries import library_rows
from media.h5p.registry import NotApproved, approve_library, remove_unused_libraries


class Command(BaseCommand):
    help = "Noemt de bibliotheken van H5P, keurt ze goed, of haalt weg wat niets gebruikt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--list", action="store_true", dest="listed", help="noem alle bibliotheken")
        what.add_argument(
            "--approve", nargs="+", metavar="LIBRARY", help="keur goed: een naam zoals de lijst hem heeft, of 'all'"
        )
        what.add_argument("--remove-unused", action="store_true", help="haal weg wat geen enkele versie gebruikt")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["listed"]:
            self._list()
        elif options["approve"]:
            self._approve(options["approve"])
        else:
            removed = remove_unused_libraries()
            self.stdout.write("\n".join([*(f"Weg: {name}" for name in removed), f"{len(removed)} weg"]))

    def _list(self) -> None:
        for row in library_rows():
            one = row.library
            parts = [str(one), one.digest[:12], f"{len(one.files)} bestanden", f"{one.bytes // 1000} kB"]
            if one.approved_at:
                parts.append(f"goedgekeurd {timezone.localtime(one.approved_at):%Y-%m-%d}, {row.uses} keer gebruikt")
            else:
                parts.append(f"gevraagd {timezone.localtime(one.requested_at):%Y-%m-%d}, {row.waiting} wachten")
            if one.runs_text_as_code:
                parts.append("oude code")
            self.stdout.write("  ".join(parts))

    def _approve(self, names: list[str]) -> None:
        now, problems = timezone.now(), []
        for library in self._asked(names):
            try:
                approve_library(library=library, by=None, now=now)
            except NotApproved as error:
                problems.append(str(error))
                continue
            self.stdout.write(f"Goedgekeurd: {library}")
        if going := go_on_after_approval(now=now):
            self.stdout.write(f"{going} imports gaan verder")
        if problems:
            raise CommandError("\n".join(problems))

    def _asked(self, names: list[str]) -> list[H5PLibrary]:
        """The requests of these names; a name or a name with a piece of its digest (`NAME@1a2b3c`)."""
        asked = list(H5PLibrary.objects.requested().order_by("machine_name", "major", "minor", "patch"))
        if names == ["all"]:
            return asked
        found = []
        for name in names:
            wanted, _, digest = name.partition("@")
            rows = [row for row in asked if str(row) == wanted and row.digest.startswith(digest)]
            if not rows:
                raise CommandError(f"{name} is niet gevraagd. Bekijk: manage.py h5p_libraries --list")
            if len(rows) > 1:
                some = ", ".join(f"{row}@{row.digest[:12]}" for row in rows)
                raise CommandError(f"Van {wanted} zijn er meer, met andere bestanden. Kies: {some}")
            found += rows
        return found
