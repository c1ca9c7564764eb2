"""The libraries, for administrators: what was asked for, what is in it, and approving or refusing it."""

from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.log_actions import log

from media.h5p.core.names import extension_of
from media.h5p.files import read_file
from media.h5p.importing import go_on_after_approval, refuse
from media.h5p.models import H5PLibrary
from media.h5p.queries import library_rows
from media.h5p.registry import NotApproved, approve_library, changes_since_approved
from media.h5p.rights import APPROVE

administrators_only = permission_required(APPROVE)
READABLE = {"js", "css", "json", "txt", "svg", "vtt"}


@require_GET
@never_cache
@administrators_only
def libraries(request: HttpRequest) -> HttpResponseBase:
    rows = library_rows()
    context = {
        "asked": [row for row in rows if not row.library.is_approved],
        "approved": [row for row in rows if row.library.is_approved],
    }
    return render(request, "media/admin/h5p/libraries.html", context)


@require_GET
@never_cache
@administrators_only
def library_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a library contains, and beside an approved one what is new in it."""
    library = get_object_or_404(H5PLibrary.objects.select_related("requested_by", "approved_by"), pk=pk)
    files = [(path, size, extension_of(path) in READABLE) for path, size in sorted(library.files.items())]
    context = {"library": library, "files": files, "changes": changes_since_approved(library)}
    return render(request, "media/admin/h5p/library.html", context)


@require_GET
@administrators_only
def library_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file of a library to read: as plain text, whatever it is."""
    library, path = get_object_or_404(H5PLibrary, pk=pk), request.GET.get("pad", "")
    if path not in library.files or extension_of(path) not in READABLE:
        raise Http404
    try:
        text = read_file(library.prefix, path).decode("utf-8", "replace")
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
@administrators_only
def approve(request: HttpRequest) -> HttpResponseBase:
    """The libraries that were ticked may be used from now on; what waited for them goes on."""
    now, count = timezone.now(), 0
    for library in _ticked(request):
        try:
            approve_library(library=library, by=request.user, now=now)
        except NotApproved as error:
            messages.error(request, str(error))
            continue
        log(instance=library, action="media.approve_library", user=request.user)
        count += 1
    if count:
        going = go_on_after_approval(now=now)
        messages.success(request, f"{count} goedgekeurd.{' Wat erop wachtte, gaat verder.' if going else ''}")
    return redirect("h5p_libraries")


@require_POST
@administrators_only
def refuse_ticked(request: HttpRequest) -> HttpResponseBase:
    """The libraries that were ticked go, and the imports that waited for them end."""
    for library in _ticked(request):
        log(instance=library, action="media.refuse_library", user=request.user)
        refuse(library=library, now=timezone.now())
        messages.success(request, f"{library} is afgewezen.")
    return redirect("h5p_libraries")


def _ticked(request: HttpRequest) -> list[H5PLibrary]:
    """By number; only those that were asked for."""
    numbers = [number for number in request.POST.getlist("library")[:500] if number.isdecimal() and len(number) < 18]
    return list(H5PLibrary.objects.requested().filter(pk__in=numbers))
