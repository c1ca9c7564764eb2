"""Group figures of an employer, for its HR and its owner: released once a quarter, the same on page, print and file."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from insight.models import Release
from insight.queries import Sheet, quarters_of, release_in, sheets_of, underway
from insight.sheets import SHEETS, Row
from insight.tables import SECTORS
from people.models import Organisation, Province, SizeClass, User
from people.origin import same_origin_required
from people.owner import signed_in
from people.queries import organisations_answered_for
from people.services import DescriptionRefused, describe_organisation, join_monitor, leave_monitor


def _whose(request: HttpRequest, wanted: str) -> tuple[User, Organisation, list[Organisation]]:
    """Who looks, the employer they ask for (the first without `bij`) and all of theirs; 404 for anybody else."""
    user = signed_in(request)
    mine = list(organisations_answered_for(user)) if user else []
    found = next((one for one in mine if wanted in ("", str(one.pk))), None)
    if user is None or found is None:
        raise Http404
    return user, found, mine


@require_GET
@login_required
@never_cache
def figures(request: HttpRequest) -> HttpResponseBase:
    """One quarter of one employer."""
    _, firm, mine = _whose(request, request.GET.get("bij", ""))
    release = _release(request, firm)
    quarters, coming = list(quarters_of(firm)), underway(timezone.localdate())
    context: dict[str, Any] = {
        "firm": firm,
        "firms": mine,
        "release": release,
        "quarters": quarters,
        "sheets": sheets_of(release) if release else [],
        "underway": coming if coming and coming.release.quarter not in {one.quarter for one in quarters} else None,
    }
    return render(request, "insight/figures.html", context)


@require_GET
@login_required
@never_cache
def export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What the page shows, for a spreadsheet."""
    _, firm, _ = _whose(request, request.GET.get("bij", ""))
    release = _release(request, firm)
    if release is None:
        raise Http404
    name = f"groepscijfers-{release.quarter.year}-{release.number}"
    return SHEETS[ending](rows_of(release, sheets_of(release)), name)


def _release(request: HttpRequest, firm: Organisation) -> Release | None:
    wanted = request.GET.get("kwartaal", "")
    release = release_in(firm, wanted)
    if wanted and release is None:
        raise Http404
    return release


def rows_of(release: Release, sheets: list[Sheet]) -> Iterator[Row]:
    """Every figure of the page, in its order and its words."""
    yield ["kwartaal", "groep", "wat", "cijfer"]
    for sheet in sheets:
        for group in sheet.groups:
            for indicator, figure in group.cells:
                yield [release.in_words, group.name, indicator.title, figure.in_words]


@same_origin_required
@login_required
@never_cache
def about(request: HttpRequest) -> HttpResponseBase:
    """What an employer says of itself, and whether it takes part in the figures of the region."""
    posted = request.POST.get("bij", "") if request.method == "POST" else request.GET.get("bij", "")
    user, firm, mine = _whose(request, posted)
    context: dict[str, Any] = {
        "firm": firm,
        "firms": mine,
        "sectors": SECTORS,
        "sizes": SizeClass.choices,
        "provinces": Province.choices,
        "chosen": {"sector": firm.sector, "grootte": firm.size, "provincie": firm.province},
    }
    if request.method != "POST":
        return render(request, "insight/about_firm.html", context)
    typed = {name: request.POST.get(name, "") for name in ("sector", "grootte", "provincie")}
    try:
        if typed["sector"] and typed["sector"] not in SECTORS:
            raise DescriptionRefused("Kies iets uit de lijst.")
        describe_organisation(
            organisation=firm, sector=typed["sector"], size=typed["grootte"], province=typed["provincie"], actor=user
        )
    except DescriptionRefused as error:
        return render(request, "insight/about_firm.html", context | {"problem": error, "chosen": typed}, status=422)
    messages.success(request, "Dit is bewaard.")
    return _back(firm)


@same_origin_required
@require_POST
@login_required
@never_cache
def take_part(request: HttpRequest) -> HttpResponseBase:
    """'Doe mee' and 'Stop met meedoen'."""
    user, firm, _ = _whose(request, request.POST.get("bij", ""))
    if request.POST.get("meedoen") == "ja":
        join_monitor(organisation=firm, actor=user)
        messages.success(request, "Jullie doen mee. Iedereen in de teams krijgt bericht.")
    else:
        leave_monitor(organisation=firm, actor=user)
        messages.success(request, "Jullie doen niet meer mee. Iedereen in de teams krijgt bericht.")
    return _back(firm)


def _back(firm: Organisation) -> HttpResponseBase:
    return redirect(f"{reverse('insight:about_firm')}?bij={firm.pk}")
