"""QR codes as drawings in the page."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str) -> SafeString:
    """The address as an SVG with a quiet border; dark on light in both colour schemes, as scanners want it."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=False, dark="#000", light="#fff", omitsize=True, svgclass="qr"
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 (drawn here, holds no text)
