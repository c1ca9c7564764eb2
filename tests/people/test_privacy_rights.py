"""Take along, erase, keep no longer, bring to an account: across all rooms, with real data."""

import json
import uuid
import zlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.signing import b64_decode
from django.db import connection
from django.utils import timezone

from assessments.models import Response
from learning.models import Attempt, Event, Progress
from people.audit import people_of
from people.models import AuditEntry, Pseudonym, User
from people.services import erase_person, export_person, merge_people, send_notice
from people.tasks import apply_retention
from tests.factories import nobody_came_since
from xapi.models import Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def annas_life(phone_of, anna):
    """Anna took a lesson, has a message, and is signed in on her phone."""
    User.objects.filter(pk=anna.pk).update(email="anna@voorbeeld.nl", last_name="Achternaam")
    anna.refresh_from_db()
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson(), phone.event("e-keuze", "e-o2"))
    send_notice(user=anna, text="Je les staat klaar.")
    return phone


def unpacked(session_data: str) -> str:
    payload = session_data.split(":")[0]
    packed = payload.startswith(".")
    raw = b64_decode(payload.lstrip(".").encode())
    return (zlib.decompress(raw) if packed else raw).decode()


def places_of(user_id: int, *words: str) -> set[str]:
    """The tables and columns in which a person can still be found; the line that says it was erased aside."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        pointing = {field.column for field in model._meta.local_fields if field.related_model is User}
        pointing |= {"id"} if model is User else {"user_id"} & {field.column for field in model._meta.local_fields}
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                cells = dict(zip(names, row, strict=True))
                if table == "people_auditentry" and cells["action"] == "erase_person":
                    continue
                if table == "people_session":
                    cells["session_data"] = unpacked(cells["session_data"])
                    if f'"_auth_user_id":"{user_id}"' in cells["session_data"]:
                        found.add("people_session")
                found |= {f"{table}.{name}" for name in pointing if str(cells[name]) == str(user_id)}
                text = " ".join(json.dumps(value, default=str) for value in cells.values()).replace("-", "")
                found |= {table for word in words if word.replace("-", "") in text}
    return found


def words_about(user: User) -> list[str]:
    names = [str(name) for name in Pseudonym.objects.filter(user=user).values_list("name", flat=True)]
    return [str(user.owner_key), user.username * 2 if len(user.username) < 5 else user.username, *names, "Achternaam"]


def test_the_search_finds_a_person_where_they_are(annas_life, anna):
    """Else the next test could not fail."""
    found = places_of(anna.pk, *words_about(anna))
    assert {"people_user", "people_session", "xapi_statement", "people_pseudonym.user_id"} <= found
    assert {f"learning_{name}.user_id" for name in ("attempt", "event", "progress")} <= found
    assert {"assessments_response.user_id", "people_notice.user_id", "people_membership.user_id"} <= found


def test_after_erasing_no_table_knows_the_person(annas_life, anna):
    words, number = words_about(anna), anna.pk
    kept = Event.objects.filter(user=anna).count()
    assert kept > 15
    counts = erase_person(user=anna, actor=None)
    assert counts["learning"]["gebeurtenissen"] == kept
    assert counts["xapi"]["statements"] == kept
    assert places_of(number, *words) == set()


def test_erasing_one_leaves_the_others_whole(annas_life, anna, phone_of, bram):
    other = phone_of(bram)
    events = other.whole_lesson()
    other.keep(*events)
    erase_person(user=anna, actor=bram)
    answers = sum("response" in event for event in events)
    counts = [model.objects.count() for model in (Event, Statement, Response, Progress, Attempt)]
    assert counts == [len(events), len(events), answers, 1, 1]
    assert User.objects.filter(pk=bram.pk).exists()


def test_an_author_who_is_erased_leaves_no_name_in_the_editors_log(as_user, anna, lesson):
    """Wagtail keeps who edited what in tables of its own."""
    User.objects.filter(pk=anna.pk).update(is_superuser=True, is_staff=True)
    anna.refresh_from_db()
    lesson.save_revision(user=anna, log_action=True).publish(user=anna)
    as_user(anna).get("/admin/")
    number = anna.pk
    erase_person(user=anna, actor=None)
    assert places_of(number) == set()


def test_erasing_leaves_one_audit_line_without_a_name(annas_life, anna, bram):
    key = anna.audit_key
    erase_person(user=anna, actor=bram)
    entry = AuditEntry.objects.get(action="erase_person")
    assert (entry.action, entry.actor_key, entry.person_key) == ("erase_person", bram.audit_key, key)
    assert (entry.subject, entry.details) == ("", {})
    assert people_of([key]) == {}


def test_a_phone_of_someone_erased_starts_anew(annas_life, anna):
    erase_person(user=anna, actor=None)
    reply = annas_life.send(annas_life.event("e-haakje", attempt=str(uuid.uuid4())))
    assert reply.status_code == 200
    assert User.objects.get().is_nameless


def test_export_holds_everything_and_can_become_json(annas_life, anna):
    told = json.loads(json.dumps(export_person(user=anna)))
    assert set(told) == {"people", "learning", "assessments", "xapi", *told}
    text = json.dumps(told, ensure_ascii=False)
    for part in ("Anna", "Achternaam", "anna@voorbeeld.nl", "Voorbeeldschool", "Klas Zorg 2A", "Je les staat klaar."):
        assert part in text
    assert len(told["xapi"]["statements"]) == Event.objects.count() == told["learning"]["gebeurtenissen"]
    assert len(told["assessments"]["antwoorden"]) == Response.objects.count()
    assert [row["les"] for row in told["learning"]["voortgang"]] == ["E99"]
    assert len(told["learning"]["pogingen"]) == 1


def test_export_holds_what_the_account_itself_keeps(annas_life, anna):
    User.objects.filter(pk=anna.pk).update(username="anna-de-verpleegkundige")
    anna.refresh_from_db()
    text = json.dumps(export_person(user=anna), ensure_ascii=False)
    assert "anna-de-verpleegkundige" in text
    assert str(anna.owner_key) in text
    assert anna.last_login.isoformat()[:10] in text


def test_export_holds_nobody_else(annas_life, anna, phone_of, bram):
    other = phone_of(bram)
    other.keep(*other.whole_lesson())
    text = json.dumps(export_person(user=anna))
    assert "Bram" not in text
    assert str(Pseudonym.objects.get(user=bram).name) not in text


def nameless(phone) -> User:
    phone.keep(phone.event("e-haakje"))
    return User.objects.get(owner_key=phone.owner)


def test_a_nameless_learner_who_stays_away_is_erased(phone, anna):
    gone = nameless(phone)
    long_ago = timezone.now() - timedelta(days=401)
    nobody_came_since(long_ago)
    for model, field in ((Event, "received_at"), (Progress, "saved_at"), (Statement, "stored")):
        model.objects.update(**{field: long_ago})
    apply_retention()
    assert not User.objects.filter(pk=gone.pk).exists()
    assert not Statement.objects.exists()
    assert User.objects.filter(pk=anna.pk).exists()  # an account is not erased for being quiet


def test_a_nameless_learner_who_came_back_yesterday_stays(phone):
    """Signing in happened once, 13 months ago; the phone sent answers ever since."""
    learner = nameless(phone)
    User.objects.update(last_login=timezone.now() - timedelta(days=401))
    Event.objects.update(received_at=timezone.now() - timedelta(days=1))
    apply_retention()
    assert User.objects.filter(pk=learner.pk).exists()


def test_a_new_nameless_learner_stays(phone):
    learner = nameless(phone)
    apply_retention()
    assert User.objects.filter(pk=learner.pk).exists()


def merged(phone, annas) -> User:
    """A nameless learner and Anna both took part of the lesson; then they turn out to be one."""
    phone.keep(phone.event("e-haakje"), phone.event("e-keuze", "e-o1"))
    annas.keep(annas.event("e-scherm"), annas.event("e-sorteer", {"e-k1": "wel"}))
    return User.objects.get(owner_key=phone.owner)


def test_merging_loses_nothing_and_doubles_nothing(phone, phone_of, anna):
    annas = phone_of(anna)
    source = merged(phone, annas)
    words, number = words_about(source), source.pk
    merge_people(source=source, target=anna)
    assert Event.objects.filter(user=anna).count() == Statement.objects.count() == 4
    assert Response.objects.filter(user=anna).count() == Attempt.objects.filter(user=anna).count() == 2
    progress = Progress.objects.get()
    assert set(progress.seen) == {"e-haakje", "e-keuze", "e-scherm", "e-sorteer"}
    assert progress.results == {"e-keuze": {"": True}, "e-sorteer": {"e-k1": True}}
    name = str(Pseudonym.objects.get(user=anna).name)
    assert {row.document["actor"]["account"]["name"] for row in Statement.objects.all()} == {name}
    assert places_of(number, *words) == {"people_formerkey"}  # the phone may still send under its old key


def test_what_a_phone_still_held_when_two_became_one_is_kept(phone, phone_of, anna):
    annas = phone_of(anna)
    phone.keep(phone.event("e-haakje"))
    waiting = phone.event("e-scherm")
    merge_people(source=User.objects.get(owner_key=phone.owner), target=anna)
    assert annas.send(waiting).json()["safe"] == [waiting["id"]]
    assert Event.objects.filter(user=anna).count() == 2


def test_after_merging_an_event_that_was_sent_before_is_still_known(phone, phone_of, anna):
    annas = phone_of(anna)
    event = phone.event("e-haakje")
    phone.keep(event)
    merge_people(source=User.objects.get(owner_key=phone.owner), target=anna)
    assert annas.send(event | {"owner": str(anna.owner_key)}).json()["safe"] == [event["id"]]
    assert Event.objects.count() == 1


@pytest.mark.parametrize("halves", [("first", "second"), ("second", "first")])
def test_two_halves_of_a_lesson_make_one_that_is_done(phone, phone_of, anna, halves):
    """Seen here, answered there: together it is the whole lesson."""
    annas = phone_of(anna)
    events = {"first": [e for e in phone.whole_lesson() if "exercise" not in e]}
    events["second"] = [e for e in annas.whole_lesson() if "exercise" in e]
    for half in halves:
        (phone if half == "first" else annas).keep(*events[half])
    merge_people(source=User.objects.get(owner_key=phone.owner), target=anna)
    assert Progress.objects.get().completed_at is not None


def test_the_one_who_was_done_stays_done(phone, phone_of, anna):
    annas = phone_of(anna)
    phone.keep(*phone.whole_lesson())
    done_at = Progress.objects.get().completed_at
    annas.keep(annas.event("e-keuze", "e-o2"))
    merge_people(source=User.objects.get(owner_key=phone.owner), target=anna)
    assert Progress.objects.get().completed_at == done_at


def test_two_accounts_are_never_made_one(anna, bram, phone):
    for source, target in ((anna, bram), (anna, anna)):
        with pytest.raises(ValueError, match="without an account"):
            merge_people(source=source, target=target)
    learner = nameless(phone)
    with pytest.raises(ValueError, match="without an account"):
        merge_people(source=learner, target=learner)
    assert User.objects.count() == 3


def test_merging_leaves_an_audit_line(phone, phone_of, anna):
    merge_people(source=merged(phone, phone_of(anna)), target=anna)
    found = AuditEntry.objects.values_list("action", "actor_key", "person_key").get()
    assert found == ("merge_people", anna.audit_key, anna.audit_key)
