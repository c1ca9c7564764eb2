"""One script and one stylesheet for just the kinds of exercise that a page has.

A lesson asks for two scripts: that of the kind that it asks first, beside `lesson.js`, and at the end of the page that
of the others, with what no first answer waits for (docs/decisions/0048-first-screens-in-one-file.md).
A script holds each kind's element, everything that imports and that is not in `lesson.js` yet, in that order.
What is in `lesson.js` it imports from there, so all are one program in the browser. The stylesheet holds `lesson.css`
too. In a lesson its text stands in the page itself; other pages with exercises ask for the file.
Why: docs/decisions/0016-a-script-per-lesson.md.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import brotli
from csp.decorators import csp_exempt
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from assessments.exercises import KINDS
from lms.bundles import (
    BUNDLES,
    LESSON_LATER,
    exported_names,
    imported_files,
    imported_names,
    join_css,
    join_js,
    source_of,
)

LATER = "verder"
"""Beside the names of kinds: what a lesson has that can come later."""
TYPES = {"js": "text/javascript", "css": "text/css"}
FOR_EVER = "public, max-age=31536000, immutable"
KINDS_KEPT = 64  # combinations of kinds in one process; a curriculum has about a dozen
_RELATIVE = re.compile(r"url\(([\"']?)(?![\"'/]|data:|https?:)")
_DIGEST = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class PackedFile:
    """What is sent, plain and compressed. `digest` says which text it is."""

    digest: str
    plain: bytes
    packed: dict[str, bytes]

    @classmethod
    def of(cls, text: str) -> "PackedFile":
        """This text, compressed as well as can be."""
        content = text.encode()
        packed = {"br": brotli.compress(content, quality=11), "gzip": gzip.compress(content, 9, mtime=0)}
        return cls(hashlib.sha256(content).hexdigest()[:12], content, packed)

    def answer(self, request: HttpRequest, ending: str, kept: str) -> HttpResponse:
        """In the form that this browser takes; `kept` is its Cache-Control."""
        taken = request.headers.get("Accept-Encoding", "")
        encoding = next((name for name in self.packed if name in taken), "")
        response = HttpResponse(self.packed.get(encoding, self.plain), content_type=f"{TYPES[ending]}; charset=utf-8")
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Cache-Control"] = kept
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def exercise_file(kinds: Iterable[str], ending: str) -> PackedFile | None:
    """The 'js' or 'css' of these kinds, and of LATER; None when they have none. Raises KeyError for an unknown kind."""
    names = tuple(sorted({name if name == LATER else KINDS[name].name for name in kinds}))
    return _made(names, ending, staticfiles_storage.url("lesson.js"))


@lru_cache(maxsize=KINDS_KEPT)
def _made(kinds: tuple[str, ...], ending: str, base: str) -> PackedFile | None:
    text = _script(kinds, base) if ending == "js" else _style(kinds)
    if not text:
        return None
    return PackedFile.of(text)


def _script(kinds: tuple[str, ...], base: str) -> str:
    asked_for = [part for kind in kinds for part in (LESSON_LATER if kind == LATER else [f"exercises/{kind}.js"])]
    parts = dict.fromkeys(needed for part in asked_for for needed in needed_files(part))
    if not parts:
        return ""
    sources = {part: source_of(part) for part in parts}
    asked = {name for source in sources.values() for name in imported_names(source)}
    there = {name for part in BUNDLES["lesson.js"] for name in exported_names(source_of(part))}
    return f'import{{{",".join(sorted(asked & there))}}}from"{base}";\n' + join_js(sources)


def _style(kinds: tuple[str, ...]) -> str:
    """`lesson.css` and the styles of these kinds as one; '' when they have none of their own."""
    own = _own_styles(kinds)
    return join_css({"lesson.css": _lesson_style(), **own}) if own else ""


def _own_styles(kinds: Iterable[str]) -> dict[str, str]:
    sheets = [f"exercises/{kind}.css" for kind in kinds]
    return {sheet: source_of(sheet) for sheet in sheets if finders.find(sheet)}


def _lesson_style() -> str:
    """`lesson.css`, for who reads it at another address."""
    with staticfiles_storage.open(_stored("lesson.css")) as file:
        return _RELATIVE.sub(rf"url(\1{settings.STATIC_URL}", file.read().decode())


def style_in_page(kinds: Iterable[str]) -> str:
    """What stands in the page of a lesson with these kinds: first screens wait for no other file.

    It is as short as it gets: packing the page leaves it as it is (lms/compression.py), for its hash stands in the
    content policy (docs/decisions/0048-first-screens-in-one-file.md).
    """
    return join_css({"lesson.css": _lesson_style(), **_own_styles(sorted(set(kinds)))})


def _stored(name: str) -> str:
    return staticfiles_storage.url(name).removeprefix(settings.STATIC_URL)


@cache
def needed_files(part: str) -> tuple[str, ...]:
    """A script and all it needs beside `lesson.js`, each after what it needs itself."""
    needed = [name for name in imported_files(part) if name not in BUNDLES["lesson.js"]]
    return (*dict.fromkeys(inner for name in needed for inner in needed_files(name)), part)


def address_of(kinds: Iterable[str], ending: str) -> str:
    """Where a page gets the file of its kinds; '' when there is none."""
    names = sorted(set(kinds))
    found = exercise_file(names, ending) if names else None
    return reverse("exercise_file", args=[".".join(names), found.digest, ending]) if found else ""


@csp_exempt()  # a page has a content policy, a script has none
@require_GET
def serve(request: HttpRequest, kinds: str, digest: str, ending: str) -> HttpResponse:
    """The file of these kinds, kept for ever by who has it. One that changed since is not there any more."""
    names = kinds.split(".")
    if names != sorted(set(names)) or not set(names) <= {LATER, *KINDS} or not _DIGEST.fullmatch(digest):
        raise Http404
    found = exercise_file(names, ending) if ending in TYPES else None
    if found is None or found.digest != digest:
        raise Http404
    return found.answer(request, ending, FOR_EVER)
