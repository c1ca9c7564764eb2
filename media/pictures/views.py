"""Uploaded pictures, as the browser asks for them under MEDIA_URL; the same for everybody."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from media.pictures.credits import Group, fixed_credits, photo_credits
from media.pictures.models import FOLDER

SHOWN = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png"}
YEAR = 365 * 24 * 3600


@require_safe
def picture_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of the folder of pictures, and of no other: documents and half-finished uploads are not given out.

    A name never means another picture, so that it is asked for once. What is no picture is offered as a download.
    """
    name = PurePosixPath(FOLDER, path)
    if ".." in name.parts or "\\" in path or "\x00" in path:
        raise Http404
    try:
        file = default_storage.open(str(name), "rb")
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    kind = SHOWN.get(name.suffix.lower())
    answer = FileResponse(
        file, as_attachment=kind is None, filename=name.name, content_type=kind or "application/octet-stream"
    )
    answer["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_safe
def credits_page(request: HttpRequest) -> HttpResponseBase:
    """Beeld en makers: the photos that lessons show, then what comes with Kortwijs."""
    photos = photo_credits()
    groups = [Group("Foto’s", "photo", tuple(photos)), *fixed_credits()] if photos else fixed_credits()
    return render(request, "media/credits.html", {"groups": groups})
