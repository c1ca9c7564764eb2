"""Reads between people in one group: what was shared with whom, and what partners said of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from leadership.models import PeerReview, ProgrammeGroup, Shared, WorkProduct
from leadership.programme import Values
from leadership.queries.groups import groups_led_by, groups_of, partners_of, people_in, takes_part
from leadership.queries.products import products_of
from people.models import CohortMember, User
from people.queries import leaders_of
from people.visibility import LearningGroup


@dataclass(frozen=True)
class SharedProduct:
    """What someone else may read of a product: the version that was shared, and nothing beside it.

    is_of_partner: who reads it may answer the questions of the programme about it.
    """

    id: int
    author: str
    template: str
    version: int
    values: Values
    shared_at: datetime
    is_of_partner: bool


def shared_products(user: User, group: ProgrammeGroup) -> list[SharedProduct]:
    """What others in this group share with this person: who takes part in it, or facilitates it. Else nothing.

    What someone shared is there as long as they are in the group.
    """
    partners = set(partners_of(user, group).values_list("pk", flat=True))
    return [
        SharedProduct(
            id=product.pk,
            author=str(product.owner),
            template=product.template,
            version=product.shared.pk,
            values=product.shared.values,
            shared_at=product.shared_at,
            is_of_partner=product.owner_id in partners,
        )
        for product in _shared_with(user, group)
        if product.shared and product.shared_at
    ]


def shared_product(user: User, group: ProgrammeGroup, product_id: int) -> SharedProduct | None:
    """One of these."""
    return next((product for product in shared_products(user, group) if product.id == product_id), None)


@dataclass(frozen=True)
class Readers:
    """Who would read a product, by name: partners; all others in the group, partners too; who facilitates."""

    partners: tuple[str, ...]
    group: tuple[str, ...]
    facilitators: tuple[str, ...]


def readers_for(user: User, group: ProgrammeGroup) -> Readers | None:
    """Whom an author chooses between; None for who takes no part in the group."""
    if not takes_part(user, group):
        return None
    inside = User.objects.filter(pk__in=people_in(group)).exclude(pk=user.pk).order_by("first_name", "pk")
    leads = CohortMember.objects.filter(cohort=group.cohort_id, leads=True).values("user")
    facilitators = User.objects.filter(pk__in=leads, is_active=True).order_by("first_name", "pk")
    return Readers(*(tuple(map(str, found)) for found in (partners_of(user, group), inside, facilitators)))


def _shared_with(user: User, group: ProgrammeGroup) -> QuerySet[WorkProduct]:
    part = takes_part(user, group)
    if not part and not groups_led_by(user).filter(pk=group.pk).exists():
        return WorkProduct.objects.none()
    readable = Q(shared_with=Shared.GROUP)
    if part:
        readable |= Q(shared_with=Shared.DUO, owner__in=partners_of(user, group))
    found = WorkProduct.objects.filter(readable, group=group, owner__in=people_in(group)).exclude(owner=user)
    return found.select_related("owner", "shared")


def reviews_for(user: User, product: WorkProduct) -> list[PeerReview]:
    """What partners said of a product, for its author and nobody else."""
    if user.only_learns or product.owner_id != user.pk:
        return []
    return list(PeerReview.objects.filter(product=product).select_related("reviewer", "version"))


@dataclass(frozen=True)
class GivenReview:
    """What someone said of another's product, without what its author keeps to themselves."""

    product_id: int
    author: str
    template: str
    answers: dict[str, str]
    given_at: datetime


def reviews_by(user: User, group: ProgrammeGroup) -> list[GivenReview]:
    """What this person said of products in a group; only for that person."""
    if user.only_learns:
        return []
    given = PeerReview.objects.filter(reviewer=user, product__group=group).select_related("product__owner")
    return [
        GivenReview(
            review.product_id, str(review.product.owner), review.product.template, review.answers, review.given_at
        )
        for review in given
    ]


@dataclass(frozen=True)
class OwnSharing:
    """How a product stands with others, for its author only.

    is_current: others read what the author sees. read_by: who answered the questions about it, by name.
    """

    shared_with: Shared
    shared_at: datetime
    is_current: bool
    read_by: tuple[str, ...]


def own_sharing(user: User) -> dict[int, OwnSharing]:
    """Of each of this person's own products that somebody else may read now: how. By the id of the product."""
    shared = products_of(user).exclude(shared=None).select_related("shared").prefetch_related("reviews__reviewer")
    inside = set(groups_of(user).values_list("pk", flat=True))
    return {
        product.pk: OwnSharing(
            Shared(product.shared_with),
            product.shared_at,
            product.shared.values == product.values,
            tuple(str(review.reviewer) for review in product.reviews.all()),
        )
        for product in shared
        if product.group_id in inside and product.shared and product.shared_at
    }


def learning_groups_of(user: User) -> list[LearningGroup]:
    """The groups this person is in, for the page that tells them who sees what: also without a role that leads,
    since who facilitates sees their name all the same."""
    place = Q(cohort__members__user=user, cohort__members__leads=False)
    found = list(ProgrammeGroup.objects.filter(place, cohort__closed_at=None).select_related("cohort__organisation"))
    leaders = leaders_of([group.cohort for group in found])
    return [
        LearningGroup(str(group), tuple(map(str, partners_of(user, group))), tuple(leaders[group.cohort_id]))
        for group in found
    ]
