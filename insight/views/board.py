"""In class: the code in large letters for everybody to see, and how many phones are in. Nobody's name."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from insight.queries import phones_in
from people.desk import whose
from people.qr import qr_svg


@require_GET
@login_required
@never_cache
def board(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """For the projector. It looks again by itself (lms/fresh.js)."""
    _, cohort = whose(request, cohort_id)
    code = cohort.join_codes.first()
    address = request.build_absolute_uri(reverse("people:join", args=[code.code])) if code and code.is_open else ""
    context = {
        "cohort": cohort,
        "code": code,
        "address": address,
        "site": urlsplit(request.build_absolute_uri("/")).netloc,
        "qr": qr_svg(address) if address else "",
        "joined": phones_in(cohort),
    }
    return render(request, "insight/board.html", context)
