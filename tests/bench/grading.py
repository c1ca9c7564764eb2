"""Grading 1,000 responses of mixed kinds in one transaction, on a scratch database of its own.

The examples of every kind (cases.yaml) go through the real intake, right and wrong ones in turn; what is counted is
everything that goes to the database, BEGIN and COMMIT included. With DATABASE_URL the database is a new one on that
PostgreSQL server.
"""

import itertools
import os
import sys
import tempfile
import time
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.queries import counted, learner, set_up

if TYPE_CHECKING:
    from learning.events import Event
    from modules.models import ModulePage
    from people.models import User

SIZES, MOST = (20, 200, 1000), 15
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def lesson_with_every_kind(folder: Path) -> "ModulePage":
    """The lesson of the tests: each example of each kind is a step of it."""
    from modules.models import ModulePage
    from modules.services import load_curriculum
    from tests.factories import curriculum_folder, lesson_file

    folder.mkdir()
    load_curriculum(curriculum_folder(folder, lesson_file()))
    return ModulePage.objects.get(code="E99")


def responses() -> list[tuple[str, str, Any]]:
    """(kind, exercise, response) of every example, the answers that a kind refuses left out."""
    from tests.exercise_cases import cases

    return [(case.kind.name, case.id, answer) for case in cases() for answer in (*case.done, *case.wrong)]


def events_of(user: "User", module: "ModulePage", number: int) -> list["Event"]:
    """So many answers, of all kinds in turn."""
    from learning.events import Event

    attempt, given = uuid.uuid4(), itertools.cycle(responses())
    return [
        Event(
            id=uuid.uuid4(), owner=user.owner_key, at=BEGAN + timedelta(seconds=place), module=module.code,
            revision=module.live_revision_id or 0, attempt=attempt, step=step, exercise=step, response=response,
        )
        for place, (_, step, response) in zip(range(number), given, strict=False)
    ]  # fmt: skip


def measured(module: "ModulePage", number: int) -> tuple[int, float]:
    """Queries and CPU seconds of one call that keeps so many answers; all must be kept and graded."""
    from assessments.models import Response
    from learning.intake import take_events

    user = learner(f"beoordeeld-{number}")
    take_events(user=user, events=events_of(user, module, 1))  # makes the pseudonym and fills caches
    events = events_of(user, module, number)
    started = time.process_time()
    queries = counted(lambda: take_events(user=user, events=events))
    taken = time.process_time() - started
    kept = Response.objects.filter(user=user).count()
    assert kept == number + 1, f"{kept} of {number + 1} kept"
    return queries, taken


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        server = os.environ.get("DATABASE_URL", "")
        set_up(folder, server)
        from django.db import connection, connections

        module = lesson_with_every_kind(Path(folder) / "lesson")
        kinds = Counter(kind for kind, *_ in responses())
        print(f"{connection.vendor}; kinds: {', '.join(sorted(kinds))}\n")
        print(f"{'responses':>10}{'queries':>10}{'CPU s per 1000':>17}")
        found = {}
        for number in SIZES:
            found[number], taken = measured(module, number)
            print(f"{number:>10}{found[number]:>10}{taken / number * 1000:>17.2f}")
        if server:
            connection.creation.destroy_test_db(old_database_name="", verbosity=0)
        connections.close_all()
    few, many = found[SIZES[0]], found[SIZES[-1]]
    holds = len(set(found.values())) == 1 and many <= MOST
    print(
        f"\nbench-grading: {many} queries for {SIZES[-1]} responses, {few} for {SIZES[0]} "
        f"(equal, <= {MOST}){'' if holds else ': does NOT hold'}"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
