"""Files that came with statements: each once, under its hash, in a storage of their own (setting STORAGES, 'xapi')."""

import logging
from collections.abc import Iterable, Mapping, Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from xapi.core.multipart import sums_of
from xapi.core.rules import Json
from xapi.ids import seqs_of
from xapi.models import Attachment
from xapi.rows import insert

log = logging.getLogger(__name__)


def _place(sha2: str) -> str:
    return f"{sha2[:2]}/{sha2}"


def keep(contents: Mapping[str, bytes], statements: Iterable[tuple[int, Json]]) -> None:
    """Keep what came along. A file that stays behind after a failure is under its own hash, and does no harm."""
    if not contents:
        return
    storage = storages["xapi"]
    for sha2, content in contents.items():
        if not storage.exists(_place(sha2)):
            storage.save(_place(sha2), ContentFile(content))
    rows = [(sha2, seq) for seq, whole in statements for sha2 in sums_of(whole) if sha2 in contents]
    insert(Attachment, ("sha2", "statement"), rows, known="sha2, seq")


def read(statements: Sequence[Json]) -> list[tuple[str, str, bytes]]:
    """What came along with these statements: hash, media type and content.

    Not what came with another of which the hash is named too: who knows a hash has no right to the file.
    """
    kinds: dict[str, str] = {}
    for statement in statements:
        kinds.update(sums_of(statement))
    if not kinds:
        return []
    came = Attachment.objects.filter(sha2__in=kinds, statement_id__in=seqs_of(one["id"] for one in statements))
    have = set(came.values_list("sha2", flat=True))
    found = ((sha2, kind, _content(sha2)) for sha2, kind in kinds.items() if sha2 in have)
    return [(sha2, kind, content) for sha2, kind, content in found if content is not None]


def _content(sha2: str) -> bytes | None:
    """None for a file that is lost: a statement without its file is more than none, and holds nothing up."""
    try:
        with storages["xapi"].open(_place(sha2)) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        log.error("a file of a statement is not in storage: %s", sha2)
        return None
    return content


def forget(seqs: Sequence[int]) -> int:
    """Let go of the files of statements that are erased, save those that another statement has too.

    Files go once the transaction holds: of what is rolled back nothing is missing.
    """
    mine = Attachment.objects.filter(statement_id__in=seqs)
    sums = set(mine.values_list("sha2", flat=True))
    mine.delete()
    left = _unused(sums)
    transaction.on_commit(lambda: _delete(left), robust=True)
    return len(left)


def _unused(sums: set[str]) -> set[str]:
    return sums - set(Attachment.objects.filter(sha2__in=sums).values_list("sha2", flat=True))


def _delete(sums: set[str]) -> None:
    """Looked up again: the same file may have come with another statement meanwhile."""
    for sha2 in _unused(sums) if sums else ():
        storages["xapi"].delete(_place(sha2))
