"""Reads about signing in with an organisation; each says for whose eyes."""

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from integrations.single_sign_on.models import SignOnIdentity, SignOnProvider
from people.models import CohortMember, Membership, Role, User
from people.queries import sees_others


def providers() -> Sequence[SignOnProvider]:
    """All, those in use first, for administrators."""
    found = SignOnProvider.objects.select_related("organisation")
    return list(found.order_by(F("ended_at").asc(nulls_first=True), "organisation__name", "name"))


def open_providers() -> QuerySet[SignOnProvider]:
    """Those that let people in now, for anyone who has their address."""
    return SignOnProvider.objects.filter(ended_at=None).select_related("organisation")


def shown_providers() -> QuerySet[SignOnProvider]:
    """Those that stand on the sign-in page, for everybody."""
    return open_providers().filter(shown=True)


def identities_of(user: User) -> QuerySet[SignOnIdentity]:
    """By which keys someone is known, for themselves."""
    return SignOnIdentity.objects.filter(user=user).select_related("provider").order_by("made_at", "pk")


def may_link(user: User) -> QuerySet[SignOnProvider]:
    """What someone could sign in with too: what everybody sees, and what is of an organisation of theirs."""
    theirs = Q(organisation__memberships__user=user) | Q(organisation__cohorts__members__user=user)
    return open_providers().filter(Q(shown=True) | theirs).distinct()


def step_counts_for(provider: SignOnProvider, user: User) -> bool:
    """Whether a second step at this provider may stand for one here: where all that this person sees of others is of
    its own organisation. Otherwise who runs its sign-in could come in as somebody who works elsewhere too."""
    if not sees_others(user) or user.is_staff or user.is_superuser:
        return False
    if user.groups.exists() or user.user_permissions.exists():  # the editor is of no organisation
        return False
    roles = Membership.objects.filter(user=user).exclude(role=Role.LEARNER)
    leads = CohortMember.objects.filter(user=user, leads=True)
    elsewhere = roles.exclude(organisation=provider.organisation_id).exists()
    return not elsewhere and not leads.exclude(cohort__organisation=provider.organisation_id).exists()
