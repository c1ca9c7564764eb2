"""What the room `people` itself holds about a person."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max

from people.models import CohortMember, Membership, Notice, Pseudonym, User
from people.registry import PersonalData, register


def export(user: User) -> dict[str, Any]:
    return {
        "naam": user.get_full_name(),
        "e-mail": user.email,
        "sinds": user.date_joined.isoformat(),
        "rollen": [str(membership) for membership in user.memberships.select_related("organisation", "user")],
        "groepen": [str(place.cohort) for place in user.cohort_places.select_related("cohort__organisation")],
        "berichten": list(user.notices.values_list("text", flat=True)),
    }


def erase(user: User) -> dict[str, int]:
    """The person and, by cascade, memberships, places, notices and pseudonyms."""
    _, counts = user.delete()
    return counts


def retain(now: datetime) -> dict[str, int]:
    """Nameless learners whose phone was not seen for RETENTION_NAMELESS_DAYS."""
    from people.services import erase_person

    limit = now - timedelta(days=settings.RETENTION_NAMELESS_DAYS)
    gone = User.objects.filter(is_nameless=True).annotate(seen=Max("last_login")).filter(seen__lt=limit)
    count = 0
    for user in gone.iterator():
        erase_person(user=user, actor=None)
        count += 1
    return {"naamloze leerlingen": count}


def merge(source: User, target: User) -> None:
    """Places and messages of `source` become `target`'s; what `target` has already stays its own."""
    has = set(target.memberships.values_list("organisation_id", "role"))
    for membership in Membership.objects.filter(user=source):
        if (membership.organisation_id, membership.role) not in has:
            Membership.objects.filter(pk=membership.pk).update(user=target)
    CohortMember.objects.filter(user=source).exclude(cohort__in=target.cohort_places.values("cohort")).update(
        user=target
    )
    Notice.objects.filter(user=source).update(user=target)
    Pseudonym.objects.filter(user=source).exclude(target__in=target.pseudonyms.values("target")).update(user=target)


def register_people() -> None:
    register(
        PersonalData(
            room="people",
            models=(
                "people.User",
                "people.Membership",
                "people.CohortMember",
                "people.Notice",
                "people.Pseudonym",
                "people.AuditEntry",
            ),
            export=export,
            erase=erase,
            retain=retain,
            merge=merge,
        )
    )
