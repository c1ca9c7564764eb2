"""The player and what it plays, for a frame without an origin: no session is read, no cookie set, nothing noted.

Every answer says by itself that it is to be held apart (`sandbox`), whoever opens it and wherever.
"""

import mimetypes
from urllib.parse import urljoin

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from media.h5p.core.libraries import LibraryName
from media.h5p.core.names import extension_of
from media.h5p.files import read_file
from media.h5p.models import H5PVersion
from media.h5p.tickets import version_of
from media.ranges import part_of

FILES_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
KEPT = "private, max-age=43200"
_TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "gltf": "model/gltf+json",
    "glb": "model/gltf-binary",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "vtt": "text/vtt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
}


@require_safe
def player(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The page in the frame. It begins when the page around it says so."""
    version = _version(ticket)
    if version is None:
        return _nothing()
    context = {"version": version, "language": version.language if version.language != "und" else "nl"}
    response = render(request, "media/h5p/player.html", context)
    response.headers["Content-Security-Policy"] = player_policy(request, ticket)
    response.headers["Cache-Control"] = "private, no-store"
    return _apart(response)


def player_policy(request: HttpRequest, ticket: str) -> str:
    """What the frame may load: the player, this package, and nothing else of this site or another."""
    here = request.build_absolute_uri(f"/h5p/{ticket}/")
    ours = request.build_absolute_uri(urljoin(static("h5p/core.js"), "."))
    return "; ".join(
        (
            "sandbox allow-scripts",
            "default-src 'none'",
            f"script-src {here} {ours}",
            f"style-src {here} {ours} 'unsafe-inline'",
            f"img-src {here} {ours} data: blob:",
            f"media-src {here} data: blob:",
            f"font-src {here} {ours} data:",
            f"connect-src {here}",
            f"base-uri {here}",  # some content names its own page as its base
            "form-action 'none'",
            "frame-ancestors 'self'",
        )
    )


@require_http_methods(["GET", "HEAD", "OPTIONS"])
def file(request: HttpRequest, ticket: str, path: str) -> HttpResponseBase:
    """A file of the package, or of a library that plays it; a part of it can be asked for (RFC 9110, section 14).

    Some content asks with a header of its own; a browser then first asks whether that may (Fetch, CORS preflight).
    """
    if request.method == "OPTIONS":
        return _may_be_asked()
    version = _version(ticket)
    place = _place(version, path) if version else None
    if place is None:
        return _nothing()
    try:
        content = read_file(*place)
    except OSError:  # not there, whatever the storage calls that
        return _nothing()
    response = part_of(content, request.headers.get("Range", ""))
    if response.status_code != 416:
        response.headers["Content-Type"] = type_of(path)
        response.headers["Cache-Control"] = KEPT
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Content-Security-Policy"] = FILES_POLICY
    return _apart(response)


def type_of(path: str) -> str:
    """The content type that goes with an extension; never one that a browser would run as a page."""
    extension = extension_of(path)
    if extension in _TYPES:
        return _TYPES[extension]
    guessed = mimetypes.types_map.get(f".{extension}", "")
    return guessed if guessed.startswith(("image/", "audio/", "video/", "font/")) else "application/octet-stream"


def _version(ticket: str) -> H5PVersion | None:
    key = version_of(ticket, timezone.now())
    return H5PVersion.objects.filter(key=key).first() if key else None


def _place(version: H5PVersion, path: str) -> tuple[str, str] | None:
    """The prefix and name of a file of this version, or of an approved library of it.

    Only what rows name is ever read, whatever the path says.
    """
    if path in version.files:
        return version.prefix, path
    folder, _, rest = path.partition("/")
    name = LibraryName.of_folder(folder)
    library = version.libraries.approved().named(name).first() if name else None
    return (library.prefix, rest) if library and rest in library.files else None


def _apart(response: HttpResponse) -> HttpResponse:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # the frame has no origin
    return response


def _may_be_asked() -> HttpResponse:
    """Yes, whatever it is: nothing is known of who asks, and nothing can be written."""
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "*"
    response.headers["Access-Control-Max-Age"] = "600"
    response.headers["Content-Security-Policy"] = FILES_POLICY
    return _apart(response)


def _nothing() -> HttpResponse:
    """The same for what is not there, not approved and not open any more."""
    response = HttpResponseNotFound(content_type="text/plain")
    response.headers["Content-Security-Policy"] = FILES_POLICY
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "private, no-store"
    return _apart(response)
