"""multipart/mixed: statements with what is attached to them (1.0.3 part 3 section 1.5.2; RFC 2046 section 5.1)."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from xapi.core.errors import Invalid
from xapi.core.rules import Json

_BOUNDARY = re.compile(r""";\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))""", re.IGNORECASE)
_SUMS = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}


@dataclass(frozen=True)
class Part:
    headers: dict[str, str]
    content: bytes


def media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def split(content_type: str, body: bytes) -> list[Part]:
    """The parts of a body; raises Invalid for what is no multipart."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise Invalid("Content-Type", "of multipart/mixed must have a boundary")
    pieces = re.split(rb"(?:\A|\r?\n)--" + re.escape((found[1] or found[2]).encode()), body)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise Invalid("body", "must be multipart/mixed, with the boundary of its Content-Type around each part")
    return [_part(piece, number) for number, piece in enumerate(pieces[1:-1])]


def _part(piece: bytes, number: int) -> Part:
    piece = re.sub(rb"\A[ \t]*\r?\n", b"", piece, count=1)
    head, gap, content = piece.partition(b"\r\n\r\n")
    if not gap:
        head, gap, content = piece.partition(b"\n\n")
    if not gap:
        raise Invalid(f"part {number + 1}", "must have headers and an empty line")
    headers = {}
    for line in head.decode("latin-1").splitlines():
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Part(headers, content)


def read(content_type: str, body: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The JSON of the statements, and what is attached by its hash (section 1.5.2)."""
    first, *others = split(content_type, body)
    if media_type(first.headers.get("content-type", "")) != "application/json":
        raise Invalid("part 1", "must have Content-Type application/json")
    contents: dict[str, bytes] = {}
    for number, part in enumerate(others, 2):
        if part.headers.get("content-transfer-encoding", "").lower() != "binary":
            raise Invalid(f"part {number}", "must have Content-Transfer-Encoding: binary")
        said = part.headers.get("x-experience-api-hash", "").lower()
        if not said:
            raise Invalid(f"part {number}", "must have X-Experience-API-Hash")
        if said != sum_like(said, part.content):
            raise Invalid(f"part {number}", "has another hash than its X-Experience-API-Hash says")
        contents[said] = part.content
    return first.content, contents


def sum_like(said: str, content: bytes) -> str | None:
    """The SHA-2 sum of the same length as the one that is said."""
    make = _SUMS.get(len(said))
    return make(content).hexdigest() if make else None


def check_contents(statements: Iterable[Json], contents: dict[str, bytes]) -> None:
    """Nothing attached that no statement names, and nothing named without a fileUrl that is not there.

    The hash counts and not `length`: the conformance suite itself sends a picture of which the length is not true.
    """
    named = set()
    for statement in statements:
        for attachment in _attachments(statement):
            sha2 = attachment["sha2"].lower()
            named.add(sha2)
            if sha2 not in contents and "fileUrl" not in attachment:
                raise Invalid("attachments", f"names {sha2}, which neither came along nor has a fileUrl")
    if stray := contents.keys() - named:
        raise Invalid("attachments", f"of no statement name {min(stray)}, which came along")


def _attachments(statement: Json) -> list[Json]:
    inner: list[Json] = statement["object"].get("attachments", [])
    return [*statement.get("attachments", []), *inner]


def sums_of(statement: Json) -> dict[str, str]:
    """What is attached to a statement: the hash and the media type."""
    return {one["sha2"].lower(): one["contentType"] for one in _attachments(statement)}


def write(statements: bytes, attached: Iterable[tuple[str, str, bytes]]) -> tuple[str, bytes]:
    """A Content-Type and a body: statements, then (hash, media type, content) of what is attached."""
    boundary = secrets.token_hex(20)
    parts = [_written({"Content-Type": "application/json"}, statements)]
    for sha2, kind, content in attached:
        headers = {"Content-Type": kind, "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": sha2}
        parts.append(_written(headers, content))
    line = f"--{boundary}".encode()
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
    return f"multipart/mixed; boundary={boundary}", body


def _written(headers: dict[str, str], content: bytes) -> bytes:
    head = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in headers.items())
    return head.encode() + b"\r\n" + content
