"""Which rows move: those of the organisation, and all of who is nowhere else.

Who also belongs elsewhere goes along as they are known here, with role and place; what they learned stays, since it is
not this organisation's to take. They have their own file for that (Mijn gegevens).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from lms.moving.what import NO_ANCHOR, moved, points_at
from people.models import CohortMember, Membership, Organisation, User

AT_ONCE = 500


@dataclass
class Chosen:
    """By model the primary keys of what moves."""

    keys: dict[type[Model], set[Any]] = field(default_factory=dict)
    elsewhere: set[int] = field(default_factory=set)
    """Who belongs to another organisation too, or manages the site."""

    def of(self, model: type[Model]) -> set[Any]:
        return self.keys.get(model, set())


def choose(organisation: Organisation) -> Chosen:
    """To be called in a transaction that sees one moment."""
    chosen = Chosen({Organisation: {organisation.pk}})
    members = set(Membership.objects.filter(organisation=organisation).values_list("user", flat=True))
    members |= set(CohortMember.objects.filter(cohort__organisation=organisation).values_list("user", flat=True))
    chosen.elsewhere = _elsewhere(members, organisation)
    chosen.keys[User] = members
    for model in moved():
        if model not in (Organisation, User):
            chosen.keys[model] = _rows(model, chosen)
    return chosen


def _elsewhere(members: set[int], organisation: Organisation) -> set[int]:
    found: set[int] = set()
    for some in parts(members):
        for rows in (
            Membership.objects.filter(user__in=some).exclude(organisation=organisation),
            CohortMember.objects.filter(user__in=some).exclude(cohort__organisation=organisation),
        ):
            found |= set(rows.values_list("user", flat=True))
        found |= set(
            User.objects.filter(Q(is_superuser=True) | Q(is_staff=True), pk__in=some).values_list("pk", flat=True)
        )
    return found


def _rows(model: type[Model], chosen: Chosen) -> set[Any]:
    """Rows that hang on something that moves, and of which all that they cannot do without moves too."""
    if model._meta.label == "lti_tool.LtiRegistration":  # what points at it says whose it is
        platforms = model._meta.get_field("platform").related_model
        return set(platforms.objects.filter(organisation__in=chosen.of(Organisation), registration__isnull=False)  # type: ignore[union-attr]
                   .values_list("registration", flat=True))  # fmt: skip
    pointing = [(one, to) for one, to in points_at(model) if to in moved()]
    anchors = [(one, to) for one, to in pointing if (model._meta.label, one.name) not in NO_ANCHOR]
    found: set[Any] = set()
    for one, to in anchors:
        mine = chosen.of(to) - chosen.elsewhere if to is User else chosen.of(to)
        for some in parts(mine):
            found |= set(model._base_manager.filter(**{f"{one.name}__in": some}).values_list("pk", flat=True))
    musts = [one for one, to in pointing if not one.null or to is Organisation]
    for one in musts:
        if found:
            found &= _with(model, one, found, chosen.of(one.related_model))
    return found


def _with(model: type[Model], one: Any, keys: set[Any], allowed: set[Any]) -> set[Any]:
    """Of these the ones that point at what may, by this relation, or, where that can be, at nothing."""
    may_be_empty = one.null and one.related_model is not Organisation
    kept: set[Any] = set()
    for some in parts(keys):
        pairs = model._base_manager.filter(pk__in=some).values_list("pk", one.attname)
        kept |= {pk for pk, to in pairs if to in allowed or (to is None and may_be_empty)}
    return kept


def parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """So many at once, always in the same order."""
    ordered = sorted(keys, key=str)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
