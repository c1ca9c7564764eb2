"""State, activity profile and agent profile (1.0.3 part 3 sections 2.2, 2.3, 2.6, 2.7, 3.1), in both editions."""

import hashlib
import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from xapi.models import Document
from xapi.services import erase_actors

AGENT = json.dumps({"objectType": "Agent", "account": {"homePage": "http://e.nl", "name": str(uuid.UUID(int=9))}})
ACTIVITY = "http://www.example.com/activity"
PLACES = {
    "activities/state": {"activityId": ACTIVITY, "agent": AGENT, "stateId": "s"},
    "activities/profile": {"activityId": ACTIVITY, "profileId": "p"},
    "agents/profile": {"agent": AGENT, "profileId": "p"},
}
NEW = {"headers": {"if-none-match": "*"}}
each = pytest.mark.parametrize(("place", "query"), PLACES.items(), ids=PLACES)


@each
def test_a_document_is_stored_given_and_deleted(both, place, query):
    """XAPI-00187, XAPI-00188, XAPI-00190 to XAPI-00192; XAPI-00259, XAPI-00271, XAPI-00273, XAPI-00274;
    XAPI-00287, XAPI-00288, XAPI-00290, XAPI-00291, XAPI-00293."""
    assert both.put(place, b"\x00\xff", kind="image/png", **NEW, **query).status_code == 204
    reply = both.get(place, **query)
    assert (reply.content, reply.headers["Content-Type"]) == (b"\x00\xff", "image/png")
    assert ("Last-Modified" in reply.headers) == (both.version == "2.0.0")
    assert both.delete(place, **query).status_code == 204
    assert both.get(place, **query).status_code == 404
    assert both.delete(place, **query).status_code == 204


@each
def test_its_etag_is_the_sha1_of_its_content_in_quotes(both, place, query):
    """XAPI-00322."""
    both.post(place, {"a": 1}, **query)
    reply = both.get(place, **query)
    assert reply.headers["ETag"] == f'"{hashlib.sha1(reply.content).hexdigest()}"'
    assert both.head(place, **query).headers["ETag"] == reply.headers["ETag"]


@each
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_who_knows_another_version_changes_nothing(both, place, query, method):
    """XAPI-00322."""
    both.post(place, {"a": 1}, **query)
    etag = both.get(place, **query).headers["ETag"]
    for wrong in ({"if-match": '"1234"'}, {"if-none-match": "*"}, {"if-none-match": etag}):
        assert both.send(method, place, {"b": 2}, headers=wrong, **query).status_code == 412
        assert both.get(place, **query).json() == {"a": 1}
    assert both.send(method, place, {"b": 2}, headers={"if-match": etag}, **query).status_code == 204


@each
def test_a_put_that_would_overwrite_unseen_is_a_conflict(both, place, query):
    """XAPI-00322; in 1.0.3 state has no such rule, and a new profile needs a condition."""
    first = both.version == "1.0.3"
    state = place == "activities/state"
    assert both.put(place, {"a": 1}, **query).status_code == (400 if first and not state else 204)
    both.put(place, {"a": 1}, **NEW, **query)
    reply = both.put(place, {"b": 2}, **query)
    assert reply.status_code == (204 if first and state else 409)
    assert both.get(place, **query).json() == ({"b": 2} if first and state else {"a": 1})


@each
def test_a_post_merges_objects_and_nothing_else(both, place, query):
    """XAPI-00183, XAPI-00184; XAPI-00229, XAPI-00232, XAPI-00234, XAPI-00235; XAPI-00278, XAPI-00279, XAPI-00284;
    XAPI-00308, XAPI-00309, XAPI-00313, XAPI-00314."""
    both.post(place, {"a": 1, "b": {"c": 1}}, **query)
    assert both.post(place, {"b": {"d": 2}}, **query).status_code == 204
    assert both.get(place, **query).json() == {"a": 1, "b": {"d": 2}}
    for body, kind in ((b"x", "text/plain"), (b"[1]", "application/json"), (b"{", "application/json")):
        assert both.send("POST", place, body, kind=kind, **query).status_code == 400
    assert both.get(place, **query).json() == {"a": 1, "b": {"d": 2}}


@each
def test_ids_are_listed_since_a_moment(both, place, query):
    """XAPI-00193, XAPI-00195, XAPI-00204; XAPI-00260, XAPI-00270, XAPI-00275; XAPI-00289, XAPI-00294,
    XAPI-00295."""
    both.post(place, {"a": 1}, **query)
    *_, name = query
    rest = {key: value for key, value in query.items() if key != name}
    hour = timedelta(hours=1)
    assert both.get(place, **rest).json() == [query[name]]
    assert both.get(place, **rest, since=(timezone.now() - hour).isoformat()).json() == [query[name]]
    assert both.get(place, **rest, since=(timezone.now() + hour).isoformat()).json() == []
    assert both.get(place, **rest, since="yesterday").status_code == 400


@each
def test_a_parameter_that_is_missing_wrong_or_unknown_is_refused(both, place, query):
    """XAPI-00196 to XAPI-00203, XAPI-00206 to XAPI-00215; XAPI-00255 to XAPI-00258, XAPI-00261 to XAPI-00267;
    XAPI-00296 to XAPI-00302."""
    wrong = {"activityId": "no iri", "agent": "no json", "stateId": "", "profileId": "", "registration": "x"}
    for method in ("GET", "PUT", "POST", "DELETE"):
        for name in query:
            body = b"" if method in ("GET", "DELETE") else b"{}"
            assert both.send(method, place, body, **NEW, **{**query, name: wrong[name]}).status_code == 400
            rest = {key: value for key, value in query.items() if key != name}
            if name not in ("stateId", "profileId") or method in ("PUT", "POST"):
                assert both.send(method, place, body, **NEW, **rest).status_code == 400
        assert both.send(method, place, b"{}", **query, unknown="x").status_code == 400


def test_states_of_a_registration_stand_apart(both):
    """XAPI-00194, XAPI-00219, XAPI-00220, XAPI-00227."""
    place, query = "activities/state", PLACES["activities/state"]
    registration = str(uuid.uuid4())
    both.post(place, {"a": 1}, **query)
    both.post(place, {"a": 2}, **query, registration=registration)
    assert both.get(place, **query).json() == {"a": 1}
    assert both.get(place, **query, registration=registration.upper()).json() == {"a": 2}
    rest = {key: value for key, value in query.items() if key != "stateId"}
    assert both.delete(place, **rest, registration=registration).status_code == 204
    assert both.get(place, **rest).json() == ["s"]
    assert both.delete(place, **rest).status_code == 204
    assert both.get(place, **rest).json() == []


def test_what_is_kept_about_a_random_name_goes_with_it(lrs):
    for place, query in PLACES.items():
        lrs.post(place, {"a": 1}, **query)
    assert erase_actors([uuid.UUID(int=9)]) == {"statements": 0, "documents": 2}
    assert [row.kind for row in Document.objects.all()] == ["activity_profile"]
