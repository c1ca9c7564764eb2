"""PUT, POST and GET on statements (1.0.3 part 3 section 2.1), by requirement, in both editions."""

import copy
import json
import uuid
from datetime import UTC, datetime

import pytest

from tests.xapi.conftest import STATEMENT, a_statement
from xapi.core.comparison import to_hundredths
from xapi.models import Activity, Statement

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
ANNA = {"objectType": "Agent", "mbox": "mailto:anna@example.com"}
BRAM = {"objectType": "Agent", "account": {"homePage": "http://e.nl", "name": "bram"}}


def about(target: str, **changes) -> dict:
    return a_statement(object={"objectType": "StatementRef", "id": target}, **changes)


def voiding(target: str) -> dict:
    return about(target, verb={"id": VOIDED})


def test_a_statement_can_be_put_and_comes_back_with_what_the_store_adds(both):
    """XAPI-00023, XAPI-00099, XAPI-00122, XAPI-00143, XAPI-00156."""
    sent = a_statement(timestamp="2026-01-01T12:00:00.123456789Z")
    assert both.put("statements", sent, statementId=sent["id"]).status_code == 204
    kept = both.one(sent["id"])
    assert {name: kept[name] for name in sent} == sent
    assert kept["version"] == ("1.0.0" if both.version == "1.0.3" else "2.0.0")
    assert datetime.fromisoformat(kept["stored"]).tzinfo == UTC
    assert kept["authority"]["account"]["name"] == both.key.split(":")[0]


def test_without_an_id_or_a_timestamp_the_store_gives_them(both):
    """XAPI-00026, XAPI-00146, XAPI-00147."""
    (made,) = both.keep(a_statement(id=None))
    assert uuid.UUID(made)
    kept = both.one(made)
    assert kept["timestamp"] == kept["stored"]


def test_a_timestamp_comes_back_in_utc(both):
    sent = a_statement(timestamp="2023-05-04T12:00:00-05:00")
    both.keep(sent)
    assert both.one(sent["id"])["timestamp"] == "2023-05-04T17:00:00.000000Z"
    assert both.keep(sent) == [sent["id"]]


def test_a_put_names_its_statement(both):
    """XAPI-00144, XAPI-00145."""
    assert both.put("statements", a_statement()).status_code == 400
    assert both.put("statements", a_statement(), statementId=str(uuid.uuid4())).status_code == 400
    assert both.put("statements", [a_statement(id=None)], statementId=str(uuid.uuid4())).status_code == 400


def test_the_same_again_is_fine_and_something_else_is_a_conflict(both):
    """XAPI-00142."""
    sent = a_statement(timestamp="2026-01-01T12:00:00Z", result={"duration": "PT1.239S"})
    both.keep(sent)
    again = copy.deepcopy(sent)
    again.update(timestamp="2026-01-01T14:00:00+02:00", result={"duration": "PT1.231S"})
    again["object"]["definition"] = {"name": {"nl": "anders"}}
    again["verb"].pop("display")
    assert both.put("statements", again, statementId=sent["id"]).status_code == 204
    assert both.one(sent["id"])["result"] == {"duration": "PT1.239S"}
    for name, value in (("result", {"duration": "PT1.24S"}), ("actor", ANNA), ("context", {"platform": "x"})):
        assert both.post("statements", {**sent, name: value}).status_code == 409


def test_durations_are_cut_at_hundredths():
    assert to_hundredths("P1DT12H36M0.12567S") == "P1DT12H36M0.12S"
    assert to_hundredths("PT1.1S") == "PT1.1S"


def test_what_was_voided_is_found_by_its_own_parameter_only(both):
    """XAPI-00018, XAPI-00155, XAPI-00157, XAPI-00162, XAPI-00163."""
    sent = a_statement()
    both.keep(sent)
    (void,) = both.keep(voiding(sent["id"]))
    assert both.get("statements", statementId=sent["id"]).status_code == 404
    assert both.get("statements", voidedStatementId=sent["id"]).json()["id"] == sent["id"]
    assert both.get("statements", voidedStatementId=void).status_code == 404
    assert both.ids() == [void]
    assert both.ids(verb=STATEMENT["verb"]["id"]) == [void]  # it is about one that fits


def test_a_voiding_statement_may_come_first_and_cannot_be_voided(both):
    """XAPI-00016, XAPI-00018."""
    sent = a_statement()
    (void,) = both.keep(voiding(sent["id"]))
    both.keep(sent)
    assert both.get("statements", statementId=sent["id"]).status_code == 404
    both.keep(voiding(void))
    assert both.one(void)["verb"]["id"] == VOIDED


def test_what_refers_to_a_statement_that_fits_is_found_too_through_others_as_well(both):
    """XAPI-00164."""
    first = a_statement(actor=ANNA)
    second, third = about(first["id"], actor=BRAM), None
    third = about(second["id"], actor=BRAM, verb={"id": "http://e.nl/far"})
    both.keep(third)
    both.keep(second)
    both.keep(first)
    assert set(both.ids(agent=json.dumps(ANNA))) == {first["id"], second["id"], third["id"]}
    assert both.ids(agent=json.dumps(BRAM), verb="http://e.nl/far") == [third["id"]]


def test_agents_are_found_as_actor_object_or_member_and_related_ones_when_asked(both):
    """XAPI-00176, XAPI-00181."""
    group = {"objectType": "Group", "member": [ANNA]}
    direct = [a_statement(actor=ANNA), a_statement(object=ANNA), a_statement(actor=group), a_statement(object=group)]
    sub = {
        "objectType": "SubStatement",
        "actor": ANNA,
        "verb": {"id": "http://e.nl/v"},
        "object": {"id": "http://e.nl/a"},
    }
    related = [a_statement(context={"instructor": ANNA}), a_statement(context={"team": group}), a_statement(object=sub)]
    both.keep(*direct, *related, a_statement())
    asked = json.dumps(ANNA)
    assert set(both.ids(agent=asked)) == {one["id"] for one in direct}
    assert set(both.ids(agent=asked, related_agents="true")) == {one["id"] for one in direct + related}
    assert both.ids(agent=json.dumps({"mbox": "mailto:nobody@example.com"})) == []


def test_who_vouches_is_a_related_agent(both, settings):
    both.keep(a_statement())
    account = {"homePage": settings.BASE_URL, "name": both.key.split(":")[0]}
    assert both.ids(agent=json.dumps({"account": account})) == []
    assert len(both.ids(agent=json.dumps({"account": account}), related_agents="true")) == 1


def test_activities_are_found_as_object_and_related_ones_when_asked(both):
    """XAPI-00177, XAPI-00179."""
    iri = "http://e.nl/activity"
    own = a_statement(object={"id": iri})
    parts = [
        a_statement(context={"contextActivities": {role: [{"id": iri}]}})
        for role in ("parent", "grouping", "category", "other")
    ]
    parts.append(
        a_statement(
            object={"objectType": "SubStatement", "actor": ANNA, "verb": {"id": "http://e.nl/v"}, "object": {"id": iri}}
        )
    )
    both.keep(own, *parts)
    assert both.ids(activity=iri) == [own["id"]]
    assert set(both.ids(activity=iri, related_activities="true")) == {one["id"] for one in [own, *parts]}
    assert both.ids(activity=iri, related_activities="true", agent=json.dumps(ANNA), related_agents="true") == [
        parts[-1]["id"]
    ]


def test_a_single_context_activity_comes_back_as_a_list(both):
    """XAPI-00096."""
    sent = a_statement(context={"contextActivities": {"parent": {"id": "http://e.nl/a"}}})
    both.keep(sent)
    assert both.one(sent["id"])["context"]["contextActivities"] == {"parent": [{"id": "http://e.nl/a"}]}


def test_registration_since_until_limit_and_order(both):
    """XAPI-00166, XAPI-00173 to XAPI-00175, XAPI-00178."""
    registration = str(uuid.uuid4())
    sent = [a_statement(context={"registration": registration}) for _ in range(3)]
    both.keep(*sent)
    both.keep(a_statement())
    order = [one["id"] for one in sent]
    assert both.ids(registration=registration.upper(), ascending="true") == order
    assert both.ids(registration=registration) == order[::-1]
    stored = both.one(order[1])["stored"]
    assert both.ids(since=stored, registration=registration) == [order[2]]
    assert both.ids(until=stored, ascending="true") == order[:2]
    assert both.ids(limit=1, ascending="true") == order[:1]


def test_pages_stay_as_they_are_while_others_write(both):
    """XAPI-00108, XAPI-00111, XAPI-00114: newest first, what comes in between is on no later page."""
    sent = [a_statement() for _ in range(7)]
    both.keep(*sent)
    for ascending in ("false", "true"):
        reply, found = both.get("statements", limit=2, ascending=ascending).json(), []
        while True:
            found += [row["id"] for row in reply["statements"]]
            both.keep(a_statement())
            if not reply["more"] or len(found) >= 7:
                break
            reply = both.more(reply["more"]).json()
        ids = [one["id"] for one in sent]
        assert found[:7] == (ids if ascending == "true" else found[:7])
        assert len(set(found)) == len(found)
        if ascending == "false":
            assert found[-7:] == ids[::-1][:7] or set(ids) == set(found[-7:])


def test_a_statement_that_comes_with_an_id_asks_nothing_else(both):
    """XAPI-00150, XAPI-00151."""
    for name in ("statementId", "voidedStatementId"):
        for more in ({"limit": 1}, {"verb": "http://e.nl/v"}, {"ascending": "true"}):
            assert both.get("statements", **{name: str(uuid.uuid4())}, **more).status_code == 400
    both_ids = {"statementId": str(uuid.uuid4()), "voidedStatementId": str(uuid.uuid4())}
    assert both.get("statements", **both_ids).status_code == 400


@pytest.mark.parametrize("name", ["StatementId", "Agent", "Verb", "related_Agents", "foo"])
def test_parameters_in_other_letters_are_unknown(both, name):
    """XAPI-00324, XAPI-00325."""
    reply = both.get("statements", **{name: "x"})
    assert reply.status_code == 400
    assert name in reply.content.decode()


def test_as_ids_only_what_says_who_and_what(both):
    """XAPI-00171."""
    sent = a_statement(context={"instructor": {**ANNA, "name": "Anna"}})
    both.keep(sent)
    shown = both.one(sent["id"], format="ids")
    assert shown["actor"] == {"objectType": "Agent", "mbox": "mailto:xapi@example.com"}
    assert shown["verb"] == {"id": STATEMENT["verb"]["id"]}
    assert shown["object"] == {"id": STATEMENT["object"]["id"]}
    assert shown["context"]["instructor"] == ANNA


def test_canonical_is_what_is_known_in_one_language(both, django_capture_on_commit_callbacks):
    """XAPI-00169, XAPI-00170, XAPI-00172."""
    told = {"name": {"fr": "réunion"}, "type": "http://adlnet.gov/expapi/activities/meeting"}
    sent = a_statement()
    with django_capture_on_commit_callbacks(execute=True):
        both.keep(sent, a_statement(object={"id": STATEMENT["object"]["id"], "definition": told}))
    assert Activity.objects.get().definition["name"] == {"en-GB": "meeting", "nl": "vergadering", "fr": "réunion"}
    shown = both.get("statements", {"accept-language": "fr;q=0.5, nl-BE"}, statementId=sent["id"], format="canonical")
    assert shown.json()["object"]["definition"] == {"name": {"nl": "vergadering"}, "type": told["type"]}
    assert shown.json()["verb"]["display"] == {"nl": "was bij"}
    assert both.one(sent["id"]) == {**both.one(sent["id"], format="exact")}


def test_head_is_get_without_a_body(both):
    """XAPI-00125, XAPI-00126."""
    (made,) = both.keep(a_statement())
    for query in ({}, {"statementId": made}):
        get, head = both.get("statements", **query), both.head("statements", **query)
        assert head.status_code == 200
        assert not head.content
        assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_every_answer_to_get_says_how_far_it_is_consistent(both):
    """XAPI-00153, XAPI-00160."""
    both.keep(a_statement())
    for query in ({}, {"limit": "x"}, {"statementId": str(uuid.uuid4())}):
        through = both.get("statements", **query).headers["X-Experience-API-Consistent-Through"]
        assert datetime.fromisoformat(through) >= Statement.objects.get().stored


def test_when_a_statement_was_stored_is_its_last_modified_in_2_0(lrs):
    (made,) = lrs.keep(a_statement())
    assert "Last-Modified" not in lrs.get("statements", statementId=made).headers
    assert lrs.speaking("2.0.0").get("statements", statementId=made).headers["Last-Modified"].endswith("GMT")


def test_a_client_vouches_for_what_it_sends_whatever_it_says(both):
    sent = a_statement(authority=ANNA, stored="2013-05-18T05:32:34.804Z")
    both.keep(sent)
    kept = both.one(sent["id"])
    assert kept["authority"]["account"]["name"] == both.key.split(":")[0]
    assert kept["stored"] > "2013-06"
