"""What one set of make bench-growth costs, in a process of its own: pages and batches past the whole of Django.

A request's time is CPU of this process and of the database's process that answers it (proc(5), schedstat), which other
work on the machine changes little; waiting from begin to end is told beside it. Every request is of another learner.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import production
from tests.bench.growth_data import name_of

PEOPLE, ROUNDS = 24, 4
HEADERS = {"host": "127.0.0.1", "sec-fetch-site": "same-origin"}


def _spent(pid: int) -> float:
    """CPU seconds of a process, to the nanosecond."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


class Side:
    """A set, its learners and their teacher."""

    def __init__(self) -> None:
        from django.db import connection
        from django.test import Client

        from modules.models import ModulePage
        from people.models import Cohort, User

        self.module = ModulePage.objects.get(code="B2")
        whole = User.objects.filter(username__startswith="groei-").count()
        chosen = [f"groei-{1 + place * (whole // PEOPLE)}" for place in range(PEOPLE)]
        self.people = list(User.objects.filter(username__in=chosen))
        self.cohorts = list(
            Cohort.objects.filter(name__startswith="Groei ").order_by("pk")[:: max(1, whole // 28 // 8)][:8]
        )
        self.clients = {}
        for user in [*self.people, self._teacher()]:
            self.clients[user.pk] = Client(headers=HEADERS)
            self.clients[user.pk].force_login(user)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.database = cursor.fetchone()[0]

    def _teacher(self) -> Any:
        from allauth.mfa.models import Authenticator

        from people.models import CohortMember, Membership, Role, User

        self.bram, is_new = User.objects.get_or_create(username="bram")
        if is_new:
            Membership.objects.create(user=self.bram, organisation=self.cohorts[0].organisation, role=Role.TEACHER)
            Authenticator.objects.create(user=self.bram, type=Authenticator.Type.TOTP, data={})
            for cohort in self.cohorts:
                CohortMember.objects.create(cohort=cohort, user=self.bram, leads=True)
        return self.bram

    def kinds(self) -> dict[str, list[Callable[[], Any]]]:
        """Per kind of request one for each learner or class."""
        return {
            "home": [self._get(user, "/mijn/") for user in self.people],
            "lesson": [self._get(user, "/les/laat-het-weg/") for user in self.people],
            "class view": [self._get(self.bram, f"/docent/klassen/{cohort.pk}/") for cohort in self.cohorts],
            "batch of 1 event": [self._post(user, 1) for user in self.people],
            "batch of 20 events": [self._post(user, 20) for user in self.people],
        }

    def _get(self, user: Any, path: str) -> Callable[[], None]:
        def ask() -> None:
            reply = self.clients[user.pk].get(path)
            assert reply.status_code == 200, (path, reply.status_code)

        return ask

    def _post(self, user: Any, size: int) -> Callable[[], None]:
        from tests.bench.queries import events_for, post

        batches = [events_for(user, self.module, 20)[:size] for _ in range(ROUNDS + 2)]
        return lambda: post(self.clients[user.pk], batches.pop())

    def measure(self) -> dict[str, dict[str, float]]:
        """Per kind: queries, ms of CPU of here and of the database, ms from begin to end."""
        from tests.bench.queries import counted

        found = {}
        for name, requests in self.kinds().items():
            for ask in requests:
                ask()
            queries = max(counted(ask) for ask in requests)
            rounds = [self._round(requests) for _ in range(ROUNDS)]
            here, there, wall = (min(each) for each in zip(*rounds, strict=True))
            found[name] = {"queries": queries, "here": here, "database": there, "wall": wall}
        return found

    def _round(self, requests: list[Callable[[], Any]]) -> tuple[float, float, float]:
        """Of one request, in ms; what is waited is the median."""
        waits, here, there = [], time.process_time(), _spent(self.database)
        for ask in requests:
            began = time.perf_counter()
            ask()
            waits.append(time.perf_counter() - began)
        each = 1000 / len(requests)
        return (time.process_time() - here) * each, (_spent(self.database) - there) * each, median(waits) * 1000

    def explain(self) -> dict[str, str]:
        """How PostgreSQL finds what each of these asks of the tables that grow."""
        from django.db import connection, transaction
        from django.test.utils import CaptureQueriesContext

        plans: dict[str, str] = {}
        for name, requests in self.kinds().items():
            with CaptureQueriesContext(connection) as asked:
                requests[0]()
            for query in asked.captured_queries:
                sql = query["sql"]
                if sql.startswith("DECLARE"):  # read bit by bit
                    sql = sql.partition(" FOR ")[2]
                if not sql.startswith(("SELECT", "INSERT")):
                    continue
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("EXPLAIN (COSTS OFF) " + sql.replace("%", "%%"), None)
                    plan = "\n".join(line for (line,) in cursor.fetchall())
                if any(table in plan for table in ("learning_", "assessments_", "people_cohort", "xapi_statement")):
                    plans[f"{name}: {sql[:140]}"] = plan
        return plans


def main(events: int, what: str) -> int:
    with TemporaryDirectory(prefix="kortwijs-") as folder:
        os.environ.update(production.environment(name_of(events), folder))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)  # a set may be older than the newest table
        side = Side()
        print(json.dumps(side.explain() if what == "explain" else side.measure()))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2]))
