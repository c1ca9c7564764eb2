"""What a script of a page needs, as text in an attribute: pages hold no script of their own."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """The value as JSON; the template escapes it for the attribute in which it stands."""
    return json.dumps(value, cls=DjangoJSONEncoder)
