"""Write an organisation to one sealed file: JSON lines per table, statements, files, and last what must be in it."""

import io
import json
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db.models import Model
from django.utils import timezone

from lms.backups import archive
from lms.backups.archive import Writer
from lms.database import at_one_moment
from lms.moving.choose import Chosen, choose, parts
from lms.moving.trail import entries_of
from lms.moving.what import moved, name_of, points_at
from people.models import Organisation, Pseudonym
from people.services import record_audit
from xapi.queries import documents_of, files_of, kept_about

FORMAT = 1
Say = Callable[[str], None]
Counts = dict[str, int]


def export_organisation(*, organisation: Organisation, to: Path, recipients: list[str], say: Say) -> Counts:
    """Everything of this organisation in one file that only the receiving site can open; gives how many of what.

    Nothing here changes but a line in the audit trail. Raises BackupError.
    """
    locks = archive.recipients_of(recipients)
    counts: Counts = {}
    with at_one_moment():
        archive.write(to, locks, lambda writer: counts.update(_fill(writer, organisation, say)))
    record_audit(actor=None, action="export_organisation", about=organisation, people=counts["people.User"])
    return counts


def key_of(organisation: Organisation) -> uuid.UUID:
    """The same each time for this organisation of this site, so that it is taken in once."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.BASE_URL}/organisation/{organisation.pk}")


def _fill(writer: Writer, organisation: Organisation, say: Say) -> Counts:
    chosen, counts = choose(organisation), Counts()
    about = {
        "format": FORMAT,
        "what": "organisation",
        "key": str(key_of(organisation)),
        "name": organisation.name,
        "site": settings.BASE_URL,
        "made_at": timezone.now().isoformat(),
    }
    _add_lines(writer, "about.json", [about])
    for model in moved():
        rows = (_told(row) for some in parts(chosen.of(model)) for row in _rows(model, some))
        counts[model._meta.label] = _add_lines(writer, f"rows/{model._meta.label}.jsonl", rows)
    counts["people.AuditEntry"] = _add_lines(
        writer, "rows/people.AuditEntry.jsonl", (_told(entry) for entry in entries_of(chosen))
    )
    say("Logboek van lessen")
    counts.update(_add_statements(writer, chosen))
    counts["files"] = _add_files(writer, chosen)
    _add_lines(writer, "manifest.json", [{"counts": counts, "elsewhere": len(chosen.elsewhere), "sums": writer.sums}])
    return counts


def _rows(model: type[Model], keys: list[Any]) -> Iterable[Model]:
    return model._base_manager.filter(pk__in=keys).order_by("pk")


def _told(row: Model) -> dict[str, Any]:
    """A row as plain data. What it points at, and does not move, by its name."""
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        told[field.attname] = value if value is None or field.is_relation else field.value_to_string(row)
    for field, to in points_at(type(row)):
        value = told[field.attname]
        if isinstance(value, uuid.UUID):
            told[field.attname] = str(value)
        stays = to not in moved() or to._meta.label == "courses.CoursePath"
        if value is not None and stays and (name := name_of(getattr(row, field.name))):
            told[field.attname] = {"name": name}
    return told


def _add_statements(writer: Writer, chosen: Chosen) -> Counts:
    from people.models import User

    whole = chosen.of(User) - chosen.elsewhere
    names = [
        name for some in parts(whole) for name in Pseudonym.objects.filter(user__in=some).values_list("name", flat=True)
    ]
    attached = {
        sha2: content for some in parts(names) for sha2, _, content in files_of(documents_of(some))
    }  # few: photos that another system sent along
    lines = ({"sha2": sha2, "content": b64encode(content).decode()} for sha2, content in attached.items())
    _add_lines(writer, "attachments.jsonl", lines)
    documents = (one for some in parts(names) for one in documents_of(some))
    counts = {"xapi.Statement": _add_lines(writer, "statements.jsonl", documents)}
    kept = (_told(one) for some in parts(names) for one in kept_about(some))
    counts["xapi.Document"] = _add_lines(writer, "rows/xapi.Document.jsonl", kept)
    return counts


def _add_files(writer: Writer, chosen: Chosen) -> int:
    """What was uploaded with a path, once per content."""
    from courses.models import PathFile

    places = set()
    for some in parts(chosen.of(PathFile)):
        places |= {(file.place, f"{file.digest}.{file.kind}") for file in PathFile.objects.filter(pk__in=some)}
    for place, name in sorted(places):
        with storages["paths"].open(place) as content:
            writer.add(f"files/paths/{name}", content, storages["paths"].size(place))
    return len(places)


def _add_lines(writer: Writer, name: str, rows: Iterable[Any]) -> int:
    """A line of JSON each; the size must be known beforehand, so first to disk."""
    count = 0
    with TemporaryFile(dir=settings.DATA_DIR) as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
            count += 1
        size = lines.tell()
        lines.seek(0)
        writer.add(name, lines if size else io.BytesIO(), size)
    return count
