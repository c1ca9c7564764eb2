"""What a credential says (Open Badges 3.0 as a signed JWT), whether a signature is ours, and the list of revoked ones.

Source: 1EdTech, Open Badges 3.0, section 8.2 (JSON Web Token proof format); W3C, Bitstring Status List 1.0.
"""

import uuid
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from openbadgeslib.ob3 import (
    Achievement,
    Issuer,
    OB3VerificationError,
    OB3Verifier,
    OpenBadgeCredential,
    build_status_list_credential,
    status_entry,
)

from learning.badges.issuer import issuer_id, sign, site_keys
from learning.models import Credential, StatusSlot

LIST_HOLDS = timedelta(days=1)  # so long a copy of the list of revoked credentials may be used


def address_of(credential: Credential) -> str:
    """Where anyone can look at it once its learner shows it; it stands in what is signed."""
    return settings.BASE_URL + reverse("learning:credential", args=[credential.pk])


def list_address(number: int) -> str:
    """Where the list of revoked credentials stands."""
    return settings.BASE_URL + reverse("learning:credential_status", args=[number])


def signed(credential: Credential) -> str:
    """The credential as a token. There is no name, e-mail address, organisation, time of day or score in it."""
    made = timezone.make_aware(datetime.combine(credential.made_on, time()))
    achievement = Achievement(
        id=achievement_id(credential),
        name=credential.title,
        description="Bewijs van meedoen aan een route. De lessen gaan over veilig werken met AI.",
        criteria_narrative=narrative_of(credential),
        achievement_type="Certificate",
        tags=["AI-geletterdheid", "meedoen"],
    )
    document = OpenBadgeCredential(
        id=address_of(credential),
        issuer=Issuer(id=issuer_id(), name="Kortwijs", url=settings.BASE_URL),
        recipient_id=f"urn:uuid:{uuid.uuid4()}",  # of this credential alone: two say not that they are one person's
        achievement=achievement,
        issuance_date=made.astimezone(UTC),
        credential_status=[status_entry(list_address(credential.slot.number), "revocation", credential.slot.place)],
    )
    payload: dict[str, Any] = document.to_jwt_payload()
    payload["credentialSubject"]["achievement"] |= {"version": credential.content_version, "inLanguage": "nl"}
    return sign(payload)


def achievement_id(credential: Credential) -> str:
    """The same for everybody who did the same texts of the same path; says nothing about either."""
    said = f"{credential.path_id} {credential.content_version}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, settings.BASE_URL + said)}"


def narrative_of(credential: Credential) -> str:
    """What was done for it, in words: taking part, and in which texts."""
    lines = ["Alle lessen van de route gedaan. Er hoort geen cijfer bij.", ""]
    lines += [f"- {one['title']} ({one['code']}, versie {one['revision']})" for one in credential.lessons]
    return "\n".join(lines)


def is_ours(token: str) -> bool:
    """Whether a key of this site signed it."""
    for key in site_keys():
        try:
            OB3Verifier(key.public_pem).verify(token)
        except OB3VerificationError:
            continue
        return True
    return False


def status_list(number: int, now: datetime) -> str:
    """The signed list of what was revoked: one bit per place, and nothing else about it. The same bytes for an hour."""
    now = now.replace(minute=0, second=0, microsecond=0)
    revoked = StatusSlot.objects.filter(number=number, revoked_on__isnull=False).values_list("place", flat=True)
    document = build_status_list_credential(
        issuer_id(),
        list_address(number),
        "revocation",
        revoked,
        StatusSlot.SIZE,
        issued=now - timedelta(minutes=1),
        valid_until=now + LIST_HOLDS,
    )
    claims = {"iss": document["issuer"], "jti": document["id"], "nbf": int(now.timestamp()) - 60}
    return sign({**document, **claims, "exp": int((now + LIST_HOLDS).timestamp())})
