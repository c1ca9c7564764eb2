"""The annexes of a dossier, apart from it: what learners showed themselves, and what an agreement lets be seen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from insight.sheets import as_csv
from leadership.dossier.services import DossierRefused, drop_proof, keep_proof
from leadership.models import SharedProof
from leadership.register.whose import Desk, keeps
from learning.badges.queries import credential_id_in, seen_credential
from learning.badges.signing import address_of
from people.models import Cohort
from people.origin import same_origin_required
from people.queries import agreement_of, cohorts_led_by
from people.services import record_audit

NO_PROOF = "Op dit adres is niets te zien. Vraag wie het bewijs heeft om ‘Laat zien’ te kiezen, en kijk het adres na."


def _proofs(desk: Desk) -> list[SharedProof]:
    """Those that are still shown, and hold: what a learner took back is not here."""
    found = SharedProof.objects.filter(organisation=desk.organisation, credential__is_shown=True)
    return list(found.filter(credential__slot__revoked_on=None).select_related("credential"))


@same_origin_required
@login_required
@never_cache
def annexes(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """The annexes, and adding a proof by the address that its learner gave."""
    desk = keeps(request, organisation_id)
    agreement = agreement_of(desk.organisation)
    teams = cohorts_led_by(desk.user).filter(organisation=desk.organisation, kind=Cohort.Kind.TEAM)
    context: dict[str, Any] = {
        "desk": desk,
        "agreement": agreement,
        "teams": list(teams.filter(assignments__is_main=True)) if agreement else [],
    }
    if request.method == "POST":
        typed = request.POST.get("adres", "")[:300]
        try:
            _keep(desk, typed)
        except DossierRefused as error:
            context |= {"problem": str(error), "typed": typed}
        else:
            messages.success(request, "Het bewijs staat in de bijlage.")
            return redirect("register:annexes", desk.organisation.pk)
    context["proofs"] = [(one, address_of(one.credential)) for one in _proofs(desk)]
    return render(request, "leadership/annexes.html", context, status=422 if "problem" in context else 200)


def _keep(desk: Desk, typed: str) -> None:
    number = credential_id_in(typed)
    credential = seen_credential(number, None) if number else None
    if credential is None:
        raise DossierRefused(NO_PROOF)
    keep_proof(organisation=desk.organisation, credential=credential, actor=desk.user)


@same_origin_required
@require_POST
@login_required
def drop(request: HttpRequest, organisation_id: int, proof_id: int) -> HttpResponseBase:
    """Take a proof out of the annex."""
    desk = keeps(request, organisation_id)
    drop_proof(proof=get_object_or_404(SharedProof, organisation=desk.organisation, pk=proof_id), actor=desk.user)
    messages.success(request, "Het bewijs is uit de bijlage.")
    return redirect("register:annexes", desk.organisation.pk)


@require_GET
@login_required
@never_cache
def export(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """The proofs that are shown now, as CSV."""
    desk = keeps(request, organisation_id)
    record_audit(actor=desk.user, action="export_proofs", about=desk.organisation)
    rows = [["naam, zoals wie het bewijs heeft die intypte", "route", "datum", "versie", "adres"]]
    for proof in _proofs(desk):
        one = proof.credential
        day = date_format(one.made_on, "d-m-Y")
        rows.append([one.shown_name, one.title, day, one.content_version, address_of(one)])
    return as_csv(rows, "bijlage-bewijzen")
