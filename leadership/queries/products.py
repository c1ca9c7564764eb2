"""Reads of who makes products: their own, for them alone."""

from django.db.models import QuerySet

from leadership.models import ProgrammeGroup, WorkProduct
from leadership.values import missing
from people.models import User


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
