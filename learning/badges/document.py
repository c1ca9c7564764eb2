"""A credential to look at and to keep: picture with the credential inside it, and document."""

from typing import Any

from django.template.defaultfilters import date as in_dutch
from openbadgeslib.baking import ITXT_KEYWORD_OB3, SVG_ELEMENT_OB3, SVG_NS_OB3, bake_png, bake_svg

from learning.badges.signing import address_of
from learning.models import Credential
from media.pdf import draw_png, draw_svg, render_pdf
from people.qr import qr_picture

PICTURE = "learning/credential_picture.typ"
DOCUMENT = "learning/credential.typ"


def svg_of(credential: Credential) -> bytes:
    """The picture as SVG with the credential baked in."""
    drawn = draw_svg(PICTURE, _picture(credential))
    baked: bytes = bake_svg(drawn, credential.token, element=SVG_ELEMENT_OB3, namespace=SVG_NS_OB3)
    return baked


def png_of(credential: Credential) -> bytes:
    """The picture as PNG with the credential baked in."""
    baked: bytes = bake_png(draw_png(PICTURE, _picture(credential)), credential.token, keyword=ITXT_KEYWORD_OB3)
    return baked


def pdf_of(credential: Credential) -> bytes:
    """The document for a screen reader and for paper; the address stands on it only while something is to be seen."""
    return render_pdf(DOCUMENT, _document(credential))


def alt_of(credential: Credential) -> str:
    """The picture in words."""
    return f"Bewijs van meedoen: {credential.title}. {_count(credential)}, {_day(credential)}."


def _count(credential: Credential) -> str:
    count = len(credential.lessons)
    return "1 les" if count == 1 else f"{count} lessen"


def _day(credential: Credential) -> str:
    return str(in_dutch(credential.made_on, "j F Y"))


def _picture(credential: Credential) -> dict[str, Any]:
    return {"name": credential.title, "count": _count(credential), "day": _day(credential)}


def _document(credential: Credential) -> dict[str, Any]:
    address = address_of(credential) if credential.is_shown else ""
    return {
        "title": "Bewijs van meedoen",
        "date": credential.made_on,
        "day": _day(credential),
        "name": credential.shown_name,
        "path": credential.title,
        "count": _count(credential),
        "minutes": credential.minutes,
        "lessons": [
            {"title": one["title"], "version": f"{one['code']}, versie {one['revision']}"} for one in credential.lessons
        ],
        "version": credential.content_version,
        "address": address,
        "qr": qr_picture(address) if address else "",
        "revoked": credential.is_revoked,
        "picture": draw_svg(PICTURE, _picture(credential)).decode(),
        "alt": alt_of(credential),
    }
