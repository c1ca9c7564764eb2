"""Drawings in templates: each page carries only the pictograms it uses, once."""

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from media.drawings import drawing, pictogram_names
from media.models import Picture
from media.pictures.rendering import picture_tag

register = template.Library()
FALLBACK = "book"


def _used(context: Context) -> set[str]:
    """The names this page has used so far; kept on the request, so that blocks share it with the page."""
    request = context.get("request")
    used: set[str] = vars(request or context.render_context).setdefault("pictograms_used", set())
    return used


@register.simple_tag(takes_context=True)
def picto(context: Context, name: str, classes: str = "") -> SafeString:
    """A pictogram beside a word; hidden from screen readers, since the word says it."""
    if name not in pictogram_names():
        name = FALLBACK
    _used(context).add(name)
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>', f" {classes}" if classes else "", name
    )


@register.simple_tag(takes_context=True)
def picto_symbols(context: Context) -> SafeString:
    """The drawings that this page uses; stands at the end of the body."""
    symbols = format_html_join(
        "",
        '<symbol id="i-{}" viewBox="{}">{}</symbol>',
        (
            (name, box, mark_safe(shapes))  # noqa: S308 (our own files)
            for name in sorted(_used(context))
            for box, shapes in [drawing("pictograms", name)]
        ),
    )
    return format_html("<svg hidden>{}</svg>", symbols)


@register.simple_tag
def scene(name: str, alt: str) -> SafeString:
    """A drawn scene with what it shows in words; hidden from screen readers when there are none."""
    box, shapes = drawing("scenes", name)
    said = format_html('role="img" aria-label="{}"', alt) if alt else mark_safe('aria-hidden="true"')
    return format_html('<svg class="art" viewBox="{}" {}>{}</svg>', box, said, mark_safe(shapes))  # noqa: S308


@register.simple_tag
def photo(picture: Picture, alt: str, on_first_screen: bool = False) -> SafeString:
    """An uploaded photo in the forms and widths that phones need."""
    return picture_tag(picture, alt, eager=on_first_screen)
