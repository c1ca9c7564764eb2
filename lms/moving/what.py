"""What moves with an organisation: every table that leads to it or to a person, but what is named here with why."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model

from people.models import Organisation, User

_LOCKED = "op slot met de sleutel van de oude site"
_EDITOR = "van wie lessen schrijft: lessen zijn van de site"
_SHORT = "duurt kort"
STAYS: dict[str, str] = {
    "account.EmailAddress": "blijft leeg",
    "account.EmailConfirmation": "blijft leeg",
    "integrations.StatementExport": _SHORT,
    "learning.StatusSlot": "de nieuwe site geeft een eigen plek",
    "mfa.Authenticator": _LOCKED,
    "people.AuditEntry": "gaat mee voor zover het van de organisatie is (lms/moving/trail.py)",
    "people.BreakGlass": "een beheerder van de oude site",
    "people.EmailCode": _SHORT,
    "people.HandOver": _SHORT,
    "people.LearnerCard": _LOCKED,
    "people.ListImport": _SHORT,
    "people.PictureCode": _LOCKED,
    "people.RoleInvite": _SHORT,
    "people.User_groups": _EDITOR,
    "people.User_user_permissions": _EDITOR,
    "people.WrongTry": _SHORT,
}
_NOT_ROOMS = ("wagtail", "media")
"""Rooms of which all stays: lessons, pictures and H5P are of the site."""
NO_ANCHOR = {("courses.CoursePath", "made_by"), ("courses.CoursePath", "changed_by")}
"""That someone made it does not make it theirs."""


@cache
def moved() -> tuple[type[Model], ...]:
    """Every model of which rows may move, those that others point at first."""
    found: list[type[Model]] = [Organisation, User, apps.get_model("lti_tool.LtiRegistration")]
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and model._meta.label not in STAYS
        and not model._meta.app_label.startswith(_NOT_ROOMS)
        and len(model._meta.pk_fields) == 1
    ]
    while more := [one for one in models if one not in found and any(to in found for _, to in points_at(one))]:
        found += more
    return tuple(_in_order(found))


def points_at(model: type[Model]) -> list[tuple[Any, type[Model]]]:
    """The relations of a model that are columns, and to what."""
    fields: list[Any] = [field for field in model._meta.local_fields if field.is_relation]
    return [(field, field.related_model) for field in fields]


def _in_order(models: list[type[Model]]) -> list[type[Model]]:
    ordered: list[type[Model]] = []
    waiting = list(models)
    while waiting:
        ready = [one for one in waiting if not _needs(one) & (set(waiting) - {one})]
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
        assert ready, waiting
    return ordered


def _needs(model: type[Model]) -> set[type[Model]]:
    """What must be there first; what may stay empty is filled in after."""
    return {to for field, to in points_at(model) if not field.null}


Name = Callable[[Any], Any]
"""By what a row that does not move is known on any site; None: it is not."""


def name_of(row: Model) -> list[Any] | None:
    """For what a moved row points at and stays: the same thing on the other site, by name."""
    label = row._meta.label
    if label in ("leadership.Programme", "courses.CoursePath"):
        ready = label == "leadership.Programme" or row.organisation_id is None  # type: ignore[attr-defined]
        return [label, row.slug] if ready else None  # type: ignore[attr-defined]
    if label == "media.H5PPackage" and row.current_id:  # type: ignore[attr-defined]
        return [label, row.current.digest]  # type: ignore[attr-defined]
    return None


def found_by(name: list[Any]) -> Any:
    """The primary key of what is called so here; None where there is no such thing."""
    label, word = name
    model = apps.get_model(label)
    wanted = {
        "leadership.Programme": {"slug": word},
        "courses.CoursePath": {"slug": word, "organisation": None},
        "media.H5PPackage": {"current__digest": word},
    }[label]
    return model._default_manager.filter(**wanted).values_list("pk", flat=True).first()
