"""What a facilitator reads of a group: who is in it, and nothing of what they make."""

from collections import defaultdict
from dataclasses import dataclass

from leadership.models import PeerPlace, ProgrammeGroup
from leadership.queries.groups import groups_led_by, people_in
from people.models import CohortMember, User


@dataclass(frozen=True)
class Circle:
    """Who is in a group. `guests` came with the code and have no role that leads: they see nothing yet.

    organisations: how many there are; of whom, is not said.
    """

    people: tuple[User, ...] = ()
    guests: tuple[User, ...] = ()
    duos: tuple[tuple[User, ...], ...] = ()
    alone: tuple[User, ...] = ()
    organisations: int = 0


def circle_of(user: User, group: ProgrammeGroup) -> Circle:
    """Who is in this group, for who facilitates it; for anybody else nobody is."""
    if not groups_led_by(user).filter(pk=group.pk).exists():
        return Circle()
    inside = CohortMember.objects.filter(cohort=group.cohort_id, leads=False, user__is_active=True)
    everybody = sorted((place.user for place in inside.select_related("user")), key=lambda one: str(one).casefold())
    places = people_in(group)
    people = tuple(one for one in everybody if one.pk in places)
    duo_of = dict(PeerPlace.objects.filter(group=group).values_list("user_id", "duo"))
    duos: dict[int, list[User]] = defaultdict(list)
    for one in people:
        if one.pk in duo_of:
            duos[duo_of[one.pk]].append(one)
    return Circle(
        people=people,
        guests=tuple(one for one in everybody if one.pk not in places),
        duos=tuple(tuple(members) for _, members in sorted(duos.items())),
        alone=tuple(one for one in people if one.pk not in duo_of),
        organisations=len(set(places.values())),
    )
