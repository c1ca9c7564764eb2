"""While something is away, people and phones hear ‘not now’ and when again, and nothing is asked of what is away."""

import base64
import errno

import kombu.exceptions
import pytest
import redis.exceptions
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError, connection
from django.test import Client

from lms.away import is_away

KEY = base64.b64encode(b"1c1a8a4a-0000-4000-8000-000000000004:x").decode()

AWAY = [
    OperationalError("server closed the connection"), InterfaceError(), redis.exceptions.ConnectionError(),
    redis.exceptions.BusyLoadingError(), redis.exceptions.TimeoutError(), kombu.exceptions.OperationalError(),
    EndpointConnectionError(endpoint_url="x"), ReadTimeoutError(endpoint_url="x"),
    ClientError({"ResponseMetadata": {"HTTPStatusCode": 503}, "Error": {}}, "PutObject"),
    OSError(errno.ENOSPC, "full"), OSError(errno.EDQUOT, "full"), OSError(errno.EFBIG, "full"),
]  # fmt: skip
OURS = [
    ProgrammingError(), IntegrityError(), DataError(), ValueError(), FileNotFoundError(errno.ENOENT, "gone"), None,
    ClientError({"ResponseMetadata": {"HTTPStatusCode": 404}, "Error": {}}, "GetObject"),
]  # fmt: skip


@pytest.mark.parametrize("error", AWAY, ids=repr)
def test_what_goes_over_by_itself_is_known(error):
    assert is_away(error)


@pytest.mark.parametrize("error", OURS, ids=repr)
def test_a_mistake_of_ours_is_not_called_that(error):
    assert not is_away(error)


def test_what_a_library_made_of_it_is_known_too():
    wrapped = RuntimeError()
    wrapped.__cause__ = OSError(errno.ENOSPC, "full")
    assert is_away(wrapped)


@pytest.fixture
def away():
    """A database that answers nothing."""

    def refuse(*_: object) -> None:
        raise OperationalError("anna@voorbeeld.nl")

    client = Client(raise_request_exception=False, headers={"sec-fetch-site": "same-origin"})
    with connection.execute_wrapper(refuse):
        yield client


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/mijn/", "/les/laat-het-weg/", "/lessen/", "/healthz", "/admin/gezondheid/", "/docent/"]
)
def test_a_page_says_so_in_words(away, path):
    away.cookies["kortwijs"] = "a" * 32  # of somebody who is signed in
    reply = away.get(path)
    assert (reply.status_code, reply["Retry-After"]) == (503, "30")
    text = reply.content.decode()
    assert "Dit lukt nu even niet" in text
    assert "over een minuut" in text
    assert "anna" not in text


@pytest.mark.django_db
def test_who_sent_a_form_hears_that_it_is_not_kept(away):
    reply = away.post("/inloggen/", {"username": "anna", "password": "x"})
    assert reply.status_code == 503
    assert "nog niet bewaard" in reply.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/leren/events", "/xapi/statements"])
def test_a_phone_and_a_machine_get_json(away, path):
    one = {"id": "1c1a8a4a-0000-4000-8000-000000000001", "owner": "1c1a8a4a-0000-4000-8000-000000000002", "at": 1,
           "module": "B2", "revision": 1, "attempt": "1c1a8a4a-0000-4000-8000-000000000003", "step": "a"}  # fmt: skip
    headers = {"x-experience-api-version": "1.0.3", "authorization": f"Basic {KEY}"}
    reply = away.post(path, {"events": [one]}, content_type="application/json", headers=headers)
    assert (reply.status_code, reply["Retry-After"]) == (503, "30")
    assert reply.json()["error"] == "away"


@pytest.mark.django_db
def test_a_mistake_of_ours_stays_a_500(monkeypatch):
    def broken(_: object) -> None:
        raise ValueError("anna")

    client = Client(raise_request_exception=False)
    monkeypatch.setattr("lms.readiness.outcome", broken)
    monkeypatch.setattr("lms.readiness.check_all", broken)
    reply = client.get("/readyz")
    assert reply.status_code == 500
    assert "Retry-After" not in reply
