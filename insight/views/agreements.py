"""What an employer agreed on with its works council: HR records it here, and then it opens what it opens."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.models import Agreement, User
from people.origin import same_origin_required
from people.owner import signed_in
from people.queries import organisations_of_hr
from people.services import AgreementRefused, end_agreement, record_agreement


def _hr(request: HttpRequest) -> User:
    user = signed_in(request)
    if user is None or not organisations_of_hr(user).exists():
        raise Http404
    return user


@same_origin_required
@login_required
@never_cache
def agreements(request: HttpRequest) -> HttpResponseBase:
    """What is agreed on, and recording it."""
    user = _hr(request)
    context: dict[str, Any] = {
        "organisations": list(organisations_of_hr(user)),
        "agreements": Agreement.objects.filter(organisation__in=organisations_of_hr(user))
        .select_related("organisation")
        .order_by("-agreed_on", "-pk"),
        "today": timezone.localdate(),
    }
    if request.method != "POST":
        return render(request, "insight/agreements.html", context)
    try:
        made = _record(request, user)
    except AgreementRefused as error:
        typed = {name: request.POST.get(name, "")[:200] for name in ("met", "document", "op", "tot")}
        return render(request, "insight/agreements.html", context | {"problem": error, "typed": typed}, status=422)
    messages.success(request, f"De afspraak met {made.agreed_with} is bewaard. Iedereen in de teams krijgt bericht.")
    return redirect("insight:agreements")


def _record(request: HttpRequest, user: User) -> Agreement:
    mine = list(organisations_of_hr(user))
    wanted = request.POST.get("organisatie", "")
    chosen = [one for one in mine if str(one.pk) == wanted or len(mine) == 1]
    if not chosen:
        raise AgreementRefused("Kies eerst waar dit is.")
    agreed_on, ends_on = _day(request, "op"), _day(request, "tot")
    if agreed_on is None:
        raise AgreementRefused("Kies de dag waarop het is afgesproken.")
    return record_agreement(
        organisation=chosen[0],
        agreed_with=" ".join(request.POST.get("met", "").split())[:120],
        document=" ".join(request.POST.get("document", "").split())[:160],
        agreed_on=agreed_on,
        ends_on=ends_on,
        actor=user,
    )


def _day(request: HttpRequest, name: str) -> date | None:
    typed = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise AgreementRefused("Deze datum kennen we niet. Kies een dag.") from error


@same_origin_required
@require_POST
@login_required
def end(request: HttpRequest, agreement_id: int) -> HttpResponseBase:
    """It ends now; nothing is shown per person any more."""
    user = _hr(request)
    mine = Agreement.objects.filter(organisation__in=organisations_of_hr(user))
    end_agreement(agreement=get_object_or_404(mine, pk=agreement_id), actor=user)
    messages.success(request, "De afspraak is gestopt. Vanaf nu staat er niets meer per persoon.")
    return redirect("insight:agreements")
