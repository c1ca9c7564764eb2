"""Writes about signing in with an organisation: providers, and who someone is. Each with a line in the audit trail."""

import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from integrations.single_sign_on.flow import SignOnRefused, Told
from integrations.single_sign_on.models import SignOnIdentity, SignOnProvider
from people.models import Membership, Organisation, Role, User
from people.queries import has_rights
from people.services import merge_people, record_audit, send_notice
from xapi.forwarding.sealing import seal

FIXED = ("organisation", "kind", "issuer")  # another of these is another provider


class Clash(SignOnRefused):
    """What the provider says points at two people here, or at another than who is signed in."""


# Providers


@transaction.atomic
def add_provider(*, organisation: Organisation, secret: str, actor: User | None, **values: Any) -> SignOnProvider:
    """Another provider; `values` are the fields of its model."""
    sealed = seal(values["client_id"], secret)
    provider = SignOnProvider.objects.create(organisation=organisation, sealed=sealed, **values)
    _note(actor, "add_sign_on_provider", provider, organisation=organisation.pk)
    return provider


@transaction.atomic
def change_provider(*, provider: SignOnProvider, secret: str, actor: User | None, **values: Any) -> None:
    """Other settings; an empty secret leaves the one that is there. Whose it is and which issuer does not change."""
    provider = SignOnProvider.objects.select_for_update().get(pk=provider.pk)
    for name, value in values.items():
        if name not in FIXED:
            setattr(provider, name, value)
    if secret:
        provider.sealed = seal(provider.client_id, secret)
    provider.save()
    _note(actor, "change_sign_on_provider", provider)


@transaction.atomic
def end_provider(*, provider: SignOnProvider, actor: User | None) -> None:
    """Nobody comes in by it any more, and its secret is gone; people keep what they did."""
    provider.ended_at, provider.sealed = timezone.now(), ""
    provider.save(update_fields=["ended_at", "sealed"])
    _note(actor, "end_sign_on_provider", provider)


def _note(actor: User | None, action: str, provider: SignOnProvider, **details: Any) -> None:
    record_audit(actor=actor, action=action, subject=f"sign-on provider {provider.pk}", **details)


def note_clash(*, provider: SignOnProvider) -> None:
    """That somebody was not let in, or not linked. Apart: what raised Clash was undone, its lines in the trail too."""
    _note(None, "sign_on_clash", provider)


# People


@transaction.atomic
def person_of(*, provider: SignOnProvider, told: Told) -> User:
    """Who this is here; someone new where nobody is known by these keys.

    By the subject; where that is new, by the claim that stays. Never by an e-mail address or a name: these are given
    out again, and at many providers people choose them. Raises Clash.
    """
    user = _known(provider, told)
    if user is None:
        user = User(username=f"account-{uuid.uuid4().hex}", first_name=told.first_name, email=told.email)
        user.set_unusable_password()
        user.has_sign_on = True
        user.save(force_insert=True)
        _keep(provider, told, user)
        record_audit(actor=user, action="begin_with_sign_on", person=user, provider=provider.pk)
    _belongs(user, provider.organisation)
    return user


def _known(provider: SignOnProvider, told: Told) -> User | None:
    """Who is known by these keys, which are kept as they are now."""
    _lock(provider)
    same = SignOnIdentity.objects.select_related("user").filter(issuer=provider.issuer)
    found = same.filter(subject=told.subject).first()
    others = _by_second(same, provider, told)
    owners = {one.user_id for one in others} | ({found.user_id} if found else set())
    if len(owners) > 1:
        raise Clash("its keys point at two people")
    if found:
        _refresh(found, provider, told)
        return found.user
    if others:
        _keep(provider, told, others[0].user)
        _note(others[0].user, "sign_on_has_new_subject", provider)
        return others[0].user
    return None


def _lock(provider: SignOnProvider) -> None:
    """Two first visits of one person at once make one person."""
    rows = SignOnProvider.objects.select_for_update().filter(issuer=provider.issuer).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _by_second(same: QuerySet[SignOnIdentity], provider: SignOnProvider, told: Told) -> list[SignOnIdentity]:
    if not told.second:
        return []
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return list(same.filter(second__in=[_digest(provider, told, key) for key in keys]).order_by("pk"))


def _digest(provider: SignOnProvider, told: Told, secret: str | bytes | None = None) -> str:
    if not told.second:
        return ""
    words = f"{provider.issuer}\n{provider.second_claim}\n{told.second}"
    return salted_hmac("integrations.single_sign_on", words, secret=secret, algorithm="sha256").hexdigest()


def _keep(provider: SignOnProvider, told: Told, user: User) -> SignOnIdentity:
    return SignOnIdentity.objects.create(
        user=user,
        provider=provider,
        issuer=provider.issuer,
        subject=told.subject,
        second=_digest(provider, told),
        used_at=timezone.now(),
    )


def _refresh(found: SignOnIdentity, provider: SignOnProvider, told: Told) -> None:
    found.provider, found.used_at = provider, timezone.now()
    found.second = _digest(provider, told) or found.second
    found.save(update_fields=["provider", "used_at", "second"])


def _belongs(user: User, organisation: Organisation) -> None:
    """Someone of whom the organisation says so is a learner there. A higher role is never given by a provider."""
    if not Membership.objects.filter(user=user, organisation=organisation).exists():
        Membership.objects.create(user=user, organisation=organisation, role=Role.LEARNER)


# Linking


@transaction.atomic
def link_person(*, provider: SignOnProvider, told: Told, user: User) -> None:
    """From now on this account is one's way in too. Only for who signed in just now, and came back from the provider.

    Whoever began without knowing that they had an account has another, with nothing but this way in: having shown that
    both are theirs, it becomes part of this one. Raises Clash where the keys are of somebody else.
    """
    known = _known(provider, told)
    if known is None:
        _keep(provider, told, user)
    elif known.pk != user.pk:
        _take_over(provider, known, user)
    User.objects.filter(pk=user.pk).update(has_sign_on=True)
    _belongs(user, provider.organisation)
    record_audit(actor=user, action="link_sign_on", person=user, provider=provider.pk)
    send_notice(user=user, text=f"Je kunt nu ook inloggen met {provider.name}. Was jij dat niet? Vraag dan hulp.")


def _take_over(provider: SignOnProvider, known: User, user: User) -> None:
    only_way = not known.has_usable_password() and known.login_email is None
    has_step = Authenticator.objects.filter(user=known).exists()
    if not only_way or has_step or has_rights(known) or not known.is_active:
        raise Clash("it is somebody else's")
    SignOnIdentity.objects.filter(user=known).update(user=user)
    User.objects.filter(pk=known.pk).update(has_sign_on=False)
    known.has_sign_on = False
    merge_people(source=known, target=user)


@transaction.atomic
def unlink_person(*, identity: SignOnIdentity) -> bool:
    """It is no way in any more; False where it is the only one, and it stays."""
    user = User.objects.select_for_update().get(pk=identity.user_id)
    left = SignOnIdentity.objects.filter(user=user).exclude(pk=identity.pk).exists()
    key = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
    if not (left or key or user.has_usable_password() or user.login_email):
        return False
    identity.delete()
    User.objects.filter(pk=user.pk).update(has_sign_on=left)
    record_audit(actor=user, action="unlink_sign_on", person=user)
    send_notice(user=user, text="Er is een manier om in te loggen weggehaald. Was jij dat niet? Vraag dan hulp.")
    return True
