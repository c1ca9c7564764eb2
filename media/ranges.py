"""A part of a file, as a browser asks for sound and film (RFC 9110, section 14)."""

import re

from django.http import HttpResponse

_RANGE = re.compile(r"bytes=([0-9]{0,9})-([0-9]{0,9})")


def part_of(content: bytes, asked: str) -> HttpResponse:
    """The whole, or the one part that was asked for; what makes no sense gets the whole."""
    match = _RANGE.fullmatch(asked)
    if not match or not (match[1] or match[2]):
        return HttpResponse(content)
    size = len(content)
    start = int(match[1]) if match[1] else max(0, size - int(match[2]))
    end = min(int(match[2]), size - 1) if match[1] and match[2] else size - 1
    if start >= size or end < start:
        return HttpResponse(status=416, content_type="text/plain", headers={"Content-Range": f"bytes */{size}"})
    part = HttpResponse(content[start : end + 1], status=206)
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return part
