"""The scripts and styles of the exercises on a page."""

from collections.abc import Iterable

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.exercises import KINDS
from lms.exercise_files import address_of

register = template.Library()


@register.simple_tag
def exercise_style(kinds: Iterable[str] = tuple(KINDS)) -> SafeString:
    """The stylesheet of a page with these kinds of exercise, or with all."""
    return format_html('<link rel="stylesheet" href="{}">', address_of(kinds, "css") or static("lesson.css"))


@register.simple_tag
def exercise_script(kinds: Iterable[str]) -> SafeString:
    """The script of these kinds of exercise."""
    address = address_of(kinds, "js")
    return format_html('<script type="module" src="{}"></script>', address) if address else SafeString()
