"""Printed cards that name a learner of a class."""

from collections.abc import Iterable

from django.db import transaction

from people.cards import make_serial
from people.models import Cohort, CohortMember, LearnerCard, User
from people.services.audit import record_audit


@transaction.atomic
def ensure_cards(*, places: Iterable[CohortMember], actor: User | None) -> list[LearnerCard]:
    """The cards of these learners, in the same order; made for who has none. Printing again changes no card."""
    places = list(places)
    _check_class(places)
    ids = [place.pk for place in places]
    if ids:
        Cohort.objects.select_for_update().get(pk=places[0].cohort_id)  # two taps at once: one card each
    cards = {card.place_id: card for card in LearnerCard.objects.filter(place__in=ids)}
    missing = [LearnerCard(place=place, serial=make_serial()) for place in places if place.pk not in cards]
    cards |= {card.place_id: card for card in LearnerCard.objects.bulk_create(missing)}
    if missing or actor:
        record_audit(actor=actor, action="print_cards", about=places[0].cohort, cards=len(ids))
    return [cards[place] for place in ids]


@transaction.atomic
def renew_card(*, place: CohortMember, actor: User) -> LearnerCard:
    """A new card for this learner; the old one stops at once."""
    _check_class([place])
    card, _ = LearnerCard.objects.update_or_create(place=place, defaults={"serial": make_serial()})
    record_audit(actor=actor, action="renew_card", about=place.cohort, person=place.user)
    return card


def _check_class(places: list[CohortMember]) -> None:
    """A card with no pictures behind it lets its holder choose them: nobody at an employer may make one."""
    if not all(place.cohort.shows_people for place in places):
        raise ValueError("cards are for a class of a school")
