"""One set of statements in a process of its own, that does what lines on stdin ask; part of make bench-lrs-scale.

`python -m tests.bench.lrs_scale_side COUNT`, on the database of DATABASE_URL. Each answer is a line of JSON.
"""

import json
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.bench.lrs import Caller, cpu
from tests.bench.lrs_load import copy_in, person, route

MADE = "3"  # of how sets are made: another one is made anew
HOME, LESSON = "https://leren.voorbeeld.nl", "https://leren.voorbeeld.nl/xapi/activities/L7"
COMPLETED, EXPERIENCED = (f"http://adlnet.gov/expapi/verbs/{verb}" for verb in ("completed", "experienced"))
TABLES = ("xapi_statement_id", "xapi_related", "xapi_reference")


class Side:
    def __init__(self, count: int) -> None:
        self.count = count
        self.caller: Caller

    def prepare(self) -> bool:
        """Make the set, unless it is there; True when it was made."""
        from django.core.management import call_command
        from django.db import connection

        from xapi.models import Credential
        from xapi.services import create_credential

        call_command("migrate", "xapi", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                           [connection.settings_dict["NAME"]])  # fmt: skip
            if made := cursor.fetchone()[0] != MADE:
                copy_in(self.count)
                cursor.execute(f"COMMENT ON DATABASE {connection.settings_dict['NAME']} IS '{MADE}'")
        Credential.objects.all().delete()
        credential, secret = create_credential("bench", scopes=["all"], per_minute=10**9)
        self.caller = Caller(f"{credential.key}:{secret}")
        return made

    def filters(self) -> list[str]:
        return list(self._filters())

    def _filters(self) -> dict[str, dict[str, str]]:
        agent, nobody = _agent(person(7, self.count)), json.dumps({"mbox": "mailto:nobody@example.com"})
        step, related = f"{LESSON}/stap-3", {"related_activities": "true"}
        middle = self._stored_at(self.count // 2)
        return {
            "none": {},
            "agent": {"agent": agent},
            "agent, unknown": {"agent": nobody},
            "agent, related": {"agent": agent, "related_agents": "true"},
            "agent, oldest first": {"agent": agent, "ascending": "true"},
            "verb": {"verb": COMPLETED},
            "verb, unknown": {"verb": "http://e.nl/v"},
            "verb, oldest first": {"verb": COMPLETED, "ascending": "true"},
            "activity": {"activity": step},
            "activity, unknown": {"activity": "http://e.nl/a"},
            "activity, related": {"activity": LESSON, **related},
            "activity in a route, related": {"activity": route(0), **related},
            "registration": {"registration": str(uuid.UUID(int=7))},
            "agent and verb": {"agent": agent, "verb": COMPLETED},
            "agent, verb and activity": {"agent": agent, "verb": COMPLETED, "activity": step},
            "agent and route, related": {"agent": agent, "activity": route(0), **related},
            "verb and activity": {"verb": EXPERIENCED, "activity": step},
            "verb and activity, none fits": {"verb": COMPLETED, "activity": step},
            "verb and activity, related": {"verb": EXPERIENCED, "activity": LESSON, **related},
            "verb and activity, related, none fits": {"verb": COMPLETED, "activity": LESSON, **related},
            "since the middle": {"since": middle, "ascending": "true"},
            "until the middle": {"until": middle},
            "format ids": {"verb": COMPLETED, "format": "ids"},
            "format canonical": {"verb": COMPLETED, "format": "canonical"},
        }

    def _stored_at(self, number: int) -> str:
        from xapi.models import Statement

        first, last = (Statement.objects.order_by(order).values_list("seq", flat=True)[0] for order in ("seq", "-seq"))
        from xapi.forwarding.queries import moment_of

        return moment_of(first + (last - first) * number // self.count).isoformat()

    def cost(self, name: str, times: int) -> float:
        """Milliseconds of CPU of one request with this filter."""
        query = urlencode(self._filters()[name])
        return self._cost(lambda: self.caller.call("GET", "/xapi/statements", query=query), times)

    def _cost(self, work: Callable[[], object], times: int) -> float:
        work()
        began = cpu()
        for _ in range(times):
            work()
        return (cpu() - began) / times * 1000

    def pages(self, pages: int) -> list[float]:
        """Cost of the first page, and of that many pages further, of everything."""
        path, query = "/xapi/statements", ""
        for _ in range(pages):
            more = urlsplit(json.loads(self.caller.call("GET", path, query=query))["more"])
            path, query = more.path, more.query
        costs = [[self._page(path, query), self._page("/xapi/statements", "")] for _ in range(8)]
        return [min(one[1] for one in costs), min(one[0] for one in costs)]

    def _page(self, path: str, query: str) -> float:
        return self._cost(lambda: self.caller.call("GET", path, query=query), 5)

    def bytes_each(self) -> float:
        """On disk, indexes and all, per statement."""
        from django.db import connection

        from xapi.models import Statement
        from xapi.partitions import parts

        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {' + '.join('pg_total_relation_size(%s)' for _ in TABLES)}", TABLES)
            size = cursor.fetchone()[0] + sum(part.size for part in parts())
        return size / Statement.objects.count()

    def erase(self) -> dict[str, Any]:
        """Erase one person; the seconds, and what was found of them in a dump before (of them alone) and after."""
        from django.db import connection

        from xapi.models import Statement
        from xapi.services import erase_actors

        who = Statement.objects.order_by("-seq").values_list("actor", flat=True)[200:201][0]
        traces = Traces(who, self._rows("WHERE actor = %s", [who]))
        before = traces.in_lines(self._rows("WHERE actor = %s", [who]))
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        began = time.perf_counter()
        told = erase_actors([who])
        seconds = time.perf_counter() - began
        return {
            "seconds": seconds,
            "statements": told["statements"],
            "before": before,
            "after": traces.in_lines(dump()),
        }

    def _rows(self, where: str, values: list[Any]) -> Iterator[str]:
        """As a dump has them."""
        from django.db import connection

        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY (SELECT * FROM xapi_statement {where}) TO STDOUT", values) as copy,
        ):
            for line in copy:
                yield bytes(line).decode()


def _agent(name: uuid.UUID) -> str:
    from django.conf import settings

    return json.dumps({"account": {"homePage": settings.BASE_URL, "name": str(name)}})


class Traces:
    """What would give somebody away: the name, its key, the ids of the statements, and their packed bytes."""

    def __init__(self, who: uuid.UUID, rows: Iterable[str]) -> None:
        from xapi.core.keys import agent_key

        self.name = str(who)
        self.values = {self.name, str(agent_key(json.loads(_agent(who))))}
        for row in rows:
            seq, key, *_ = row.rstrip("\n").split("\t")
            self.values |= {seq, key}

    def in_lines(self, lines: Iterable[str]) -> int:
        """In how many lines of a dump one of these stands, packed or not."""
        return sum(self._in_line(line) for line in lines)

    def _in_line(self, line: str) -> bool:
        from xapi.core.packing import unpack

        fields = line.rstrip("\n").split("\t")
        if self.name in line or not self.values.isdisjoint(fields):
            return True
        return any(self.name in unpack(bytes.fromhex(field[3:])) for field in fields if _PACKED.match(field))


_PACKED = re.compile(r"\\\\x28b52ffd")  # a frame of zstd, as COPY writes bytes


def dump() -> Iterator[str]:
    """Every line of pg_dump."""
    from django.db import connection

    settings = connection.settings_dict
    address = (
        f"host={settings['HOST']} port={settings['PORT'] or 5432} user={settings['USER']} dbname={settings['NAME']}"
    )
    running = subprocess.Popen(["pg_dump", address], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    yield from running.stdout
    if running.wait():
        raise SystemExit("pg_dump failed")


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.DATABASES["default"]["CONN_MAX_AGE"] = None  # costs are those of one process of the database
    side = Side(int(sys.argv[1]))
    for line in sys.stdin:
        what, given = json.loads(line)
        print(json.dumps(getattr(side, what)(**given)), flush=True)


if __name__ == "__main__":
    main()
