"""A recorded version as files. The same version gives the same bytes, and the same key the same signature.

A task makes them, one by one; each that is there is progress, and who takes over from a worker that died goes on there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from insight.sheets import as_csv
from leadership.dossier.document import pdf_of, rows_of
from leadership.models import DossierFile, DossierVersion
from learning.badges.issuer import sign_file
from people.models import Organisation


@dataclass(frozen=True)
class Kind:
    """How a version becomes a file."""

    content_type: str
    made_of: Callable[[DossierVersion], bytes]


def _json(version: DossierVersion) -> bytes:
    return version.content.encode()


def _pdf(version: DossierVersion) -> bytes:
    return pdf_of(json.loads(version.content))


def _csv(version: DossierVersion) -> bytes:
    return as_csv(rows_of(json.loads(version.content)), "ai-dossier").content


FILES = {
    "pdf": Kind("application/pdf", _pdf),
    "csv": Kind("text/csv; charset=utf-8", _csv),
    "json": Kind("application/json", _json),
}


def make_files(*, version: DossierVersion) -> int:
    """Make the files of a version that are not there yet, the PDF last; gives how many it made."""
    there = set(version.files.values_list("ending", flat=True))
    made = 0
    for ending, kind in reversed(FILES.items()):
        if ending not in there:
            _, is_new = DossierFile.objects.get_or_create(
                version=version, ending=ending, defaults={"content": kind.made_of(version)}
            )
            made += is_new
    return made


def versions_of(organisation: Organisation) -> QuerySet[DossierVersion]:
    """What was recorded, the last one first, each with how many files are `made`. The caller keeps this dossier."""
    found = DossierVersion.objects.filter(organisation=organisation).defer("content")
    return found.annotate(made=Count("files")).order_by("-number")  # which grouping forgets


def unfinished() -> QuerySet[DossierVersion]:
    """Versions of which not all files are there, the oldest first."""
    counted = DossierVersion.objects.annotate(made=Count("files"))
    return counted.filter(made__lt=len(FILES)).order_by("pk")


def signature_of(content: bytes) -> bytes:
    """A detached signature by the key of this site (docs/how-to/check-a-dossier.md)."""
    return sign_file(content).encode()
