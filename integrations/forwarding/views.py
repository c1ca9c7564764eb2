"""Screens of an administrator about the record stores that we send on to."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from integrations.forwarding import services
from integrations.forwarding.forms import ChangeTargetForm, NewTargetForm
from people.models import Organisation, User
from xapi.forwarding.models import ForwardTarget
from xapi.forwarding.queries import refused_by, standings
from xapi.forwarding.recalls import open_recalls

PERMISSION = "xapi.add_forwardtarget"
administrators_only = permission_required(PERMISSION)
MOST_SHOWN = 200
FIELDS = ("address", "version", "verbs", "activities", "of_clients", "agreement", "agreed_on", "ends_on")


@require_GET
@never_cache
@administrators_only
def show_all(request: HttpRequest) -> HttpResponseBase:
    names = dict(Organisation.objects.values_list("pk", "name"))
    rows = [(one, names.get(one.target.organisation or 0, "")) for one in standings()]
    return render(request, "integrations/admin/forward_targets.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def add(request: HttpRequest) -> HttpResponseBase:
    form = NewTargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = dict(form.cleaned_data)
        organisation = given.pop("organisation")
        target = services.add_target(
            **given, organisation=organisation.pk if organisation else None, actor=_actor(request)
        )
        messages.success(request, f"‘{target}’ krijgt wat er vanaf nu bij komt.")
        return redirect("forward_targets")
    return render(request, "integrations/admin/forward_form.html", {"form": form, "title": "Nieuw systeem"})


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    target = _target(pk)
    now = {name: getattr(target, name) for name in FIELDS}
    form = ChangeTargetForm(request.POST or None, initial=now, kind=target.kind)
    if request.method == "POST" and form.is_valid():
        services.change_target(target=target, **form.cleaned_data, actor=_actor(request))
        messages.success(request, f"‘{target}’ is bewaard. We proberen het meteen weer.")
        return redirect("forward_target", pk)
    return render(request, "integrations/admin/forward_form.html", {"form": form, "title": str(target)})


@require_GET
@never_cache
@administrators_only
def show_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    [standing] = standings(_any_target(pk).pk)
    target = standing.target
    context = {
        "standing": standing,
        "target": target,
        "refused": refused_by(target),
        "recalls": open_recalls(target)[:MOST_SHOWN],
    }
    return render(request, "integrations/admin/forward_target.html", context)


@require_GET
@never_cache
@administrators_only
def show_recalls(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the operator of the other store must delete, as a file to send."""
    told = [
        {"asked": one.asked_at.isoformat(), "names": one.names.split(), "statements": one.statements.split()}
        for one in open_recalls(_any_target(pk))
    ]
    headers = {"Content-Disposition": 'attachment; filename="terugvragen.json"'}
    return JsonResponse(told, safe=False, headers=headers)


@require_POST
@never_cache
@administrators_only
def act(request: HttpRequest, pk: int, what: str) -> HttpResponseBase:
    """Pause, go on, send the dead letters once more, or end."""
    target, actor = _any_target(pk) if what == "weg" else _target(pk), _actor(request)
    if what == "opnieuw":
        count = services.retry_refused(actor=actor, target=target)
        messages.success(request, f"We sturen {count} keer iets opnieuw.")
    elif what == "stop":
        services.end_target(actor=actor, target=target)
        messages.success(request, f"Er gaat niets meer naar ‘{target}’.")
        return redirect("forward_targets")
    elif what == "weg":
        keys = [int(key) for key in request.POST.getlist("recall") if key.isascii() and key.isdigit() and len(key) < 19]
        count = services.end_recalls(actor=actor, target=target, keys=keys)
        messages.success(request, f"Bewaard: {count} keer is er daar niets meer.")
        return redirect("forward_targets")
    elif what in ("pauze", "verder"):
        services.pause_target(actor=actor, target=target, paused=what == "pauze")
        messages.success(request, "Dat is bewaard.")
    else:
        raise Http404
    return redirect("forward_target", pk)


def _any_target(pk: int) -> ForwardTarget:
    """One in force, or one that ended and still has something of who was erased."""
    target = get_object_or_404(ForwardTarget, pk=pk)
    if target.ended_at is not None and not open_recalls(target).exists():
        raise Http404
    return target


def _target(pk: int) -> ForwardTarget:
    return get_object_or_404(ForwardTarget, pk=pk, ended_at=None)


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
