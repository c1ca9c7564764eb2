"""Server CPU per statement, beside a bare view that only inserts the same JSON with the same indexes: make bench-lrs.

In one process, through the WSGI application, so that CPU is that of the application and of SQLite; on PostgreSQL the
time of the server process of our connection is added (Linux). After that, a crowd (tests.bench.lrs_crowd).
"""

import base64
import io
import json
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import lrs_crowd
from tests.bench.lrs_statement import LESSONS, statement

SINGLES, BATCHES, BATCH, SEARCHES, MANY = 600, 60, 50, 60, int(os.environ.get("MANY", 100_000))
ROUNDS = 4
MOST_TIMES, MOST_SEARCH = 1.5, 10  # times the CPU of the bare view; ms of CPU


class Caller:
    """Requests to a WSGI application, with the CPU that they cost."""

    def __init__(self, key: str) -> None:
        from django.core.wsgi import get_wsgi_application

        self.application = get_wsgi_application()
        self.key = base64.b64encode(key.encode()).decode()

    def call(self, method: str, path: str, body: bytes = b"", query: str = "") -> bytes:
        said: list[str] = []
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/json", "wsgi.input": io.BytesIO(body), "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
            "HTTP_AUTHORIZATION": f"Basic {self.key}", "HTTP_X_EXPERIENCE_API_VERSION": "1.0.3", "SCRIPT_NAME": "",
        }  # fmt: skip
        reply = self.application(environ, lambda status, *_: said.append(status))
        content = b"".join(reply)
        reply.close()
        assert said[0].startswith("200"), (said, content[:300])
        return content


def cpu() -> float:
    """CPU seconds of this process, and of the database's process for our connection."""
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            spent += int(Path(f"/proc/{cursor.fetchone()[0]}/schedstat").read_text().split()[0]) / 1e9
    return spent


def cost(work: Callable[[int], object], times: int, statements: int = 1) -> tuple[float, float]:
    """Milliseconds per statement, of CPU and by the clock: the cheapest of some rounds, for other work only adds."""
    for number in range(5):
        work(number)
    return min(_round(work, times // ROUNDS, statements) for _ in range(ROUNDS))


def _round(work: Callable[[int], object], times: int, statements: int) -> tuple[float, float]:
    began, clock = cpu(), time.perf_counter()
    for number in range(times):
        work(number)
    each = 1000 / times / statements
    return (cpu() - began) * each, (time.perf_counter() - clock) * each


def bare_view() -> Callable[..., Any]:
    """What is left when nothing is checked: parse, insert with the columns and indexes that we have too."""
    from django.db import connection, transaction
    from django.http import HttpResponse
    from django.views.decorators.csrf import csrf_exempt

    from xapi.core.keys import key
    from xapi.models import Statement

    names = [field.column for field in Statement._meta.local_concrete_fields]
    with connection.schema_editor() as editor:
        editor.execute(f"CREATE TABLE bench_statement AS SELECT {', '.join(names)} FROM xapi_statement WHERE 1 = 0")
        editor.execute("CREATE UNIQUE INDEX bench_seq ON bench_statement (seq)")
        editor.execute("CREATE UNIQUE INDEX bench_id ON bench_statement (id)")
        for number, column in enumerate(
            ("agent_key", "verb_key", "activity_key", "context_key", "registration", "credential")
        ):
            editor.execute(f"CREATE INDEX bench_{number} ON bench_statement ({column}, seq)")

    from django.db import models
    from django.utils import timezone

    fields = {field.name: field.clone() for field in Statement._meta.local_concrete_fields}
    options = type("Meta", (), {"managed": False, "db_table": "bench_statement", "app_label": "xapi"})
    plain = type("Plain", (models.Model,), {**fields, "Meta": options, "__module__": "xapi.models"})
    count = iter(range(10**9))

    @csrf_exempt
    def view(request: Any) -> HttpResponse:
        sent = json.loads(request.body)
        now = timezone.now()
        rows = [
            plain(
                seq=next(count), id=uuid.UUID(one["id"]), stored=now, agent_key=key(one["actor"]["account"]["name"]),
                verb_key=key(one["verb"]["id"]), activity_key=key(one["object"]["id"]), credential=1,
                context_key=key(one["context"]["contextActivities"]["parent"][0]["id"]),
                registration=uuid.UUID(one["context"]["registration"]), document=json.dumps(one, ensure_ascii=False),
            )
            for one in (sent if isinstance(sent, list) else [sent])
        ]  # fmt: skip
        with transaction.atomic():
            plain.objects.bulk_create(rows)
        return HttpResponse(json.dumps([str(row.id) for row in rows]), content_type="application/json")

    return view


def searches() -> Iterator[tuple[str, dict[str, str]]]:
    home = "https://leren.voorbeeld.nl"
    agent = json.dumps({"account": {"homePage": home, "name": str(uuid.UUID(int=7))}})
    nobody = json.dumps({"mbox": "mailto:nobody@example.com"})
    lesson = f"{home}/xapi/activities/L7"
    verb = "http://adlnet.gov/expapi/verbs/completed"
    yield "none", {}
    yield "agent", {"agent": agent}
    yield "agent, unknown", {"agent": nobody}
    yield "agent, related", {"agent": agent, "related_agents": "true"}
    yield "verb", {"verb": verb}
    yield "verb, unknown", {"verb": "http://e.nl/v"}
    yield "activity", {"activity": f"{lesson}/stap-3"}
    yield "activity, related", {"activity": lesson, "related_activities": "true"}
    yield "registration", {"registration": str(uuid.UUID(int=7))}
    yield "agent and verb", {"agent": agent, "verb": verb}
    yield "agent, verb and activity", {"agent": agent, "verb": verb, "activity": f"{lesson}/stap-3"}
    yield "verb and activity, related", {"verb": verb, "activity": lesson, "related_activities": "true"}
    yield "agent, oldest first", {"agent": agent, "ascending": "true"}
    yield "format ids", {"verb": verb, "format": "ids"}
    yield "format canonical", {"verb": verb, "format": "canonical"}


def main() -> int:
    from urllib.parse import urlencode

    import django
    from django.core.management import call_command
    from django.urls import path
    from django.utils import timezone

    django.setup()
    call_command("migrate", verbosity=0)
    from xapi import urls
    from xapi.services import create_credential

    credential, secret = create_credential("bench", scopes=["all"], per_minute=10**9)
    urls.urlpatterns.append(path("bare", bare_view()))
    caller = Caller(f"{credential.key}:{secret}")

    def one(place: str) -> Callable[[int], object]:
        return lambda number: caller.call("POST", f"/xapi/{place}", json.dumps(statement(number)).encode())

    def batch(place: str) -> Callable[[int], object]:
        return lambda number: caller.call(
            "POST", f"/xapi/{place}", json.dumps([statement(number * BATCH + at) for at in range(BATCH)]).encode()
        )

    known = [statement(number) for number in range(LESSONS * 7)]  # a new activity costs more, once
    caller.call("POST", "/xapi/statements", json.dumps(known).encode())
    making = cost(lambda number: json.dumps(statement(number)), SINGLES)[0]  # the client's part, taken off
    ratios: dict[str, float] = {}
    for name, of, times, size in (("single POST", one, SINGLES, 1), ("batches of 50", batch, BATCHES, BATCH)):
        bare, ours = cost(of("bare"), times, size), cost(of("statements"), times, size)
        own, plain = ours[0] - making, bare[0] - making
        ratios[name] = own / plain
        print(f"{name}: {own:.3f} ms CPU ({ours[1]:.3f} ms), bare view {plain:.3f}: {ratios[name]:.2f} times")
    began = timezone.now()
    for number in range(MANY // 1000):
        sent = [statement(number * 1000 + at) for at in range(1000)]
        caller.call("POST", "/xapi/statements", json.dumps(sent).encode())
    print(f"{MANY} statements in {timezone.now() - began}")
    asked = [*searches(), ("since, the last minute", {"since": (timezone.now() - timedelta(minutes=1)).isoformat()})]
    asked.append(("until, the first", {"until": began.isoformat()}))
    slowest = 0.0
    for name, parameters in asked:
        spent = cost(partial(search, caller, urlencode(parameters)), SEARCHES)[0]
        slowest = max(slowest, spent)
        print(f"{'ok ' if spent <= MOST_SEARCH else 'NOT'} GET {name}: {spent:.1f} ms CPU (<= {MOST_SEARCH})")
    told = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    print(f"bench-lrs: {told} times a bare view (<= {MOST_TIMES}), slowest search {slowest:.1f} ms (<= {MOST_SEARCH})")
    return 0 if max(ratios.values()) <= MOST_TIMES and slowest <= MOST_SEARCH else 1


def search(caller: Caller, query: str, _: int) -> None:
    caller.call("GET", "/xapi/statements", query=query)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.environ.update(DATA=folder, DJANGO_SETTINGS_MODULE="lms.settings", DEMO="0")
        sys.exit(max(main(), lrs_crowd.main()))
