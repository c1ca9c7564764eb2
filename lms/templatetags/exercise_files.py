"""The scripts and styles of the exercises on a page."""

from collections.abc import Iterable

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from assessments.exercises import KINDS
from lms.exercise_files import LATER, address_of, style_in_page

register = template.Library()


@register.simple_tag
def exercise_style(kinds: Iterable[str] = tuple(KINDS)) -> SafeString:
    """The stylesheet of a page with these kinds of exercise, or with all."""
    return format_html('<link rel="stylesheet" href="{}">', address_of(kinds, "css") or static("lesson.css"))


@register.simple_tag
def exercise_style_in_page(kinds: Iterable[str]) -> SafeString:
    """The same rules in the page itself; only for a page whose content policy names their hash."""
    return mark_safe(f"<style>{style_in_page(kinds)}</style>")  # noqa: S308 (our own files)


@register.simple_tag
def exercise_script(kinds: Iterable[str], *, later: bool = False) -> SafeString:
    """The script of these kinds of exercise; `later` with all else that a page of steps has beside `lesson.js`."""
    if later:
        return format_html('<script type="module" src="{}" data-later></script>', address_of([*kinds, LATER], "js"))
    address = address_of(kinds, "js")
    return format_html('<script type="module" src="{}"></script>', address) if address else SafeString()
