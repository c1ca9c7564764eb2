"""When a copy was last made: whoever makes one leaves a note of it in DATA/backups."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: when it was made, and what it is called."""

    at: datetime
    name: str
    bytes: int | None = None


def last_backup() -> Backup | None:
    """The newest of which there is a note, DATA/backups/*.json with at least {"at": "2026-11-29T03:00:00+00:00"}.

    "name" and "bytes" may be in it. A file that is no such note counts for nothing. None: never.
    """
    found = [backup for file in _folder().glob("*.json") if (backup := _read(file))]
    return max(found, key=lambda backup: backup.at, default=None)


def leave_note(backup: Backup) -> None:
    """Write down that this copy was made; the one note that there is says which is the newest."""
    _folder().mkdir(parents=True, exist_ok=True)
    told = {"at": backup.at.isoformat(), "name": backup.name, "bytes": backup.bytes}
    (_folder() / "last.json").write_text(json.dumps(told))


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "backups"


def _read(file: Path) -> Backup | None:
    try:
        told = json.loads(file.read_text())
        at = datetime.fromisoformat(told["at"])
        size = told.get("bytes")
        name = str(told.get("name") or file.stem)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if at.tzinfo is None:
        return None
    return Backup(at, name, size if isinstance(size, int) else None)
