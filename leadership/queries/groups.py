"""Reads about programmes, groups, and who is in them with whom; each says whose eyes it is for.

Nobody sees anything in a session that only learns. Who takes part has a role that leads at some organisation; someone
who came in with a code and only learns, sees nothing of the group.
"""

from datetime import date

from django.db.models import Exists, QuerySet

from leadership.models import LookBack, PeerPlace, Programme, ProgrammeGroup
from leadership.pairs import People
from leadership.programme import Template
from leadership.queries.products import products_of
from people.models import CohortMember, Membership, Role, User
from people.queries import cohorts_led_by, organisations_for_programmes

TAKES_PART = (Role.HR_LEAD, Role.TEAM_LEAD, Role.OWNER)


def all_programmes() -> list[Programme]:
    """Every programme, those that are not offered any more too: for loading and exporting."""
    return list(Programme.objects.all())


def programmes() -> list[Programme]:
    """The programmes that a group may begin, for everybody."""
    return [programme for programme in all_programmes() if not programme.archived]


def groups_led_by(user: User) -> QuerySet[ProgrammeGroup]:
    """The groups that this person facilitates."""
    return ProgrammeGroup.objects.filter(cohort__in=cohorts_led_by(user)).select_related("cohort", "programme")


def groups_of(user: User) -> QuerySet[ProgrammeGroup]:
    """The groups in which this person takes part now."""
    if user.only_learns:
        return ProgrammeGroup.objects.none()
    places = CohortMember.objects.filter(user=user, leads=False, cohort__closed_at=None).values("cohort")
    leads = Exists(Membership.objects.filter(user=user, role__in=TAKES_PART))
    return ProgrammeGroup.objects.filter(leads, cohort__in=places).select_related("cohort", "programme")


def is_in_one(user: User) -> bool:
    """Whether someone takes part in a programme, facilitates one, made something in one or may begin one; for the way
    there."""
    led = ProgrammeGroup.objects.filter(cohort__in=cohorts_led_by(user))
    may = organisations_for_programmes(user)
    ways = [rows.order_by().values("pk") for rows in (groups_of(user), led, products_of(user), may)]
    return ways[0].union(*ways[1:]).exists()


def takes_part(user: User, group: ProgrammeGroup) -> bool:
    """Whether someone makes products in this group now."""
    return groups_of(user).filter(pk=group.pk).exists()


def people_in(group: ProgrammeGroup) -> People:
    """Who takes part now, each with the organisation where they lead. For making duos, and nobody's screen."""
    inside = CohortMember.objects.filter(cohort=group.cohort_id, leads=False, user__is_active=True).values("user")
    roles = Membership.objects.filter(user__in=inside, role__in=TAKES_PART).order_by("-organisation_id")
    return dict(roles.values_list("user_id", "organisation_id"))


def partners_of(user: User, group: ProgrammeGroup) -> QuerySet[User]:
    """Who reviews with this person; nobody for who takes no part."""
    if not takes_part(user, group):
        return User.objects.none()
    mine = PeerPlace.objects.filter(group=group, user=user).values("duo")
    with_me = PeerPlace.objects.filter(group=group, duo__in=mine, user__in=people_in(group)).values("user")
    return User.objects.filter(pk__in=with_me).exclude(pk=user.pk).order_by("first_name", "pk")


def size_of(group: ProgrammeGroup) -> tuple[int, int]:
    """How many take part, and of how many organisations: numbers, for all in the group."""
    places = people_in(group)
    return len(places), len(set(places.values()))


def open_form(group: ProgrammeGroup, template: str, today: date) -> Template | None:
    """A form of the programme that may be filled in on this day; None for any other."""
    text = group.programme.text
    week = text.week_of(template)
    return text.templates.get(template) if week and week.number <= group.open_until(today) else None


def may_look_back(user: User, group: ProgrammeGroup, today: date) -> bool:
    """Whether the last week is open and this person said nothing to the region yet."""
    return (
        group.open_until(today) == len(group.programme.text.weeks)
        and takes_part(user, group)
        and not LookBack.objects.filter(group=group, user=user).exists()
    )
