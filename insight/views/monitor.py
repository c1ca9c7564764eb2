"""The monitor of the region: released once a quarter, for everybody; nobody signs in for it."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from insight.models import Release
from insight.queries import monitor_of, quarters_of, release_in, underway
from insight.registry import region_indicators
from insight.sheets import Row, as_csv

HEAD = ("kwartaal", "indicator", "omschrijving", "categorie", "groep", "groepnaam", "waarde", "verborgen")


@require_GET
def monitor(request: HttpRequest) -> HttpResponseBase:
    """One quarter of the region."""
    release = _release(request)
    context = {
        "release": release,
        "quarters": list(quarters_of(None)),
        "themes": monitor_of(release) if release else [],
        "underway": underway(timezone.localdate()),
    }
    response = render(request, "insight/monitor.html", context)
    patch_cache_control(response, private=True, no_cache=True)  # the header says who is signed in
    return response


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """All quarters, or the one that is asked for, as open data (docs/reference/monitor.md)."""
    one = _release(request) if request.GET.get("kwartaal") else None
    releases = [one] if one else list(quarters_of(None).prefetch_related("figures"))
    response = as_csv(rows_of(releases), "monitor")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _release(request: HttpRequest) -> Release | None:
    wanted = request.GET.get("kwartaal", "")
    release = release_in(None, wanted)
    if wanted and release is None:
        raise Http404
    return release


def rows_of(releases: list[Release]) -> Iterator[Row]:
    """A row per figure, hidden ones too: then 'waarde' is empty and 'verborgen' says why."""
    yield HEAD
    known = {one.code: one for one in region_indicators()}
    for release in releases:
        for figure in release.figures.all():
            indicator = known.get(figure.indicator)
            if indicator is None:
                continue
            yield [
                f"{release.quarter.year}-K{release.number}", figure.indicator, indicator.title,
                indicator.told.get(figure.category, figure.category), figure.group, figure.name, figure.told,
                figure.get_hidden_display() if figure.hidden else "",
            ]  # fmt: skip
