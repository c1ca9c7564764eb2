"""QR codes as drawings, in a page or a document."""

import io
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str) -> SafeString:
    """The address as an SVG with a quiet border; dark on light in both colour schemes, as scanners want it."""
    return mark_safe(_draw(address, xmldecl=False, svgns=False, svgclass="qr"))  # noqa: S308 (drawn here, holds no text)


def qr_picture(address: str) -> str:
    """The address as an SVG that stands by itself, for a document."""
    return _draw(address)


def _draw(address: str, **options: Any) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, **options
    )
    return out.getvalue().decode()
