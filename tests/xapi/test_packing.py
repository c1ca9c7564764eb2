"""What is packed comes out as it went in, and what was never packed can still be read."""

import threading

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.xapi.conftest import a_statement
from xapi.core.packing import pack, unpack
from xapi.core.parsing import canonical
from xapi.models import Statement


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_out_as_it_went_in(text):
    assert unpack(pack(text)) == text


def test_a_statement_of_a_lesson_takes_less_than_a_fifth_of_its_text():
    from tests.bench.lrs_dictionary import texts

    rows = texts(50, seed=7)
    packed = [pack(row.decode()) for row in rows]
    assert sum(map(len, packed)) < sum(map(len, rows)) / 5


def test_a_row_from_before_is_read_as_the_text_that_it_is():
    text = canonical(a_statement())
    assert unpack(text) == unpack(text.encode()) == unpack(memoryview(text.encode())) == text


@pytest.mark.parametrize(
    "broken", [b"", b"x", b"\x28\xb5\x2f\xfd", pack("{}")[:-2], pack("{}").replace(b"\x01", b"\x63", 1)]
)
def test_what_is_neither_is_refused(broken):
    with pytest.raises(ValueError, match="not a packed statement"):
        unpack(broken)


def test_threads_pack_beside_each_other():
    wrong, texts = [], [f'{{"id":"{number}"}}' * 50 for number in range(300)]

    def work() -> None:
        wrong.extend(text for text in texts if unpack(pack(text)) != text)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_what_stands_in_the_table_is_packed(lrs):
    [kept] = lrs.keep(a_statement())
    with connection.cursor() as cursor:
        cursor.execute("SELECT document FROM xapi_statement")
        [raw] = cursor.fetchone()
    assert kept.encode() not in bytes(raw)
    assert Statement.objects.get().document == lrs.one(kept)
