"""'Logboek': the audit trail for administrators and privacy officers, as a page and as CSV."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from insight.sheets import as_csv
from lms.audit.forms import AskForm
from lms.audit.reading import HEAD, MOST_IN_FILE, Reader, page_of, reader_of
from people.models import User
from people.services import record_audit

LARGEST = 2**63


@require_GET
@login_required
@never_cache
def trail(request: HttpRequest) -> HttpResponseBase:
    """A page of lines, newest first."""
    reader = _reader(request)
    form = AskForm(request.GET, reader=reader)
    context = {"form": form, "reader": reader, "tab": "audit"}
    if not form.is_valid():
        return render(request, "lms/audit.html", context, status=400)
    page = page_of(reader, form.asked, before=_before(request))
    filters = {name: request.GET[name] for name in AskForm.base_fields if request.GET.get(name)}
    context |= {
        "page": page,
        "filters": urlencode(filters),
        "older": urlencode({**filters, "voor": page.older}) if page.older else "",
        "is_first": "voor" not in request.GET,
        "has_filters": bool(filters),
    }
    return render(request, "lms/audit.html", context)


@require_GET
@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponseBase:
    """The same lines for a spreadsheet, the newest MOST_IN_FILE of them; that is in the trail too."""
    reader = _reader(request)
    form = AskForm(request.GET, reader=reader)
    if not form.is_valid():
        raise Http404
    page = page_of(reader, form.asked, most=MOST_IN_FILE)
    own = reader.organisations[0] if len(reader.organisations) == 1 else None
    record_audit(actor=reader.user, action="export_audit", organisation=own, lines=len(page.lines))
    return as_csv([HEAD, *(line.row for line in page.lines)], "logboek")


def _reader(request: HttpRequest) -> Reader:
    """Who looks; for anybody else the page does not exist."""
    reader = reader_of(request.user if isinstance(request.user, User) else None)
    if reader is None:
        raise Http404
    return reader


def _before(request: HttpRequest) -> int | None:
    given = request.GET.get("voor", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 20 and int(given) < LARGEST):
        raise Http404
    return int(given)
