"""What pictures add to the editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.cache import cache_control
from wagtail import hooks

from media.drawings import content_pictograms, drawing


@cache_control(private=True, max_age=3600)
def pictogram_sheet(request: HttpRequest) -> HttpResponse:
    """All pictograms with their names: what the button of a pictogram field opens."""
    groups: dict[str, list[dict[str, str]]] = {}
    for one in content_pictograms():
        box, shapes = drawing("pictograms", one.key)
        words = " ".join((one.name, *one.words))
        groups.setdefault(one.group, []).append(
            {"key": one.key, "name": one.name, "words": words, "box": box, "shapes": shapes}
        )
    return render(request, "media/pictogram_sheet.html", {"groups": groups})


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    return [path("pictogrammen/", pictogram_sheet, name="pictogram_sheet")]
