"""GET /xapi/statements of our own learners (1.0.3 part 3 section 2.1.3): who may read, filters, pages, questions."""

import base64
import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.models import Pseudonym
from xapi.models import Credential, Statement, seq_at
from xapi.services import create_credential

ADDRESS = "/xapi/statements"
pytestmark = pytest.mark.django_db


def basic(user: str) -> str:
    return "Basic " + base64.b64encode(user.encode()).decode()


@pytest.fixture
def key() -> str:
    credential, secret = create_credential("BI")
    return f"{credential.key}:{secret}"


@pytest.fixture
def ask(client, key):
    def asked(**query: Any) -> Any:
        headers = {"authorization": basic(key), "x-experience-api-version": "1.0.3"}
        return client.get(ADDRESS, query, headers=headers)

    return asked


@pytest.fixture
def kept(phone) -> list[dict]:
    """Five statements, oldest first: three steps seen, a wrong and a right answer."""
    events = [phone.event("e-haakje"), phone.event("e-scherm"), phone.event("e-keuze", "e-o2")]
    events += [phone.event("e-keuze", "e-o1"), phone.event("e-kaart")]
    for event in events:
        phone.keep(event)
    return events


def ids(reply) -> list[str]:
    assert reply.status_code == 200, reply.content
    return [row["id"] for row in reply.json()["statements"]]


@pytest.mark.parametrize(
    "authorization",
    [
        None, "", "Basic", "Basic ", "Basic ???", "Basic aGFsbG8", "Basic \u00e9", "Basic \u20ac", "Bearer x", "basic",
        basic(""), basic(":"), basic("anna:kortwijs-demo"), basic(f"{uuid.UUID(int=5)}:geheim"),
        "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(), basic("\x00:\x00"), "Basic " + "A" * 100_000,
    ],
)  # fmt: skip
def test_without_a_good_key_and_secret_nothing_is_read(client, kept, authorization):
    headers = {"x-experience-api-version": "1.0.3"}
    if authorization is not None:
        headers["authorization"] = authorization
    reply = client.get(ADDRESS, headers=headers)
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Basic ")
    assert kept[0]["id"] not in reply.content.decode()


def test_the_right_key_with_another_secret_is_refused(client, key):
    name = key.split(":")[0]
    for secret in ("", "x", key.split(":")[1][:-1], key.split(":")[1].upper()):
        headers = {"authorization": basic(f"{name}:{secret}"), "x-experience-api-version": "1.0.3"}
        assert client.get(ADDRESS, headers=headers).status_code == 401


def test_a_credential_that_was_ended_opens_nothing(ask):
    assert ask().status_code == 200
    Credential.objects.update(ended_at=timezone.now())
    assert ask().status_code == 401


def test_being_signed_in_opens_nothing(as_user, anna, bram):
    for user in (anna, bram):
        assert as_user(user).get(ADDRESS, headers={"x-experience-api-version": "1.0.3"}).status_code == 401


def test_only_a_hash_of_the_secret_is_kept(key):
    assert key.split(":")[1] not in str(Credential.objects.values().get())


def test_the_command_makes_a_credential_that_works(client, capsys):
    call_command("lrs_credential", "BI")
    headers = {"authorization": basic(capsys.readouterr().out.strip()), "x-experience-api-version": "1.0.3"}
    assert client.get(ADDRESS, headers=headers).status_code == 200


def test_the_command_lists_and_ends_a_key(client, capsys):
    call_command("lrs_credential", "BI")
    made = capsys.readouterr().out.strip()
    call_command("lrs_credential", "--list")
    listed = capsys.readouterr().out
    assert f"{made.partition(':')[0]}  BI  statements/read" in listed
    assert made.partition(":")[2] not in listed
    call_command("lrs_credential", "--end", made.partition(":")[0])
    headers = {"authorization": basic(made), "x-experience-api-version": "1.0.3"}
    assert client.get(ADDRESS, headers=headers).status_code == 401
    call_command("lrs_credential", "--list")
    assert "beëindigd" in capsys.readouterr().out
    for key in (made, "x", str(uuid.uuid4())):
        with pytest.raises(CommandError):
            call_command("lrs_credential", "--end", key)


@pytest.mark.parametrize("often", ["0", "-1", str(2**40)])
def test_the_command_makes_no_key_that_may_do_nothing(often):
    with pytest.raises(CommandError):
        call_command("lrs_credential", "BI", "--per-minute", often)
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    ("version", "status", "given"),
    [("1.0.3", 200, "1.0.3"), ("1.0", 200, "1.0.3"), ("2.0.0", 200, "2.0.0"), ("2.0", 200, "2.0.0"),
     ("", 400, "0.95"), ("x", 400, "2.0.0"), ("1.1.0", 400, "1.0.3"), ("3.0.0", 400, "2.0.0")],
)  # fmt: skip
def test_the_version_header_is_asked_and_given(client, key, version, status, given):
    reply = client.get(ADDRESS, headers={"authorization": basic(key), "x-experience-api-version": version})
    assert reply.status_code == status
    assert reply.headers["X-Experience-API-Version"] == given


def test_newest_first_or_oldest_first(ask, kept):
    oldest_first = [event["id"] for event in kept]
    assert ids(ask(ascending="true")) == oldest_first
    assert ids(ask()) == ids(ask(ascending="false")) == oldest_first[::-1]


def test_one_statement_by_its_id(ask, kept):
    reply = ask(statementId=kept[3]["id"])
    assert reply.json()["id"] == kept[3]["id"]
    assert ask(statementId=str(uuid.uuid4())).status_code == 404


def test_each_filter_keeps_what_fits(ask, kept, phone_of, anna, settings):
    other = phone_of(anna)
    other.keep(other.event("e-haakje"))
    answered = "http://adlnet.gov/expapi/verbs/answered"
    assert set(ids(ask(verb=answered))) == {kept[2]["id"], kept[3]["id"]}
    assert ids(ask(verb="http://adlnet.gov/expapi/verbs/voided")) == []
    activity = f"{settings.BASE_URL}/xapi/activities/E99/e-keuze"
    assert set(ids(ask(activity=activity))) == {kept[2]["id"], kept[3]["id"]}
    assert set(ids(ask(registration=kept[0]["attempt"]))) == {event["id"] for event in kept}
    account = {"homePage": settings.BASE_URL, "name": str(Pseudonym.objects.get(user=anna).name)}
    assert len(ids(ask(agent=json.dumps({"account": account})))) == 1
    assert len(ids(ask(registration=kept[0]["attempt"], verb=answered, activity=activity))) == 2


def test_since_and_until_look_at_when_it_was_stored(ask, kept):
    base = timezone.now() - timedelta(days=10)
    for number, event in enumerate(kept):
        at = base + timedelta(days=number)
        Statement.objects.filter(id=event["id"]).update(stored=at, seq=seq_at(at))
    middle = (base + timedelta(days=2)).isoformat()
    assert ids(ask(since=middle, ascending="true")) == [event["id"] for event in kept[3:]]
    assert ids(ask(until=middle, ascending="true")) == [event["id"] for event in kept[:3]]


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_pages_follow_each_other_by_more_without_a_gap_or_a_double(client, ask, kept, key, ascending):
    reply, found = ask(limit="2", ascending=ascending), []
    while True:
        found += ids(reply)
        more = reply.json()["more"]
        if not more:
            break
        assert more.startswith(ADDRESS)
        headers = {"authorization": basic(key), "x-experience-api-version": "1.0.3"}
        reply = client.get(more, headers=headers)
    expected = [event["id"] for event in kept]
    assert found == (expected if ascending == "true" else expected[::-1])


def test_a_page_holds_a_hundred_at_most(ask, phone):
    phone.keep(*[phone.event("e-haakje") for _ in range(150)])
    for limit in ({}, {"limit": "0"}, {"limit": "1000"}):
        reply = ask(**limit)
        assert len(ids(reply)) == 100
        assert reply.json()["more"]


@pytest.mark.parametrize(
    "query",
    [
        {"statementId": "x"}, {"registration": "x"}, {"actor": "anna"}, {"agent": "anna"}, {"agent": "{}"},
        {"agent": '{"account": {"homePage": "x", "name": "y"}}'}, {"since": "gisteren"}, {"since": "2026-01-01"},
        {"since": ""}, {"since": "2026-13-45T00:00:00Z"}, {"until": "2026-01-01"},
        {"limit": "-1"}, {"limit": "een"}, {"limit": "²"}, {"limit": "1.5"}, {"limit": "9" * 30}, {"cursor": "x"},
        {"cursor": "³"}, {"onbekend": "1"}, {"verb": "\x00"}, {"activity": "\x00"}, {"ascending": "misschien"},
    ],
    ids=str,
)  # fmt: skip
def test_a_question_that_means_nothing_is_said_to_be_so(ask, query):
    reply = ask(**query)
    assert reply.status_code == 400
    assert next(iter(query)) in reply.content.decode()


def test_a_time_beyond_what_a_clock_says_is_before_or_after_all(ask, kept):
    assert len(ids(ask(since="0001-01-01T00:00:00+12:00"))) == len(ids(ask(until="9999-12-31T23:59:59-12:00"))) == 5
    assert ids(ask(until="0001-01-01T00:00:00Z")) == ids(ask(since="9999-12-31T23:59:59Z")) == []


def test_a_key_for_reading_writes_nothing(client, key):
    headers = {"authorization": basic(key), "x-experience-api-version": "1.0.3"}
    assert client.post(ADDRESS, "{}", "application/json", headers=headers).status_code == 403
    assert client.put(ADDRESS, "{}", "application/json", headers=headers).status_code == 403
    assert client.delete(ADDRESS, headers=headers).status_code == 405
