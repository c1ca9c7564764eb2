"""The result of a digiscan: for its owner alone, until they send it to a desk themselves."""

import hashlib
import unicodedata
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learning.digiscan import Letter, Scan, document_of, history, letter_of, rows_of, scan_of, sent_of
from learning.queries import line_of
from learning.services import deliver_to_desk, send_to_desk
from media.pdf import draw_svg, render_pdf
from modules.front_door import Region, front_door
from people.arrival import come_back, learner_here
from people.cookies import set_cookie
from people.limits import Limit, address_of
from people.mail import mail_is_on
from people.models import User
from people.origin import same_origin_required
from people.owner import signed_in
from people.queries import firm_of

REGION = "regio"  # the cookie: which region's desk to show; kept on the phone only
MOST_CONTACT = 120
TO_DESKS = Limit("to-desks", most=10, seconds=3600)
CHART = "learning/digiscan_chart.typ"
DOCUMENT = "learning/digiscan.typ"


def _own(request: HttpRequest, scan_id: UUID) -> tuple[User, Scan]:
    """This person's own result; for anybody else it is not there."""
    user = signed_in(request)
    row = rows_of(user).filter(pk=scan_id).first() if user else None
    if user is None or row is None:
        raise Http404
    return user, scan_of(row)


def _region(request: HttpRequest) -> Region | None:
    return front_door().region(request.COOKIES.get(REGION, ""))


def _firm_name(user: User) -> str:
    firm = firm_of(user)
    return firm.name if firm else ""


@require_GET
@never_cache
def latest(request: HttpRequest) -> HttpResponseBase:
    """To the last result; without one to the questions."""
    learner = signed_in(request)
    if learner is None and (here := learner_here(request)):
        return come_back(request, here)
    row = rows_of(learner).first() if learner else None
    return redirect("learning:digiscan_result", row.pk) if row else redirect("learning:digiscan")


@require_GET
@never_cache
def result(request: HttpRequest, scan_id: UUID) -> HttpResponseBase:
    """What the answers mean: strongest before weakest, basic safety first in the advice, and whom to ask."""
    user, scan = _own(request, scan_id)
    region, sent = _region(request), sent_of(user, scan)
    context = {
        "scan": scan,
        "advice": scan.advice(line_of(user)),
        "history": history(user),
        "door": front_door(),
        "region": region,
        "sent": sent,
        "is_sent_here": region is not None and any(message.region == region.id for message in sent),
        "firm": firm_of(user),
        "can_sign_in": user.can_sign_in,
    }
    return render(request, "learning/digiscan_result.html", context)


@same_origin_required
@require_POST
def choose_region(request: HttpRequest) -> HttpResponseBase:
    """Which region's desk to show; kept on the phone."""
    region = front_door().region(request.POST.get("regio", ""))
    if region is None:
        return HttpResponse("Deze regio kennen we niet. Ga terug en kies er een uit de lijst.", status=400)
    try:
        to = reverse("learning:digiscan_result", args=[UUID(request.POST.get("scan", ""))]) + "#loket"
    except ValueError:
        to = reverse("learning:digiscan_latest")
    response = redirect(to)
    set_cookie(response, REGION, region.id)
    return response


@require_GET
@never_cache
def picture(request: HttpRequest, scan_id: UUID) -> HttpResponseBase:
    """The bars as an image; '?kleur=donker' for a dark screen."""
    _, scan = _own(request, scan_id)
    drawn = draw_svg(CHART, scan.chart(dark=request.GET.get("kleur") == "donker"))
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@require_GET
@never_cache
def document(request: HttpRequest, scan_id: UUID) -> HttpResponseBase:
    """The result as a PDF that a screen reader can read."""
    user, scan = _own(request, scan_id)
    data = document_of(
        scan,
        line_of(user),
        firm=_firm_name(user),
        region=_region(request),
        door=front_door(),
        picture=draw_svg(CHART, scan.chart()),
    )
    response = HttpResponse(render_pdf(DOCUMENT, data), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="digiscan-{scan.made_on:%Y-%m-%d}.pdf"'
    return response


@same_origin_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, scan_id: UUID) -> HttpResponseBase:
    """First what goes to the desk, word for word; then, by a tap on exactly that, it goes."""
    user, scan = _own(request, scan_id)
    region = _region(request)
    if region is None or not region.desk:
        return redirect(reverse("learning:digiscan_result", args=[scan_id]) + "#loket")
    contact, problem = _contact(request.POST.get("contact", ""))
    letter = letter_of(scan, region, firm=_firm_name(user), contact=contact)
    known = next((sent for sent in sent_of(user, scan) if sent.region == region.id), None)
    context = {
        "scan": scan,
        "region": region,
        "letter": letter,
        "seen": _digest(letter),
        "contact": contact or request.POST.get("contact", "")[:MOST_CONTACT],
        "problem": problem,
        "sent": known,
        "can_go": bool(region.email) and mail_is_on(),
    }
    if problem or request.method != "POST" or known or not context["can_go"] or "stuur" not in request.POST:
        return render(request, "learning/digiscan_send.html", context, status=422 if problem else 200)
    if request.POST.get("gezien") != context["seen"]:
        return render(request, "learning/digiscan_send.html", {**context, "changed": True}, status=409)
    return _go(request, user, scan, region, letter)


def _go(request: HttpRequest, user: User, scan: Scan, region: Region, letter: Letter) -> HttpResponseBase:
    place = address_of(request)
    if TO_DESKS.is_reached(place):
        return HttpResponse("Er is nu veel verstuurd. Probeer het over een uur opnieuw.", status=429)
    TO_DESKS.count(place)
    message, _ = send_to_desk(user=user, scan=scan.row.pk, region=region, subject=letter.subject, text=letter.text)
    if deliver_to_desk(message=message):
        messages.success(request, f"Je uitslag is gestuurd naar {region.desk}.")
    else:
        messages.info(request, f"Je uitslag staat klaar voor {region.desk}. Hij gaat zodra de mail werkt.")
    return redirect("learning:digiscan_result", scan.row.pk)


def _digest(letter: Letter) -> str:
    """What was seen; so that nothing goes that was not."""
    return hashlib.sha256(f"{letter.subject}\n{letter.text}".encode()).hexdigest()[:32]


def _contact(typed: str) -> tuple[str, str]:
    """One line that someone adds about how to reach them, and what is wrong with it."""
    line = " ".join(unicodedata.normalize("NFC", typed[: 4 * MOST_CONTACT]).split())
    if len(line) > MOST_CONTACT:
        return "", f"Dit is te lang. Gebruik hoogstens {MOST_CONTACT} letters."
    if any(unicodedata.category(letter).startswith("C") for letter in line):
        return "", "Er staat een vreemd teken in. Typ een naam, een telefoonnummer of een e-mailadres."
    return line, ""
