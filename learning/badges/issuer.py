"""Who signs: the keys of this site, and the document in which anyone finds their public halves."""

import os
import re
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from jwt.api_jws import PyJWS
from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3 import build_did_document

ALGORITHM = "RS256"  # the one that every verifier of Open Badges 3.0 must know
_PEM = re.compile(r"-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----", re.DOTALL)


@dataclass(frozen=True)
class SiteKey:
    """One key of the site; of one that signs no more the private half may be gone. `id`: digest of the public half."""

    id: str
    public_pem: bytes
    jwk: dict[str, Any]
    private: rsa.RSAPrivateKey | None


def issuer_id() -> str:
    """The DID of this site: its key is found at `/.well-known/did.json` (did:web)."""
    return "did:web:" + quote(urlsplit(settings.BASE_URL).netloc, safe="")


def site_keys() -> tuple[SiteKey, ...]:
    """The key that signs now, then those that signed before. Raises ImproperlyConfigured where they cannot be read."""
    return _read(settings.BADGE_KEYS or _kept(settings.DATA_DIR / "badge_key.pem"))


def key_url(key: SiteKey) -> str:
    """What a signature calls its key."""
    return f"{issuer_id()}#{key.id}"


def did_document() -> dict[str, Any]:
    """All public keys, for who verifies."""
    document: dict[str, Any] = build_did_document(issuer_id(), [(key.id, key.jwk) for key in site_keys()])
    return document


def sign(payload: dict[str, Any]) -> str:
    """The payload as a compact JWS; its header names the key, and holds the public half for who is offline."""
    key = site_keys()[0]
    assert key.private is not None
    headers = {"kid": key_url(key), "jwk": key.jwk}
    return jwt.encode(payload, key.private, algorithm=ALGORITHM, headers=headers)


def sign_file(content: bytes) -> str:
    """A signature that stands beside a file: a JWS of which the payload is left out (RFC 7797, `b64` false).

    The same bytes and key give the same signature. How to check one: docs/how-to/check-a-dossier.md
    """
    key = site_keys()[0]
    assert key.private is not None
    headers = {"kid": key_url(key), "jwk": key.jwk, "b64": False, "crit": ["b64"]}
    return PyJWS().encode(content, key.private, ALGORITHM, headers, is_payload_detached=True)


@lru_cache(maxsize=4)
def _read(pems: str) -> tuple[SiteKey, ...]:
    try:
        keys = tuple(_key(pem.encode()) for pem in _PEM.findall(pems))
    except (ValueError, TypeError):
        keys = ()
    if not keys or keys[0].private is None:  # the value is not repeated: it is a secret
        raise ImproperlyConfigured("BADGE_KEYS: expected RSA keys of at least 2048 bits as PEM, the private one first.")
    return keys


def _key(pem: bytes) -> SiteKey:
    private = serialization.load_pem_private_key(pem, password=None) if b"PRIVATE KEY-----" in pem else None
    public = private.public_key() if private else serialization.load_pem_public_key(pem)
    if not isinstance(public, rsa.RSAPublicKey) or public.key_size < 2048:
        raise ValueError("no RSA key of 2048 bits")
    public_pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(der)
    jwk = {**public_jwk_from_pem(public_pem), "alg": ALGORITHM, "use": "sig"}
    jwk.pop("key_ops", None)
    return SiteKey(
        digest.finalize().hex()[:32], public_pem, jwk, private if isinstance(private, rsa.RSAPrivateKey) else None
    )


def _kept(file: Path) -> str:
    """The site's own key, made once. Of processes that begin at the same moment one wins, and no one reads half."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        handle, name = tempfile.mkstemp(dir=file.parent)  # readable by us alone
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(made)
            os.link(name, file)
        except FileExistsError:
            pass
        finally:
            os.unlink(name)
    return file.read_text()
