"""A second record store that is started once, a bad line to it, and statements of learners to send on."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.xapi.forwarding.proxy import Proxy, running
from tests.xapi.forwarding.receiver import Receiver, second_store
from xapi.core import statements as xapi
from xapi.forwarding.models import ForwardTarget
from xapi.forwarding.sending import send_to
from xapi.forwarding.services import create_target
from xapi.services import record_statements

ANNA, BRAM = uuid.uuid4(), uuid.uuid4()


@pytest.fixture(scope="session")
def receiver():
    with second_store() as started:
        yield started


@pytest.fixture
def line(receiver: Receiver, settings):
    settings.XAPI_PRIVATE_HOSTS = True
    with running(receiver.url) as (address, proxy):
        proxy.address = f"{address}/xapi"
        yield proxy


@pytest.fixture
def target(db, line: Proxy, receiver: Receiver) -> ForwardTarget:
    return new_target(line, receiver)


def new_target(line: Proxy, receiver: Receiver, **more) -> ForwardTarget:
    key, secret = receiver.key
    given = {"name": "Leerlog Noord", "kind": "operator", "address": line.address, **more}
    return create_target(**given, key=key, secret=secret)


def write(count: int, *, actor: uuid.UUID = ANNA, site: str = "http://localhost:8000", **more) -> list[str]:
    """Statements of a learner, each in a batch of its own; their ids in order."""
    ids = []
    for number in range(count):
        made = xapi.statement(
            id=uuid.uuid4(),
            actor=xapi.actor(site, actor),
            verb=more.get("verb", "answered"),
            object=xapi.activity(f"{site}/xapi/activities/E99/s{number}", "step", "Een vraag"),
            timestamp=datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(seconds=number),
            result={"success": True, "response": "a", "duration": "PT3S"},
        )
        record_statements([made])
        ids.append(made["id"])
    return ids


class Time:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = timezone.now()

    def __call__(self) -> datetime:
        return self.now

    def go(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Time:
    return Time()


def send(target: ForwardTarget, clock: Time) -> int:
    """One turn of a worker; the target as it stands after it is read again."""
    arrived = send_to(target.pk, clock=clock)
    target.refresh_from_db()
    return arrived


def until_all_is_sent(target: ForwardTarget, clock: Time, most: int = 60) -> None:
    """Turn after turn, each as late as the one before asked for."""
    for _ in range(most):
        send(target, clock)
        if not target.outbox.filter(state__in=(0, 1)).exists():
            return
        clock.now = max(clock.now, target.next_try_at or clock.now) + timedelta(seconds=1)
    raise AssertionError(f"still waiting: {target.error}")
