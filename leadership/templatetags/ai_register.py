"""The way from the desk to the AI register, with how many systems must be looked at again."""

from dataclasses import dataclass
from typing import Any

from django import template

from leadership.models import AiSystem
from leadership.register.queries import READERS, looks
from people.desk import roles_of
from people.queries import LEADERS

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """to_look: systems to look at again. leads: whether the other tabs of the desk open for this person."""

    to_look: int
    leads: bool


@register.simple_tag(takes_context=True)
def ai_tab(context: dict[str, Any]) -> Tab | None:
    """None for who has no register to read; asked once per page."""
    request = context["request"]
    if not hasattr(request, "ai_tab"):
        roles = roles_of(request)
        found = {one.organisation_id for one in roles if one.role in READERS}
        request.ai_tab = None
        if found:
            count = len(looks(AiSystem.objects.filter(organisation__in=found)))
            request.ai_tab = Tab(count, any(one.role in LEADERS for one in roles))
    tab: Tab | None = request.ai_tab
    return tab
