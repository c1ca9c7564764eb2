"""The words of the desk, for what stands on all of its pages."""

from typing import Any

from django import template

from people.desk import Words, roles_of, words_for
from people.models import Organisation, Role
from people.queries import LEADERS

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_words(context: dict[str, Any]) -> Words:
    """What who looks calls their groups."""
    return words_for([one.organisation for one in roles_of(context["request"]) if one.role in LEADERS])


@register.simple_tag(takes_context=True)
def figures_tab(context: dict[str, Any]) -> bool:
    """Whether who looks is HR or the owner of an employer, who read its group figures."""
    answers = (Role.HR_LEAD, Role.OWNER)
    return any(
        one.role in answers and one.organisation.kind == Organisation.Kind.EMPLOYER
        for one in roles_of(context["request"])
    )


@register.simple_tag(takes_context=True)
def audit_tab(context: dict[str, Any]) -> bool:
    """Whether who looks reads the audit trail of an organisation."""
    return any(one.role in (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER) for one in roles_of(context["request"]))


@register.simple_tag(takes_context=True)
def roles_tab(context: dict[str, Any]) -> bool:
    """Whether who looks gives and takes the roles of an organisation."""
    return any(one.role == Role.ADMINISTRATOR for one in roles_of(context["request"]))
