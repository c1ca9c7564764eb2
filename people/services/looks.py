"""That who leads a group looked at a list of who is in it: a line per leader, group and day, for who is in it."""

from datetime import datetime, time

from django.utils import timezone

from people.models import AuditEntry, Cohort, CohortMember, User
from people.services.audit import record_audit


def note_group_look(*, actor: User, cohort: Cohort) -> None:
    """To be called where names of who learns in `cohort` are shown: one query, and a second one once a day.

    Two looks at the same moment may leave two lines; who reads sees days.
    """
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    looks = AuditEntry.objects.filter(looked=True, person_key=None, subject=f"cohort {cohort.pk}", at__gte=today)
    if not looks.filter(action="look_at_group", actor_key=actor.audit_key).exists():
        record_audit(actor=actor, action="look_at_group", about=cohort, looked=True)


def note_place_ended(*, place: CohortMember) -> None:
    """Someone is no longer in a group: from when to when they were stays, to tell who looked meanwhile.

    It is the matter of no organisation: at an employer nobody finds out who learned.
    """
    record_audit(
        actor=None,
        action="place_ended",
        subject=f"cohort {place.cohort_id}",
        person=place.user,
        since=place.joined_at.isoformat(),
    )
