"""Rules of a statement, by requirement (as the suite adlnet/lrs-conformance-test-suite numbers them); both editions."""

from functools import reduce

import pytest

from tests.xapi.conftest import a_statement
from xapi.core.errors import Invalid
from xapi.core.validation import check_statement
from xapi.core.versions import Version

AGENT = {"mbox": "mailto:anna@example.com"}
REF = {"objectType": "StatementRef", "id": "fd41c918-b88b-4b20-a0a5-a4c32391aaa0"}
SUB = {"objectType": "SubStatement", "actor": AGENT, "verb": {"id": "http://e.nl/v"}, "object": {"id": "http://e.nl/a"}}
FILE = {
    "usageType": "http://e.nl/u", "display": {"en": "x"}, "contentType": "text/plain", "length": 1,
    "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a", "fileUrl": "http://e.nl/f",
}  # fmt: skip
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


def changed(path: str, value) -> dict:
    """A good statement in which one property is another."""
    *way, last = path.split(".")
    made = a_statement(result={"score": {}}, context={}, attachments=[dict(FILE)], authority=dict(AGENT))
    place = reduce(
        lambda inner, name: inner[int(name)] if isinstance(inner, list) else inner.setdefault(name, {}), way, made
    )
    place[last] = value
    return made


BAD = [
    ("XAPI-00001", "actor.name", None),
    ("XAPI-00001", "verb.display.nl", None),
    ("XAPI-00001", "context.registration", None),
    ("XAPI-00006", "actor", "anna"),
    ("XAPI-00006", "verb", 1),
    ("XAPI-00006", "object", []),
    ("XAPI-00011", "verb.id", "no iri"),
    ("XAPI-00011", "object.id", "no iri"),
    ("XAPI-00038", "actor.mbox", "anna@example.com"),
    ("XAPI-00008", "dummy", "x"),
    ("XAPI-00008", "actor.Name", "x"),
    ("XAPI-00074", "result.success", "true"),
    ("XAPI-00013", "verb.display.a12345678", "x"),
    ("XAPI-00013", "context.language", "something"),
    ("XAPI-00022", "timestamp", "01/011/2015"),
    ("XAPI-00022", "timestamp", "2008-09-15T15:53:00.601-00:00"),
    ("XAPI-00022", "timestamp", "2026-13-01T00:00:00Z"),
    ("XAPI-00023", "stored", "yesterday"),
    ("XAPI-00025", "attachments", {}),
    ("XAPI-00030", "id", "12345"),
    ("XAPI-00028", "id", 12345),
    ("XAPI-00009", "actor.objectType", "agent"),
    ("XAPI-00040", "actor.openid", "x"),
    ("XAPI-00034", "actor.member", []),
    ("XAPI-00034", "actor.account", {"homePage": "http://e.nl", "name": "x"}),
    ("XAPI-00042", "authority.account", {"homePage": "x", "name": "y"}),
    ("XAPI-00024", "authority", {"name": "x"}),
    ("XAPI-00045", "verb.display", "x"),
    ("XAPI-00046", "object.objectType", "activity"),
    ("XAPI-00060", "object.definition.type", "meeting"),
    ("XAPI-00061", "object.definition.moreInfo", "x"),
    ("XAPI-00049", "object.definition.interactionType", "guess"),
    ("XAPI-00064", "object.definition.choices", []),
    ("XAPI-00064", "object.definition.correctResponsesPattern", ["x"]),
    ("XAPI-00118", "object.definition.extensions", {"no iri": 1}),
    ("XAPI-00066", "object", {**SUB, "verb": {}}),
    ("XAPI-00067", "object", {**SUB, "authority": AGENT}),
    ("XAPI-00068", "object", {**SUB, "version": "1.0.0"}),
    ("XAPI-00069", "object", {**SUB, "stored": "2013-05-18T05:32:34.804Z"}),
    ("XAPI-00070", "object", {**SUB, "id": REF["id"]}),
    ("XAPI-00071", "object", {**SUB, "object": SUB}),
    ("XAPI-00072", "object", {"objectType": "StatementRef", "id": "x"}),
    ("XAPI-00073", "object", {"objectType": "statementref", "id": REF["id"]}),
    ("XAPI-00079", "result.score", 1),
    ("XAPI-00077", "result.duration", "P4W1D"),
    ("XAPI-00077", "result.duration", "PT"),
    ("XAPI-00075", "result.completion", 1),
    ("XAPI-00076", "result.response", {}),
    ("XAPI-00083", "result.score.scaled", 1.01),
    ("XAPI-00083", "result.score.scaled", True),
    ("XAPI-00081", "result.score", {"min": 2, "max": 1}),
    ("XAPI-00082", "result.score", {"raw": 3, "max": 2}),
    ("XAPI-00087", "context.registration", "x"),
    ("XAPI-00087", "context.instructor", {}),
    ("XAPI-00088", "context.team", AGENT),
    ("XAPI-00093", "context.contextActivities", {"child": []}),
    ("XAPI-00094", "context.contextActivities", {"parent": [{"id": "x"}]}),
    ("XAPI-00089", "context.revision", 1),
    ("XAPI-00090", "context.platform", {}),
    ("XAPI-00092", "context.statement", AGENT),
    ("XAPI-00098", "authority", {"objectType": "Group", "member": [AGENT]}),
    ("XAPI-00101", "version", "0.9.9"),
    ("XAPI-00101", "version", "1.1.0"),
    ("XAPI-00102", "attachments.0.length", "27"),
    ("XAPI-00103", "attachments.0.sha2", 1),
    ("XAPI-00104", "attachments.0.fileUrl", "x"),
    ("XAPI-00105", "attachments.0.contentType", 999),
    ("XAPI-00106", "attachments.0.display", "x"),
    ("XAPI-00107", "attachments.0.usageType", "x"),
    ("XAPI-00025", "attachments", [1]),
    ("XAPI-00056", "object.definition.name.a12345", "x"),
]


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize(
    ("requirement", "path", "value"), BAD, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_breaks_a_rule_is_refused_and_the_property_is_named(version, requirement, path, value):
    with pytest.raises(Invalid) as refused:
        check_statement(changed(path, value), version)
    assert refused.value.place.replace("[", ".").split(".")[0] == path.split(".")[0]


GOOD = [
    ("XAPI-00119", "context.extensions", {"http://e.nl/x": None, "http://e.nl/y": {}}),
    ("XAPI-00073", "object", REF),
    ("XAPI-00022", "timestamp", "2008-09-15T15:53:00.601+00:00"),
    ("XAPI-00123", "timestamp", "20080915T155300Z"),
    ("XAPI-00035", "actor", {"objectType": "Group", "member": [AGENT]}),
    ("XAPI-00037", "actor", {"objectType": "Group", **AGENT}),
    ("XAPI-00065", "object", {"objectType": "Agent", **AGENT}),
    ("XAPI-00066", "object", SUB),
    ("XAPI-00077", "result.duration", "P3Y1M29DT4H35M59.14S"),
    ("XAPI-00077", "result.duration", "P4W"),
    ("XAPI-00076", "result.response", ""),
    ("XAPI-00083", "result.score.scaled", -1.0),
    ("XAPI-00096", "context.contextActivities", {"parent": {"id": "http://e.nl/a"}}),
    ("XAPI-00098", "authority", {"objectType": "Group", "member": [AGENT, AGENT]}),
    ("XAPI-00101", "version", "1.0.9"),
    ("XAPI-00049", "object.definition", {"interactionType": "choice", "choices": [{"id": "a"}, {"id": "b"}]}),
    ("XAPI-00049", "object.definition", {"interactionType": "matching", "source": [{"id": "a"}], "target": []}),
    ("XAPI-00121", "verb.display", {"sr-Latn-RS": "x", "zh-min-nan": "x", "x-eigen": "x", "de-CH-1996": "x"}),
]


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize(
    ("requirement", "path", "value"), GOOD, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_keeps_the_rules_is_taken(version, requirement, path, value):
    check_statement(changed(path, value), version)


def test_a_voiding_statement_is_about_a_statement():
    """XAPI-00017, XAPI-00019, XAPI-00020."""
    with pytest.raises(Invalid, match="object"):
        check_statement(a_statement(verb={"id": VOIDED}), Version.V1)
    check_statement(a_statement(verb={"id": VOIDED}, object=REF), Version.V1)


def test_only_about_an_activity_may_revision_and_platform_be_told():
    """XAPI-00084, XAPI-00085."""
    for name in ("revision", "platform"):
        with pytest.raises(Invalid, match=name):
            check_statement(a_statement(object=REF, context={name: "x"}), Version.V1)


def test_context_agents_and_groups_are_of_2_0_only():
    held = {
        "contextAgents": [{"objectType": "contextAgent", "agent": AGENT, "relevantTypes": ["http://e.nl/t"]}],
        "contextGroups": [{"objectType": "contextGroup", "group": {"objectType": "Group", **AGENT}}],
    }
    check_statement(a_statement(context=held), Version.V2)
    with pytest.raises(Invalid, match="contextAgents"):
        check_statement(a_statement(context=held), Version.V1)
    for wrong in ([], ["abc"], "x"):
        held["contextAgents"][0]["relevantTypes"] = wrong
        with pytest.raises(Invalid, match="relevantTypes"):
            check_statement(a_statement(context=held), Version.V2)


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("name", ["actor", "verb", "object"])
def test_who_did_what_is_always_said(version, name):
    """XAPI-00003, XAPI-00004, XAPI-00005."""
    with pytest.raises(Invalid) as refused:
        check_statement(a_statement(**{name: None}), version)
    assert refused.value.place == name
