"""Numbers for Prometheus: only with the token, of all processes together, and of nobody in particular."""

import re
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.test import Client

from people.services import renew_join_code

pytestmark = pytest.mark.django_db
TOKEN = "een-geheim-van-twintig"


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("metrics")


@pytest.fixture
def metrics(settings, folder):
    """Switched on: the middleware is there."""
    settings.METRICS_TOKEN, settings.METRICS_DIR = TOKEN, folder
    settings.MIDDLEWARE = ["lms.watch.metrics.count_requests", *settings.MIDDLEWARE]

    import lms.watch.metrics  # noqa: F401 (before anything else loads prometheus_client)

    def told() -> dict[str, dict[str, float]]:
        from prometheus_client.parser import text_string_to_metric_families

        reply = Client(headers={"authorization": f"Bearer {TOKEN}"}).get("/metrics")
        assert reply.status_code == 200
        found: dict[str, dict[str, float]] = {}
        for family in text_string_to_metric_families(reply.content.decode()):
            for sample in family.samples:
                found.setdefault(sample.name, {})["|".join(value for _, value in sorted(sample.labels.items()))] = (
                    sample.value
                )
        return found

    return told


def test_without_a_token_in_the_settings_it_is_not_there(client):
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
    assert "lms.watch.metrics.count_requests" not in django_settings.MIDDLEWARE


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Bearer fout", f"Basic {TOKEN}", f"bearer {TOKEN}x", "é"])
def test_without_the_token_nobody_reads_it(metrics, client, given):
    assert client.get("/metrics", headers={"authorization": given}).status_code == 401
    assert client.post("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code in (403, 405)


def test_requests_are_counted_by_view_and_status(metrics, as_user, anna):
    before = metrics().get("kortwijs_requests_total", {}).get("2xx|learning:home", 0)
    browser = as_user(anna)
    for _ in range(3):
        browser.get("/mijn/")
    browser.get("/bestaat/niet/")
    told = metrics()
    assert told["kortwijs_requests_total"]["2xx|learning:home"] == before + 3
    assert told["kortwijs_requests_total"]["4xx|other"] >= 1
    assert told["kortwijs_request_seconds_count"]["learning:home"] >= 3


def test_what_another_process_counted_is_added(metrics, folder, tmp_path):
    metrics()
    code = (
        "import django; django.setup(); from lms.watch.metrics import REQUESTS; REQUESTS.labels('proef', '2xx').inc(4)"
    )
    environment = {
        "DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lms.settings", "METRICS_TOKEN": TOKEN,
        "METRICS_DIR": str(folder), "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", code], cwd=django_settings.BASE_DIR, env=environment, check=True)
    assert metrics()["kortwijs_requests_total"]["2xx|proef"] == 4


def test_tables_queues_and_disk_are_told(metrics, phone):
    before = metrics()["kortwijs_events_total"][""]
    events = phone.whole_lesson()
    phone.keep(*events)
    told = metrics()
    if before or told["kortwijs_events_total"][""]:  # PostgreSQL adds up what was done after a while
        assert told["kortwijs_events_total"][""] >= before
    for name in ("failed_tasks", "facts_due", "database_bytes", "disk_free_bytes", "statements_total"):
        assert f"kortwijs_{name}" in told
    assert set(told["kortwijs_ready"]) == {"database", "migrations", "cache", "broker", "storage"}


def test_nothing_in_it_is_of_a_person_or_holds_a_number_from_an_address(metrics, as_user, anna, school_class, phone_of):
    code = renew_join_code(cohort=school_class, actor=None).code
    browser = as_user(anna)
    browser.get(f"/meedoen/{code}/")
    browser.get(f"/docent/klassen/{school_class.pk}/leerling/{anna.pk}/")
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje"))
    page = Client(headers={"authorization": f"Bearer {TOKEN}"}).get("/metrics").content.decode()
    labels = set(re.findall(r'(?:view|part|queue|process|state|target)="([^"]*)"', page))
    assert "people:join" in labels
    for word in (code, "anna", str(anna.owner_key), "Klas Zorg"):
        assert word.lower() not in page.lower()
    assert not any(re.search(r"/|[0-9a-f]{8}-", label) for label in labels)
