"""Who follows X-Experience-API-Consistent-Through misses nothing; ten clients with one id make one statement."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from tests.xapi.conftest import a_statement
from xapi.consistency import consistent_through
from xapi.core.parameters import Wanted
from xapi.core.versions import Version
from xapi.intake import Conflict, Sender, take_in
from xapi.models import Related, Statement
from xapi.search import find_statements

pytestmark = pytest.mark.usefixtures("real_transactions")


def store(*statements, hold=None, started=None) -> str:
    """In a connection of its own, as another process would; `hold` keeps the transaction open."""
    try:
        with transaction.atomic():
            take_in(statements, version=Version.V1, sender=Sender())
            if started:
                started.set()
                hold.wait(10)
    except Conflict:
        return "conflict"
    finally:
        connections.close_all()
    return "stored"


def test_it_stands_still_while_a_transaction_writes_and_goes_on_after():
    store(a_statement())
    before = Statement.objects.get().stored
    hold, started = threading.Event(), threading.Event()
    writer = threading.Thread(target=store, args=(a_statement(),), kwargs={"hold": hold, "started": started})
    writer.start()
    started.wait(10)
    asked = timezone.now()
    meanwhile = consistent_through()
    assert meanwhile < asked
    assert len(find_statements(Wanted(since=meanwhile), through=meanwhile).texts) == 0
    hold.set()
    writer.join()
    late = Statement.objects.order_by("seq").last()
    assert before <= meanwhile < late.stored
    assert consistent_through() >= late.stored


def test_a_reader_that_follows_it_misses_none_of_what_four_writers_store():
    done = threading.Event()

    def write(number: int) -> None:
        for _ in range(15):
            store(*[a_statement() for _ in range(10)])

    def read() -> list[str]:
        found, after = [], timezone.now() - timedelta(hours=1)
        try:
            while True:
                last = done.is_set()
                through = consistent_through()
                cursor = None
                while True:
                    wanted = Wanted(since=after, until=through, ascending=True, limit=7, cursor=cursor)
                    page = find_statements(wanted, through=through)
                    found += [text[7:43] for text in page.texts]
                    if (cursor := page.cursor) is None:
                        break
                after = through
                if last:
                    return found
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        reader = pool.submit(read)
        for one in [pool.submit(write, number) for number in range(4)]:
            one.result()
        done.set()
        found = reader.result()
    assert len(found) == len(set(found)) == Statement.objects.count() == 600


def test_of_ten_clients_with_the_same_id_at_once_one_is_stored():
    sent = [a_statement(id=str(uuid.UUID(int=3)), result={"response": str(number)}) for number in range(10)]
    with ThreadPoolExecutor(10) as pool:
        told = sorted(pool.map(store, sent))
    assert told == ["conflict"] * 9 + ["stored"]
    assert Statement.objects.count() == 1


def test_of_ten_clients_with_the_same_statement_at_once_none_hears_of_it():
    sent = a_statement(id=str(uuid.UUID(int=4)), context={"instructor": {"mbox": "mailto:a@e.nl"}})
    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(store, [sent] * 10)) == {"stored"}
    assert (Statement.objects.count(), Related.objects.count()) == (1, 1)


def test_batches_with_the_same_ids_in_another_order_wait_for_each_other_and_never_for_ever():
    sent = [a_statement() for _ in range(20)]
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda batch: store(*batch), [sent, sent[::-1]] * 4))
    assert told == ["stored"] * 8
    assert Statement.objects.count() == 20


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite is asked with its lock")
def test_asking_leaves_the_connection_as_it_was():
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
        consistent_through()
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == before == (20_000,)
    assert not connection.in_atomic_block
