"""Addresses under which one version of a package can be played, for some hours: they stand in for a cookie.

The player stands in a frame without an origin of its own, so no cookie comes along; what opens the files is in the
path, so that addresses inside a package work. A ticket opens one version and the libraries that play it, nothing else.
Tickets of the same half day are the same, so that a browser may keep what it got.
"""

import uuid
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from media.h5p.models import H5PVersion

STEP = timedelta(hours=12)
"""A ticket opens for one to two of these."""
_SIGNER = Signer(salt="media.h5p.tickets", sep="~")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def ticket_for(version: uuid.UUID, now: datetime) -> str:
    """A ticket for a version: its key, the number of the half day in which it ends, and a signature."""
    return _SIGNER.sign(f"{version.hex}.{(now - _EPOCH) // STEP + 2}")


def version_of(ticket: str, now: datetime) -> uuid.UUID | None:
    """Which version a ticket opens; None for one that is not ours or too old."""
    try:
        key, _, ends = _SIGNER.unsign(ticket).partition(".")
    except BadSignature:
        return None
    return uuid.UUID(hex=key) if now < _EPOCH + int(ends) * STEP else None


def player_address(version: H5PVersion, now: datetime) -> str:
    """Where the player of this version is. Who gives it away has seen to it that it may be seen."""
    return reverse("h5p:player", args=[ticket_for(version.key, now)])
