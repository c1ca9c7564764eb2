"""Whether the desk shows the way to a programme."""

from typing import Any

from django import template

from leadership.queries import is_in_one
from people.owner import signed_in

register = template.Library()


@register.simple_tag(takes_context=True)
def in_programme(context: dict[str, Any]) -> bool:
    """True for who takes part in a programme or facilitates one; asked once per page."""
    request = context["request"]
    if not hasattr(request, "in_programme"):
        user = signed_in(request)
        request.in_programme = user is not None and is_in_one(user)
    return bool(request.in_programme)
