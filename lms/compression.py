"""Lessons go over the line as small as they can: they are the same page for everybody, so packing well is done once.

Why: docs/decisions/0016-a-script-per-lesson.md.
"""

from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import has_vary_header, patch_vary_headers

PACKED = ("audio/", "image/avif", "image/webp", "image/jpeg", "image/png")
PAGES_KEPT = 256  # packed pages in one process: as many as learning.lesson_page keeps


class PackPages(GZipMiddleware):
    """Brotli for pages that are the same for everybody, where the browser takes it; else Django's gzip."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(PACKED):
            return response  # packed already, and asked for in parts
        if not is_for_everybody(response) or "br" not in request.headers.get("Accept-Encoding", ""):
            packed: HttpResponseBase = super().process_response(request, response)
            return packed
        assert isinstance(response, HttpResponse)
        if not has_vary_header(response, "Accept-Encoding"):
            patch_vary_headers(response, ["Accept-Encoding"])
        response.content = smallest(response.content)
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(response.content))
        if etag := response.get("ETag"):
            response.headers["ETag"] = etag if etag.startswith("W/") else f"W/{etag}"  # RFC 9110, section 8.8.3.3
        return response


def is_for_everybody(response: HttpResponseBase) -> bool:
    """True for a page that a browser may keep and ask for again: it holds nobody's name and no token."""
    told = response.get("Cache-Control", "")
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and "no-cache" in told
        and "no-store" not in told
        and not response.has_header("Content-Encoding")
    )


@lru_cache(maxsize=PAGES_KEPT)
def smallest(page: bytes) -> bytes:
    """A page without needless white space, as Brotli. About 0.05 s of work, once per page and process."""
    import minify  # here: it brings a runtime of its own (lms/bundles.py)

    minify.config({"html-keep-default-attr-vals": True, "html-keep-document-tags": True, "html-keep-end-tags": True})
    short: str = minify.string("text/html", page.decode())
    return brotli.compress(short.encode(), quality=11)
