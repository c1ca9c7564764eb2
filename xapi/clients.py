"""Which client calls, and how often it may (1.0.3 part 3 section 4)."""

import base64
import binascii
import time
from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

from xapi.models import Credential
from xapi.services import credential_for

_TOLD_EVERY = 600  # seconds between two notes of when a key was used
_told: dict[int, float] = {}
_calls: dict[int, tuple[int, int]] = {}  # credential: minute, calls in it


def client_of(authorization: str) -> Credential | None:
    """The client with the key and secret of Basic authentication; None for anybody else."""
    scheme, _, packed = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        key, _, secret = base64.b64decode(packed, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return credential_for(key, secret)


def within_limit(client: Credential) -> bool:
    """Whether one more call is fine. Each process counts for itself: the limit is against accidents."""
    minute = int(time.monotonic() // 60)
    began, count = _calls.get(client.pk, (minute, 0))
    count = count + 1 if began == minute else 1
    _calls[client.pk] = (minute, count)
    return count <= client.per_minute


def note_use(client: Credential) -> None:
    """When a key was last used, to some minutes; a busy database goes before this note."""
    now = time.monotonic()
    if now - _told.get(client.pk, -_TOLD_EVERY) < _TOLD_EVERY:
        return
    _told[client.pk] = now
    moment = timezone.now()
    if client.used_at is None or moment - client.used_at > timedelta(seconds=_TOLD_EVERY):
        try:
            Credential.objects.filter(pk=client.pk).update(used_at=moment)
        except OperationalError:
            _told.pop(client.pk, None)


def forget() -> None:
    """For tests: nobody has called yet."""
    _told.clear()
    _calls.clear()
