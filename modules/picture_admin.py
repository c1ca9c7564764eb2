"""Pictures in the admin: one that a lesson shows is not deleted, and what misses its words is found."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
from wagtail.images.views.images import DeleteView
from wagtail.images.views.multiple import DeleteView as DeleteUploadView

from media.models import Picture
from modules.usage import names_of, where_used


def why_it_stays(pictures: Iterable[Picture]) -> list[str]:
    """A sentence per picture that a lesson shows, published or in a draft; with the names of the lessons."""
    used = where_used().photos
    return [
        f"‘{picture.title}’ is niet weggehaald. Deze foto staat in: {'; '.join(names_of(used[picture.pk]))}. "
        "Kies daar eerst een ander plaatje."
        for picture in pictures
        if picture.pk in used
    ]


def _guarded(view: Callable[..., HttpResponseBase], *, as_json: bool = False) -> Callable[..., HttpResponseBase]:
    def guarded(request: HttpRequest, image_id: int) -> HttpResponseBase:
        stays = why_it_stays(Picture.objects.filter(pk=image_id))
        if stays and as_json:
            return JsonResponse({"success": False, "error_message": stays[0]})
        if stays:
            messages.error(request, stays[0])
            return redirect("wagtailimages:image_usage", image_id)
        return view(request, image_id=image_id)

    return require_admin_access(guarded)


def picture_urls() -> list[URLPattern]:
    """At the addresses of Wagtail's own views, before them."""
    return [
        path("images/<int:image_id>/delete/", _guarded(DeleteView.as_view())),
        path("images/multiple/<int:image_id>/delete/", _guarded(DeleteUploadView.as_view(), as_json=True)),
    ]


def refuse_deleting_many(request: HttpRequest, action_type: str, objects: Iterable[Any]) -> HttpResponseBase | None:
    """The same for pictures that were ticked in the list: none goes when one is in use."""
    pictures = [one for one in objects if isinstance(one, Picture)]
    if action_type != "delete" or not pictures or not (stays := why_it_stays(pictures)):
        return None
    for sentence in stays:
        messages.error(request, sentence)
    return redirect("wagtailimages:index")
