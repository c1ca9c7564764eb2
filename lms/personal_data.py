"""The rooms that know nobody: the record store holds opaque names, Wagtail its own log of editors."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, Model

from integrations.statements.exports import end_exports_with
from people.models import Pseudonym, User
from people.registry import WITH_THE_PERSON, Held, PersonalData, keeps_nothing, register
from people.services import ensure_pseudonym
from xapi.forwarding.queries import forwarded_of
from xapi.partitions import Month
from xapi.queries import documents_of
from xapi.retention import forget_before
from xapi.services import erase_actors, rename_actor


def _names(user: User) -> list[Any]:
    return list(Pseudonym.objects.filter(user=user).values_list("name", flat=True))


def export(user: User) -> dict[str, Any]:
    names = _names(user)
    told = [
        {
            "target": one.target.name,
            "address": one.target.address,
            "statements": len(one.sent) + len(one.perhaps),
            "names": [str(name) for name in one.names],
        }
        for one in forwarded_of(names)
    ]
    return {"statements": documents_of(names), **({"sent on": told} if told else {})}


def erase(user: User) -> dict[str, int]:
    """Statements, and the files with statements that an administrator asked for and that can hold some of these."""
    names = _names(user)
    return {"exports": end_exports_with(names), **erase_actors(names)}


def retain(now: datetime) -> dict[str, int]:
    """Statements of so many months ago, where a term is set (STATEMENT_RETENTION_MONTHS); by whole months."""
    months = settings.STATEMENT_RETENTION_MONTHS
    if not months:
        return {}
    first = Month.of(now)
    for _ in range(months):
        first = first.previous
    return forget_before(first.begin)


def merge(source: User, target: User) -> None:
    """Statements of the nameless learner go on under the name of the account."""
    new = ensure_pseudonym(user=target).name
    for old in _names(source):
        rename_actor(old, new)


def register_xapi() -> None:
    register(
        PersonalData(
            room="xapi",
            models={
                "xapi.Statement": Held(
                    "Logboek van lessen onder een willekeurige naam (xAPI)",
                    "tot iemand zichzelf wist, of zo lang als STATEMENT_RETENTION_MONTHS zegt",
                ),
                "xapi.Forward": Held(
                    "Doorsturen naar een ander systeem onder een afspraak",
                    "zo lang als het logboek, om het terug te kunnen vragen",
                ),
                "xapi.ForwardName": Held("Per ontvanger een eigen willekeurige naam", WITH_THE_PERSON),
            },
            export=export,
            erase=erase,
            retain=retain,
            merge=merge,
        )
    )


_MADE = Held(
    "Nagaan wie een les, woord of beeld maakte of veranderde",
    "zo lang als wat er gemaakt is; van wie zich wist zonder mens",
)
_UPLOADED = ("media.Picture", "media.H5PImport", "media.H5PLibrary", "media.H5PPackage", "media.H5PVersion")


def _editor_fields() -> Iterator[tuple[type[Model], ForeignKey[Any, Any]]]:
    """Every field of Wagtail's tables, of pictures and of H5P that points at who edited, commented or uploaded."""
    for model in apps.get_models():
        if model._meta.app_label.startswith("wagtail") or model._meta.label in _UPLOADED:
            for field in model._meta.local_fields:
                if isinstance(field, ForeignKey) and field.related_model is User:
                    yield model, field


def export_editing(user: User) -> dict[str, Any]:
    """How often the person stands in each of the editor's tables."""
    return {
        f"{model._meta.label}.{field.name}": count
        for model, field in _editor_fields()
        if (count := model._default_manager.filter(**{field.name: user.pk}).count())
    }


def erase_editing(user: User) -> dict[str, int]:
    """What was made for others stays, without the name; what was only the person's goes."""
    counts = {}
    for model, field in _editor_fields():
        rows = model._default_manager.filter(**{field.name: user.pk})
        counts[model._meta.label] = rows.update(**{field.name: None}) if field.null else rows.delete()[0]
    return counts


def merge_editing(source: User, target: User) -> None:
    """A nameless learner, the only one who is ever merged away, cannot edit."""


def register_wagtail() -> None:
    register(
        PersonalData(
            room="wagtail",
            models=dict.fromkeys((model._meta.label for model, _ in _editor_fields()), _MADE),
            export=export_editing,
            erase=erase_editing,
            retain=keeps_nothing,
            merge=merge_editing,
        )
    )
