"""What pictures add to the editor."""

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.cache import cache_control
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.images.views.images import ImagesFilterSet, IndexView

import media.h5p.admin  # noqa: F401  # its hooks
from media.drawings import content_pictograms, drawing
from media.models import Picture


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


class PictureFilterSet(ImagesFilterSet):
    """Beside Wagtail's filters: which photos say what can be seen."""

    words = django_filters.ChoiceFilter(
        label="Wat is er te zien",
        choices=[("mist", "Mist nog"), ("versiering", "Alleen versiering")],
        method="by_words",
    )

    def by_words(self, pictures: QuerySet[Picture], name: str, value: str) -> QuerySet[Picture]:
        if value == "mist":
            return pictures.filter(alt="", is_decorative=False)
        return pictures.filter(is_decorative=True)


@hooks.register("register_admin_urls", order=-1)
def admin_addresses() -> list[URLPattern]:
    """The list of photos stands at the address of Wagtail's own, before it."""
    listed = {"filterset_class": PictureFilterSet}
    return [
        path("pictogrammen/", pictogram_sheet, name="pictogram_sheet"),
        path("images/", require_admin_access(IndexView.as_view(**listed))),
        path("images/results/", require_admin_access(IndexView.as_view(results_only=True, **listed))),
    ]
