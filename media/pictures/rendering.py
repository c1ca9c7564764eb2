"""A photo in a page: the phone picks the smallest form and width that it can use."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from media.models import Picture, Rendition
from media.pictures.sizes import FALLBACK_WIDTH, spec_for, widths_for

SIZES = "(min-width: 520px) 488px, calc(100vw - 32px)"  # lms/static/lms/frame.css: .app and .page
_SOURCES = ("avif", "webp")


def make_renditions(image: Picture) -> dict[str, Rendition]:
    """Every form and width of a photo, by filter; what is not there yet is made now."""
    widths = widths_for(image)
    specs = [spec_for(image, width, form) for form in _SOURCES for width in widths]
    found: dict[str, Rendition] = image.get_renditions(*specs, _fallback(image))
    return found


def picture_tag(image: Picture, alt: str, *, eager: bool = False) -> SafeString:
    """The <picture> of a photo; `alt` is '' for one that is only decoration. eager: it is on the first screen."""
    made = make_renditions(image)
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((form, _srcset(image, form, made), SIZES) for form in _SOURCES),
    )
    plain = made[_fallback(image)]
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}" decoding="async"{}></picture>',
        sources,
        plain.url,
        plain.width,
        plain.height,
        alt,
        "" if eager else SafeString(' loading="lazy"'),
    )


def _srcset(image: Picture, form: str, made: dict[str, Rendition]) -> str:
    renditions = [made[spec_for(image, width, form)] for width in widths_for(image)]
    return ", ".join(f"{one.url} {one.width}w" for one in renditions)


def _fallback(image: Picture) -> str:
    """For a browser without AVIF and WebP: one width."""
    return spec_for(image, min(image.width, FALLBACK_WIDTH), "jpeg")
