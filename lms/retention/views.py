"""'Bewaren': the terms, another term after looking what goes, and clearing away what is past its term. Counts only."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lms.retention.forms import TermForm
from lms.retention.showing import (
    counted,
    fixed_terms,
    last_runs,
    number_of,
    organisations_for,
    row_of,
    rows_of,
)
from people.models import Organisation, RetentionRun, User
from people.origin import same_origin_required
from people.owner import signed_in
from people.purposes import Purpose
from people.registry import purpose_of
from people.services import TermRefused, set_retention_term, start_run
from people.services.retention import GRACE
from people.terms import count_with, keepers_organisations, may_set, step_with


@require_GET
@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponseBase:
    """To the terms of the site, or of the one organisation that somebody keeps; else first which one."""
    user = _keeper(request)
    if user.is_superuser:
        return redirect("retention:site")
    found = organisations_for(user)
    if len(found) == 1:
        return redirect("retention:organisation", found[0].pk)
    return render(request, "lms/retention_home.html", _context(user, None, organisations=found))


@same_origin_required
@login_required
@never_cache
def terms(request: HttpRequest, organisation_id: int | None = None) -> HttpResponseBase:
    """Every purpose with its term; and clearing away now, or only counting."""
    user, organisation = _whose(request, organisation_id)
    if request.method == "POST":
        asked = request.POST.get("wat", "")
        if asked not in ("tel", "ruim") or (asked == "ruim" and request.POST.get("ja") != "ja"):
            messages.info(request, "Zet eerst het vinkje. Er is niets weggehaald.")
            return redirect(request.path)
        return redirect("retention:run", start_run(organisation=organisation, actor=user, dry=asked == "tel").pk)
    now = timezone.now()
    rows = rows_of(organisation, now)
    context = _context(
        user, organisation, rows=[row for row in rows if row.may_change],
        others=[row for row in rows if not row.may_change], fixed=fixed_terms(), runs=last_runs(organisation),
        organisations=organisations_for(user),
    )  # fmt: skip
    return render(request, "lms/retention.html", context)


@same_origin_required
@login_required
@never_cache
def term(request: HttpRequest, purpose: str, organisation_id: int | None = None) -> HttpResponseBase:
    """Another term: first how much would go, then, for a shorter one, a tick."""
    user, organisation = _whose(request, organisation_id)
    found = _purpose(purpose, organisation)
    row = row_of(found, organisation, timezone.now())
    form = TermForm(request.POST if request.method == "POST" else None, purpose=found, initial={"dagen": row.days})
    context = _context(user, organisation, row=row, form=form, grace=GRACE.days)
    if request.method != "POST":
        return render(request, "lms/retention_term.html", context)
    if not form.is_valid():
        return render(request, "lms/retention_term.html", context, status=422)
    days, problem = form.cleaned_data["dagen"], ""
    if request.POST.get("wat") == "bewaar":
        try:
            set_retention_term(
                purpose=found, organisation=organisation, days=days, actor=user,
                confirmed=request.POST.get("ja") == "ja",
            )  # fmt: skip
            messages.success(request, "De termijn is bewaard.")
            return redirect(_page(organisation), *([organisation.pk] if organisation else []))
        except TermRefused as error:
            problem = str(error)
    context |= _looked(found, organisation, days, row.days) | {"problem": problem}
    return render(request, "lms/retention_term.html", context, status=422 if problem else 200)


def _looked(purpose: Purpose, organisation: Organisation | None, days: int, holds: int | None) -> dict[str, Any]:
    """How much goes with this term; nothing is changed."""
    now = timezone.now()
    number = count_with(step_with(purpose, organisation, days, now), organisation, now)
    return {
        "looked": True, "days": days, "number": number, "told": number_of(purpose, number),
        "shorter": holds is None or days < holds, "begins": timezone.localtime(now + GRACE),
    }  # fmt: skip


@require_GET
@login_required
@never_cache
def run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponseBase:
    """How far a run is, for who may set the same terms."""
    user = _keeper(request)
    found = get_object_or_404(RetentionRun.objects.select_related("organisation"), pk=run_id)
    if not may_set(user, found.organisation):
        raise Http404
    context = _context(user, found.organisation, run=found, counted=counted(found))
    return render(request, "lms/retention_run.html", context)


def _keeper(request: HttpRequest) -> User:
    """Who looks; for anybody else the page does not exist."""
    user = signed_in(request)
    if user is None or not (may_set(user, None) or keepers_organisations(user).exists()):
        raise Http404
    return user


def _whose(request: HttpRequest, organisation_id: int | None) -> tuple[User, Organisation | None]:
    """Who looks, and at which organisation's terms; None is the site."""
    user = _keeper(request)
    organisation = None if organisation_id is None else Organisation.objects.filter(pk=organisation_id).first()
    if (organisation_id is not None and organisation is None) or not may_set(user, organisation):
        raise Http404
    return user, organisation


def _purpose(key: str, organisation: Organisation | None) -> Purpose:
    try:
        found = purpose_of(key)
    except KeyError:
        raise Http404 from None
    if organisation is not None and not found.per_organisation:
        raise Http404
    return found


def _page(organisation: Organisation | None) -> str:
    return "retention:organisation" if organisation else "retention:site"


def _context(user: User, organisation: Organisation | None, **more: Any) -> dict[str, Any]:
    return {"keeper": user, "organisation": organisation, "tab": "retention", **more}
