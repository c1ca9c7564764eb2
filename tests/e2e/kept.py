"""What the server kept of the people of a test, read from its database."""

import json
import time
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.player import waiting_events
from tests.e2e.serving import Server

_ASK = """
import json
from learning.models import Attempt, Event, Progress
from tests.e2e.groups import REVIEWERS
attempts = Attempt.objects.exclude(user__username__in=REVIEWERS)
events = Event.objects.exclude(user__username__in=REVIEWERS)
learners = attempts.values_list("user", flat=True).distinct()
progress = Progress.objects.filter(user__in=learners)
print(json.dumps({
    "learners": len(learners),
    "attempts": attempts.count(),
    "events": [str(key) for key in events.values_list("id", flat=True)],
    "done": sorted(progress.exclude(completed_at=None).values_list("module", flat=True)),
    "busy": sorted(progress.filter(completed_at=None).values_list("module", flat=True)),
}))
"""


@dataclass(frozen=True)
class Kept:
    """Everybody who did something in a lesson, together; not those whom tests.e2e.fill made before."""

    learners: int
    attempts: int
    events: list[str]
    done: list[str]
    busy: list[str]


def kept(server: Server) -> Kept:
    """For a server of this test alone."""
    return Kept(**json.loads(server.manage("shell", "-v0", "-c", _ASK)))


def nothing_waits(page: Page) -> None:
    """Until the outbox of this phone is empty, for everybody."""
    for _ in range(100):
        if not waiting_events(page):
            return
        time.sleep(0.2)
    raise AssertionError(f"still waiting: {waiting_events(page)}")
