"""The way to a provider and back: authorization code with PKCE, a state and a nonce, each for one browser and one time.

Source: OpenID Connect Core 1.0, section 3.1; RFC 7636 (PKCE); RFC 9207 (`iss` in the answer); RFC 9700 (best practice).
"""

import base64
import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from integrations.models import LtiNonce
from integrations.single_sign_on.fetch import NotAsked, ask, until_when
from integrations.single_sign_on.metadata import Metadata, metadata_of
from integrations.single_sign_on.models import SignOnProvider
from integrations.single_sign_on.tokens import TokenRefused, claims_of
from people.cookies import set_cookie
from people.mail import clean_email
from people.models import User
from people.names import clean_name
from xapi.forwarding.sealing import Unreadable, unseal

MINUTES = timedelta(minutes=10)
MOST = 4000
SALT = "integrations.single_sign_on"
NAME_CLAIMS = ("given_name", "name")
_CONTEXT = re.compile(r"c[0-9]{1,2}")  # of Entra: an authentication context


class SignOnRefused(Exception):
    """A sign-in that is not taken; the message goes to the log. The screen says which of these it is, and no more."""


class Stopped(SignOnRefused):
    """The person said no over there."""


class NotBegun(SignOnRefused):
    """Not begun in this browser, too long ago, or used before."""


class Unreachable(SignOnRefused):
    """The provider gave no answer that can be used."""


@dataclass(frozen=True)
class Told:
    """What a provider said of a person, and nothing more than was needed of it.

    second: the value of the claim that stays; '' for none. has_step: it showed the second step that was agreed on.
    """

    subject: str
    second: str = ""
    first_name: str = ""
    email: str = ""
    has_step: bool = False


@dataclass(frozen=True)
class Finished:
    """A way back that holds. then: where they were going. linking: whose account it is linked to, else None."""

    told: Told
    then: str
    linking: int | None


def back_address(provider: SignOnProvider) -> str:
    """Where the provider sends the browser back to; each provider has its own, so that none can answer for another."""
    return settings.BASE_URL + reverse("sign_on:back", args=[provider.key])


def begin(provider: SignOnProvider, *, then: str, linking: User | None = None) -> tuple[str, str, str]:
    """Where to send the browser, and the name and value of the cookie that knows it again. Raises Unreachable."""
    found = _metadata(provider, until_when())
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back_address(provider),
        "scope": provider.scope,
        "state": state,
        "nonce": nonce,
        "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        **_asked_step(provider),
    }
    begun = {
        "provider": str(provider.key),
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "then": then[:1000],
        "linking": linking.pk if linking else None,
    }
    joint = "&" if "?" in found.authorization else "?"
    return f"{found.authorization}{joint}{urlencode(query)}", cookie_of(state), signing.dumps(begun, salt=SALT)


def _asked_step(provider: SignOnProvider) -> dict[str, str]:
    """How a provider is asked for a second step; of a value of `amr` it can only be seen afterwards."""
    value = provider.step_value
    if provider.kind == SignOnProvider.Kind.ENTRA and _CONTEXT.fullmatch(value):
        return {"claims": json.dumps({"id_token": {"acrs": {"essential": True, "value": value}}})}
    return {"acr_values": value} if ":" in value else {}


def cookie_of(state: str) -> str:
    """Each try has a cookie of its own, so that two tabs do not undo each other."""
    return f"sso-{hashlib.sha256(state.encode('utf-8', 'replace')).hexdigest()[:16]}"


def set_begun(response: HttpResponseBase, name: str, value: str) -> None:
    set_cookie(response, name, value, httponly=True, max_age=int(MINUTES.total_seconds()))


def finish(request: HttpRequest, provider: SignOnProvider) -> Finished:
    """Who came back, as the provider says it. It works once. Raises SignOnRefused."""
    begun = _begun(request, provider)
    if error := request.GET.get("error"):
        raise (
            Stopped("access_denied") if error == "access_denied" else SignOnRefused(f"the provider said {error[:40]!r}")
        )
    code, issuer = request.GET.get("code", ""), request.GET.get("iss")
    if not 0 < len(code) <= MOST or (issuer is not None and issuer != provider.issuer):
        raise SignOnRefused("no code, or of another issuer")
    until = until_when()
    try:
        told = _told(provider, code, begun, until)
    except NotAsked as error:
        raise Unreachable(str(error)) from None
    except TokenRefused as error:
        raise SignOnRefused(str(error)) from None
    return Finished(told, begun["then"], begun["linking"])


def _begun(request: HttpRequest, provider: SignOnProvider) -> dict[str, Any]:
    """What this browser began with this provider, used up by it."""
    state = request.GET.get("state", "")[:200]
    try:
        begun: dict[str, Any] = signing.loads(request.COOKIES.get(cookie_of(state), ""), salt=SALT, max_age=MINUTES)
    except signing.BadSignature:
        raise NotBegun("not begun in this browser, or too long ago") from None
    if begun["state"] != state or begun["provider"] != str(provider.key):
        raise NotBegun("another state")
    try:
        with transaction.atomic():
            LtiNonce.objects.create(digest=hashlib.sha256(f"{SALT}:{state}".encode()).hexdigest())
    except IntegrityError:
        raise NotBegun("used before") from None
    return begun


def _told(provider: SignOnProvider, code: str, begun: dict[str, Any], until: float) -> Told:
    found = metadata_of(provider.issuer, until)
    answer = _tokens(provider, found, code, begun["verifier"], until)
    claims = claims_of(
        answer.get("id_token"), found=found, client_id=provider.client_id, nonce=begun["nonce"], until=until
    )
    if provider.kind == SignOnProvider.Kind.ENTRA and (not provider.tenant or claims.get("tid") != provider.tenant):
        raise TokenRefused("of another directory")
    more = _more(provider, found, claims, answer.get("access_token"), until)
    if provider.home_claim and not _has(more.get(provider.home_claim), provider.home_value):
        raise TokenRefused("of another organisation")
    return Told(
        subject=claims["sub"],
        second=_text(more.get(provider.second_claim), 500) if provider.second_claim else "",
        first_name=_first_name(more) if provider.asks_name else "",
        email=_email(more) if provider.asks_email else "",
        has_step=bool(provider.step_value)
        and any(_has(claims.get(name), provider.step_value) for name in ("acr", "amr", "acrs")),
    )


def _tokens(provider: SignOnProvider, found: Metadata, code: str, verifier: str, until: float) -> dict[str, Any]:
    try:
        _, secret = unseal(provider.sealed)
    except Unreadable:
        raise NotAsked("its secret was kept under another SECRET_KEY") from None
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_address(provider),
        "code_verifier": verifier,
    }
    headers = {}
    if found.posts_secret:
        form |= {"client_id": provider.client_id, "client_secret": secret}
    else:  # RFC 6749, section 2.3.1: each encoded before they are joined
        both = f"{quote(provider.client_id, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(both.encode()).decode()}"
    return ask(found.token, until=until, form=urlencode(form), headers=headers)


def _more(
    provider: SignOnProvider, found: Metadata, claims: dict[str, Any], access_token: object, until: float
) -> dict[str, Any]:
    """The claims that are needed, from the token and, where one is not in it, from the page about the person."""
    wanted = {provider.second_claim, provider.home_claim} - {""}
    missing = {name for name in wanted if name not in claims}
    if provider.asks_name and not any(name in claims for name in NAME_CLAIMS):
        missing |= set(NAME_CLAIMS)
    if provider.asks_email and "email" not in claims:
        missing.add("email")
    if not missing or not found.userinfo or not isinstance(access_token, str) or not _is_token(access_token):
        return claims
    told = ask(found.userinfo, until=until, headers={"Authorization": f"Bearer {access_token}"})
    if told.get("sub") != claims["sub"]:
        raise TokenRefused("the page about the person is about another")  # Core 1.0, section 5.3.2
    return {**{name: told[name] for name in missing if name in told}, **claims}


def _is_token(given: str) -> bool:
    return len(given) <= 20_000 and re.fullmatch(r"[A-Za-z0-9._~+/=-]+", given) is not None


def _has(given: object, value: str) -> bool:
    return given == value or (isinstance(given, list) and value in given)


def _text(given: object, most: int) -> str:
    """Text of a claim, or '' for anything else; a list of one is that one, as SURFconext writes it."""
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    return given if isinstance(given, str) and len(given) <= most and given.isprintable() else ""


def _first_name(claims: dict[str, Any]) -> str:
    """As it may stand on a screen; '' for anything else."""
    given, whole = (_text(claims.get(name), 150) for name in NAME_CLAIMS)
    try:
        return clean_name(given or next(iter(whole.split()), ""))
    except ValueError:
        return ""


def _email(claims: dict[str, Any]) -> str:
    try:
        return clean_email(_text(claims.get("email"), 254))
    except ValueError:
        return ""


def _metadata(provider: SignOnProvider, until: float) -> Metadata:
    try:
        return metadata_of(provider.issuer, until)
    except NotAsked as error:
        raise Unreachable(str(error)) from None


def way_out(provider: SignOnProvider) -> str:
    """Where someone ends their session at the provider itself, '' where it has no such place or does not answer.

    Source: OpenID Connect RP-Initiated Logout 1.0.
    """
    try:
        found = metadata_of(provider.issuer, until_when())
    except NotAsked:
        return ""
    joint = "&" if "?" in found.logout else "?"
    return f"{found.logout}{joint}{urlencode({'client_id': provider.client_id})}" if found.logout else ""
