"""Sound for everybody: no session is read, no cookie set, nothing noted."""

import re

from django.core.files.storage import default_storage
from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotFound,
    HttpResponseNotModified,
    JsonResponse,
)
from django.views.decorators.http import require_safe

from media.ranges import part_of
from media.speech.encode import FORMS
from media.speech.models import Clip
from media.speech.queries import etag_of, manifest_of

_KEY = re.compile(r"[0-9a-f]{32}")
_TYPES = {form.ending: form.mime for form in FORMS}


@require_safe
def clip(request: HttpRequest, key: str, ending: str) -> HttpResponseBase:
    """One sentence. It never changes, so a phone may keep it; a part of it can be asked for (RFC 9110, section 14)."""
    if ending not in _TYPES or not _KEY.fullmatch(key):
        return HttpResponseNotFound(content_type="text/plain")
    try:
        with default_storage.open(Clip(key=key).file(ending)) as file:
            content = file.read()
    except OSError:  # not there, whatever the storage calls that
        return HttpResponseNotFound(content_type="text/plain")
    response = part_of(content, request.headers.get("Range", ""))
    if response.status_code != 416:
        response.headers["Content-Type"] = _TYPES[ending]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["ETag"] = f'"{key}.{ending}"'
    response.headers["Accept-Ranges"] = "bytes"
    return response


def manifest(request: HttpRequest, name: str) -> HttpResponseBase:
    """What can be said of a script, as JSON that is asked for again cheaply; empty as long as nothing was made."""
    etag = etag_of(name)
    asked = request.headers.get("If-None-Match", "")
    if etag in [tag.strip().removeprefix("W/") for tag in asked.split(",")]:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = JsonResponse(manifest_of(name), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
