"""A phone's clock may say anything; the server's own time stands beside it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from assessments.models import Response
from learning.models import Event
from xapi.models import Statement

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (2_209_032_000_000, datetime(2040, 1, 1, 12, tzinfo=UTC)),
        (-2_208_988_800_000, datetime(1900, 1, 1, tzinfo=UTC)),
        (253_402_300_799_000, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2026-11-21T13:00:00+01:00", NOW),
        (1_790_000_000_123.75, datetime(2026, 9, 21, 14, 13, 20, 123750, tzinfo=UTC)),
    ],
)
def test_a_wrong_phone_clock_is_kept_beside_the_servers_time(phone, clock, said):
    event = phone.event("e-keuze", "e-o1", at=clock)
    with time_machine.travel(NOW, tick=False):
        phone.keep(event)
    kept, answer, statement = Event.objects.get(), Response.objects.get(), Statement.objects.get()
    assert (kept.at, kept.received_at) == (said, NOW)
    assert (answer.at, answer.received_at) == (said, NOW)
    assert statement.timestamp == said
    assert statement.stored == NOW or connection.vendor == "postgresql"  # there it is the clock of the database
    assert datetime.fromisoformat(statement.document["timestamp"]) == said


@pytest.mark.parametrize(
    "clock",
    [
        "gisteren",
        "",
        None,
        True,
        [],
        {},
        10**30,
        -(10**30),
        1e308,
        "2026-11-21T13:00:00",  # no time zone
        "10000-01-01T00:00:00Z",
    ],
)
def test_a_clock_that_means_nothing_costs_that_event_only(phone, clock):
    good, bad = phone.event("e-haakje"), phone.event("e-scherm", at=clock)
    reply = phone.send(good, bad)
    assert reply.status_code == 200
    assert reply.json()["safe"] == [good["id"]]
    assert reply.json()["refused"] == {bad["id"]: "verkeerde vorm: at"}


@pytest.mark.parametrize("clock", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_a_clock_at_the_edge_of_time_does_not_cost_the_rest_of_the_batch(phone, clock):
    good, edge = phone.event("e-haakje"), phone.event("e-scherm", at=clock)
    reply = phone.send(good, edge)
    assert reply.status_code == 200
    assert good["id"] in reply.json()["safe"]
    assert Event.objects.get(pk=good["id"]).at.year == 2026
    assert all(row.at for row in Event.objects.all())  # what is kept can be read again


def test_a_clock_that_runs_back_does_not_change_which_answer_was_last(phone):
    """The order in which the phone kept them counts, not what its clock said."""
    phone.keep(
        phone.event("e-keuze", "e-o2", at=2_209_032_000_000),
        phone.event("e-keuze", "e-o1", at=0),
    )
    assert Event.objects.order_by("at").first().at.year == 1970
    assert phone.client.get("/leren/stand/E99").json()["results"] == {"e-keuze": {"": True}}


def test_saved_means_the_moment_the_server_had_it(phone):
    before = timezone.now()
    phone.keep(phone.event("e-haakje", at=0))
    assert before - timedelta(seconds=1) < Event.objects.get().received_at <= timezone.now()
