"""What hangs on an organisation: as long as there is anything, it stays.

Rows of any room that point at it are found by themselves. A room that keeps only its number registers a count here.
"""

from collections.abc import Callable

from django.apps import apps
from django.db.models import ManyToOneRel
from django.utils.text import camel_case_to_spaces

from people.models import AuditEntry, ListImport, Membership, Organisation, RoleInvite

Count = Callable[[Organisation], tuple[int, str, str]]
_counts: list[Count] = []
_GOES_ALONG = {AuditEntry, ListImport, RoleInvite}  # the trail stays by itself; the others wait for a few days at most


def register_hanging(count: Count) -> None:
    """A room says how many of something an organisation has, and what one and more of it are called."""
    _counts.append(count)


def what_hangs(organisation: Organisation, *, but_people: bool = False) -> list[str]:
    """In words, '2 groepen'; with `but_people` without who belongs to it."""
    found = []
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model in _GOES_ALONG:
            continue
        model = relation.related_model
        if but_people and model is Membership:
            continue
        rows = model._base_manager.filter(**{relation.field.name: organisation.pk})
        one, more = _called(model)
        found.append((_people(organisation) if model is Membership else rows.count(), one, more))
    return [*_in_words(found), *kept_by_number(organisation)]


def kept_by_number(organisation: Organisation) -> list[str]:
    """The same of what rooms keep by its number only, which does not go along with it."""
    return _in_words([count(organisation) for count in _counts])


def _in_words(found: list[tuple[int, str, str]]) -> list[str]:
    return [f"{number} {one if number == 1 else more}" for number, one, more in found if number]


def _people(organisation: Organisation) -> int:
    return organisation.memberships.values("user").distinct().count()


def _called(model: type) -> tuple[str, str]:
    if model is Membership:
        return "mens met een rol of die er leert", "mensen met een rol of die er leren"
    meta = model._meta  # type: ignore[attr-defined]
    if str(meta.verbose_name) == camel_case_to_spaces(meta.object_name):  # nobody named it in Dutch
        room = apps.get_app_config(meta.app_label).verbose_name
        return f"ding in ‘{room}’", f"dingen in ‘{room}’"
    return str(meta.verbose_name), str(meta.verbose_name_plural)
