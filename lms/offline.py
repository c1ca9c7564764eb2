"""What a phone needs to open Kortwijs without signal: the worker, the app's manifest and the page that says so.

How it works: docs/explanation/offline.md. Why: docs/decisions/0046-kept-on-the-phone.md.
"""

from functools import cache

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from lms.bundles import join_js, source_of
from lms.exercise_files import PackedFile

WORKER = ("lms/offline/pages.js", "lms/offline/worker.js")
AN_HOUR = "max-age=3600"  # how old a worker may be; a browser asks for it once a day at least
ICONS = ((192, "any"), (512, "any"), (512, "maskable"))
PAPER, ACTION = "#ffffff", "#0b5360"  # lms/static/lms/tokens.css


@cache
def worker_file() -> PackedFile:
    """The script of the service worker, as one file."""
    return PackedFile.of(join_js({part: source_of(part) for part in WORKER}))


@csp_replace({"default-src": ["'none'"], "connect-src": ["'self'"]})
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it looks after the whole site and may ask nothing of another host."""
    response = worker_file().answer(request, "js", AN_HOUR)
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How Kortwijs stands among the apps of a phone. Source: W3C Web Application Manifest."""
    icons = [
        {
            "src": static(f"lms/icons/{purpose}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ICONS
    ]
    told = {
        "id": "/",
        "name": "Kortwijs",
        "short_name": "Kortwijs",
        "description": "Korte lessen over veilig werken met AI.",
        "lang": "nl",
        "start_url": "/mijn/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACTION,
        "icons": icons,
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response.headers["Cache-Control"] = AN_HOUR
    return response


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """What the worker shows in the place of a page that does not come. The same for everybody."""
    response = render(request, "lms/offline.html")
    patch_cache_control(response, private=True, no_cache=True)
    return response
