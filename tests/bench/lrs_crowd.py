"""Clients that write over the same activities at once, and one that reads what they write: part of make bench-lrs.

Nothing may be lost, come twice or fail: not for who writes, not for who follows Consistent-Through meanwhile, and not
for who goes through all pages afterwards.
"""

import base64
import json
import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event
from typing import Any
from urllib.parse import quote, urlsplit

from tests.bench.lrs_server import Server, record_store
from tests.bench.lrs_statement import statement

CLIENTS, BATCH, SECONDS, LEAST = 8, 50, int(os.environ.get("SECONDS", "60")), 50_000


class Caller:
    """One client, with a connection that stays open."""

    def __init__(self, server: Server) -> None:
        self.connection = HTTPConnection(urlsplit(server.address).netloc, timeout=60)
        key = base64.b64encode(f"{server.key}:{server.secret}".encode()).decode()
        self.headers = {"Authorization": f"Basic {key}", "X-Experience-API-Version": "1.0.3"}

    def call(self, method: str, path: str, body: object = None) -> tuple[Any, str]:
        """What was answered, and through when that is consistent; raises AssertionError unless it is 200."""
        sent = None if body is None else json.dumps(body).encode()
        self.connection.request(method, path, sent, {**self.headers, "Content-Type": "application/json"})
        reply = self.connection.getresponse()
        content = reply.read()
        assert reply.status == 200, (reply.status, content[:500])
        return json.loads(content), reply.headers.get("X-Experience-API-Consistent-Through", "")


class Crowd:
    def __init__(self, server: Server) -> None:
        self.server, self.sent = server, list[str]()
        self.began = time.monotonic()
        self.over = Event()

    def write(self, client: int) -> None:
        """Batches that each tell something new of some activities; a batch may come twice, as after a broken line."""
        caller, dice, batches = Caller(self.server), random.Random(client), 0
        while time.monotonic() - self.began < SECONDS or len(self.sent) < LEAST:
            batch = [statement(dice.randrange(10_000)) for _ in range(BATCH)]
            for one in dice.sample(batch, 3):
                one["object"]["definition"]["description"] = {"nl": f"{client} {batches}"}
            for _ in range(2 if batches % 20 == 0 else 1):
                ids, _ = caller.call("POST", "/xapi/statements", batch)
                assert ids == [one["id"] for one in batch]
            self.sent += ids
            batches += 1

    def follow(self, since: str) -> list[str]:
        """Everything stored after a moment, while it is written: oldest first, again and again."""
        caller, found = Caller(self.server), list[str]()
        while True:
            last = self.over.is_set()
            path = f"/xapi/statements?ascending=true&since={quote(since)}"
            while path:
                page, since = caller.call("GET", path)
                found += [one["id"] for one in page["statements"]]
                path = page["more"]
            if last:
                return found

    def leaf_through(self, since: str) -> list[str]:
        """Everything stored after a moment, newest first."""
        caller, found, path = Caller(self.server), list[str](), f"/xapi/statements?since={quote(since)}"
        while path:
            page, _ = caller.call("GET", path)
            found += [one["id"] for one in page["statements"]]
            path = page["more"]
        return found


def main() -> int:
    with record_store(workers=2) as server, ThreadPoolExecutor(CLIENTS + 1) as pool:
        since = Caller(server).call("GET", "/xapi/statements?limit=1")[1]
        crowd = Crowd(server)
        reader = pool.submit(crowd.follow, since)
        writers = [pool.submit(crowd.write, client) for client in range(CLIENTS)]
        errors = [error for writer in writers if (error := writer.exception())]
        spent = time.monotonic() - crowd.began
        crowd.over.set()
        followed, leafed = Counter(reader.result()), Counter(crowd.leaf_through(since))
    sent = Counter(crowd.sent)
    for error in errors:
        print(f"NOT {error}")
    told = f"{CLIENTS} clients x {BATCH} for {spent:.0f} s: {len(sent)} statements, {len(errors)} errors"
    exact = {"followed meanwhile": followed == sent, "all pages afterwards": leafed == sent}
    for name, fine in exact.items():
        print(f"{'ok ' if fine else 'NOT'} {told}; {name}: {'each once' if fine else 'lost or twice'}")
    return 0 if all(exact.values()) and not errors else 1
