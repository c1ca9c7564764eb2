"""Pages and batches ask a fixed number of queries, however much there is."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.models import ModulePage
from tests.factories import RIGHT, STEPS, Phone, lesson_file


def queries(do) -> int:
    with CaptureQueriesContext(connection) as asked:
        do()
    return len(asked)


def twenty(phone: Phone) -> list[dict]:
    seen = [phone.event(step) for step in phone.lesson.outline.ids]
    return (seen + [phone.event(step, answer) for step, answer in RIGHT.items()] + seen)[:15] + [
        phone.event("e-keuze", "e-o1") for _ in range(5)
    ]


def test_a_batch_of_twenty_asks_at_most_fifteen_queries(phone, phone_of, anna, django_assert_max_num_queries):
    for one in (phone, phone_of(anna)):
        one.keep(one.event("e-haakje"))
        events = twenty(one)
        with django_assert_max_num_queries(15):
            one.keep(*events)


def test_the_first_batch_of_all_asks_no_more(phone, phone_of, anna, django_assert_max_num_queries):
    """Once in a learner's life; for a nameless learner it also makes the learner and a session."""
    most = 16 if connection.vendor == "postgresql" else 15  # there the record store says that it writes
    for one in (phone_of(anna), phone):
        events = twenty(one)
        with django_assert_max_num_queries(most):
            one.keep(*events)


def test_a_batch_of_two_hundred_asks_no_more_than_one_of_twenty(phone_of, anna):
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje"))
    few = queries(lambda: phone.keep(*twenty(phone)))
    many = queries(lambda: phone.keep(*[event for _ in range(10) for event in twenty(phone)][:200]))
    assert many == few


@pytest.mark.parametrize(
    "address", ["/les/proefles/", "/lessen/", "/mijn/", "/les/proefles/e-keuze/", "/woord/", "/routes/"]
)
def test_a_page_asks_at_most_ten_queries_signed_in(phone_of, anna, address, django_assert_max_num_queries):
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())
    cache.clear()
    with django_assert_max_num_queries(10):
        assert phone.client.get(address).status_code == 200


def test_a_lesson_page_asks_no_more_with_more_steps_lessons_learners(phone_of, anna, tmp_path):
    from modules.services import load_curriculum
    from tests.factories import UserFactory, curriculum_folder

    phone = phone_of(anna)

    def look() -> dict[str, int]:
        found = {}
        for address in ("/les/proefles/", "/lessen/", "/mijn/"):
            phone.client.get(address)  # the first visit makes the page of a lesson
            cache.clear()
            found[address] = queries(lambda address=address: phone.client.get(address))
        return found

    before = look()
    extra = [{**STEPS[1], "id": f"e-extra-{n}"} for n in range(20)]
    (tmp_path / "more").mkdir()
    load_curriculum(
        curriculum_folder(
            tmp_path / "more",
            lesson_file(steps=[*STEPS[:-1], *extra, STEPS[-1]]),
            *(lesson_file(id=f"E{n}", slug=f"les-{n}") for n in range(60, 70)),
        )
    )
    for _ in range(10):
        other = phone_of(UserFactory())
        other.lesson = ModulePage.objects.get(code="E99")
        other.keep(other.event("e-haakje"))
    assert len(ModulePage.objects.get(code="E99").outline) == len(STEPS) + 20
    assert look() == before


def test_many_lessons_busy_cost_no_query_each(phone_of, anna, tmp_path):
    phone = phone_of(anna)
    phone.keep(phone.event("e-haakje"))
    cache.clear()
    few = queries(lambda: phone.client.get("/mijn/"))
    import uuid

    for n, module in enumerate(ModulePage.objects.live()):
        other = Phone(phone.client, module, owner=anna.owner_key, attempt=uuid.UUID(int=n))
        if module.code != "E99":
            other.keep(other.event(module.outline.ids[0]))
    cache.clear()
    assert queries(lambda: phone.client.get("/mijn/")) == few
