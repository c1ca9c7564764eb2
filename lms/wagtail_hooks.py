from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail import hooks

from people.models import User
from people.services import erase_person


@hooks.register("before_delete_user")
def erase_instead(request: HttpRequest, user: User) -> HttpResponseBase | None:
    """Deleting a person in the admin erases them from every room."""
    return _erase(request, [user]) if request.method == "POST" else None


@hooks.register("before_bulk_action")
def erase_many_instead(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponseBase | None:
    """The same for the people that were ticked in the list."""
    people = [item for item in objects if isinstance(item, User)]
    return _erase(request, people) if action_type == "delete" and people else None


def _erase(request: HttpRequest, people: list[User]) -> HttpResponseBase:
    actor = request.user if isinstance(request.user, User) else None
    for person in people:
        erase_person(user=person, actor=actor)
    messages.success(request, f"{len(people)} mens(en) gewist, met alles wat van hen bewaard was.")
    return redirect("wagtailusers_users:index")
