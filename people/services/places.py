"""Learners of a class of a school, as their teacher puts them in, moves them and takes them out.

A team at an employer has none of this: nobody may find out or decide there who is in.
"""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from people.models import Cohort, CohortMember, Pseudonym, User
from people.names import clean_listed
from people.queries import cohorts_led_by, has_rights
from people.services.audit import record_audit
from people.services.groups import GroupRefused
from people.services.joining import names_in
from people.services.looks import note_place_ended
from people.services.merging import merge_people
from people.services.notices import send_notice

AT_ONCE = 500  # rows per statement
MOST_IN_CLASS = 500
CLASH = "In {group} is al iemand met de naam {name}. Geef een van de twee eerst een andere naam."


@transaction.atomic
def add_learners(*, cohort: Cohort, names: Sequence[str], actor: User) -> int:
    """Put learners with these names into a class, without an account: they come in with a card or by its list.

    `names` were cleaned, and nobody in the class has one of them (people.services.lists looks). Gives how many.
    Raises ValueError for a team: there people join by themselves.
    """
    if not cohort.shows_people:
        raise ValueError("only in a class of a school")
    people = []
    for name in names:
        user = User(username=f"leerling-{uuid.uuid4().hex}", first_name=name)
        user.set_unusable_password()
        people.append(user)
    people = User.objects.bulk_create(people, batch_size=AT_ONCE)
    Pseudonym.objects.bulk_create([Pseudonym(user=user) for user in people], batch_size=AT_ONCE)
    places = [CohortMember(cohort=cohort, user=user, by_lead=True) for user in people]
    CohortMember.objects.bulk_create(places, batch_size=AT_ONCE)
    record_audit(actor=actor, action="add_learners", about=cohort, learners=len(places))
    return len(places)


@transaction.atomic
def move_learner(*, place: CohortMember, to: Cohort, actor: User) -> CohortMember:
    """To another class of the same school that this teacher leads; card, pictures and lessons go along.

    Raises GroupRefused.
    """
    origin = place.cohort
    held = Cohort.objects.select_for_update(of=("self",)).select_related("organisation")
    groups = {cohort.pk: cohort for cohort in held.filter(pk__in=[origin.pk, to.pk]).order_by("pk")}
    to = groups[to.pk]
    _check(origin, actor)
    _check(to, actor)
    if to.organisation_id != origin.organisation_id:
        raise GroupRefused("Verplaatsen kan alleen binnen je school.")
    if to.members.filter(user=place.user).exists():
        raise GroupRefused(f"{place.user} zit al in {to.name}.")
    if place.user.first_name.casefold() in names_in(to):
        raise GroupRefused(CLASH.format(group=to.name, name=place.user.first_name))
    place = CohortMember.objects.select_related("user").get(pk=place.pk)
    note_place_ended(place=place)
    place.cohort, place.joined_at, place.by_lead = to, timezone.now(), True
    place.save(update_fields=["cohort", "joined_at", "by_lead"])
    send_notice(user=place.user, text=f"Je zit nu in {to.name}. Je lessen blijven van jou.")
    record_audit(actor=actor, action="move_learner", about=to, person=place.user, source=origin.pk)
    return place


@transaction.atomic
def remove_learner(*, place: CohortMember, actor: User) -> None:
    """Out of the class; what was learnt stays the learner's, the card stops."""
    _check(place.cohort, actor)
    send_notice(user=place.user, text=f"Je zit niet meer in {place.cohort.name}. Je lessen blijven van jou.")
    record_audit(actor=actor, action="remove_learner", about=place.cohort, person=place.user)
    note_place_ended(place=place)
    place.delete()


@transaction.atomic
def rename_learner(*, place: CohortMember, name: str, actor: User) -> User:
    """Another name for a learner without an account of their own. Raises GroupRefused."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=place.cohort_id)
    _check(cohort, actor)
    user = place.user
    if user.can_sign_in or has_rights(user) or not _only_here(user, actor):
        raise GroupRefused("Deze naam kiest de leerling zelf.")
    try:
        cleaned = clean_listed(name)
    except ValueError as error:
        raise GroupRefused(str(error)) from error
    if cleaned.casefold() in names_in(cohort) - {user.first_name.casefold()}:
        raise GroupRefused(f"Er is al iemand met de naam {cleaned}. Zet er een letter bij.")
    user.first_name, user.is_nameless = cleaned, False
    user.save(update_fields=["first_name", "is_nameless"])
    record_audit(actor=actor, action="rename_learner", about=cohort, person=user)
    return user


@transaction.atomic
def merge_double(*, double: CohortMember, into: CohortMember, actor: User) -> User:
    """Two places of one class are one person: what `double` did becomes `into`'s, and `double` is gone.

    Only for a double without an account that is in no group but this teacher's: nobody's other work is touched.
    Raises GroupRefused.
    """
    _check(double.cohort, actor)
    if into.cohort_id != double.cohort_id or into.pk == double.pk:
        raise GroupRefused("Kies twee leerlingen van deze klas.")
    if double.user.can_sign_in or has_rights(double.user) or has_rights(into.user):
        raise GroupRefused("Dit kan niet: een van de twee heeft een eigen account.")
    if not _only_here(double.user, actor):
        raise GroupRefused(f"{double.user} zit ook in een groep van iemand anders.")
    name = double.user.first_name
    kept = merge_people(source=double.user, target=into.user)
    send_notice(
        user=kept, text=f"Je docent voegde {name} en {kept.first_name} samen. Al je lessen staan nu bij elkaar."
    )
    record_audit(actor=actor, action="merge_double", about=double.cohort, person=kept)
    return kept


def _only_here(user: User, actor: User) -> bool:
    """True where every group of this learner is one that this teacher leads."""
    return not user.cohort_places.exclude(cohort__in=cohorts_led_by(actor)).exists()


def _check(cohort: Cohort, actor: User) -> None:
    if not cohort.shows_people or not cohorts_led_by(actor).filter(pk=cohort.pk).exists():
        raise ValueError("only for who leads this class of a school")
