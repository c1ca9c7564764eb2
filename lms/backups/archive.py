"""One encrypted file with many in it: a tar inside age (age-encryption.org/v1, C2SP), written and read as a stream.

Who makes copies needs the public key only; who puts one back needs the secret one, which belongs elsewhere. `age` and
`tar` open it too: `age --decrypt --identity key copy.tar.age | tar --extract`.
"""

import os
import tarfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol

import pyrage

from lms.backups.errors import BackupError

UNFINISHED = ".{}.unfinished"
"""How a copy is called until all is in it."""


def recipients_of(keys: list[str]) -> list[Any]:
    """The public keys (age1…) for which a copy is locked. Raises BackupError."""
    if not keys:
        raise BackupError("Kopieën gaan op slot met BACKUP_RECIPIENTS. Maak een sleutel: manage.py make_backup_key")
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as error:
        raise BackupError("Een sleutel om kopieën mee op slot te doen begint met age1. Deze klopt niet.") from error


def identities_in(file: Path) -> list[Any]:
    """The secret keys in this file, one per line. Raises BackupError."""
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BackupError(f"In {file} staat geen geheime sleutel (AGE-SECRET-KEY-1…).") from error
    if not found:
        raise BackupError(f"In {file} staat geen geheime sleutel (AGE-SECRET-KEY-1…).")
    return found


class Readable(Protocol):
    """What gives bytes, from begin to end."""

    def read(self, size: int = -1, /) -> bytes: ...


class Writer:
    """Puts files into an archive, and keeps the checksum of each."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar, self.sums = tar, dict[str, str]()

    def add(self, name: str, content: Readable, size: int) -> None:
        """A file of this size. Raises BackupError for one that became shorter meanwhile."""
        entry = tarfile.TarInfo(name)
        entry.size = size
        counted = Counted(content)
        try:
            self._tar.addfile(entry, counted)
        except OSError as error:
            raise BackupError(f"{name} veranderde tijdens het kopiëren. Probeer het opnieuw.") from error
        self.sums[name] = counted.digest.hexdigest()


class Counted:
    """Content that is passed on, with a checksum of what went by."""

    def __init__(self, content: Readable) -> None:
        self._content, self.digest = content, sha256()

    def read(self, size: int = -1, /) -> bytes:
        part = self._content.read(size)
        self.digest.update(part)
        return part


def write(to: Path, recipients: list[Any], fill: Callable[[Writer], None]) -> None:
    """Make the archive at `to`, only readable by its owner; `fill` puts the files in. Nothing is left when it fails."""
    unfinished = to.with_name(UNFINISHED.format(to.name))
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            _through(lambda source: pyrage.encrypt_io(source, out, recipients), fill)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(to)
    except OSError as error:
        raise BackupError(f"De kopie kon niet worden geschreven ({error}).") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _through(encrypt: Callable[[IO[bytes]], None], fill: Callable[[Writer], None]) -> None:
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as pool, os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as sink:
        sealing = pool.submit(_drained, encrypt, source)
        with tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            fill(Writer(tar))
        sink.close()
        sealing.result()


def _drained(encrypt: Callable[[IO[bytes]], None], source: IO[bytes]) -> None:
    """When sealing fails, what is still written has somewhere to go, so that nobody waits for ever."""
    try:
        encrypt(source)
    finally:
        while source.read(1 << 16):
            pass


@contextmanager
def opened(file: Path, identities: list[Any]) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """The files in an archive, by name, one after the other. Raises BackupError for one that is not ours or not whole.

    A name is as it was given; whoever writes files looks whether it may.
    """
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as pool, os.fdopen(reading, "rb") as source:
        opening = pool.submit(_decrypted, file, writing, identities)
        try:
            with tarfile.open(fileobj=source, mode="r|") as tar:
                yield _members(tar)
        except tarfile.TarError as error:
            opening.result()  # what is wrong with the whole says more than what is missing in it
            raise BackupError("Dit bestand is geen kopie van Kortwijs.") from error
        finally:
            while source.read(1 << 16):
                pass
        opening.result()


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for entry in tar:
        content = tar.extractfile(entry) if entry.isfile() else None
        if content is None:
            raise BackupError("Dit bestand is geen kopie van Kortwijs.")
        yield entry.name, content


def _decrypted(file: Path, writing: int, identities: list[Any]) -> None:
    with os.fdopen(writing, "wb") as sink:
        try:
            with file.open("rb") as sealed:
                pyrage.decrypt_io(sealed, sink, identities)
        except (pyrage.DecryptError, OSError) as error:
            raise BackupError("Deze kopie gaat niet open: de sleutel past niet, of het bestand is stuk.") from error
