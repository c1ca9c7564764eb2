"""Every model that holds something about a person is in a registered entry; else exporting and erasing forget it."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models

from people import registry
from people.models import User
from people.registry import PersonalData, keeps_nothing, register

# Models that know a person by something else than a relation.
OPAQUE = {
    "xapi.Statement": "actor",
    "xapi.Forward": "actor",
    "xapi.ForwardName": "actor",
    "people.Session": "user_id",
    "people.AuditEntry": "person_key",
    "people.EmailCode": "email",
    "people.LearnerCard": "place",
    "leadership.SharedProof": "credential",
}


def touches_person(model: type[models.Model]) -> bool:
    """True for the user itself, for a relation to it, and for an opaque key of a person."""
    if model is User or model._meta.label in OPAQUE:
        return True
    return any(
        field.is_relation and field.related_model is User and not field.auto_created
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
    )


def unregistered(found: Iterable[type[models.Model]], entries: Iterable[PersonalData]) -> set[str]:
    """The labels of models that hold something about a person and belong to no entry."""
    registered = {label for entry in entries for label in entry.models}
    return {model._meta.label for model in found if touches_person(model)} - registered


def through_the_user(model: type[models.Model]) -> bool:
    """The rows that join a user to groups and rights go with the user itself."""
    return model in (User.groups.through, User.user_permissions.through)


def test_every_model_about_a_person_is_registered():
    ours = [model for model in apps.get_models(include_auto_created=True) if not through_the_user(model)]
    assert unregistered(ours, registry.rooms()) == set()


def test_the_check_sees_a_model_that_nobody_registered():
    entries = list(registry.rooms())
    assert unregistered([User], []) == {"people.User"}
    for label in ("learning.Progress", "assessments.Response", "xapi.Statement", "people.AuditEntry"):
        model = apps.get_model(label)
        without = [
            replace(entry, models={name: held for name, held in entry.models.items() if name != label})
            for entry in entries
        ]
        assert unregistered([model], without) == {label}
        assert unregistered([model], entries) == set()


def test_the_check_sees_each_way_to_point_at_a_person():
    def model(name: str, field: models.Field) -> type[models.Model]:
        meta = type("Meta", (), {"app_label": "people"})
        made = type(name, (models.Model,), {"__module__": __name__, "Meta": meta, "who": field})
        apps.all_models["people"].pop(name.lower())
        return made

    ways = [
        models.ForeignKey(User, models.CASCADE, related_name="+"),
        models.OneToOneField(User, models.SET_NULL, null=True, related_name="+"),
        models.ManyToManyField(User, related_name="+"),
    ]
    made = [model(f"Forgotten{number}", field) for number, field in enumerate(ways)]
    apps.clear_cache()
    assert unregistered(made, registry.rooms()) == {f"people.Forgotten{number}" for number in range(3)}
    assert unregistered([apps.get_model("language.Fact")], []) == set()


def test_what_is_registered_exists():
    for entry in registry.rooms():
        for label in entry.models:
            assert touches_person(apps.get_model(label)), f"{entry.room} names {label}"


def test_each_opaque_key_is_a_field():
    for label, field in OPAQUE.items():
        apps.get_model(label)._meta.get_field(field)


def test_the_person_itself_goes_last():
    assert [entry.room for entry in registry.rooms()][-1] == "people"


def test_a_room_registers_once():
    [first, *_] = registry.rooms()
    with pytest.raises(ValueError, match=first.room):
        register(first)
    assert keeps_nothing(None) == {}  # type: ignore[arg-type]
