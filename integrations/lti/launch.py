"""Who a launch comes from, and that it is real, meant for us, for this browser, in time, and used once.

pylti1p3 (below django-lti) reads and verifies the message. What it leaves open is closed here: it lets a message that
it saw before in again without the browser's cookie, uses a nonce more than once, and needs no `exp`.
Source: 1EdTech Security Framework 1.0, section 5.1; LTI 1.3, section 5.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from jwcrypto.common import JWException
from lti_tool.models import LtiDeployment, LtiRegistration
from lti_tool.utils import DjangoToolConfig
from pylti1p3.contrib.django import DjangoMessageLaunch
from pylti1p3.exception import LtiException

from integrations.lti.fetch import GuardedSession
from integrations.models import LtiNonce, LtiPlatform
from people.cookies import set_cookie

MINUTES = timedelta(minutes=10)
MOST = 2000
ALGORITHM = "RS256"
KEYS_SECONDS = 300
_SALT = "integrations.lti.login"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
HINTS = ("iss", "login_hint", "target_link_uri", "lti_message_hint", "client_id", "lti_deployment_id")
_CLAIMS = ("exp", "iat", "iss", "aud", "sub", "nonce")


class LaunchRefused(Exception):
    """Why a launch is not taken; the message goes to the log, and nothing of it to the screen."""


@dataclass(frozen=True)
class Launched:
    """A launch that holds."""

    platform: LtiPlatform
    registration: LtiRegistration
    deployment: LtiDeployment
    claims: dict[str, Any]

    @property
    def subject(self) -> str:
        return str(self.claims["sub"])

    @property
    def is_for_choosing(self) -> bool:
        """Someone makes a link: a deep linking request."""
        return self.claims.get(f"{CLAIM}message_type") == "LtiDeepLinkingRequest"

    @property
    def target_address(self) -> str:
        return str(self.claims.get(f"{CLAIM}target_link_uri", ""))

    @property
    def teaches(self) -> bool:
        """Whether the platform calls them a teacher or author of this course, or its administrator."""
        roles = self.claims.get(f"{CLAIM}roles")
        names = [str(role).rpartition("#")[2].rpartition("/")[2] for role in roles] if isinstance(roles, list) else []
        return bool({"Instructor", "ContentDeveloper", "Administrator"} & set(names))


def platform_of_login(hints: dict[str, str]) -> LtiPlatform:
    """The platform that begins to sign someone in. Raises LaunchRefused for one that we do not know."""
    found = LtiPlatform.objects.filter(
        ended_at=None, registration__is_active=True, registration__issuer=hints.get("iss", "")
    ).select_related("registration", "organisation")
    if client := hints.get("client_id"):
        found = found.filter(registration__client_id=client)
    known = list(found[:2])
    if len(known) != 1 or not hints.get("login_hint"):
        raise LaunchRefused("unknown platform")
    return known[0]


def hints_of(request: HttpRequest) -> dict[str, str]:
    """What a platform sends along when it begins. Raises LaunchRefused for what is too long."""
    given = request.POST if request.method == "POST" else request.GET
    hints = {name: given[name] for name in HINTS if given.get(name)}
    if any(len(value) > MOST or "\x00" in value for value in hints.values()):
        raise LaunchRefused("too long")
    return hints


def origins_of(platform: LtiPlatform) -> list[str]:
    """Who may show our page in a frame: this platform, by the address it was registered with."""
    return [platform.address]


def begin(platform: LtiPlatform, hints: dict[str, str], start: str) -> tuple[str, str, str]:
    """Where to send the browser, and the name and value of the cookie that knows it again."""
    registration = platform.registration
    assert registration is not None
    state, nonce = secrets.token_hex(16), secrets.token_hex(16)
    query = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": registration.client_id,
        "redirect_uri": start,
        "state": state,
        "nonce": nonce,
        "login_hint": hints["login_hint"],
    }
    if hint := hints.get("lti_message_hint"):
        query["lti_message_hint"] = hint
    begun = {"state": state, "nonce": nonce, "platform": platform.pk}
    joint = "&" if "?" in registration.auth_url else "?"
    return f"{registration.auth_url}{joint}{urlencode(query)}", cookie_of(state), signing.dumps(begun, salt=_SALT)


def cookie_of(state: str) -> str:
    """Each launch has a cookie of its own, so that two tabs do not undo each other."""
    return f"lti-{hashlib.sha256(state.encode()).hexdigest()[:16]}"


def set_begun(response: HttpResponse, name: str, value: str) -> None:
    set_cookie(response, name, value, httponly=True, max_age=int(MINUTES.total_seconds()))


def finish(request: HttpRequest) -> Launched:
    """The launch of this request, checked. It works once. Raises LaunchRefused."""
    state = request.POST.get("state", "")[:200]
    try:
        begun = signing.loads(request.COOKIES.get(cookie_of(state), ""), salt=_SALT, max_age=MINUTES)
    except signing.BadSignature:
        raise LaunchRefused("not begun in this browser, or too long ago") from None
    if not secrets.compare_digest(state.encode(), begun["state"].encode()):
        raise LaunchRefused("another state")
    platform = (
        LtiPlatform.objects.filter(pk=begun["platform"], ended_at=None, registration__is_active=True)
        .select_related("registration", "organisation")
        .first()
    )
    if platform is None or platform.registration is None:
        raise LaunchRefused("this platform is not there any more")
    message = _Message(request, platform.registration, begun["nonce"])
    try:
        message.validate()
    except (LtiException, JWException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LaunchRefused(f"{type(error).__name__}: {error}"[:200]) from None
    _use(begun["nonce"])
    claims = message.get_launch_data()
    deployment = _deployment(platform.registration, str(claims[f"{CLAIM}deployment_id"]))
    return Launched(platform, platform.registration, deployment, dict(claims))


class _Message(DjangoMessageLaunch):
    """A message of one platform, meant for one nonce."""

    def __init__(self, request: HttpRequest, registration: LtiRegistration, nonce: str) -> None:
        self._expected = nonce
        super().__init__(request, DjangoToolConfig(registration.uuid), requests_session=GuardedSession())
        self.set_jwt_verify_options({"verify_aud": False, "require": list(_CLAIMS)})

    def validate_state(self) -> "_Message":
        """Done before, against the cookie of this browser; there is no other way in."""
        return self

    def validate_jwt_format(self) -> "_Message":
        token = self._get_id_token()
        if len(token) > 50_000:
            raise LtiException("too large")
        super().validate_jwt_format()
        header, body = self._jwt["header"], self._jwt["body"]
        if not isinstance(header, dict) or not isinstance(body, dict) or header.get("alg") != ALGORITHM:
            raise LtiException("another algorithm than RS256")
        deployment = body.get(f"{CLAIM}deployment_id")
        for value in (body.get("iss"), body.get("sub"), body.get("nonce"), deployment):
            if not isinstance(value, str) or not 0 < len(value) <= 255 or "\x00" in value:
                raise LtiException("a claim is missing or is no text")
        return self

    def validate_nonce(self) -> "_Message":
        if not secrets.compare_digest(str(self._jwt["body"]["nonce"]).encode(), self._expected.encode()):
            raise LtiException("another nonce")
        return self

    def get_client_id(self) -> str:
        """Whom it is for; where it is for more than one, `azp` says who asked for it (OpenID Connect Core 3.1.3.7)."""
        audience, party = self._jwt["body"].get("aud"), self._jwt["body"].get("azp")
        given = audience if isinstance(audience, list) else [audience]
        if not given or not all(isinstance(one, str) for one in given):
            raise LtiException("no audience")
        if len(given) > 1 and party not in given:
            raise LtiException("for more than one, and not said for whom")
        return str(party if party in given else given[0])

    def validate_jwt_signature(self) -> "_Message":
        super().validate_jwt_signature()
        age = timezone.now().timestamp() - float(self._jwt["body"]["iat"])
        if age > MINUTES.total_seconds():
            raise LtiException("too old")
        return self

    def fetch_public_key(self, key_set_url: str) -> Any:
        """The keys of a platform, kept for some minutes: a class opens a lesson together."""
        name = f"lti-keys-{hashlib.sha256(key_set_url.encode()).hexdigest()}"
        found = cache.get(name)
        if found is None:
            found = super().fetch_public_key(key_set_url)
            if not isinstance(found, dict) or not isinstance(found.get("keys"), list):
                raise LtiException("no keys")
            cache.set(name, found, KEYS_SECONDS)
        return found

    def save_launch_data(self) -> "_Message":
        """Nothing of a message is kept."""
        return self


def _use(nonce: str) -> None:
    try:
        with transaction.atomic():
            LtiNonce.objects.create(digest=hashlib.sha256(nonce.encode()).hexdigest())
    except IntegrityError:
        raise LaunchRefused("used before") from None


def _deployment(registration: LtiRegistration, name: str) -> LtiDeployment:
    """The first place in a platform that opens us is taken on trust; of others an administrator says so."""
    found = LtiDeployment.objects.get(registration=registration, deployment_id=name)
    if not found.is_active:
        if LtiDeployment.objects.filter(registration=registration, is_active=True).exists():
            raise LaunchRefused("a deployment that is not allowed yet")
        LtiDeployment.objects.filter(pk=found.pk).update(is_active=True)
    return found
