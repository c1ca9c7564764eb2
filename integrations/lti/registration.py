"""Dynamic registration: the platform and we tell each other our addresses, so that nobody copies them.

Source: 1EdTech, LTI Dynamic Registration 1.0.
"""

from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils import timezone
from pylti1p3.exception import LtiException

from integrations.lti.fetch import GuardedSession, origin_of
from integrations.lti.services import MEMBERS, SCORE, register_platform, values_of
from integrations.models import LtiPlatform

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
MOST = 4000


class RegistrationRefused(Exception):
    """Why it did not work, in Dutch, for the administrator of the platform."""


def open_invitation(invitation: Any) -> LtiPlatform | None:
    """The platform that may register itself with this now."""
    found = LtiPlatform.objects.filter(invitation=invitation, ended_at=None, invited_until__gt=timezone.now())
    return found.select_related("organisation").first()


def register_by_itself(platform: LtiPlatform, configuration_url: str, token: str) -> LtiPlatform:
    """Read what the platform says of itself, tell it what we are, and keep what came back.

    Raises RegistrationRefused.
    """
    if len(configuration_url) > MOST or len(token) > MOST or not (token.isascii() and token.isprintable()):
        raise RegistrationRefused("Wat de leeromgeving meestuurde klopt niet. Begin daar opnieuw.")
    session = GuardedSession()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        if origin_of(configuration_url) != platform.address:
            raise RegistrationRefused("De koppeling is gemaakt voor een ander adres. Vraag een nieuwe koppeling.")
        configuration = _json(session.get(configuration_url, headers=headers))
        issuer, endpoint = configuration.get("issuer"), configuration.get("registration_endpoint")
        if not isinstance(issuer, str) or urlsplit(issuer).hostname != urlsplit(platform.address).hostname:
            raise RegistrationRefused("De leeromgeving noemt een ander adres dan haar eigen. Vraag de leverancier.")
        if not isinstance(endpoint, str) or origin_of(endpoint) != platform.address:
            raise RegistrationRefused("De leeromgeving kan zich niet zelf koppelen. Vul de adressen met de hand in.")
        answer = _json(session.post(endpoint, json=what_we_are(), headers=headers))
        values = values_of(configuration, answer)
        tool = answer.get(TOOL)
        deployment = tool.get("deployment_id", "") if isinstance(tool, dict) else ""
        return register_platform(
            platform=platform,
            values=values,
            actor=None,
            deployment=deployment if isinstance(deployment, str) and len(deployment) <= 255 else "",
        )
    except (requests.RequestException, LtiException, ValueError) as error:
        raise RegistrationRefused("De leeromgeving gaf geen bruikbaar antwoord. Probeer het later opnieuw.") from error


def what_we_are() -> dict[str, Any]:
    """What a platform needs to know. We ask for no name and no e-mail address."""
    base = settings.BASE_URL
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "client_name": "Kortwijs",
        "client_uri": base,
        "initiate_login_uri": f"{base}/lti/inloggen",
        "redirect_uris": [f"{base}/lti/start"],
        "jwks_uri": f"{base}/lti/sleutels.json",
        "token_endpoint_auth_method": "private_key_jwt",
        "id_token_signed_response_alg": "RS256",
        "scope": f"{SCORE} {MEMBERS}",
        TOOL: {
            "domain": urlsplit(base).netloc,
            "target_link_uri": f"{base}/lti/",
            "description": "Korte lessen over veilig werken met AI.",
            "claims": ["iss", "sub"],
            "messages": [
                {"type": "LtiDeepLinkingRequest", "target_link_uri": f"{base}/lti/", "label": "Kies een les"},
                {"type": "LtiResourceLinkRequest"},
            ],
        },
    }


def _json(response: requests.Response) -> dict[str, Any]:
    if not response.ok:
        raise ValueError("refused")
    found = response.json()
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
