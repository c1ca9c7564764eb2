"""How a class comes in: the list of names that its teacher opens, pictures, and printed cards.

A team at an employer has the opening and nothing else: no names, no cards and no new pictures, with which a lead could
come in as someone else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from insight.cards import card_address, cards_pdf
from people.desk import whose_class, whose_door
from people.models import Cohort, CohortMember
from people.origin import same_origin_required
from people.qr import qr_svg
from people.queries import sign_in_places, sign_in_rests_until
from people.services import (
    SignInRests,
    close_sign_in,
    ensure_cards,
    note_group_look,
    open_sign_in,
    renew_card,
    reset_pictures,
)

MINUTES = {"kwartier": 15, "lesuur": 60}
CLASS_TOLD = (
    "Inloggen staat open. Je klas kan nu de eigen naam kiezen.",
    "Inloggen staat dicht. De namen staan nergens meer.",
)
TEAM_TOLD = ("Inloggen staat open voor wie de code heeft.", "Inloggen staat dicht.")


@require_GET
@login_required
@never_cache
def sign_in(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """Open or closed, and in a class per learner whether they have pictures and a card."""
    user, cohort = whose_door(request, cohort_id)
    if cohort.takes_nicknames:
        rests = sign_in_rests_until(cohort, timezone.now())
        return render(request, "insight/sign_in_team.html", {"cohort": cohort, "rests": rests})
    places = sign_in_places(cohort)
    note_group_look(actor=user, cohort=cohort)
    sheets = (len(places) + 7) // 8
    return render(request, "insight/sign_in.html", {"cohort": cohort, "places": places, "sheets": sheets})


@same_origin_required
@require_POST
@login_required
def change_sign_in(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """Open it for a quarter or a lesson, or close it."""
    user, cohort = whose_door(request, cohort_id)
    opened, closed = TEAM_TOLD if cohort.takes_nicknames else CLASS_TOLD
    if minutes := MINUTES.get(request.POST.get("open", "")):
        try:
            open_sign_in(cohort=cohort, minutes=minutes, actor=user)
        except SignInRests:
            pass  # the page says until when
        else:
            messages.success(request, opened)
    else:
        close_sign_in(cohort=cohort, actor=user)
        messages.success(request, closed)
    return redirect("insight:sign_in", cohort.pk)


@same_origin_required
@require_POST
@login_required
def new_pictures(request: HttpRequest, cohort_id: int, user_id: int) -> HttpResponseBase:
    """'Nieuwe plaatjes': the old ones stop, the lock is gone, the learner chooses new ones."""
    user, cohort = whose_class(request, cohort_id)
    place = _place(cohort, user_id)
    reset_pictures(user=place.user, actor=user)
    messages.success(request, f"{place.user.first_name} kiest nieuwe plaatjes. Laat deze kaart scannen.")
    return redirect("insight:card", cohort.pk, user_id)


@same_origin_required
@login_required
@never_cache
def card(request: HttpRequest, cohort_id: int, user_id: int) -> HttpResponseBase:
    """The card of one learner on the screen, to scan from there. Posting makes a new one; the old stops at once."""
    user, cohort = whose_class(request, cohort_id)
    place = _place(cohort, user_id)
    note_group_look(actor=user, cohort=cohort)
    if request.method == "POST":
        renew_card(place=place, actor=user)
        messages.success(request, "Deze kaart is nieuw. Een oude kaart werkt niet meer.")
        return redirect("insight:card", cohort.pk, user_id)
    context: dict[str, object] = {"cohort": cohort, "place": place}
    if made := getattr(place, "card", None):
        address = card_address(made, request.build_absolute_uri)
        context |= {"address": address, "qr": qr_svg(address)}
    return render(request, "insight/card.html", context)


@same_origin_required
@require_POST
@login_required
@never_cache
def cards(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """The cards as a PDF to print: of the whole class, or of one learner."""
    user, cohort = whose_class(request, cohort_id)
    wanted = request.POST.get("wie", "")
    places = sign_in_places(cohort)
    if wanted:
        places = [place for place in places if str(place.user_id) == wanted]
    if not places:
        raise Http404
    note_group_look(actor=user, cohort=cohort)
    made = ensure_cards(places=places, actor=user)
    response = HttpResponse(cards_pdf(cohort, made, request.build_absolute_uri), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="kaarten.pdf"'
    return response


def _place(cohort: Cohort, user_id: int) -> CohortMember:
    found = next((place for place in sign_in_places(cohort) if place.user_id == user_id), None)
    if found is None:
        raise Http404
    return found
