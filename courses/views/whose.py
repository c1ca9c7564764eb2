"""Whose path it is: asked by every page of the builder."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from courses.models import CoursePath, PathPage
from courses.queries import paths_to_build
from people.desk import who_leads
from people.models import User


def seen(request: HttpRequest, path_id: int) -> tuple[User, CoursePath]:
    """Who looks and a path that they may look at; for anybody else it does not exist."""
    user, _ = who_leads(request)
    found = paths_to_build(user).prefetch_related("lessons", "pages__file")
    return user, get_object_or_404(found, pk=path_id)


def changed(request: HttpRequest, path_id: int) -> tuple[User, CoursePath]:
    """The same, where they may change it; also when a colleague put it away meanwhile, so that nothing is lost."""
    user, path = seen(request, path_id)
    if not path.may_be_changed_by(user):
        raise Http404
    return user, path


def owned(request: HttpRequest, path_id: int) -> tuple[User, CoursePath]:
    """The same, where they say who sees it and when it ends."""
    user, path = seen(request, path_id)
    if not path.is_of(user):
        raise Http404
    return user, path


def page_on(path: CoursePath, page_id: UUID) -> PathPage:
    """An own page of this path."""
    return get_object_or_404(PathPage.objects.select_related("file"), path=path, pk=page_id)
