"""Numbers for Prometheus, where METRICS_TOKEN is set. Only then is this file loaded, and is there a middleware.

Requests are counted by every web process in files of METRICS_DIR, which the one that is asked adds up. The rest is read
from the tables when it is asked for, so that it costs no learner anything. Labels are names of views, statuses, queues
and numbers of targets: no address, no person.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.METRICS_DIR)  # read when prometheus_client is loaded

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest  # noqa: E402
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402
from prometheus_client.registry import Collector  # noqa: E402

from language.models import Fact  # noqa: E402
from lms.backups import last_backup  # noqa: E402
from lms.models import FailedTask  # noqa: E402
from lms.readiness import outcome  # noqa: E402
from lms.watch import counts, pulse  # noqa: E402
from lms.watch.disk import room  # noqa: E402
from lms.watch.queues import queues  # noqa: E402
from xapi.forwarding.queries import lags  # noqa: E402

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
REQUESTS = Counter("kortwijs_requests", "Requests by view and status", ["view", "status"])
SECONDS = Histogram("kortwijs_request_seconds", "How long an answer took", ["view"], buckets=BUCKETS)


def count_requests(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The first middleware: what goes past all the others is counted too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        view = (match.view_name if match else "") or "other"
        REQUESTS.labels(view, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(view).observe(time.perf_counter() - began)
        return response

    return middleware


class Installation(Collector):
    """What stands in tables, queues and on the disk now."""

    def collect(self) -> Iterator[Metric]:
        yield from self._queues()
        yield from self._forwarding()
        seen = pulse.pulses()
        yield _gauge("pulse_age_seconds", "Since beat and the worker were heard of", "process", {
            name: _age(at) for name, at in seen.items()
        })  # fmt: skip
        yield _gauge("ready", "1 where a part works (/readyz)", "part", {
            name: float(works) for name, works in outcome().items()
        })  # fmt: skip
        yield _gauge("database_connections", "Connections of PostgreSQL", "state", counts.connections())
        written = counts.written()
        yield CounterMetricFamily("kortwijs_events", "Events taken in", written.get(counts.EVENTS, 0))
        yield CounterMetricFamily("kortwijs_statements", "Statements stored", written.get(counts.STATEMENTS, 0))
        yield _one("failed_tasks", "Tasks that failed", FailedTask.objects.filter(resolved_at=None).count())
        yield _one("facts_due", "Facts to check again", Fact.objects.due().count())
        found = room()
        yield _one("database_bytes", "Size of the database", found.database)
        yield _one("disk_free_bytes", "Room on the disk of DATA", found.free)
        if backup := last_backup():
            yield _one("backup_age_seconds", "Since the last copy", _age(backup.at))

    def _queues(self) -> Iterator[Metric]:
        found = [queue for queue in queues() if queue.waiting is not None]
        yield _gauge("queue_waiting", "Messages that wait", "queue", {one.name: one.waiting or 0 for one in found})
        oldest = {one.name: _age(one.oldest) for one in found if one.oldest}
        yield _gauge("queue_oldest_seconds", "Since the oldest was sent", "queue", oldest)

    def _forwarding(self) -> Iterator[Metric]:
        found = {str(one.target.pk): one for one in lags()}
        told = {"waiting": {name: one.waiting for name, one in found.items()}}
        told["refused"] = {name: one.refused for name, one in found.items()}
        for what, values in told.items():
            yield _gauge(f"forward_{what}", f"Statements {what}, by target", "target", values)
        oldest = {name: _age(one.oldest) for name, one in found.items() if one.oldest}
        yield _gauge("forward_lag_seconds", "Since the oldest that waits", "target", oldest)


def expose() -> bytes:
    """Everything, in the text format of Prometheus."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(Installation())
    return generate_latest(registry)


def _age(moment: datetime) -> float:
    return max(0.0, (timezone.now() - moment).total_seconds())


def _one(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"kortwijs_{name}", told, value)


def _gauge(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"kortwijs_{name}", told, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
