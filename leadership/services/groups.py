"""A group that does a programme: its begin, its Monday, its weeks and its end."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from leadership.models import Programme, ProgrammeGroup
from leadership.queries import groups_led_by, people_in
from leadership.services.duos import make_duos
from people.models import Cohort, Organisation, User
from people.queries import cohorts_led_by
from people.services import close_cohort, make_cohort, record_audit, send_notice

MONDAY = 0


class NotYours(PermissionError):
    """Only who facilitates this group, or takes part in it, may do this."""


class NotAMonday(ValueError):
    """A programme begins on a Monday."""


class IsOpen(ValueError):
    """A week is open, so the begin stays what it is."""


@transaction.atomic
def begin_group(
    *, organisation: Organisation, name: str, programme: Programme, starts_on: date, actor: User
) -> ProgrammeGroup:
    """A new group for a programme, facilitated by who makes it, with an open code.

    Raises what `people.services.make_cohort` and `start_group` raise; then nothing is made.
    """
    cohort = make_cohort(organisation=organisation, name=name, actor=actor, for_programme=True)
    return start_group(cohort=cohort, programme=programme, starts_on=starts_on, actor=actor)


@transaction.atomic
def start_group(*, cohort: Cohort, programme: Programme, starts_on: date, actor: User) -> ProgrammeGroup:
    """Let a cohort do a programme from this Monday on; another Monday when it does already, which its people are told.

    Raises NotAMonday; IsOpen for another Monday once a week is open; NotYours when this person does not lead the
    cohort; ValueError for a class or team, a programme that is not offered any more, and another programme than the
    group began with.
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
    if group is None:
        group = ProgrammeGroup.objects.create(cohort=cohort, programme=programme, starts_on=starts_on)
    elif group.programme_id != programme.pk:
        raise ValueError("a group does one programme")
    elif group.starts_on == starts_on:
        return group
    elif group.open_until(timezone.localdate()):
        raise IsOpen("Er staat al een week open. De eerste maandag blijft zoals hij is.")
    else:
        group.starts_on = starts_on
        group.save(update_fields=["starts_on"])
        tell(group, f"{cohort.name} begint nu op {date_format(starts_on, 'l j F')}.", "#begin")
    record_audit(actor=actor, action="start_programme", about=cohort)
    return group


@transaction.atomic
def open_week(*, group: ProgrammeGroup, number: int, actor: User) -> None:
    """Open this week, and those before it, from now on. What is open stays open; of a new one its people are told.

    Raises NotYours; ValueError for a week that the programme does not have.
    """
    group = locked(group, actor)
    week = group.programme.text.week(number)
    if week is None:
        raise ValueError("no such week")
    if number <= group.open_until(timezone.localdate()):
        return
    group.opened = number
    group.save(update_fields=["opened"])
    record_audit(actor=actor, action="open_week", about=group.cohort, week=number)
    make_duos(group_id=group.pk)
    tell(group, f"Week {number} staat open: {week.title}.", f"#week-{number}-open")


@transaction.atomic
def end_group(*, group: ProgrammeGroup, actor: User) -> None:
    """The end: everybody is out and told, what was shared is shared no more, products stay their authors'.

    Raises NotYours.
    """
    close_cohort(cohort=locked(group, actor).cohort, actor=actor)


def locked(group: ProgrammeGroup, actor: User) -> ProgrammeGroup:
    """The group as it is now, kept for this transaction. Raises NotYours."""
    if not groups_led_by(actor).filter(pk=group.pk).exists():
        raise NotYours
    return ProgrammeGroup.objects.select_for_update().get(pk=group.pk)


def tell(group: ProgrammeGroup, text: str, about: str) -> None:
    """A message to who takes part; an unread one about the same thing goes. `about` is the end of its link."""
    link = reverse("leadership:programme", args=[group.pk]) + about
    for person in User.objects.filter(pk__in=people_in(group)).order_by("pk"):
        send_notice(user=person, text=text, link=link, replaces=True)
