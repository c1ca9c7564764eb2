"""The record store in the admin, for administrators of the whole site. Every look leaves a line in the audit trail."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from integrations.models import StatementExport
from integrations.statements import exports
from integrations.statements.forms import LookForm, for_audit, parameters_of
from integrations.statements.queries import SHOWN, person_called, rows_of, whole
from people.models import User
from people.services import record_audit
from xapi.consistency import consistent_through
from xapi.core.errors import Invalid
from xapi.core.parameters import number
from xapi.looking import Look, find
from xapi.models import seq_at
from xapi.search import Page

FOLDER = "integrations/admin/statements"


def may_look(user: Any) -> bool:
    return bool(user.is_active and user.is_superuser)


administrators_only = user_passes_test(may_look)


@require_GET
@never_cache
@administrators_only
def index(request: HttpRequest) -> HttpResponseBase:
    """A page of statements that fit, newest first; later pages go on from a place in the order, not by number."""
    form = LookForm(parameters_of(request.GET))
    cursor = _place(request, "cursor")
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return render(request, f"{FOLDER}/index.html", context, status=400)
    look, through = form.look, consistent_through()
    page = _seen(request, look, find(look, through=through, cursor=cursor, most=SHOWN), form.person_name)
    filters = urlencode(form.as_parameters)
    context |= {
        "rows": rows_of(page),
        "filters": filters,
        "hidden": form.as_parameters,
        "older": urlencode({**form.as_parameters, "cursor": page.cursor}) if page.cursor else "",
        "is_first": cursor is None,
        "after": str(_end_of(through)),
    }
    return render(request, f"{FOLDER}/index.html", context)


@require_GET
@never_cache
@administrators_only
def newer(request: HttpRequest) -> HttpResponseBase:
    """What was stored since, as rows; X-After says where to ask from next. Only a look that shows something counts."""
    form, after = LookForm(parameters_of(request.GET)), _place(request, "after")
    if after is None or not form.is_valid():
        raise Http404
    look, through = form.look, consistent_through()
    page = find(look, through=through, cursor=after, ascending=True, most=SHOWN)
    if page.texts:
        _seen(request, look, page, form.person_name)
    newest_first = replace(page, texts=page.texts[::-1], seqs=page.seqs[::-1])
    answer = render(request, f"{FOLDER}/rows.html", {"rows": rows_of(newest_first)})
    answer.headers["X-After"] = str(page.cursor or max(after, _end_of(through)))
    return answer


@require_GET
@never_cache
@administrators_only
def statement(request: HttpRequest, statement_id: uuid.UUID) -> HttpResponseBase:
    """All that one statement says, and where to go from there."""
    found = whole(statement_id)
    if found is None:
        raise Http404
    record_audit(
        actor=_actor(request),
        action="look_at_statement",
        # Another store may know the id, so in the trail it would still say whose line it was when they are erased.
        subject="" if found.person else f"statement {statement_id}",
        person=found.person,
        looked=True,
    )
    return render(request, f"{FOLDER}/statement.html", {"found": found})


@require_POST
@administrators_only
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask for a file with all that fits."""
    form = LookForm(parameters_of(request.POST))
    if not form.is_valid():
        return render(request, f"{FOLDER}/index.html", {"form": form}, status=400)
    try:
        row = exports.begin_export(form=form, by=_actor(request))
    except exports.TooMany:
        messages.error(request, "Er wordt al aan drie bestanden van jou gewerkt. Wacht tot er een klaar is.")
        return redirect("statement_exports")
    return redirect("statement_export", row.key)


@require_GET
@never_cache
@administrators_only
def export_list(request: HttpRequest) -> HttpResponseBase:
    """One's own files."""
    rows = StatementExport.objects.filter(asked_by=_actor(request))[:100]
    return render(request, f"{FOLDER}/exports.html", {"rows": rows})


@require_GET
@never_cache
@administrators_only
def export_page(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    return render(request, f"{FOLDER}/export.html", _told(request, key))


@require_GET
@never_cache
@administrators_only
def export_state(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The same as a piece of a page, asked again until it is over."""
    return render(request, f"{FOLDER}/export_state.html", _told(request, key))


@require_GET
@never_cache
@administrators_only
def download(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The file, for who asked for it and nobody else."""
    row = _own(request, key)
    if row.state != StatementExport.State.DONE:
        raise Http404
    record_audit(actor=_actor(request), action="download_statements", subject=f"export {key}", count=row.count)
    answer = StreamingHttpResponse(exports.contents(row), content_type="application/gzip")
    answer.headers["Content-Length"] = str(row.bytes)
    answer.headers["Content-Disposition"] = f'attachment; filename="statements-{row.created_at:%Y%m%d-%H%M}.jsonl.gz"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@administrators_only
def retry(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    exports.retry_export(row=_own(request, key), by=_actor(request))
    return redirect("statement_export", key)


@require_POST
@administrators_only
def remove(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Stop an export, or take its file away before its time."""
    exports.remove_export(row=_own(request, key), by=_actor(request))
    messages.success(request, "Het bestand is weg.")
    return redirect("statement_exports")


def _seen(request: HttpRequest, look: Look, page: Page, name: uuid.UUID | None) -> Page:
    """Told to who was looked for by name; a look at everything is at nobody."""
    record_audit(
        actor=_actor(request),
        action="look_at_statements",
        person=person_called(name),
        looked=name is not None,
        count=len(page.texts),
        **for_audit(look),
    )
    return page


def _own(request: HttpRequest, key: uuid.UUID) -> StatementExport:
    return get_object_or_404(StatementExport, pk=key, asked_by=_actor(request))


def _told(request: HttpRequest, key: uuid.UUID) -> dict[str, Any]:
    row = _own(request, key)
    waited = (timezone.now() - row.changed_at).total_seconds() > 60 and not row.is_over
    return {"row": row, "state": StatementExport.State, "waits_long": waited, "filters": _filters(row.filters.items())}


def _filters(asked: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was asked, in the words of the form."""
    return [(str(LookForm.base_fields[name].label), value) for name, value in asked if name in LookForm.base_fields]


def _place(request: HttpRequest, name: str) -> int | None:
    """A place in the order of the store; what is no such place is no page."""
    try:
        return number(request.GET.dict(), name)
    except Invalid as error:
        raise Http404 from error


def _end_of(through: datetime) -> int:
    """The last place in the order up to which everything can be seen."""
    return max(seq_at(through + timedelta(microseconds=1)) - 1, 0)


def _actor(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
