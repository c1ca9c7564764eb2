"""A zip file that is looked at before it is believed: its list of entries first, then each entry by real bytes.

Only what zip needs for an .h5p is taken: one disk, no zip64, stored or deflated, nothing before or between entries.
Format: PKWARE's APPNOTE.TXT, 4.3.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from media.h5p.core.errors import Code, PackageError
from media.h5p.core.limits import Limits
from media.h5p.core.names import check_name, check_twins, is_left_by_a_mac, shown

_END = struct.Struct("<4s4H2LH")
_ENTRY = 46
_LOCAL = struct.Struct("<4s5H3L2H")
_CHUNK = 1 << 16
_ENCRYPTED = 0x1 | 0x40 | 0x2000


class Archive:
    """The entries of a zip file that passed every check that can be made without unpacking.

    Raises PackageError when one did not; reading raises it for what only shows then.
    """

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self.limits = limits
        self.bytes = _size(file)
        if self.bytes > limits.archive_bytes:
            raise PackageError(Code.TOO_BIG, most=limits.archive_bytes)
        start = _check_directory(file, self.bytes, limits)
        try:
            self._zip = zipfile.ZipFile(file)
            everything = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as error:
            raise PackageError(Code.CORRUPT) from error
        infos = [info for info in everything if not is_left_by_a_mac(info.orig_filename)]
        for info in infos:
            check_name(info.orig_filename, limits.name_bytes)
        check_twins(info.orig_filename for info in infos)
        for info in infos:
            self._check_entry(info)
        _check_places(file, everything, start)
        self._check_together(everything)
        self._entries = {info.filename: info for info in infos if not info.is_dir()}
        self.total_bytes = sum(info.file_size for info in infos)

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def size(self, path: str) -> int:
        """What an entry says its size is; reading it holds it to that."""
        return self._entries[path].file_size

    def read(self, path: str, most: int | None = None) -> bytes:
        """All bytes of an entry. Raises PackageError when it is broken, or holds more than `most`."""
        limit = self.limits.file_bytes if most is None else min(most, self.limits.file_bytes)
        info, content = self._entries[path], bytearray()
        try:
            with self._zip.open(info) as entry:
                while chunk := entry.read(_CHUNK):
                    content += chunk
                    if len(content) > limit:
                        raise PackageError(Code.FILE_TOO_BIG, shown(path), most=limit)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise PackageError(Code.CORRUPT, shown(path)) from error
        if len(content) != info.file_size:
            raise PackageError(Code.CORRUPT, shown(path))
        return bytes(content)

    def _check_entry(self, info: zipfile.ZipInfo) -> None:
        path, limits = shown(info.orig_filename), self.limits
        if info.flag_bits & _ENCRYPTED:
            raise PackageError(Code.ENCRYPTED, path)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackageError(Code.COMPRESSION, path)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or (kind == stat.S_IFDIR) > info.is_dir():
            raise PackageError(Code.SPECIAL_FILE, path)
        if info.is_dir() and info.file_size:
            raise PackageError(Code.SPECIAL_FILE, path)
        if info.file_size > limits.file_bytes:
            raise PackageError(Code.FILE_TOO_BIG, path, most=limits.file_bytes)
        if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(1, info.compress_size):
            raise PackageError(Code.BOMB, path)

    def _check_together(self, infos: list[zipfile.ZipInfo]) -> None:
        total = sum(info.file_size for info in infos)
        if total > self.limits.total_bytes:
            raise PackageError(Code.TOO_BIG_INSIDE, most=self.limits.total_bytes)
        if total > self.limits.ratio_from and total > self.limits.ratio * self.bytes:
            raise PackageError(Code.BOMB)


def _size(file: IO[bytes]) -> int:
    file.seek(0, 2)
    return file.tell()


def _check_directory(file: IO[bytes], size: int, limits: Limits) -> int:
    """Where the list of entries begins, once it was counted without making anything of it."""
    tail_size = min(size, _END.size + 0xFFFF)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise PackageError(Code.NOT_A_ZIP)
    _, disk, first_disk, here, count, length, start, comment = _END.unpack_from(tail, at)
    if count > limits.files or length > limits.directory_bytes:
        raise PackageError(Code.TOO_MANY_FILES, most=limits.files)
    whole = at + _END.size + comment == len(tail) and start + length == size - tail_size + at
    many = tail[max(0, at - 20) : at].startswith(b"PK\x06\x07")  # zip64 would say something else
    if disk or first_disk or here != count or many or not whole:
        raise PackageError(Code.CORRUPT)
    file.seek(start)
    if _entries_in(file.read(length), limits) != count:
        raise PackageError(Code.CORRUPT)
    return int(start)


def _entries_in(directory: bytes, limits: Limits) -> int:
    count = at = 0
    while at < len(directory):
        if directory[at : at + 4] != b"PK\x01\x02" or at + _ENTRY > len(directory):
            raise PackageError(Code.CORRUPT)
        at += _ENTRY + sum(struct.unpack_from("<3H", directory, at + 28))
        count += 1
        if count > limits.files:
            raise PackageError(Code.TOO_MANY_FILES, most=limits.files)
    return count


def _check_places(file: IO[bytes], infos: list[zipfile.ZipInfo], directory: int) -> None:
    """No entry lies in another's bytes, and each calls itself what the list calls it."""
    free = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        path = shown(info.orig_filename)
        file.seek(info.header_offset)
        head = file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
            raise PackageError(Code.CORRUPT, path)
        flags, *_, name_length, extra_length = _LOCAL.unpack(head)[2:]
        name = file.read(name_length)
        if name != info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace"):
            raise PackageError(Code.CORRUPT, path)
        if flags & _ENCRYPTED:
            raise PackageError(Code.ENCRYPTED, path)
        end = info.header_offset + _LOCAL.size + name_length + extra_length + info.compress_size
        if info.header_offset < free or end > directory:
            raise PackageError(Code.OVERLAP, path)
        free = end
