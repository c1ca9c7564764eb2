"""Who made or changed a path is with the path; a learner leaves nothing here."""

from typing import Any

from django.db.models import Q

from courses.models import AssignedPlace, CoursePath, Sharing
from people.models import User
from people.registry import Held, PersonalData, keeps_nothing, register


def export(user: User) -> dict[str, Any]:
    made = CoursePath.objects.filter(made_by=user).select_related("organisation").order_by("pk")
    changed = CoursePath.objects.filter(changed_by=user).exclude(made_by=user).order_by("pk")
    assigned = AssignedPlace.objects.filter(place__user=user).select_related("assignment__path", "place__cohort")
    return {
        "eigen route in een groep": [
            {"groep": one.place.cohort.name, "route": one.assignment.path.title} for one in assigned
        ],
        "routes gemaakt": [{"naam": path.title, "bij": str(path.organisation)} for path in made],
        "routes als laatste veranderd": [path.title for path in changed],
    }


def describe(user: User) -> str:
    """How many routes someone made."""
    count = CoursePath.objects.filter(made_by=user).count()
    return f"{count} {'route' if count == 1 else 'routes'}" if count else ""


def erase(user: User) -> dict[str, int]:
    """What was shared stays with the colleagues, as nobody's; what nobody else could see goes."""
    own = CoursePath.objects.filter(made_by=user)
    alone = list(own.filter(sharing=Sharing.ALONE).values_list("pk", flat=True))
    CoursePath.objects.filter(pk__in=alone).delete()
    kept = own.update(made_by=None)
    CoursePath.objects.filter(changed_by=user).update(changed_by=None)
    return {"eigen routes": len(alone), "gedeelde routes van niemand meer": kept}


def merge(source: User, target: User) -> None:
    for path in CoursePath.objects.filter(Q(made_by=source) | Q(changed_by=source)):
        for name in ("made_by", "changed_by"):
            if getattr(path, f"{name}_id") == source.pk:
                setattr(path, name, target)
        path.save(update_fields=["made_by", "changed_by"])


def register_courses() -> None:
    register(
        PersonalData(
            room="courses",
            models={
                "courses.CoursePath": Held("Wie een route maakte", "tot de route weg is, of de maker zichzelf wist"),
            },
            export=export,
            erase=erase,
            retain=keeps_nothing,
            merge=merge,
            describe=describe,
        )
    )
