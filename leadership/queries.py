"""Reads about programmes and the groups that do them; each says whose eyes it is for.

Nobody sees anything in a session that only learns. Who takes part has a role that leads at some organisation; someone
who came in with a code and only learns, sees nothing of the group.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from leadership.models import PeerPlace, PeerReview, Programme, ProgrammeGroup, Shared, WorkProduct
from leadership.pairs import People
from leadership.programme import Values
from leadership.values import missing
from people.models import CohortMember, Membership, Role, User
from people.queries import cohorts_led_by

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
    if user.only_learns or not Membership.objects.filter(user=user, role__in=TAKES_PART).exists():
        return ProgrammeGroup.objects.none()
    places = CohortMember.objects.filter(user=user, leads=False, cohort__closed_at=None).values("cohort")
    return ProgrammeGroup.objects.filter(cohort__in=places).select_related("cohort", "programme")


def is_in_one(user: User) -> bool:
    """Whether someone takes part in a programme or facilitates one; for the way there."""
    led = ProgrammeGroup.objects.filter(cohort__in=cohorts_led_by(user))
    return (groups_of(user).order_by().values("pk")).union(led.order_by().values("pk")).exists()


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


def products_of(user: User) -> QuerySet[WorkProduct]:
    """Someone's own products, of groups that ended too: only for that person."""
    if user.only_learns:
        return WorkProduct.objects.none()
    return WorkProduct.objects.filter(owner=user).select_related("programme", "group__cohort")


def weeks_done(user: User, group: ProgrammeGroup) -> list[int]:
    """The weeks of which this person has every product ready; only for that person."""
    ready = {
        product.template
        for product in products_of(user).filter(group=group)
        if product.form and not list(missing(product.form, product.values))
    }
    return [week.number for week in group.programme.text.weeks if ready.issuperset(week.products)]


@dataclass(frozen=True)
class SharedProduct:
    """What someone else may read of a product: the version that was shared, and nothing beside it."""

    id: int
    author: str
    template: str
    values: Values
    shared_at: datetime


def shared_products(user: User, group: ProgrammeGroup) -> list[SharedProduct]:
    """What others in this group share with this person: who takes part in it, or facilitates it. Else nothing.

    What someone shared is there as long as they are in the group.
    """
    return [
        SharedProduct(product.pk, str(product.owner), product.template, product.shared.values, product.shared_at)
        for product in _shared_with(user, group)
        if product.shared and product.shared_at
    ]


def shared_product(user: User, group: ProgrammeGroup, product_id: int) -> SharedProduct | None:
    """One of these."""
    return next((product for product in shared_products(user, group) if product.id == product_id), None)


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
    return list(PeerReview.objects.filter(product=product).select_related("reviewer"))


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
