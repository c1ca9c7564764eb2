"""A group that does a programme: its start, its weeks, when it meets and who reviews with whom."""

from datetime import date, datetime

from django.db import transaction

from leadership.models import Meeting, PeerPlace, Programme, ProgrammeGroup
from leadership.pairs import Duos, arrange
from leadership.queries import groups_led_by, people_in
from people.models import Cohort, User
from people.queries import cohorts_led_by
from people.services import record_audit, send_notice

MONDAY = 0
MOST_MINUTES = 480


class NotYours(PermissionError):
    """Only who facilitates this group, or takes part in it, may do this."""


class NotAMonday(ValueError):
    """A programme begins on a Monday."""


@transaction.atomic
def start_group(*, cohort: Cohort, programme: Programme, starts_on: date, actor: User) -> ProgrammeGroup:
    """Let a cohort do a programme from this Monday on; another Monday when it does already.

    Raises NotAMonday; NotYours when this person does not lead the cohort; ValueError for a class or team, a programme
    that is not offered any more, and another programme than the group began with.
    """
    if starts_on.weekday() != MONDAY:
        raise NotAMonday("Kies een maandag om te beginnen.")
    if not cohorts_led_by(actor).filter(pk=cohort.pk).exists():
        raise NotYours
    if cohort.kind != Cohort.Kind.PROGRAMME:
        raise ValueError("only a cohort of this kind does a programme")
    group = ProgrammeGroup.objects.select_for_update().filter(cohort=cohort).first()
    if group is None and programme.archived:
        raise ValueError("this programme is not offered any more")
    if group and group.programme_id != programme.pk:
        raise ValueError("a group does one programme")
    group = group or ProgrammeGroup(cohort=cohort, programme=programme)
    group.starts_on = starts_on
    group.save()
    record_audit(actor=actor, action="start_programme", subject=f"cohort {cohort.pk}")
    return group


@transaction.atomic
def open_week(*, group: ProgrammeGroup, number: int, actor: User) -> None:
    """Open this week, and those before it, from now on. What is open stays open.

    Raises NotYours; ValueError for a week that the programme does not have.
    """
    group = _locked(group, actor)
    if group.programme.text.week(number) is None:
        raise ValueError("no such week")
    if number > group.opened:
        group.opened = number
        group.save(update_fields=["opened"])
        record_audit(actor=actor, action="open_week", subject=f"programme_group {group.pk}", week=number)


@transaction.atomic
def plan_meeting(
    *, group: ProgrammeGroup, week: int, starts_at: datetime, minutes: int, place: str, actor: User
) -> Meeting:
    """When and where the group meets in this week (Meeting.RETURN: to come back); planning it again moves it.

    Raises NotYours; ValueError for a week that is not there, a time that cannot be, or an empty or long place.
    """
    group, place = _locked(group, actor), " ".join(place.split())
    if week != Meeting.RETURN and group.programme.text.week(week) is None:
        raise ValueError("no such week")
    if not 1 <= minutes <= MOST_MINUTES or starts_at.tzinfo is None:
        raise ValueError("no such time")
    if not 1 <= len(place) <= 200 or not place.isprintable():
        raise ValueError("no such place")
    planned = {"starts_at": starts_at, "minutes": minutes, "place": place}
    meeting, _ = Meeting.objects.update_or_create(group=group, week=week, defaults=planned)
    record_audit(actor=actor, action="plan_meeting", subject=f"programme_group {group.pk}", week=week)
    return meeting


def _locked(group: ProgrammeGroup, actor: User) -> ProgrammeGroup:
    """The group as it is now, kept for this transaction. Raises NotYours."""
    if not groups_led_by(actor).filter(pk=group.pk).exists():
        raise NotYours
    return ProgrammeGroup.objects.select_for_update().get(pk=group.pk)


@transaction.atomic
def make_duos(*, group_id: int) -> Duos:
    """A duo for everybody in a group, by the rule in `leadership.pairs`; who gets another partner is told.

    After someone left too: then the rest stay as they are. Nothing happens for a group that ended.
    """
    group = ProgrammeGroup.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk=group_id).first()
    if group is None or group.cohort.closed_at is not None:
        return {}
    people = people_in(group)
    before = dict(PeerPlace.objects.filter(group=group).values_list("user_id", "duo"))
    duos = arrange(people, before)
    PeerPlace.objects.filter(group=group).exclude(user__in=duos).delete()
    for user, duo in duos.items():
        PeerPlace.objects.update_or_create(group=group, user_id=user, defaults={"duo": duo})
    changed = [user for user in duos if _with(user, duos) != _with(user, before)]
    for person in User.objects.filter(pk__in=changed).order_by("pk"):
        send_notice(user=person, text="Je hebt een nieuw duo in je leergroep.")
    return duos


def _with(user: int, duos: Duos) -> set[int]:
    return {other for other, duo in duos.items() if duo == duos.get(user) and other != user}
