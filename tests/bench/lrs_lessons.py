"""Statements as our lessons write them, by the steps of the lessons themselves; no person is real."""

import json
import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from xapi.core import statements as xapi

SITE = "https://leren.voorbeeld.nl"
EACH = 200  # statements of one learner: some ten lessons
BEGAN, SPAN = datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=364)
INTERACTIONS = {"keuze": "choice", "waar_onwaar": "true-false", "sorteer": "matching", "volgorde": "sequencing"}
_MODULES = Path(__file__).resolve().parents[2] / "curriculum/modules"


@cache
def steps() -> list[tuple[str, dict[str, Any]]]:
    """The code of the lesson and the step as its file has it, in the order of the lessons."""
    files = sorted(_MODULES.glob("*/module.yaml"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lessons = [yaml.load(file.read_text(), Loader=loader) for file in files]
    return [(lesson["id"], step) for lesson in lessons for step in lesson["steps"]]


def actor_name(person: int) -> uuid.UUID:
    """The random name of a learner: the same for the same number, and like no other."""
    return uuid.UUID(int=random.Random(f"actor {person}").getrandbits(128), version=4)


def lesson_statements(many: int, seed: int = 1) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """The moment of storing and the statement: learners together go through their lessons, spread over a year."""
    chance, all_steps, people = random.Random(seed), steps(), max(1, many // EACH)
    attempts = [uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(people)]
    for number in range(many):
        turn, person = divmod(number, people)
        module, step = all_steps[(person * 17 + turn) % len(all_steps)]
        if step["id"].endswith("haakje"):  # a lesson begins, and an attempt with it
            attempts[person] = uuid.UUID(int=chance.getrandbits(128), version=4)
        stored = BEGAN + SPAN * number / many
        yield stored, _statement(chance, actor_name_of(person), module, step, attempts[person], stored)


@cache
def actor_name_of(person: int) -> uuid.UUID:
    return actor_name(person)


def _statement(
    chance: random.Random, name: uuid.UUID, module: str, step: dict[str, Any], attempt: uuid.UUID, stored: datetime
) -> dict[str, Any]:
    iri, kind = f"{SITE}/xapi/activities/{module}", INTERACTIONS.get(step["type"])
    told = next((step[field]["standaard"] for field in ("title", "question", "statement") if field in step), "")
    result: dict[str, Any] = {}
    if kind is not None:
        ids = [f"{module.lower()}-o{number}" for number in range(1, 5)]
        chance.shuffle(ids)
        response = {"choice": ids[0], "true-false": "true"}.get(kind) or json.dumps(
            dict.fromkeys(ids, "wel") if kind == "matching" else ids
        )
        result = {"success": chance.random() < 0.7, "response": response}
    return xapi.statement(
        id=uuid.UUID(int=chance.getrandbits(128), version=4),
        actor=xapi.actor(SITE, name),
        verb="answered" if kind else "experienced",
        object=xapi.activity(
            f"{iri}/{step['id']}",
            "interaction" if kind else "step",
            told.splitlines()[0] if told else "",
            **({"interactionType": kind} if kind else {}),
        ),
        timestamp=stored - timedelta(seconds=chance.random() * 90),
        parent={"objectType": "Activity", "id": iri},
        registration=attempt,
        result=result,
        extensions={f"{SITE}/xapi/extensions/revision": chance.randrange(1, 40)},
    )
