"""PostgreSQL keeps statements in a part per month; what a client sees is the same as on SQLite."""

import os
import subprocess
import sys
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.bench.lrs_server import ROOT
from tests.xapi.conftest import a_statement
from xapi.core.keys import verb_key
from xapi.core.packing import pack
from xapi.core.parsing import canonical
from xapi.ids import seqs_of
from xapi.models import Statement, StatementId, seq_at
from xapi.partitions import AHEAD, REST, Month, make_parts, parts

pytestmark = pytest.mark.django_db
only_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one table")


def test_months_follow_each_other_over_the_year():
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2027, 1).previous == Month(2026, 12)
    assert Month.of(datetime(2026, 1, 1, 0, 30, tzinfo=UTC)) == Month(2026, 1)
    assert Month(2026, 2).span[1] == Month(2026, 3).span[0] == seq_at(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has parts")
def test_on_sqlite_there_are_none_and_the_small_table_stays_empty(lrs, capsys):
    [kept] = lrs.keep(a_statement())
    assert (parts(), make_parts(), StatementId.objects.count()) == ([], [], 0)
    assert lrs.one(kept)["id"] == kept
    call_command("lrs_partitions")
    assert "one table" in capsys.readouterr().out


@only_postgresql
def test_the_months_to_come_are_there_and_made_once():
    this = Month.of(timezone.now())
    assert [part.month for part in parts()][:2] == [this, this.next]
    assert parts()[-1].month is None
    assert len(parts()) == AHEAD + 2
    assert make_parts() == []
    later = timezone.now() + timedelta(days=31)
    assert len(make_parts(later)) == 1


@only_postgresql
def test_a_statement_of_a_month_without_a_part_is_kept_in_the_rest_and_moves_to_its_month(lrs):
    then = timezone.now() - timedelta(days=400)
    old, new = a_statement(), a_statement()
    lrs.keep(old)
    lrs.keep(new)
    Statement.objects.filter(id=old["id"]).update(seq=seq_at(then), stored=then)
    StatementId.objects.filter(id=old["id"]).update(seq=seq_at(then))
    assert in_table(REST) == 1
    assert lrs.ids() == [new["id"], old["id"]]
    assert Month.of(then) in make_parts()
    assert (in_table(REST), in_table(Month.of(then).table)) == (0, 1)
    assert lrs.ids() == [new["id"], old["id"]]
    assert lrs.one(old["id"])["id"] == old["id"]


@only_postgresql
def test_an_id_is_unique_over_months(lrs):
    sent = a_statement()
    lrs.keep(sent)
    before = timezone.now() - timedelta(days=40)
    make_month_of(before)
    Statement.objects.filter(id=sent["id"]).update(seq=seq_at(before), stored=before)
    StatementId.objects.update(seq=seq_at(before))
    assert lrs.post("statements", [sent]).status_code == 200
    assert lrs.post("statements", [{**sent, "verb": {"id": "http://e.nl/other"}}]).status_code == 409
    assert (Statement.objects.count(), StatementId.objects.count()) == (1, 1)


@only_postgresql
def test_a_batch_in_which_some_are_known_stores_the_others_in_one_question(lrs, django_assert_max_num_queries):
    from xapi.services import record_statements

    known = a_statement()
    lrs.keep(known)
    many = [known, *(a_statement() for _ in range(20))]
    assert lrs.post("statements", many).status_code == 200
    assert Statement.objects.count() == StatementId.objects.count() == 21
    new = [a_statement() for _ in range(20)]
    with django_assert_max_num_queries(3):  # the moment, the statements, the targets of forwarding
        record_statements(new)


@only_postgresql
def test_the_command_says_which_parts_there_are(capsys):
    call_command("lrs_partitions")
    told = capsys.readouterr().out
    assert str(Month.of(timezone.now())) in told
    assert "rest" in told


def make_month_of(moment: datetime) -> None:
    from xapi.partitions import make_month

    if Month.of(moment) not in {part.month for part in parts()}:
        make_month(Month.of(moment))


def in_table(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {name}")
        return cursor.fetchone()[0]


@pytest.fixture
def before_parts(tmp_path, settings):
    """A database as it was before there were parts, with two statements of different months in it."""
    environment = {**os.environ, "DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lms.settings"}
    name = f"{settings.DATABASES['default']['NAME']}_before"
    if connection.vendor == "postgresql":
        import psycopg

        address = os.environ["DATABASE_URL"]
        environment["DATABASE_URL"] = f"{address.rpartition('/')[0]}/{name}"
        with psycopg.connect(address, autocommit=True) as line:
            line.execute(f'DROP DATABASE IF EXISTS "{name}"')
            line.execute(f'CREATE DATABASE "{name}"')
            yield environment
            line.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    else:
        yield environment


_FILL = """
import django; django.setup()
from django.db import connection
from tests.xapi.test_partitions import OLD
with connection.cursor() as cursor:
    for seq, key, stored, verb, document in OLD:
        cursor.execute("INSERT INTO xapi_statement (seq, id, stored, verb_key, document) VALUES (%s, %s, %s, %s, %s)",
                       [seq, str(key) if connection.vendor == "postgresql" else key.hex, stored, verb, document])
"""
_LOOK = """
import django; django.setup()
from tests.xapi.test_partitions import OLD
from xapi.ids import insert_new, seqs_of
from xapi.models import Statement
from xapi.partitions import parts
for seq, key, stored, verb, document in OLD:
    found = Statement.objects.get(seq__in=seqs_of([key]))
    assert found.seq == seq and found.document["id"] == str(key) and found.stored == stored, found
assert Statement.objects.count() == len(OLD)
columns = ("seq", "id", "stored", "verb_key", "document")
assert insert_new(columns, [(OLD[0][0] + 1, *OLD[0][1:])]) == 0, "an id is unique still"
print(*[part.month for part in parts()])
"""


def _old(number: int, stored: datetime):
    key = uuid.UUID(int=number)
    return seq_at(stored), key, stored, verb_key("http://e.nl/v"), pack(canonical({"id": str(key)}))


OLD = [_old(1, datetime(2025, 3, 31, 23, 59, tzinfo=UTC)), _old(2, datetime(2025, 4, 1, tzinfo=UTC))]


def test_the_migration_moves_what_is_there_and_keeps_ids_unique(before_parts):
    def run(*arguments: str) -> str:
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=before_parts, capture_output=True, text=True)
        assert not done.returncode, done.stderr
        return done.stdout

    run("manage.py", "migrate", "xapi", "0007", "-v0")
    run("-c", _FILL)
    run("manage.py", "migrate", "xapi", "-v0")
    told = run("-c", _LOOK)
    assert told.startswith("2025-03 2025-04 ") == (connection.vendor == "postgresql")


def test_pages_go_over_months_without_a_gap_or_a_double(lrs):
    """The last two months are looked at first, and what was before only when a page is not full."""
    sent = [a_statement(verb={"id": f"http://e.nl/{'even' if number % 2 else 'oneven'}"}) for number in range(12)]
    lrs.keep(*sent)
    for number, one in enumerate(sent):
        then = timezone.now() - timedelta(days=20 * number)
        [seq] = seqs_of([one["id"]])
        if connection.vendor == "postgresql":
            make_month_of(then)
            StatementId.objects.filter(id=one["id"]).update(seq=seq_at(then, number))
        Statement.objects.filter(seq=seq).update(seq=seq_at(then, number), stored=then)
    ids = [one["id"] for one in sent]
    for query, wanted in (({}, ids), ({"verb": "http://e.nl/even"}, ids[1::2]), ({"ascending": "true"}, ids[::-1])):
        for limit in (1, 2, 5, 12):
            found, reply = [], lrs.get("statements", limit=limit, **query).json()
            found += [one["id"] for one in reply["statements"]]
            while reply["more"]:
                reply = lrs.more(reply["more"]).json()
                found += [one["id"] for one in reply["statements"]]
            assert found == wanted, (query, limit)
    assert lrs.ids(until=(timezone.now() - timedelta(days=110)).isoformat()) == ids[6:]
    assert lrs.ids(verb="http://e.nl/nooit") == []
