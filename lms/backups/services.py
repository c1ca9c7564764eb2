"""Make a copy of everything, and put one back where nothing is.

A copy begins with what it is (`about.json`), then the database, the keys and the files of every storage, and ends with
what must be in it (`manifest.json`): rows and a checksum per table, a checksum per file.
"""

import fcntl
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.utils import timezone

from lms.backups import archive, database, files
from lms.backups.archive import Readable
from lms.backups.errors import BackupError
from lms.backups.notes import Backup, leave_note
from people.services import record_audit

FORMAT = 1
_NAME = "kortwijs-*.tar.age"
_HALF = "backup-"  # a folder in DATA, with the database on its way into a copy
SPOOLED = 5_000_000  # bytes of a file in memory; what is more goes to disk
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a copy, or was put back from it."""

    made_at: datetime
    figures: database.Figures
    files: int

    @property
    def rows(self) -> int:
        return sum(count for count, _ in self.figures.values())


def make_backup(*, folder: Path, recipients: list[str], say: Say) -> Backup:
    """A copy in this folder, locked for these public keys, a note of it in DATA and a line in the audit trail.

    One at a time, so that what is half is of a process that died, and goes: in it the database stands open to read.
    Raises BackupError.
    """
    with _alone():
        for place in Path(settings.DATA_DIR).glob(f"{_HALF}*"):
            shutil.rmtree(place, ignore_errors=True)
        for file in folder.glob(archive.UNFINISHED.format(_NAME)):
            file.unlink(missing_ok=True)
        return _make_backup(folder, recipients, say)


@contextmanager
def _alone() -> Iterator[None]:
    """The lock goes with its process, also when it is killed. Raises BackupError where another is at it."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    with open(Path(settings.DATA_DIR) / "backup.lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError("Er wordt al een kopie gemaakt.") from error
        yield


def _make_backup(folder: Path, recipients: list[str], say: Say) -> Backup:
    locks, now = archive.recipients_of(recipients), timezone.now()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"In {folder} kan niet worden geschreven ({error}).") from error
    to = folder / f"kortwijs-{timezone.localtime(now):%Y-%m-%d-%H%M%S}.tar.age"
    archive.write(to, locks, lambda writer: _fill(writer, now, say))
    made = Backup(now, to.name, to.stat().st_size)
    leave_note(made)
    record_audit(actor=None, action="make_backup", bytes=made.bytes, keys=len(recipients))
    return made


def forget_old_copies(*, folder: Path) -> int:
    """Copies in this folder older than BACKUP_KEEP_DAYS go; gives how many. The newest stays, however old."""
    copies = sorted(folder.glob(_NAME))
    before = timezone.now().timestamp() - settings.BACKUP_KEEP_DAYS * 24 * 3600
    old = [copy for copy in copies[:-1] if copy.stat().st_mtime < before]
    for copy in old:
        copy.unlink()
    return len(old)


def _fill(writer: archive.Writer, now: datetime, say: Say) -> None:
    with TemporaryDirectory(prefix=_HALF, dir=settings.DATA_DIR) as folder:
        dump = Path(folder) / "database"
        say("Database kopiëren")
        dumped = database.dump(dump)
        about = {"format": FORMAT, "made_at": now.isoformat(), "engine": dumped.engine, "site": settings.BASE_URL}
        _add_text(writer, "about.json", json.dumps(about))
        with dump.open("rb") as content:
            writer.add("database", content, dump.stat().st_size)
    for name, key in files.keys().items():
        _add_text(writer, f"keys/{name}", key.decode())
    for alias in files.aliases():
        say(f"Bestanden kopiëren: {alias}")
        for name in files.names_in(storages[alias]):
            _add_stored(writer, alias, name)
    _add_text(writer, "manifest.json", json.dumps({"figures": dumped.figures, "sums": writer.sums}))


def _add_text(writer: archive.Writer, name: str, text: str) -> None:
    content = text.encode()
    writer.add(name, io.BytesIO(content), len(content))


def _add_stored(writer: archive.Writer, alias: str, name: str) -> None:
    storage = storages[alias]
    try:
        size, content = storage.size(name), storage.open(name)
    except FileNotFoundError:  # taken away since the list was made
        return
    with content:
        writer.add(f"files/{alias}/{name}", content, size)


def look_into(*, file: Path, identities: Path) -> Contents:
    """Read a copy to its end and check every checksum, without putting anything back. Raises BackupError."""
    with archive.opened(file, archive.identities_in(identities)) as members:
        return _read(members, lambda _about, _name, content: _drain(content))


def restore_backup(*, file: Path, identities: Path, say: Say) -> Contents:
    """Put a copy back where no table and no file is; gives what is there now, which is what was in it.

    Raises BackupError. What was put back until then stays, so who tries again begins with nothing again.
    """
    if held := files.holds_files():
        raise BackupError(f"Er zijn al bestanden ({', '.join(held)}). Zet een kopie alleen terug waar nog niets is.")
    found: database.Figures = {}

    def put(about: dict[str, Any], name: str, content: Readable) -> None:
        if name == "database":
            say("Database terugzetten")
            found.update(_put_database(about, content))
        elif name.startswith("keys/"):
            _put_key(name.removeprefix("keys/"), content.read(), say)
        else:
            _put_file(name, content)

    with archive.opened(file, archive.identities_in(identities)) as members:
        contents = _read(members, put)
    say("Vergelijken")
    wrong = [table for table, had in contents.figures.items() if tuple(had) != found.get(table)]
    if wrong or set(found) != set(contents.figures):
        raise BackupError(f"Niet alles is terug. Anders dan in de kopie: {', '.join(wrong or sorted(found))[:300]}")
    return contents


def note_restored(contents: Contents) -> None:
    """A line in the audit trail, once its table is as this version of Kortwijs has it."""
    made_at = contents.made_at.isoformat()
    record_audit(actor=None, action="restore_backup", made_at=made_at, rows=contents.rows, files=contents.files)


def _read(members: Iterator[tuple[str, IO[bytes]]], each: Callable[[dict[str, Any], str, Readable], None]) -> Contents:
    """What `each` did with every file was what the copy says that was in it."""
    about, manifest, sums = dict[str, Any](), dict[str, Any](), dict[str, str]()
    for name, content in members:
        counted = archive.Counted(content)
        if name == "about.json":
            about = _about(counted.read())
        elif not about:
            raise BackupError("Dit bestand is geen kopie van Kortwijs.")
        elif name == "manifest.json":
            manifest = json.loads(counted.read())
            continue
        else:
            each(about, name, counted)
        sums[name] = counted.digest.hexdigest()
    if not manifest:
        raise BackupError("Deze kopie is niet af. Neem een andere.")
    if sums != manifest["sums"]:
        raise BackupError("Deze kopie is niet heel: een bestand is anders dan toen het werd gekopieerd.")
    figures = {table: (count, digest) for table, (count, digest) in manifest["figures"].items()}
    return Contents(datetime.fromisoformat(about["made_at"]), figures, sum(n.startswith("files/") for n in sums))


def _about(text: bytes) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads(text)
        known = about["format"] == FORMAT
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError("Dit bestand is geen kopie van Kortwijs.") from error
    if not known:
        raise BackupError("Deze kopie is van een andere versie van Kortwijs. Zet hem daarmee terug, en werk dan bij.")
    return about


def _drain(content: Readable) -> None:
    while content.read(1 << 16):
        pass


def _put_database(about: dict[str, Any], content: Readable) -> database.Figures:
    with TemporaryDirectory(prefix="restore-", dir=settings.DATA_DIR) as folder:
        dump = Path(folder) / "database"
        with dump.open("wb") as out:
            shutil.copyfileobj(content, out)
        return database.restore(dump, about["engine"])


def _put_key(name: str, key: bytes, say: Say) -> None:
    """Where this site keeps its own keys, else beside them: a secret from the environment is not ours to change."""
    if name not in files.KEYS:
        raise BackupError("Dit bestand is geen kopie van Kortwijs.")
    if files.keys().get(name) == key:
        return
    given = settings.PRODUCTION if name == "secret_key" else bool(settings.BADGE_KEYS)
    folder = Path(settings.DATA_DIR) / ("restored_keys" if given else ".")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    (folder / name).touch(mode=0o600)
    (folder / name).write_bytes(key)
    if given:
        setting = "SECRET_KEY" if name == "secret_key" else "BADGE_KEYS"
        say(f"Let op: zet {setting} op wat in {folder / name} staat, en gooi dat bestand dan weg.")


def _put_file(name: str, content: Readable) -> None:
    place, _, rest = name.removeprefix("files/").partition("/")
    if not name.startswith("files/") or place not in files.aliases() or not files.is_safe(rest):
        raise BackupError(f"In deze kopie zit een bestand dat er niet hoort: {name[:80]!r}.")
    storage = storages[place]
    if place == files.JOURNAL and storage.exists(rest):
        _drain(content)  # it is the same: an entry is written once
        return
    with SpooledTemporaryFile(SPOOLED) as whole:
        shutil.copyfileobj(content, whole)
        whole.seek(0)
        if storage.save(rest, File(whole)) != rest:
            raise BackupError(f"{rest} staat er al. Zet een kopie alleen terug waar nog niets is.")
