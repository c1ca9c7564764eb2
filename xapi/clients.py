"""Which client calls, and how often it may (1.0.3 part 3 section 4)."""

import base64
import binascii
import time
from datetime import timedelta
from threading import Lock
from uuid import UUID

from django.db import OperationalError
from django.utils import timezone

from xapi.models import Credential
from xapi.services import credential_for, is_secret_of, take_calls

_TOLD_EVERY = 600  # seconds between two notes of when a key was used
_told: dict[int, float] = {}
_known: dict[str, Credential] = {}
_SHARES = 50  # a process takes this part of a minute's calls at once
_own: dict[UUID, tuple[int, int]] = {}  # per key: the minute, and how many calls this process has left in it
_spent: dict[UUID, int] = {}  # per key: the minute in which there are no more
_lock = Lock()


def client_of(authorization: str, *, remembered: bool = False) -> Credential | None:
    """The client with the key and secret of Basic authentication; None for anybody else.

    `remembered`: as this process knows it, for who asks the database later whether the key is still in force. Nothing
    else of a key ever changes.
    """
    scheme, _, packed = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        key, _, secret = base64.b64decode(packed, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    if remembered and (known := _known.get(key)) and is_secret_of(known, secret):
        return known
    if found := credential_for(key, secret):
        _known[key] = found
    return found


def within_limit(client: Credential) -> bool:
    """Whether one more call is fine: in all processes together no more in a minute than the limit.

    A process takes a share of them at once from the row of the key, so that few calls write; what it does not use is
    lost with the minute. A busy database goes before this limit.
    """
    minute = int(time.time() // 60)
    if _take_own(client.key, minute):
        return True
    if _spent.get(client.key) == minute:
        return False
    try:
        for share in (max(client.per_minute // _SHARES, 1), 1):
            if take_calls(client, minute, share):
                _keep(client.key, minute, share - 1)
                return True
    except OperationalError:
        return True
    _spent[client.key] = minute
    return False


def _take_own(key: UUID, minute: int) -> bool:
    """Use one of the calls that this process took before."""
    with _lock:
        there, left = _own.get(key, (minute, 0))
        if there != minute or not left:
            return False
        _own[key] = (minute, left - 1)
    return True


def _keep(key: UUID, minute: int, more: int) -> None:
    with _lock:
        there, left = _own.get(key, (minute, 0))
        _own[key] = (minute, (left if there == minute else 0) + more)


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
    """For tests: no use was noted yet, no call counted, no key known."""
    _known.clear()
    _told.clear()
    _own.clear()
    _spent.clear()
