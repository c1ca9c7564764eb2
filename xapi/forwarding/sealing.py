"""Keeping the key and secret of another system: encrypted under a key that is made of SECRET_KEY."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


class Unreadable(Exception):
    """It was sealed under another SECRET_KEY."""


def seal(key: str, secret: str) -> str:
    """Both, for the database."""
    return _fernet().encrypt(f"{key}\n{secret}".encode()).decode()


def unseal(sealed: str) -> tuple[str, str]:
    """The key and the secret. Raises Unreadable after SECRET_KEY changed and the old one is in no fallback."""
    try:
        key, _, secret = _fernet().decrypt(sealed.encode()).decode().partition("\n")
    except InvalidToken:
        raise Unreadable from None
    return key, secret


def _fernet() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(secret))) for secret in secrets])


def _derived(secret: str | bytes) -> bytes:
    return HKDF(hashes.SHA256(), length=32, salt=None, info=b"xapi.forwarding").derive(force_bytes(secret))
