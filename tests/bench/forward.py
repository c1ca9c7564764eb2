"""Forwarding while its worker is killed: how many statements were lost, doubled or out of order: make bench-forward.

KORTWIJS_STATEMENTS (10,000) are written into one record store and sent on to a second, real one over a line that
answers 5xx, 409, 429 and 413, drops answers after they arrived, and stands still. Each worker is a process of its own
that is killed (kill -9) at a random request, some while the receiver is still at it. No waiting: what a worker that
died held, and when is tried again, are fields that are set.
"""

import os
import random
import signal
import sys
import time
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.xapi.forwarding.proxy import Fault, Proxy, running
from tests.xapi.forwarding.receiver import Receiver, prepared, second_store

WHOLE, LEAST_KILLS, MOST_SECONDS = 10_000, 30, 540
BATCH, PIECES = 50, 80


def main() -> int:
    began = time.monotonic()
    count = int(os.environ.get("KORTWIJS_STATEMENTS", WHOLE))
    seed = int(os.environ.get("KORTWIJS_SEED", 0))
    with TemporaryDirectory(prefix="kortwijs-") as folder, second_store() as receiver:
        source = prepared(Path(folder) / "source")
        os.environ.update(source.environment, DJANGO_SETTINGS_MODULE="lms.settings")
        import django

        django.setup()
        with running(receiver.url) as (address, line):
            written, killed = _send(line, f"{address}/xapi", receiver, count, random.Random(seed))
        there = receiver.ids()
    seconds = time.monotonic() - began
    return _tell(written, there, killed, line, seconds, count)


def _send(line: Proxy, address: str, receiver: Receiver, count: int, dice: random.Random) -> tuple[list[str], int]:
    """Write all in pieces, and send with workers that are killed until nothing waits; the ids, and how many died."""
    from xapi.forwarding.queries import standings
    from xapi.forwarding.services import create_target

    key, secret = receiver.key
    target = create_target(name="bench", kind="operator", address=address, key=key, secret=secret)
    line.choose = lambda method, body: _fault(dice, method, len(body))
    written: list[str] = []
    killed = turns = 0
    while len(written) < count or standings(target.pk)[0].waiting or standings(target.pk)[0].refused:
        if len(written) < count:
            written += _write(min(max(count // PIECES, BATCH), count - len(written)))
        killed += _worker(line, target.pk, dice)
        turns += 1
        if turns == 3000:
            raise SystemExit("it does not end")
        if turns % 50 == 0:
            print(f"{turns} workers, {killed} killed, {standings(target.pk)[0].waiting} waiting", flush=True)
    return written, killed


def _write(count: int) -> list[str]:
    from django.conf import settings

    from xapi.core import statements as xapi
    from xapi.services import record_statements

    ids: list[str] = []
    for start in range(0, count, BATCH):
        made = [
            xapi.statement(
                id=uuid.uuid4(),
                actor=xapi.actor(settings.BASE_URL, uuid.UUID(int=number % 40 + 1)),
                verb="answered",
                object=xapi.activity("http://localhost/xapi/activities/A01/s1", "interaction", "Een vraag"),
                timestamp=datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=number),
                result={"success": True, "response": "a"},
            )
            for number in range(start, min(start + BATCH, count))
        ]
        record_statements(made)
        ids += [one["id"] for one in made]
    return ids


def _fault(dice: random.Random, method: str, size: int) -> Fault | None:
    """Two in five requests meet something."""
    throw = dice.random()
    if method == "GET":
        return Fault(500) if throw < 0.1 else None
    faults = (
        Fault(500), Fault(503, Retry_After="30"), Fault(500, arrives=True), Fault(0, arrives=True), Fault(0),
        Fault(409, arrives=True), Fault(409) if size > 1 else None, Fault(429, Retry_After="60"),
        Fault(413) if size > 1 else None, Fault(0, arrives=True, waits=0.2),
    )  # fmt: skip
    return faults[int(throw / 0.04)] if throw < 0.4 else None


def _worker(line: Proxy, target: int, dice: random.Random) -> bool:
    """One turn in a process of its own, which dies at a request in two of three; True when it was killed."""
    from django.db import connections
    from django.utils import timezone

    from xapi.forwarding.models import ForwardTarget
    from xapi.forwarding.sending import send_to

    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            send_to(target)
        finally:
            os._exit(0)
    left = [dice.randint(1, 3)] if dice.random() < 0.67 else [10**9]

    def one_more() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(pid, signal.SIGKILL)

    line.on_post = one_more
    killed = os.waitpid(pid, 0)[1] == signal.SIGKILL
    line.on_post = lambda: None
    past = timezone.now() - timedelta(seconds=1)  # the lease is over, and it is time to try again
    ForwardTarget.objects.filter(pk=target, leased_until__isnull=False).update(leased_until=past)
    ForwardTarget.objects.filter(pk=target, next_try_at__isnull=False).update(next_try_at=past)
    return killed


def _tell(written: list[str], there: list[str], killed: int, line: Proxy, seconds: float, count: int) -> int:
    for status, times in sorted(Counter(line.statuses).items()):
        print(f"{times:>6}  answers {status or 'that never came'}")
    lost, doubled = len(set(written) - set(there)), len(there) - len(set(there))
    strange = len(set(there) - set(written))
    place = {one: number for number, one in enumerate(written)}
    order = [place[one] for one in there if one in place]
    disorder = sum(one > other for one, other in pairwise(order))
    sent = sum(map(len, line.posts))
    print(f"{sent} statements went out in {len(line.posts)} requests; {strange} arrived that nobody wrote")
    print(
        f"bench-forward: {lost} lost (<= 0), {doubled} doubled (<= 0), {disorder} out of order (<= 0) "
        f"of {len(written)} statements, "
        f"{killed} workers killed (>= {LEAST_KILLS}), {seconds:.0f} s (<= {MOST_SECONDS} s)"
    )
    holds = not (lost or doubled or disorder or strange) and killed > 0
    return 0 if holds and (count < WHOLE or (killed >= LEAST_KILLS and seconds <= MOST_SECONDS)) else 1


if __name__ == "__main__":
    sys.exit(main())
