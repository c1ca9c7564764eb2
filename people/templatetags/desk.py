"""The words of the desk, for what stands on all of its pages."""

from typing import Any

from django import template

from people.desk import Words, words_for
from people.owner import signed_in
from people.queries import organisations_answered_for, organisations_led_by

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_words(context: dict[str, Any]) -> Words:
    """What who looks calls their groups; asked once per page."""
    request = context["request"]
    if not hasattr(request, "desk_words"):
        user = signed_in(request)
        request.desk_words = words_for(list(organisations_led_by(user)) if user else [])
    words: Words = request.desk_words
    return words


@register.simple_tag(takes_context=True)
def figures_tab(context: dict[str, Any]) -> bool:
    """Whether who looks is HR or the owner of an employer, who read its group figures; asked once per page."""
    request = context["request"]
    if not hasattr(request, "figures_tab"):
        user = signed_in(request)
        request.figures_tab = user is not None and organisations_answered_for(user).exists()
    found: bool = request.figures_tab
    return found
