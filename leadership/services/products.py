"""Products while they are made: saved while typing, with versions, and shared when their author says so."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leadership.models import ProductVersion, ProgrammeGroup, Shared, WorkProduct
from leadership.queries import open_form, partners_of, takes_part
from leadership.services.groups import NotYours
from leadership.values import clean_values
from people.models import User
from people.services import send_notice

EVERY = timedelta(minutes=10)  # how often typing leaves a version


@dataclass(frozen=True)
class Saved:
    """A product after saving. `aside`: what was sent came too late and was kept as a version, for its author."""

    product: WorkProduct
    aside: ProductVersion | None = None


@transaction.atomic
def save_product(
    *, group: ProgrammeGroup, owner: User, template: str, values: Any, base: int, keep_former: bool = False
) -> Saved:
    """Keep what someone typed. `base` is the version they began from (0 for a new product). keep_former: what it
    was, becomes a version in any case, since another text takes its place.

    Sent twice, it is kept once. Did the product change since on another phone, then that stays, and what was sent is
    put aside as a version: nothing that was typed is lost.

    Raises WrongValues with what is wrong in the values; NotYours for who takes no part in this group; ValueError for
    a form that its programme does not have, or whose week is not open.
    """
    if not takes_part(owner, group):
        raise NotYours
    form = open_form(group, template, timezone.localdate())
    if form is None:
        raise ValueError("this form is not open")
    cleaned = clean_values(form, values)
    made = {"programme": group.programme}
    WorkProduct.objects.get_or_create(group=group, owner=owner, template=template, defaults=made)
    product = WorkProduct.objects.select_for_update().get(group=group, owner=owner, template=template)
    if product.values == cleaned:
        return Saved(product)
    if base != product.version:
        return Saved(product, _put_aside(product, cleaned))
    _remember(product, in_any_case=keep_former)
    product.values, product.version, product.changed_at = cleaned, product.version + 1, timezone.now()
    product.save(update_fields=["values", "version", "changed_at"])
    return Saved(product)


def _put_aside(product: WorkProduct, values: Any) -> ProductVersion:
    """Kept once, also when it is sent again."""
    aside = product.versions.filter(kind=ProductVersion.Kind.ASIDE).first()
    if aside is None or aside.values != values:
        aside = product.versions.create(kind=ProductVersion.Kind.ASIDE, values=values)
        _tidy(product)
    return aside


def _remember(product: WorkProduct, *, in_any_case: bool) -> None:
    """Now and then what the product was, before it is written over."""
    last = product.versions.filter(kind=ProductVersion.Kind.SAVED).first()
    if product.values and (in_any_case or last is None or last.made_at < timezone.now() - EVERY):
        product.versions.create(kind=ProductVersion.Kind.SAVED, values=product.values)
        _tidy(product)


def _tidy(product: WorkProduct) -> None:
    loose = product.versions.exclude(kind=ProductVersion.Kind.SHARED)
    keep = list(loose.values_list("pk", flat=True)[: ProductVersion.MOST])
    loose.exclude(pk__in=keep).delete()


class ChangedMeanwhile(ValueError):
    """The product is not what its author saw when they chose who may read it."""


@transaction.atomic
def share_product(*, product_id: int, owner: User, shared_with: Shared, seen: int | None = None) -> WorkProduct:
    """Let others read a product as it is now; what is typed later they do not see. NOBODY takes it back at once.

    `seen` is the version that the author looked at while choosing. Partners are told of what they may newly read.
    Raises NotYours for somebody else's product, and for sharing outside a group in which the owner takes part;
    ChangedMeanwhile; ValueError for a product in which nothing stands.
    """
    product = WorkProduct.objects.select_for_update().filter(pk=product_id, owner=owner).first()
    if product is None or owner.only_learns:
        raise NotYours
    if shared_with is Shared.NOBODY:
        product.shared, product.shared_at = None, None
    elif product.group is None or not takes_part(owner, product.group):
        raise NotYours
    elif seen not in (None, product.version):
        raise ChangedMeanwhile
    elif not product.values:
        raise ValueError("nothing to share")
    elif product.shared is None or product.shared.values != product.values:
        product.shared = product.versions.create(kind=ProductVersion.Kind.SHARED, values=product.values)
        product.shared_at = timezone.now()
        _tell_partners(product, product.group)
    product.shared_with = shared_with
    product.save(update_fields=["shared", "shared_at", "shared_with"])
    return product


def _tell_partners(product: WorkProduct, group: ProgrammeGroup) -> None:
    link = reverse("leadership:shared_product", args=[group.pk, product.pk])
    for partner in partners_of(product.owner, group):
        send_notice(user=partner, text="Je duo deelt een stuk met je.", link=link, replaces=True)
