"""The pages and files of the article 4 dossier."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from leadership.dossier.content import canonical, content_of, digest_of
from leadership.dossier.document import document_of
from leadership.dossier.files import FILES, signature_of, versions_of
from leadership.dossier.forms import AboutForm, EvaluationForm, GoalForm
from leadership.dossier.services import (
    DossierRefused,
    record_version,
    remove_part,
    save_about,
    save_evaluation,
    save_goal,
)
from leadership.models import Dossier, DossierVersion, Evaluation, RoleGoal
from leadership.register.queries import said_facts, systems_of
from leadership.register.whose import Desk, keeps
from people.origin import same_origin_required


@require_GET
@login_required
@never_cache
def dossier(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """The dossier as it is now, with what was recorded of it."""
    desk = keeps(request, organisation_id)
    content = content_of(desk.organisation)
    versions = list(versions_of(desk.organisation))
    context = {
        "desk": desk,
        "said": document_of(content, timezone.localdate()),
        "versions": versions,
        "files": len(FILES),
        "last": versions[0] if versions else None,
        "is_recorded": bool(versions) and versions[0].digest == digest_of(canonical(content)),
        "goals": RoleGoal.objects.filter(organisation=desk.organisation).prefetch_related("systems"),
        "evaluations": Evaluation.objects.filter(organisation=desk.organisation),
        "law": said_facts(["F1", "F1b"]),
        "new_id": uuid.uuid4(),
    }
    return render(request, "leadership/dossier.html", context)


@same_origin_required
@login_required
@never_cache
def about(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """What holds for the dossier as a whole."""
    desk = keeps(request, organisation_id)
    found = Dossier.objects.filter(organisation=desk.organisation).first()
    form = AboutForm(request.POST or None, initial=_values(found, AboutForm))

    def save(values: dict[str, Any]) -> str:
        save_about(organisation=desk.organisation, values=values, actor=desk.user)
        return "Bewaard."

    return _kept(request, desk, form, None, "Over het dossier", save)


def _values(found: Any, form: type[forms.Form]) -> dict[str, Any]:
    return {name: getattr(found, name) for name in form.base_fields} if found else {}


@same_origin_required
@login_required
@never_cache
def goal(request: HttpRequest, organisation_id: int, goal_id: uuid.UUID) -> HttpResponseBase:
    """A goal for one role. An id that is not there yet is a new one."""
    desk = keeps(request, organisation_id)
    found = _own(RoleGoal, desk, goal_id)
    initial = {"kind": "route", "since": timezone.localdate()}
    if found:
        initial = {**_values(found, GoalForm), "systems": found.systems.all()}
    form = GoalForm(request.POST or None, initial=initial, systems=systems_of(desk.organisation))

    def save(values: dict[str, Any]) -> str:
        kept = save_goal(organisation=desk.organisation, goal_id=goal_id, values=values, actor=desk.user)
        return f"Het doel voor ‘{kept.role}’ is bewaard."

    return _kept(request, desk, form, found, "Een doel voor een rol", save)


@same_origin_required
@login_required
@never_cache
def evaluation(request: HttpRequest, organisation_id: int, evaluation_id: uuid.UUID) -> HttpResponseBase:
    """A look back. An id that is not there yet is a new one."""
    desk = keeps(request, organisation_id)
    found = _own(Evaluation, desk, evaluation_id)
    initial = _values(found, EvaluationForm) or {"on": timezone.localdate()}
    form = EvaluationForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        save_evaluation(
            organisation=desk.organisation, evaluation_id=evaluation_id, values=values, actor=desk.user
        )  # fmt: skip
        return "De terugblik is bewaard."

    return _kept(request, desk, form, found, "Een terugblik", save)


def _own(model: Any, desk: Desk, key: uuid.UUID) -> Any:
    """The part with this id, or None for a new one. Raises Http404 for one of another organisation."""
    if model.objects.filter(pk=key).exists():
        return get_object_or_404(model, pk=key, organisation=desk.organisation)
    return None


def _kept(
    request: HttpRequest, desk: Desk, form: forms.Form, found: Any, title: str, save: Callable[[dict[str, Any]], str]
) -> HttpResponseBase:
    """Keep what was sent, or take it away; else the form, with what is wrong in it."""
    if request.method != "POST":
        return _part(request, desk, form, title, found)
    if request.POST.get("do") == "weg" and found:
        remove_part(part=found, actor=desk.user)
        messages.success(request, "Dit is uit het dossier. Wat je eerder vastlegde, blijft.")
        return redirect("register:dossier", desk.organisation.pk)
    form.is_bound, form.data = True, request.POST  # also when nothing at all was sent
    if form.is_valid():
        try:
            messages.success(request, save(form.cleaned_data))
            return redirect("register:dossier", desk.organisation.pk)
        except DossierRefused as error:
            form.add_error(None, str(error))
    return _part(request, desk, form, title, found)


def _part(request: HttpRequest, desk: Desk, form: forms.Form, title: str, found: Any) -> HttpResponseBase:
    context = {"desk": desk, "form": form, "title": title, "found": found}
    return render(request, "leadership/dossier_part.html", context, status=422 if form.errors else 200)


@same_origin_required
@require_POST
@login_required
def record(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """Record the dossier as it is now."""
    desk = keeps(request, organisation_id)
    version, is_new = record_version(organisation=desk.organisation, actor=desk.user)
    told = "is vastgelegd" if is_new else "stond al vast; er veranderde niets"
    messages.success(request, f"Versie {version.number} {told}.")
    return redirect("register:dossier", desk.organisation.pk)


@require_GET
@login_required
@never_cache
def file(request: HttpRequest, organisation_id: int, number: int, ending: str) -> HttpResponseBase:
    """A recorded version as PDF, CSV or JSON."""
    return _file(request, organisation_id, number, ending, signature=False)


@require_GET
@login_required
@never_cache
def signature(request: HttpRequest, organisation_id: int, number: int, ending: str) -> HttpResponseBase:
    """The signature beside that file."""
    return _file(request, organisation_id, number, ending, signature=True)


def _file(request: HttpRequest, organisation_id: int, number: int, ending: str, *, signature: bool) -> HttpResponseBase:
    desk = keeps(request, organisation_id)
    version = get_object_or_404(DossierVersion, organisation=desk.organisation, number=number)
    made = version.files.filter(ending=ending).first()
    if made is None:
        messages.info(request, "Dit bestand is nog niet klaar. Kijk zo nog eens.")
        return redirect("register:dossier", desk.organisation.pk)
    content = bytes(made.content)
    reply = HttpResponse(
        signature_of(content) if signature else content,
        content_type="application/jose" if signature else FILES[ending].content_type,
    )
    name = f"ai-dossier-{number}.{ending}" + (".jws" if signature else "")
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
