"""A recorded version as files. The same version gives the same bytes, and the same key the same signature."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from insight.sheets import as_csv
from leadership.dossier.document import pdf_of, rows_of
from leadership.models import DossierVersion
from learning.badges.issuer import sign_file


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


def signature_of(content: bytes) -> bytes:
    """A detached signature by the key of this site (docs/how-to/check-a-dossier.md)."""
    return sign_file(content).encode()
