"""The journal of erasures: a file for each, outside the database, with the random keys of who was erased.

An older copy of the database that is put back brings people back who were erased meanwhile. `replay` erases them again
(`manage.py replay_erasures`). A file holds no name and no number that means anything once the person is gone.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db.models import Q

from people.models import User

_STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Entry:
    """One erasure: when, and the keys of the person and of the nameless learners who had become part of them."""

    at: datetime
    keys: tuple[uuid.UUID, ...]


def entry_of(user: User, now: datetime) -> Entry:
    """What is to be written of somebody who is still here."""
    return Entry(now, (user.owner_key, *user.former_keys.values_list("key", flat=True)))


def keep(entry: Entry) -> None:
    """To be called last in the transaction that erases: without an entry nobody is erased. Raises OSError."""
    told = {"at": entry.at.isoformat(), "keys": [str(key) for key in entry.keys]}
    name = f"{entry.at.astimezone(UTC):{_STAMP}}-{uuid.uuid4()}.json"
    storages["erasures"].save(name, ContentFile(json.dumps(told).encode()))


def entries() -> Iterator[Entry]:
    """Every entry, the oldest first. Raises ValueError for a file that is none of ours."""
    storage = storages["erasures"]
    for name in _names(storage):
        with storage.open(name) as file:
            try:
                told = json.loads(file.read())
                yield Entry(datetime.fromisoformat(told["at"]), tuple(uuid.UUID(key) for key in told["keys"]))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise ValueError(f"{name} is no entry of the journal of erasures") from None


def _names(storage: Storage) -> list[str]:
    try:
        return sorted(name for name in storage.listdir("")[1] if name.endswith(".json"))
    except FileNotFoundError:
        return []  # nobody was erased yet


def people_of(entry: Entry) -> list[User]:
    """Who is here again, though they were erased."""
    return list(User.objects.filter(Q(owner_key__in=entry.keys) | Q(former_keys__key__in=entry.keys)).distinct())


def forget_old_entries(now: datetime) -> int:
    """Entries older than every copy of the database that may still be put back go; gives how many."""
    storage, gone = storages["erasures"], 0
    before = f"{(now - timedelta(days=settings.ERASURE_JOURNAL_DAYS)).astimezone(UTC):{_STAMP}}"
    for name in _names(storage):
        if name < before:
            storage.delete(name)
            gone += 1
    return gone
