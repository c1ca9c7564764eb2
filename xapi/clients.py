"""Which client calls, and how often it may (1.0.3 part 3 section 4)."""

import base64
import binascii
import time
from datetime import timedelta

from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone

from xapi.models import Credential
from xapi.services import credential_for

_TOLD_EVERY = 600  # seconds between two notes of when a key was used
_told: dict[int, float] = {}


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
    """Whether one more call is fine. Counted per minute in the cache, so by all processes together where that is Redis.

    Files, as people.limits has without Redis, would cost a call more than this limit against accidents is worth.
    """
    place = f"xapi-calls:{client.key}:{int(time.time() // 60)}"
    try:
        count = cache.incr(place)
    except ValueError:  # the first of this minute; or the second, when two came at once
        count = 1 if cache.add(place, 1, 120) else cache.incr(place)
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
    """For tests: no use was noted yet."""
    _told.clear()
