"""Versions, the alternate syntax, CORS, scopes, and the resources that only tell (1.0.3 part 3)."""

import json
import uuid
from itertools import product
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from time_machine import travel

from tests.xapi.conftest import STATEMENT, a_statement
from xapi import clients
from xapi.models import Credential, Statement

FORM = "application/x-www-form-urlencoded"
PLACES = ("statements", "activities", "activities/state", "activities/profile", "agents", "agents/profile")


@pytest.mark.parametrize("place", PLACES)
def test_a_request_without_a_version_is_answered_as_of_before_1_0(lrs, place):
    """XAPI-00321, XAPI-00331."""
    for method in ("GET", "PUT", "POST"):
        reply = lrs.speaking("").send(method, place, b"{}")
        assert (reply.status_code, reply.headers["X-Experience-API-Version"]) == (400, "0.95")


def test_about_says_which_versions_to_anyone(client, db):
    """XAPI-00315 to XAPI-00319."""
    reply = client.get("/xapi/about")
    assert reply.json()["version"] == ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"]
    assert reply.headers["X-Experience-API-Version"] == "2.0.0"
    assert client.get("/xapi/about?x=1").status_code == 400
    assert client.post("/xapi/about").status_code == 405


@pytest.mark.parametrize("place", [*PLACES, "about"])
def test_a_page_of_another_site_may_call(client, db, place):
    reply = client.options(
        f"/xapi/{place}", headers={"origin": "https://les.example", "access-control-request-method": "PUT"}
    )
    assert reply.status_code == 204
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    allowed = reply.headers["Access-Control-Allow-Headers"].split(", ")
    assert {"Authorization", "Content-Type", "X-Experience-API-Version", "If-Match", "If-None-Match"} <= set(allowed)
    assert "Access-Control-Allow-Credentials" not in reply.headers
    exposed = client.get(f"/xapi/{place}").headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Last-Modified", "X-Experience-API-Version", "X-Experience-API-Consistent-Through"} == set(exposed)


def test_no_answer_is_ever_a_page(lrs):
    query = {"activityId": "http://e.nl/a", "profileId": "p"}
    lrs.put("activities/profile", b"<script>", kind="text/html", headers={"if-none-match": "*"}, **query)
    reply = lrs.get("activities/profile", **query)
    assert reply.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def form(lrs, method: str, place: str, fields: dict, **query):
    bare = {"authorization": "", "x-experience-api-version": ""}
    inside = {"Authorization": lrs._headers({})["authorization"], "X-Experience-API-Version": lrs.version}
    body = urlencode({**inside, **fields}).encode()
    headers = {name: value for name, value in bare.items() if value}
    return lrs.client.post(f"/xapi/{place}?{urlencode({'method': method, **query})}", body, FORM, headers=headers)


def test_the_alternate_syntax_of_1_0_3_puts_everything_in_a_form(lrs):
    """XAPI-00148, XAPI-00336."""
    sent = a_statement()
    fields = {"statementId": sent["id"], "content": json.dumps(sent)}
    assert form(lrs, "PUT", "statements", fields).status_code == 204
    assert form(lrs, "GET", "statements", {"statementId": sent["id"]}).json()["id"] == sent["id"]
    assert form(lrs, "POST", "statements", {"content": json.dumps([a_statement()])}).status_code == 200
    state = {"activityId": "http://e.nl/a", "agent": json.dumps(sent["actor"]), "stateId": "s"}
    assert (
        form(lrs, "PUT", "activities/state", {**state, "content": "x", "Content-Type": "text/plain"}).status_code == 204
    )
    assert form(lrs, "GET", "activities/state", state).content == b"x"
    assert form(lrs, "DELETE", "activities/state", state).status_code == 204


def test_the_alternate_syntax_has_its_own_rules(lrs):
    sent = a_statement()
    fields = {"statementId": sent["id"], "content": json.dumps(sent)}
    assert form(lrs, "PUT", "statements", fields, statementId=sent["id"]).status_code == 400
    assert form(lrs, "PUT", "statements", {"statementId": sent["id"]}).status_code == 400
    assert form(lrs, "PATCH", "statements", fields).status_code == 400
    assert form(lrs, "PUT", "statements", {**fields, "X-Experience-API-Version": "0.8"}).status_code == 400
    assert form(lrs, "PUT", "statements", {**fields, "Authorization": "Basic x"}).status_code == 401
    assert lrs.send("PUT", "statements", sent, method="POST").status_code == 400
    assert not Statement.objects.exists()


def test_2_0_knows_the_alternate_syntax_no_more(lrs):
    body = urlencode({"content": json.dumps(a_statement())}).encode()
    assert lrs.speaking("2.0.0").send("POST", "statements", body, kind=FORM, method="POST").status_code == 400


def test_an_agent_is_told_as_a_person_with_the_names_it_had(both):
    """XAPI-00236 to XAPI-00239, XAPI-00242 to XAPI-00249."""
    agent = {"account": {"homePage": "http://e.nl", "name": "anna"}}
    both.keep(a_statement(actor={**agent, "name": "Anna"}), a_statement(actor={**agent, "name": "Anna B."}))
    reply = both.get("agents", agent=json.dumps(agent)).json()
    assert reply == {"objectType": "Person", "account": [agent["account"]], "name": ["Anna B.", "Anna"]}
    assert both.get("agents", agent=json.dumps({"mbox": "mailto:x@e.nl"})).json()["mbox"] == ["mailto:x@e.nl"]
    for wrong in ("x", "{}", '{"objectType": "Group", "member": []}'):
        assert both.get("agents", agent=wrong).status_code == 400
    assert both.get("agents").status_code == 400


def test_an_activity_is_told_with_what_is_known_of_it(both, django_capture_on_commit_callbacks):
    """XAPI-00250 to XAPI-00254."""
    with django_capture_on_commit_callbacks(execute=True):
        both.keep(a_statement())
    reply = both.get("activities", activityId=STATEMENT["object"]["id"]).json()
    assert reply == STATEMENT["object"]
    assert both.get("activities", activityId="http://e.nl/unknown").json() == {
        "objectType": "Activity",
        "id": "http://e.nl/unknown",
    }
    assert both.get("activities", activityId="x").status_code == both.get("activities").status_code == 400


SCOPES = {
    "statements/read": {("GET", "statements"), ("GET", "agents"), ("GET", "activities")},
    "statements/write": {("POST", "statements"), ("PUT", "statements")},
    "state": {("GET", "activities/state"), ("PUT", "activities/state"), ("POST", "activities/state"),
              ("DELETE", "activities/state"), ("GET", "activities")},
    "profile": set(product(("GET", "PUT", "POST", "DELETE"), ("activities/profile", "agents/profile")))
    | {("GET", "agents"), ("GET", "activities")},
    "define": {("GET", "activities")},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_opens_what_it_is_for_and_nothing_else(client_with, scope):
    lrs = client_with(scope)
    everything = set().union(*SCOPES.values())
    opened = {(method, place) for method, place in everything if lrs.send(method, place, b"").status_code != 403}
    assert opened == SCOPES[scope]


@pytest.mark.django_db
def test_without_define_a_description_stays_in_its_statement(client_with, django_capture_on_commit_callbacks):
    lrs = client_with("statements/write", "statements/read")
    with django_capture_on_commit_callbacks(execute=True):
        lrs.keep(a_statement())
    assert "definition" not in lrs.get("activities", activityId=STATEMENT["object"]["id"]).json()


@pytest.mark.django_db
def test_a_key_of_an_organisation_sees_what_its_clients_wrote_and_no_more(client_with):
    ours, colleague, theirs, all_seeing = (client_with("all", organisation=number) for number in (1, 1, 2, None))
    (mine,), (other,) = ours.keep(a_statement()), theirs.keep(a_statement())
    assert ours.ids() == colleague.ids() == [mine]
    assert theirs.ids() == [other]
    assert set(all_seeing.ids()) == {mine, other}
    assert ours.get("statements", statementId=other).status_code == 404
    agent = json.dumps(STATEMENT["actor"])
    assert ours.ids(agent=agent, related_agents="true") == [mine]
    state = {"activityId": "http://e.nl/a", "agent": agent, "stateId": "s"}
    ours.put("activities/state", {"a": 1}, **state)
    assert colleague.get("activities/state", **state).json() == {"a": 1}
    assert theirs.get("activities/state", **state).status_code == 404


def test_a_key_that_was_ended_writes_nothing_from_that_moment(lrs):
    """Also not where a process remembers it, and whatever it sends."""
    sent = a_statement()
    lrs.keep(a_statement())
    Credential.objects.update(ended_at=timezone.now())
    told = [lrs.post("statements", sent), lrs.put("statements", sent, statementId=sent["id"])]
    told += [
        lrs.post("statements", []),
        lrs.post("statements", {}),
        lrs.post("statements", b"x"),
        lrs.get("statements"),
    ]
    assert [reply.status_code for reply in told] == [401] * 6
    assert Statement.objects.count() == 1


@pytest.fixture
def clock():
    """At the start of a minute, and there it stays."""
    with travel("2026-12-01T12:00:00+00:00", tick=False) as stopped:
        yield stopped


@pytest.mark.django_db
def test_so_many_requests_in_a_minute_are_answered_and_no_more(client_with, clock):
    lrs = client_with("all", per_minute=3)
    assert [lrs.get("statements").status_code for _ in range(5)] == [200] * 3 + [429] * 2
    assert client_with("all", per_minute=3).get("statements").status_code == 200
    clock.shift(60)
    assert [lrs.get("statements").status_code for _ in range(4)] == [200] * 3 + [429]


@pytest.mark.django_db
def test_all_processes_together_answer_no_more_than_the_limit(client_with, clock):
    """What a process keeps in memory is forgotten between the requests, as if each came to another process."""
    lrs = client_with("all", per_minute=4)
    told = []
    for _ in range(6):
        clients.forget()
        told.append(lrs.get("statements").status_code)
    assert told == [200] * 4 + [429] * 2


@pytest.mark.django_db
def test_a_process_takes_a_fiftieth_of_a_minute_at_once(client_with, clock, django_assert_num_queries):
    client_with("all", per_minute=1001)
    key = Credential.objects.get()
    with django_assert_num_queries(1):
        assert all(clients.within_limit(key) for _ in range(20))
    assert sum(clients.within_limit(key) for _ in range(1100)) == 1001 - 20
    with django_assert_num_queries(0):
        assert not clients.within_limit(key)


@pytest.mark.django_db
def test_when_a_key_was_last_used_is_noted(client_with):
    lrs = client_with("all")
    assert Credential.objects.get().used_at is None
    lrs.get("statements")
    assert Credential.objects.get().used_at is not None


def test_an_id_of_another_client_is_no_way_to_its_statement(lrs, client_with):
    stranger = client_with("all", organisation=5)
    sent = a_statement(id=str(uuid.uuid4()))
    lrs.keep(sent)
    assert stranger.post("statements", {**sent, "verb": {"id": "http://e.nl/v"}}).status_code == 409
    assert stranger.get("statements", statementId=sent["id"]).status_code == 404
