"""What is an organisation's own, for itself to read without Kortwijs: a zip of JSON lines and files.

Of learners there is nothing in it, no name and no number: a manager may not see here what no page shows. What is told
of them is in figures that were released. To move with everything is another thing (lms/moving/out.py).
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core.files.storage import storages
from django.db.models import Model, QuerySet
from django.utils import timezone

from courses.models import PathFile
from leadership.models import DossierFile
from lms.backups.errors import BackupError
from people.models import Membership, Organisation, Role, User
from people.services import record_audit

OWN: dict[str, str] = {
    "people.Organisation": "pk",
    "people.Agreement": "organisation",
    "people.Cohort": "organisation",
    "courses.CoursePath": "organisation",
    "courses.PathLesson": "path__organisation",
    "courses.PathPage": "path__organisation",
    "courses.PathFile": "organisation",
    "courses.Assignment": "cohort__organisation",
    "leadership.AiSystem": "organisation",
    "leadership.SystemChange": "system__organisation",
    "leadership.RoleGoal": "organisation",
    "leadership.RoleGoal_systems": "rolegoal__organisation",
    "leadership.Evaluation": "organisation",
    "leadership.Dossier": "organisation",
    "leadership.DossierVersion": "organisation",
    "leadership.ProgrammeGroup": "cohort__organisation",
    "leadership.Meeting": "group__cohort__organisation",
    "insight.Release": "organisation",
    "insight.ReleasedFigure": "release__organisation",
}
"""Each table, and by what its rows are the organisation's."""
README = """Wat van jullie is in Kortwijs
=============================

rows/*.jsonl       elke regel is een rij, als JSON (UTF-8). 'id' is het nummer van de rij;
                   een naam die op '_id' eindigt is het nummer van een rij in een ander bestand.
rows/roles.jsonl   wie welke rol heeft. Wie leert staat er niet bij.
files/paths/       bestanden bij eigen pagina's, onder hun controlegetal (courses.PathFile: digest)
files/dossier/     het AI-dossier, per versie

Er staat niets in over wie leert: geen namen, antwoorden, voortgang of momenten.
Wat over hen verteld mag worden zijn de cijfers in insight.ReleasedFigure.
Verhuizen met alles erbij gaat anders: manage.py export_organisation
"""


def copy_own(*, organisation: Organisation, to: Path, actor: User | None = None) -> dict[str, int]:
    """Write the zip; gives how many rows of what. Raises BackupError where it cannot be written."""
    counts: dict[str, int] = {}
    try:
        with to.open("xb") as out, ZipFile(out, "w", ZIP_DEFLATED) as zipped:
            to.chmod(0o600)
            zipped.writestr("LEESMIJ.txt", README)
            about = {"name": organisation.name, "made_at": timezone.now().isoformat(), "format": 1}
            zipped.writestr("about.json", json.dumps(about, ensure_ascii=False, indent=2))
            for label in OWN:
                counts[label] = _write(zipped, label, (_told(row) for row in rows_of(label, organisation)))
            counts["roles"] = _write(zipped, "roles", _roles(organisation))
            counts["files"] = _files(zipped, organisation)
    except OSError as error:
        raise BackupError(f"{to} kon niet worden geschreven ({error}).") from error
    record_audit(actor=actor, action="copy_organisation", about=organisation, rows=sum(counts.values()))
    return counts


def rows_of(label: str, organisation: Organisation) -> QuerySet[Any]:
    """The rows of this table that are the organisation's."""
    model = apps.get_model(label)
    return model._base_manager.filter(**{OWN[label]: organisation.pk}).order_by("pk")


def _told(row: Model) -> dict[str, Any]:
    """Every field but who: a person is nobody's row to hand out."""
    told: dict[str, Any] = {}
    for one in row._meta.concrete_fields:
        if one.related_model is User:
            continue
        value = getattr(row, one.attname)
        told[one.attname] = value if value is None or isinstance(value, bool | int) else one.value_to_string(row)
    return told


def _roles(organisation: Organisation) -> Iterator[dict[str, Any]]:
    found = Membership.objects.filter(organisation=organisation).exclude(role=Role.LEARNER).select_related("user")
    for one in found.order_by("pk"):
        yield {"name": str(one.user), "role": str(one.role)}


def _write(zipped: ZipFile, name: str, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    with zipped.open(f"rows/{name}.jsonl", "w") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass") + b"\n")
            count += 1
    return count


def _files(zipped: ZipFile, organisation: Organisation) -> int:
    places = {file.place: f"{file.digest}.{file.kind}" for file in PathFile.objects.filter(organisation=organisation)}
    for place, name in sorted(places.items()):
        with storages["paths"].open(place) as content:
            zipped.writestr(f"files/paths/{name}", content.read())
    made = DossierFile.objects.filter(version__organisation=organisation).select_related("version").order_by("pk")
    for file in made.iterator(10):
        zipped.writestr(f"files/dossier/{file.version.number}.{file.ending}", bytes(file.content))
    return len(places) + made.count()
