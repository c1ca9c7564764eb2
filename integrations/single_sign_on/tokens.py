"""Whether what a provider signed is real, meant for us, for this browser, and in time.

Source: OpenID Connect Core 1.0, sections 2 and 3.1.3.7; RFC 8725 (best practices for JWT).
"""

import secrets
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwt import JWTClaimsRegistry

from integrations.single_sign_on.metadata import Metadata, keys_of

ALGORITHMS = ["RS256", "PS256", "ES256"]  # asymmetric only: a public key is no secret to make a code with
LEEWAY = 60
OLDEST = 600
MOST = 50_000
MOST_SUBJECT = 255


class TokenRefused(Exception):
    """Why a token is not taken; the message goes to the log, and nothing of it to the screen."""


def claims_of(token: object, *, found: Metadata, client_id: str, nonce: str, until: float) -> dict[str, Any]:
    """What an ID token says, once all of it was checked. Raises TokenRefused, NotAsked where its keys are not there."""
    if not isinstance(token, str) or not 0 < len(token) <= MOST or not token.isascii():
        raise TokenRefused("no token")
    claims = _verified(token, found, until)
    registry = JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": found.issuer},
        aud={"essential": True, "value": client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )
    try:
        registry.validate(claims)
    except JoseError as error:
        raise TokenRefused(f"{type(error).__name__}: {error}"[:150]) from None
    if registry.now - claims["iat"] > OLDEST + LEEWAY:
        raise TokenRefused("too old")
    if not isinstance(claims["nonce"], str) or not secrets.compare_digest(
        claims["nonce"].encode("utf-8", "replace"), nonce.encode()
    ):
        raise TokenRefused("another nonce")
    _check_party(claims, client_id)
    _check_subject(claims["sub"])
    return claims


def _verified(token: str, found: Metadata, until: float) -> dict[str, Any]:
    try:
        try:
            return jwt.decode(token, keys_of(found, until), algorithms=ALGORITHMS).claims
        except InvalidKeyIdError:  # it may have new keys since
            return jwt.decode(token, keys_of(found, until, fresh=True), algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise TokenRefused(f"{type(error).__name__}: {error}"[:150]) from None


def _check_party(claims: dict[str, Any], client_id: str) -> None:
    """A token for more than one says for whom it was made, and that is us."""
    audience, party = claims["aud"], claims.get("azp")
    if party is not None and party != client_id:
        raise TokenRefused("made for another")
    if isinstance(audience, list) and len(audience) > 1 and party is None:
        raise TokenRefused("for more than one, and not said for whom")


def _check_subject(subject: str) -> None:
    if not 0 < len(subject) <= MOST_SUBJECT or not subject.isprintable():
        raise TokenRefused("no key of a person")
