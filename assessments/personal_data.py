"""Answers of a person: theirs alone."""

from typing import Any

from assessments.models import Response
from people.models import User
from people.registry import PersonalData, keeps_nothing, register


def export(user: User) -> dict[str, Any]:
    return {
        "antwoorden": [
            {
                "les": row.module,
                "opdracht": row.exercise,
                "antwoord": row.answer,
                "klopt": row.correct,
                "moment": row.received_at.isoformat(),
            }
            for row in Response.objects.filter(user=user).order_by("received_at")
        ]
    }


def erase(user: User) -> dict[str, int]:
    return {"antwoorden": Response.objects.filter(user=user).delete()[0]}


def merge(source: User, target: User) -> None:
    Response.objects.filter(user=source).update(user=target)


def register_assessments() -> None:
    register(
        PersonalData(
            room="assessments",
            models=("assessments.Response",),
            export=export,
            erase=erase,
            retain=keeps_nothing,
            merge=merge,
        )
    )
