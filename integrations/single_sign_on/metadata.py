"""What an OpenID provider says of itself, and its keys; both are kept for some minutes.

Source: OpenID Connect Discovery 1.0, sections 3 and 4; RFC 8414.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, RSAKey, import_key

from integrations.single_sign_on.fetch import NotAsked, ask, checked_url

SECONDS = 600
DOWN, DOWN_SECONDS = "down", 20
MOST_KEYS = 50
_PATH = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Metadata:
    """Where to send the browser and what to ask where.

    posts_secret: the provider wants the secret in the form, not in a header. is_pairwise: it says that it gives each
    service another key for a person. has_pkce: it says that it holds a code to who asked for it.
    """

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    logout: str
    posts_secret: bool
    is_pairwise: bool
    has_pkce: bool


def metadata_of(issuer: str, until: float, *, fresh: bool = False) -> Metadata:
    """What the provider at this address says. Raises NotAsked where that is nothing, or is about another issuer."""
    place = _place("metadata", issuer)
    told = None if fresh else cache.get(place)
    if told == DOWN:
        raise NotAsked("it gave no good answer just now")
    if told is None:
        try:
            told = ask(issuer.rstrip("/") + _PATH, until=until)
            _read(issuer, told)
        except NotAsked:
            cache.set(place, DOWN, DOWN_SECONDS)  # who presses again does not keep a process waiting each time
            raise
        cache.set(place, told, SECONDS)
    return _read(issuer, told)


def _read(issuer: str, told: dict[str, Any]) -> Metadata:
    if told.get("issuer") != issuer:
        raise NotAsked("it says that it is another issuer")
    try:
        ways = _words(told, "token_endpoint_auth_methods_supported")
        return Metadata(
            issuer=issuer,
            authorization=checked_url(told.get("authorization_endpoint")),
            token=checked_url(told.get("token_endpoint")),
            keys=checked_url(told.get("jwks_uri")),
            userinfo=_or_none(told.get("userinfo_endpoint")),
            logout=_or_none(told.get("end_session_endpoint")),
            posts_secret="client_secret_post" in ways and "client_secret_basic" not in ways,
            is_pairwise="pairwise" in _words(told, "subject_types_supported"),
            has_pkce="S256" in _words(told, "code_challenge_methods_supported"),
        )
    except ValueError as error:
        raise NotAsked(str(error)) from None


def _words(told: dict[str, Any], name: str) -> list[str]:
    given = told.get(name)
    return [one for one in given if isinstance(one, str)] if isinstance(given, list) else []


def _or_none(given: object) -> str:
    return checked_url(given) if given else ""


def keys_of(found: Metadata, until: float, *, fresh: bool = False) -> KeySet:
    """The public keys that it signs with; `fresh` after a signature with a key that is not among them.

    Raises NotAsked where there are none. A secret key, or a kind that we do not take, is left out.
    """
    place = _place("keys", found.keys)
    told = None if fresh else cache.get(place)
    if told is None:
        told = ask(found.keys, until=until)
        cache.set(place, told, SECONDS)
    given = told.get("keys")
    keys: list[Key] = []
    for one in (given if isinstance(given, list) else [])[:MOST_KEYS]:
        if key := _key(one):
            keys.append(key)
    if not keys:
        raise NotAsked("no keys")
    return KeySet(keys)


def _key(given: object) -> RSAKey | ECKey | None:
    if not isinstance(given, dict) or given.get("kty") not in ("RSA", "EC") or given.get("use", "sig") != "sig":
        return None
    try:
        found = import_key(given)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return found if isinstance(found, RSAKey | ECKey) else None


def _place(what: str, address: str) -> str:
    return f"sign-on-{what}-{hashlib.sha256(address.encode()).hexdigest()}"
