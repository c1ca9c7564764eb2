"""Reads about people; each says whose eyes it is for."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.models import Agreement, Membership, Notice, Organisation, Role, User

LEADS = (Role.HR_LEAD, Role.TEAM_LEAD, Role.ADMINISTRATOR)


def demo_accounts() -> list[str]:
    """User names of demo accounts in this database."""
    return list(User.objects.filter(is_demo=True).order_by("username").values_list("username", flat=True))


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations someone belongs to."""
    return Organisation.objects.filter(memberships__user=user).distinct()


def has_role(user: User, *roles: Role) -> bool:
    """True when the person has one of these roles anywhere."""
    return Membership.objects.filter(user=user, role__in=roles).exists()


def agreements_in_force(user: User) -> QuerySet[Agreement]:
    """Agreements with a works council that hold today at the employers of this person."""
    today = timezone.localdate()
    return (
        Agreement.objects.filter(organisation__in=organisations_of(user), agreed_on__lte=today)
        .filter(Q(ended_on=None) | Q(ended_on__gt=today))
        .select_related("organisation")
        .order_by("organisation__name")
    )


def unread_notices(user: User) -> QuerySet[Notice]:
    """Messages this person has not put away."""
    return Notice.objects.filter(user=user, read_at=None)
