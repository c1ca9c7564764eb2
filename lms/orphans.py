"""Files that no row knows: where storage was away, or a worker died, at the moment they had to go.

A row goes in a transaction and its file after that, so that of what is rolled back nothing is missing. Where the second
does not happen the file would stay for ever, with what somebody thought was erased. Each night they are looked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath
from uuid import UUID

from django.core.files.storage import Storage, storages
from django.db.models import Q

from courses.models import PathFile
from integrations.models import StatementExport
from integrations.statements.exports import FOLDER as EXPORTS
from lms.backups.files import names_in
from media.models import Picture, Recording, Rendition
from media.pictures.models import FOLDER as PICTURES
from xapi.queries import known_sums

YOUNG = timedelta(days=1)  # its row may still be on the way
AT_ONCE = 500  # names in one question


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of a storage, and which of the names in it a row knows."""

    storage: str
    folder: str
    known: Callable[[list[str]], set[str]]


def _attached(names: list[str]) -> set[str]:
    """Files of statements lie under their hash, those of exports under the number of their row."""
    sums = {PurePosixPath(name).name: name for name in names}
    exports = {found: name for name in names if (found := _export_of(name))}
    asked = StatementExport.objects.filter(pk__in=exports).exclude(state=StatementExport.State.ENDED)
    there = set(asked.values_list("pk", flat=True))
    return {sums[sha2] for sha2 in known_sums(sums)} | {name for name in names if _export_of(name) in there}


def _export_of(name: str) -> UUID | None:
    folder, _, rest = name.partition("/")
    try:
        return UUID(rest.partition("/")[0]) if folder == EXPORTS else None
    except ValueError:
        return None


def _of_paths(names: list[str]) -> set[str]:
    digests = {PurePosixPath(name).stem for name in names}
    return {file.place for file in PathFile.objects.filter(digest__in=digests)}


def _recorded(names: list[str]) -> set[str]:
    return set(Recording.objects.filter(file__in=names).values_list("file", flat=True))


def _pictures(names: list[str]) -> set[str]:
    asked = Q(file__in=names)
    return {
        *Picture.objects.filter(asked).values_list("file", flat=True),
        *Rendition.objects.filter(asked).values_list("file", flat=True),
    }


SHELVES = (
    Shelf("xapi", "", _attached),
    Shelf("paths", "", _of_paths),
    Shelf("default", "opnamen/", _recorded),
    Shelf("default", f"{PICTURES}/", _pictures),
)


def remove_orphans(*, now: datetime) -> int:
    """Take away what no row knows and is older than a day; gives how many. Raises what the storage raises."""
    gone = 0
    for shelf in SHELVES:
        storage = storages[shelf.storage]
        names = names_in(storage, shelf.folder)
        while some := list(islice(names, AT_ONCE)):
            known = shelf.known(some)
            for name in some:
                gone += name not in known and _removed(storage, name, now - YOUNG)
    return gone


def _removed(storage: Storage, name: str, before: datetime) -> bool:
    try:
        if storage.get_modified_time(name) >= before:
            return False
    except FileNotFoundError:  # somebody else was here
        return False
    storage.delete(name)
    return True
