"""Whose programme it is: asked by every page of it. For anybody else the page does not exist."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from leadership.models import ProgrammeGroup, WorkProduct
from leadership.queries import groups_led_by, groups_of, products_of
from people.models import User
from people.owner import signed_in


def who(request: HttpRequest) -> User:
    """Who looks. Raises Http404 for nobody, and in a session that only learns."""
    user = signed_in(request)
    if user is None or user.only_learns:
        raise Http404
    return user


def taking_part(request: HttpRequest, group_id: int) -> tuple[User, ProgrammeGroup]:
    """Who looks and a group in which they take part now."""
    user = who(request)
    return user, get_object_or_404(groups_of(user), pk=group_id)


def facilitating(request: HttpRequest, group_id: int) -> tuple[User, ProgrammeGroup]:
    """Who looks and a group that they facilitate."""
    user = who(request)
    return user, get_object_or_404(groups_led_by(user), pk=group_id)


def inside(request: HttpRequest, group_id: int) -> tuple[User, ProgrammeGroup]:
    """Who looks and a group in which they take part now, or that they facilitate."""
    user = who(request)
    group = groups_of(user).filter(pk=group_id).first()
    return user, group or get_object_or_404(groups_led_by(user), pk=group_id)


def own_product(request: HttpRequest, product_id: int) -> tuple[User, WorkProduct]:
    """Who looks and a product of their own, of a group that ended too."""
    user = who(request)
    return user, get_object_or_404(products_of(user), pk=product_id)
