"""Printed cards: each names one learner, and never shows their pictures."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone

from media.pdf import render_pdf
from people.cards import token_of
from people.models import Cohort, LearnerCard
from people.qr import qr_picture


def cards_pdf(cohort: Cohort, cards: Sequence[LearnerCard], absolute: Callable[[str], str]) -> bytes:
    """Eight cards on a sheet of A4, with lines to cut along (PDF/UA). `absolute` makes an address whole."""
    code = cohort.join_codes.first()
    return render_pdf(
        "insight/cards.typ",
        {
            "title": f"Inlogkaarten voor {cohort.name}",
            "date": timezone.localdate(),
            "class": cohort.name,
            "site": urlsplit(absolute("/")).netloc,
            "code": code.code if code and code.is_open else "",
            "cards": [
                {
                    "name": card.place.user.first_name or "Zonder naam",
                    "qr": qr_picture(card_address(card, absolute)),
                }
                for card in cards
            ],
        },
    )


def card_address(card: LearnerCard, absolute: Callable[[str], str]) -> str:
    """What the QR of a card says."""
    return absolute(reverse("people:card", args=[token_of(card.serial)]))
