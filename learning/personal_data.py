"""What a learner did: theirs to take along, to erase, to bring to another account."""

from typing import Any

from django.db import transaction

from learning.models import Attempt, Event, Progress
from people.models import User
from people.registry import PersonalData, keeps_nothing, register


def export(user: User) -> dict[str, Any]:
    return {
        "voortgang": [
            {
                "les": row.module,
                "status": row.status.label,
                "stap": f"{row.step_number} van {row.step_count}",
                "bewaard": row.saved_at.isoformat(),
            }
            for row in Progress.objects.filter(user=user).order_by("module")
        ],
        "pogingen": [
            {"les": row.module, "begonnen": row.started_at.isoformat()}
            for row in Attempt.objects.filter(user=user).order_by("started_at")
        ],
        "gebeurtenissen": Event.objects.filter(user=user).count(),
    }


def erase(user: User) -> dict[str, int]:
    return {
        "gebeurtenissen": Event.objects.filter(user=user).delete()[0],
        "pogingen": Attempt.objects.filter(user=user).delete()[0],
        "voortgang": Progress.objects.filter(user=user).delete()[0],
    }


@transaction.atomic
def merge(source: User, target: User) -> None:
    """Events and attempts move; progress in the same module becomes one, the furthest of both."""
    Event.objects.filter(user=source).update(user=target)
    Attempt.objects.filter(user=source).update(user=target)
    own = {row.module: row for row in Progress.objects.filter(user=target)}
    for row in Progress.objects.filter(user=source):
        other = own.get(row.module)
        if other is None:
            row.user = target
            row.save(update_fields=["user"])
            continue
        later, earlier = (row, other) if row.saved_at > other.saved_at else (other, row)
        seen = [*earlier.seen, *(step for step in later.seen if step not in earlier.seen)]
        results = {**earlier.results}
        for exercise, parts in later.results.items():
            results[exercise] = {**results.get(exercise, {}), **parts}
        completed = [moment for moment in (row.completed_at, other.completed_at) if moment]
        for name in ("attempt", "revision", "step", "step_number", "step_count", "saved_at"):
            setattr(other, name, getattr(later, name))
        other.seen, other.results = seen, results
        other.completed_at = min(completed) if completed else None
        other.save()
        row.delete()


def register_learning() -> None:
    register(
        PersonalData(
            room="learning",
            models=("learning.Attempt", "learning.Event", "learning.Progress"),
            export=export,
            erase=erase,
            retain=keeps_nothing,
            merge=merge,
        )
    )
