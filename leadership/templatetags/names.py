"""Names of people in a sentence."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def in_a_row(names: Sequence[object]) -> SafeString:
    """'Anna', 'Anna en Bram', 'Anna, Bram en Driss', each in its own direction."""
    first, last = [*names][:-1], [*names][-1:]
    told = format_html_join(", ", "<bdi>{}</bdi>", ((name,) for name in first))
    return format_html(
        "{}{}{}", told, " en " if first else "", format_html_join("", "<bdi>{}</bdi>", [(n,) for n in last])
    )
