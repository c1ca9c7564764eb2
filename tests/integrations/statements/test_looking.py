"""An administrator of the site reads, filters and follows statements; each look is recorded, and nobody else looks."""

import json
import re
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrations.statements.queries import SHOWN
from people.models import AuditEntry, Role, User
from people.services import ensure_pseudonym
from tests.factories import MembershipFactory, UserFactory
from tests.integrations.statements.conftest import some
from tests.xapi.conftest import a_statement
from xapi.core.keys import agent_key
from xapi.core.statements import actor

pytestmark = pytest.mark.django_db
PLACE = "/admin/statements/"
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def ids(reply) -> list[str]:
    assert reply.status_code == 200, reply.content.decode()[:500]
    return re.findall(r'data-id="([0-9a-f-]{36})"', reply.content.decode())


def about(target: str, **changes) -> dict:
    return a_statement(object={"objectType": "StatementRef", "id": target}, **changes)


@pytest.fixture
def browser(as_user, chief):
    return as_user(chief)


def test_the_newest_comes_first_and_older_pages_follow_without_gaps(browser, store):
    sent = store(*some(SHOWN * 2 + 5))[::-1]
    seen, reply = [], browser.get(PLACE)
    while True:
        seen += ids(reply)
        older = re.search(r'href="([^"]*cursor=\d+)"', reply.content.decode())
        if not older:
            break
        store(*some(3))  # what comes meanwhile moves nothing
        reply = browser.get(older[1].replace("&amp;", "&"))
    assert seen == sent


def test_every_filter_finds_its_own_and_nothing_else(browser, store, client_key):
    anna = ensure_pseudonym(user=UserFactory(username="anna")).name
    registration = str(uuid.uuid4())
    [own] = store(a_statement(actor=actor(settings.BASE_URL, anna)), own=True)
    [mail] = store(a_statement(actor={"mbox": "mailto:x@y.nl"}))
    [verb] = store(a_statement(verb={"id": "http://x.nl/verb"}))
    [thing] = store(a_statement(object={"id": "http://x.nl/a"}))
    [around] = store(a_statement(context={"contextActivities": {"parent": [{"id": "http://x.nl/a"}]}}))
    [registered] = store(a_statement(context={"registration": registration}))
    for query, found in (
        ({"agent": str(anna)}, [own]),
        ({"agent": "mailto:x@y.nl"}, [mail]),
        ({"agent": '{"mbox": "mailto:x@y.nl"}'}, [mail]),
        ({"verb": "http://x.nl/verb"}, [verb]),
        ({"activity": "http://x.nl/a"}, [thing]),
        ({"activity": "http://x.nl/a", "related": "on"}, [around, thing]),
        ({"registration": registration}, [registered]),
        ({"client": "kortwijs"}, [own]),
        ({"client": str(client_key.pk)}, [registered, around, thing, verb, mail]),
        ({"client": str(client_key.pk), "verb": "http://x.nl/verb"}, [verb]),
        ({"until": "2020-01-01T00:00"}, []),
        ({"since": "9999-12-31T23:59"}, []),
        ({"since": "2020-01-01T00:00", "agent": "mailto:x@y.nl"}, [mail]),
    ):
        assert ids(browser.get(PLACE, query)) == found, query


def test_since_and_until_are_moments_of_storing(browser, store):
    first, second = store(*some(1)) + store(*some(1))
    from xapi.models import Statement

    moment = Statement.objects.get(id=first).stored.isoformat()
    assert ids(browser.get(PLACE, {"until": moment})) == [first]
    assert ids(browser.get(PLACE, {"since": moment})) == [second]


def test_voided_statements_are_left_out_alone_or_shown_too(browser, store):
    good, bad = store(*some(2))
    [voiding] = store(about(bad, verb=VOIDED))
    assert ids(browser.get(PLACE)) == [voiding, good]
    assert ids(browser.get(PLACE, {"voided": "alleen"})) == [bad]
    assert ids(browser.get(PLACE, {"voided": "ook"})) == [voiding, bad, good]
    shown = browser.get(f"{PLACE}{bad}/").content.decode()
    assert f"{PLACE}{voiding}/" in shown
    assert "ingetrokken" in shown


def test_what_refers_to_a_statement_is_one_step_away(browser, store):
    [target] = store(*some(1))
    [near] = store(about(target))
    [far] = store(about(near))
    store(*some(2))
    shown = browser.get(f"{PLACE}{target}/").content.decode()
    link = re.search(r'href="([^"]*refers=[^"]*)"', shown)
    assert ids(browser.get(link[1].replace("&amp;", "&"))) == [far, near]
    assert "Wat hiernaar verwijst" not in browser.get(f"{PLACE}{far}/").content.decode()
    assert f"{PLACE}{near}/" in browser.get(f"{PLACE}{far}/").content.decode()


def test_from_a_statement_one_follows_who_what_and_the_context(browser, store):
    lesson = "http://x.nl/les?a=1&b=2"
    context = {"registration": str(uuid.uuid4()), "contextActivities": {"parent": [{"id": lesson}]}}
    anna = {"account": {"homePage": "https://elders.nl", "name": "a&b"}}
    [one] = store(a_statement(actor=anna, context=context))
    store(*some(1))
    shown = browser.get(f"{PLACE}{one}/").content.decode()
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/admin/statements/\?[^"]+)"', shown)]
    asked = [parse_qs(urlsplit(link).query) for link in links]
    assert {name for query in asked for name in query} == {"agent", "verb", "activity", "registration"}
    assert {"activity": [lesson]} in asked
    [who] = [link for link, query in zip(links, asked, strict=True) if "agent" in query]
    assert ids(browser.get(who)) == [one]


def test_who_follows_gets_each_new_one_once(browser, store):
    store(*some(3))
    page = browser.get(PLACE).content.decode()
    after = re.search(r'data-after="(\d+)"', page)[1]
    seen = []
    for count in (0, 2, SHOWN + 3, 0, 0):
        sent = store(*some(count)) if count else []
        reply = browser.get(f"{PLACE}nieuw/", {"after": after})
        seen += [*ids(reply)[::-1]]
        after = reply.headers["X-After"]
        if count > SHOWN:  # more than one page: the rest comes next time
            assert ids(reply) == sent[:SHOWN][::-1]
    assert len(seen) == len(set(seen)) == SHOWN + 5


def test_who_follows_with_a_filter_gets_no_others(browser, store):
    after = re.search(r'data-after="(\d+)"', browser.get(PLACE).content.decode())[1]
    store(*some(2))
    [mine] = store(a_statement(verb={"id": "http://x.nl/verb"}))
    assert ids(browser.get(f"{PLACE}nieuw/", {"after": after, "verb": "http://x.nl/verb"})) == [mine]


def test_every_look_is_recorded_with_keys_and_without_mail_addresses(browser, chief, store):
    [one] = store(a_statement(actor={"mbox": "mailto:geheim@y.nl"}))
    page = browser.get(PLACE, {"agent": "mailto:geheim@y.nl"})
    look = AuditEntry.objects.get(action="look_at_statements")
    assert (look.actor_key, look.details["count"]) == (chief.audit_key, 1)
    assert look.details["agent_key"] == str(agent_key({"mbox": "mailto:geheim@y.nl"}))
    assert "geheim" not in str(look.details)
    browser.get(f"{PLACE}{one}/")
    assert AuditEntry.objects.get(action="look_at_statement").subject == f"statement {one}"
    after = re.search(r'data-after="(\d+)"', page.content.decode())[1]
    browser.get(f"{PLACE}nieuw/", {"after": after})
    assert AuditEntry.objects.filter(action="look_at_statements").count() == 1  # nothing was seen
    store(*some(1))
    browser.get(f"{PLACE}nieuw/", {"after": after})
    assert AuditEntry.objects.filter(action="look_at_statements").count() == 2


def test_nobody_but_an_administrator_of_the_site_sees_anything(as_user, client, store, school, lesson):
    from modules.authors import ensure_author_group
    from modules.models import CataloguePage

    [one] = store(*some(1))
    eva, bram = UserFactory(username="eva"), UserFactory(username="bram")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    MembershipFactory(user=eva, organisation=school, role=Role.ADMINISTRATOR)
    MembershipFactory(user=bram, organisation=school, role=Role.TEACHER)
    gone = User.objects.create(username="weg", is_superuser=True, is_active=False)
    places = [
        "",
        "nieuw/?after=0",
        f"{one}/",
        "uitvoer/",
        f"uitvoer/{uuid.uuid4()}/",
        f"uitvoer/{uuid.uuid4()}/bestand/",
    ]
    for browser in (client, as_user(eva), as_user(bram), as_user(UserFactory(username="anna")), as_user(gone)):
        for place in places:
            reply = browser.get(PLACE + place)
            assert reply.status_code in (302, 403), place
            assert one not in reply.content.decode()
        assert browser.post(f"{PLACE}uitvoer/maak/").status_code in (302, 403)
    assert PLACE not in as_user(eva).get("/admin/").content.decode()
    assert not AuditEntry.objects.filter(action__contains="statement").exists()


@pytest.mark.parametrize(
    "query",
    [
        {"agent": "Anna"},
        {"agent": "mailto:"},
        {"agent": "[" * 1999},
        {"agent": '{"mbox": 1}'},
        {"agent": "mailto:a@b.nl\x00"},
        {"agent": "a" * 100_000},
        {"verb": "geen adres"},
        {"verb": "http://x.nl/" + "v" * 100_000},
        {"activity": "'; DROP TABLE xapi_statement; --"},
        {"registration": "1"},
        {"since": "gisteren"},
        {"since": "99999-01-01T00:00"},
        {"until": "2026-02-30T00:00"},
        {"voided": "misschien"},
        {"client": "999999999999999999999"},
        {"client": "1 OR 1=1"},
        {"refers": "%s"},
    ],
)
def test_a_filter_that_makes_no_sense_is_told_and_shows_nothing(browser, store, query):
    [one] = store(*some(1))
    reply = browser.get(PLACE, query)
    assert reply.status_code == 400
    assert one not in reply.content.decode()
    assert not AuditEntry.objects.filter(action="look_at_statements").exists()
    assert browser.get(f"{PLACE}nieuw/", {**query, "after": "0"}).status_code == 404
    assert browser.post(f"{PLACE}uitvoer/maak/", query).status_code == 400


@pytest.mark.parametrize(
    "query", [{"since": "0001-01-01T00:00"}, {"until": "0001-01-01T00:00"}, {"until": "9999-12-31T23:59"}]
)
def test_the_edges_of_time_are_moments_too(browser, store, query):
    store(*some(1))
    assert browser.get(PLACE, query).status_code in (200, 400)


@pytest.mark.parametrize("place", ["-1", "1e3", "9" * 30, "x", "9223372036854775808"])
def test_a_place_that_is_none_is_no_page(browser, place):
    assert browser.get(PLACE, {"cursor": place}).status_code == 404
    assert browser.get(f"{PLACE}nieuw/", {"after": place}).status_code == 404


def test_the_last_place_there_can_be_shows_everything_before_it(browser, store):
    sent = store(*some(2))
    assert ids(browser.get(PLACE, {"cursor": str(2**63 - 1)})) == sent[::-1]
    assert ids(browser.get(f"{PLACE}nieuw/", {"after": str(2**63 - 1)})) == []


def test_what_a_statement_says_is_shown_and_never_run(browser, store):
    evil = "<script>alert(1)</script>"
    [one] = store(
        a_statement(
            actor={"name": evil, "account": {"homePage": "https://x.nl", "name": evil}},
            verb={"id": "javascript:alert(1)", "display": {"nl": evil}},
            object={"id": "javascript:alert(2)", "definition": {"name": {"nl": evil}}},
        )
    )
    for page in (browser.get(PLACE), browser.get(f"{PLACE}{one}/")):
        shown = page.content.decode()
        assert evil not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert 'href="javascript' not in shown


def test_a_statement_that_is_not_there_is_no_page(browser):
    assert browser.get(f"{PLACE}{uuid.uuid4()}/").status_code == 404
    assert not AuditEntry.objects.filter(action="look_at_statement").exists()


def test_every_kind_of_object_and_actor_can_be_read(browser, store):
    inner = {k: v for k, v in a_statement().items() if k != "id"}
    sent = store(
        a_statement(actor={"objectType": "Group", "member": [{"mbox": "mailto:a@b.nl"}]}),
        a_statement(object={"objectType": "Agent", "openid": "https://x.nl/a"}),
        a_statement(object={"objectType": "SubStatement", **inner}),
        a_statement(actor={"mbox_sha1sum": "a" * 40}),
        a_statement(verb={"id": "http://x.nl/v"}, object={"id": "http://x.nl/a", "definition": {"name": {}}}),
        a_statement(
            context={
                "instructor": {"mbox": "mailto:a@b.nl"},
                "statement": {"objectType": "StatementRef", "id": str(uuid.uuid4())},
            }
        ),
    )
    assert ids(browser.get(PLACE)) == sent[::-1]
    for one in sent:
        shown = browser.get(f"{PLACE}{one}/")
        assert shown.status_code == 200
        assert json.dumps(one) in shown.content.decode().replace("&quot;", '"')


@pytest.mark.parametrize("query", [{}, {"agent": "mailto:xapi@example.com", "related": "on"}, {"voided": "alleen"}])
def test_a_page_asks_as_many_questions_for_many_statements_as_for_few(browser, store, query):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(PLACE, query).status_code == 200
        return len(queries)

    store(*some(2))
    asked()
    few = asked()
    store(*some(120))
    assert asked() <= few  # a page that is full is found in the last two months, on PostgreSQL
