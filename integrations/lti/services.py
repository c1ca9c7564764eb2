"""Writes of LTI: platforms, who came from them, and telling a platform what is done."""

import logging
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import requests
from django.db import transaction
from django.utils import timezone
from lti_tool.models import Key, LtiDeployment, LtiRegistration, LtiUser
from pylti1p3.assignments_grades import AssignmentsGradesService
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.grade import Grade
from pylti1p3.names_roles import NamesRolesProvisioningService
from pylti1p3.service_connector import ServiceConnector
from requests.structures import CaseInsensitiveDict
from requests.utils import parse_header_links

from integrations.lti.fetch import GuardedSession, origin_of
from integrations.lti.launch import Launched
from integrations.lti.queries import completions_due
from integrations.lti.targets import Target
from integrations.models import LtiCompletion, LtiNonce, LtiPlatform
from people.models import Membership, Organisation, Role, User
from people.services import record_audit

log = logging.getLogger(__name__)
INVITED = timedelta(days=14)
AGS_CLAIM = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
NRPS_CLAIM = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
MOST_PAGES = 50
# What can go wrong where a platform is asked something, strange answers among it.
WENT_WRONG = (
    LtiException,
    LtiServiceException,
    requests.RequestException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)


def ensure_key() -> None:
    """Our own key, with which we answer platforms; made at the first need."""
    if not Key.objects.active().exists():
        Key.objects.generate()


@transaction.atomic
def invite_platform(*, organisation: Organisation, name: str, address: str, actor: User | None) -> LtiPlatform:
    """A learning system that may register itself once, from this address. Raises ValueError for no address."""
    platform = LtiPlatform.objects.create(
        organisation=organisation, name=name, address=origin_of(address), invited_until=timezone.now() + INVITED
    )
    record_audit(
        actor=actor,
        action="invite_lti_platform",
        subject=f"lti platform {platform.pk}",
        organisation=platform.organisation_id,
    )
    return platform


@transaction.atomic
def register_platform(
    *, platform: LtiPlatform, values: Mapping[str, str], actor: User | None, deployment: str = ""
) -> LtiPlatform:
    """Keep what a platform is known by: issuer, client_id, auth_url, token_url, keyset_url, perhaps audience.

    An invitation is used up by it. Raises ValueError where these belong to another platform already.
    """
    platform = LtiPlatform.objects.select_for_update().get(pk=platform.pk)
    known = LtiRegistration.objects.filter(issuer=values["issuer"], client_id=values["client_id"])
    if known.exclude(pk=platform.registration_id).exists():
        raise ValueError("registered already")
    ensure_key()
    registration = platform.registration or LtiRegistration(uuid=uuid.uuid4())
    registration.name = platform.name
    for field in ("issuer", "client_id", "auth_url", "token_url", "keyset_url", "audience"):
        setattr(registration, field, values.get(field, ""))
    registration.is_active = True
    registration.save()
    platform.registration, platform.invited_until = registration, None
    platform.save(update_fields=["registration", "invited_until"])
    if deployment:
        LtiDeployment.objects.update_or_create(
            registration=registration, deployment_id=deployment, defaults={"is_active": True}
        )
    record_audit(
        actor=actor,
        action="register_lti_platform",
        subject=f"lti platform {platform.pk}",
        organisation=platform.organisation_id,
    )
    return platform


@transaction.atomic
def end_platform(*, platform: LtiPlatform, actor: User | None) -> None:
    """It opens nothing any more and is told nothing; who came from it keeps what they did."""
    platform.ended_at, platform.invited_until = timezone.now(), None
    platform.save(update_fields=["ended_at", "invited_until"])
    if platform.registration:
        LtiRegistration.objects.filter(pk=platform.registration_id).update(is_active=False)
    record_audit(
        actor=actor,
        action="end_lti_platform",
        subject=f"lti platform {platform.pk}",
        organisation=platform.organisation_id,
    )


def allow_deployment(*, deployment: LtiDeployment, actor: User | None) -> None:
    """Another place in the same platform may open us too."""
    LtiDeployment.objects.filter(pk=deployment.pk).update(is_active=True)
    record_audit(actor=actor, action="allow_lti_deployment", subject=f"lti deployment {deployment.pk}")


@transaction.atomic
def person_of(launched: Launched) -> User:
    """The learner behind a launch, by the opaque key that the platform has for them.

    No name and no address is kept of them. Whatever role the platform gives them, here they learn.
    """
    registration = LtiRegistration.objects.select_for_update().get(pk=launched.registration.pk)
    known, _ = LtiUser.objects.select_related("auth_user").get_or_create(
        registration=registration, sub=launched.subject
    )
    user = known.auth_user
    if user is None:
        user = User(username=f"lti-{uuid.uuid4().hex}")
        user.set_unusable_password()
        user.save(force_insert=True)
        known.auth_user = user
    known.save()  # the moment: who does not come back is forgotten
    Membership.objects.get_or_create(user=user, organisation=launched.platform.organisation, role=Role.LEARNER)
    return user


def expect_completion(*, launched: Launched, target: Target) -> LtiCompletion | None:
    """Remember that the platform wants to be told when this is done; None when it did not ask."""
    endpoint = launched.claims.get(AGS_CLAIM)
    if not isinstance(endpoint, dict) or SCORE not in (endpoint.get("scope") or []):
        return None
    line_item = _address(endpoint.get("lineitem"))
    if not line_item:
        return None
    members = launched.claims.get(NRPS_CLAIM)
    members_url = _address(members.get("context_memberships_url")) if isinstance(members, dict) else ""
    who = LtiUser.objects.get(registration=launched.registration, sub=launched.subject)
    return LtiCompletion.objects.get_or_create(
        who=who,
        line_item=line_item,
        defaults={
            "kind": target.kind,
            "target": target.code,
            "members_url": members_url,
            "next_try_at": timezone.now(),
        },
    )[0]


def _address(given: object) -> str:
    """A web address of a platform, or nothing."""
    try:
        return given if isinstance(given, str) and origin_of(given) else ""
    except ValueError:
        return ""


def send_completions(*, now: datetime) -> int:
    """Tell platforms what was done since; gives how many. A platform that is away is asked again, ever later."""
    count = 0
    for completion in completions_due(now):
        mine = LtiCompletion.objects.filter(pk=completion.pk, tries=completion.tries, sent_at=None)
        wait = timedelta(minutes=min(2**completion.tries, 720))
        if not mine.update(tries=completion.tries + 1, next_try_at=now + wait):
            continue  # another worker has it
        try:
            _tell(completion, now)
        except WENT_WRONG as error:
            log.warning("lti completion %s was not sent: %s", completion.pk, type(error).__name__)
            continue
        LtiCompletion.objects.filter(pk=completion.pk).update(sent_at=now)
        count += 1
    return count


def _tell(completion: LtiCompletion, now: datetime) -> None:
    """'Done' is 1 of 1 for everybody: no number of ours says how well."""
    connector = ServiceConnector(completion.who.registration.to_registration(), GuardedSession())
    service = AssignmentsGradesService(connector, {"scope": [SCORE], "lineitem": completion.line_item})
    grade = Grade().set_score_given(1).set_score_maximum(1).set_user_id(completion.who.sub)
    grade.set_activity_progress("Completed").set_grading_progress("FullyGraded").set_timestamp(now.isoformat())
    service.put_grade(grade)


def forget_who_left() -> int:
    """What waits for someone who is no longer in the course is told no more; gives how many.

    Of the list of a course only keys and whether they are active are read. A list that is empty, or that could not be
    read to its end, says nothing.
    """
    waiting = LtiCompletion.objects.filter(
        sent_at=None, who__registration__is_active=True, who__registration__platform__ended_at=None
    ).exclude(members_url="")
    gone = 0
    for registration, url in waiting.values_list("who__registration", "members_url").distinct():
        try:
            there = _members(LtiRegistration.objects.get(pk=registration), url)
        except WENT_WRONG as error:
            log.warning("lti members of registration %s were not read: %s", registration, type(error).__name__)
            continue
        if there:
            left = waiting.filter(who__registration=registration, members_url=url).exclude(who__sub__in=there)
            gone += left.delete()[0]
    return gone


def _members(registration: LtiRegistration, url: str) -> set[str]:
    """The keys of who is in a course, of all pages. Raises ValueError for a list without an end."""
    connector = ServiceConnector(registration.to_registration(), GuardedSession())
    service = NamesRolesProvisioningService(connector, {"context_memberships_url": url})
    found: set[str] = set()
    page, seen = url, set[str]()
    while page not in seen and len(seen) < MOST_PAGES:
        seen.add(page)
        answer = service.get_nrps_data(page)
        found |= {str(one["user_id"]) for one in answer["body"]["members"] if one.get("status", "Active") == "Active"}
        page = _next_page(answer["headers"], page)
        if not page:
            return found
    raise ValueError("a list without an end")


def _next_page(headers: Mapping[str, str], page: str) -> str:
    """The address of the next page, or nothing; read here because pylti1p3 makes small letters of it.

    Raises ValueError for one at another host: our key to this platform goes along.
    """
    links = parse_header_links(CaseInsensitiveDict(headers).get("link", ""))
    found = next((urljoin(page, link["url"]) for link in links if link.get("rel") == "next"), "")
    if found and origin_of(found) != origin_of(page):
        raise ValueError("the next page is at another host")
    return found


def forget_old(now: datetime) -> int:
    """Launches that were used more than a day ago."""
    gone: int = LtiNonce.objects.filter(used_at__lt=now - timedelta(days=1)).delete()[0]
    return gone


def values_of(configuration: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, str]:
    """What a platform said of itself, in the words of django-lti. Raises ValueError for what is missing or strange."""
    values = {
        "issuer": configuration.get("issuer"),
        "client_id": answer.get("client_id"),
        "auth_url": configuration.get("authorization_endpoint"),
        "token_url": configuration.get("token_endpoint"),
        "keyset_url": configuration.get("jwks_uri"),
        "audience": configuration.get("authorization_server") or "",
    }
    if not all(isinstance(value, str) and len(value) <= 200 for value in values.values()):
        raise ValueError("something is missing")
    found = {name: str(value) for name, value in values.items()}
    for name in ("auth_url", "token_url", "keyset_url"):
        origin_of(found[name])
    if not found["issuer"] or not found["client_id"]:
        raise ValueError("something is missing")
    return found
