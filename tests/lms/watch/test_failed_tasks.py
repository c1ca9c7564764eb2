"""A task that fails is kept until it goes well, with nothing of a person in it."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from lms.celery import app
from lms.models import FailedTask
from lms.tasks import forget_failures
from lms.watch.failures import CannotRetry, ids_of, keep_failure, put_away, retry
from people.audit import done_by
from people.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/gezondheid/"
broken = {"on": True, "seen": []}


@app.task(name="tests.may_fail")
def may_fail(number: int = 0, word: str = "") -> None:
    broken["seen"].append((number, word))
    if broken["on"]:
        secret = "Anna de Vries"  # a local: it may be in no traceback
        raise RuntimeError(f"{secret} anna@voorbeeld.nl past niet")


@app.task(name="tests.gives_up", bind=True, max_retries=1)
def gives_up(self) -> None:
    raise self.retry(exc=RuntimeError("anna@voorbeeld.nl"), countdown=0)


@pytest.fixture(autouse=True)
def it_fails() -> Iterator[None]:
    broken.update(on=True, seen=[])
    yield
    broken.update(on=True, seen=[])


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", is_superuser=True, is_staff=True)


def the_one() -> FailedTask:
    return FailedTask.objects.get(resolved_at=None)


def test_a_failure_says_what_and_where_and_nothing_of_a_person():
    may_fail.apply([7])
    failed = the_one()
    assert (failed.name, failed.arguments, failed.error, failed.count) == (
        "tests.may_fail", [[7], {}], "RuntimeError", 1,
    )  # fmt: skip
    assert any(place.startswith("tests/lms/watch/test_failed_tasks.py:") for place in failed.where)
    assert "nna" not in str(list(FailedTask.objects.values()))


def test_the_same_work_that_fails_again_is_one_line_that_counts():
    for number in (7, 7, 8, 7):
        may_fail.apply([number])
    assert sorted(FailedTask.objects.values_list("count", flat=True)) == [1, 3]


def test_what_goes_well_after_all_is_resolved():
    may_fail.apply([7])
    broken["on"] = False
    may_fail.apply([8])
    assert the_one()
    may_fail.apply([7])
    assert not FailedTask.objects.filter(resolved_at=None).exists()
    broken["on"] = True
    may_fail.apply([7])
    assert the_one().count == 1  # a new failure, not the old one


def test_a_task_that_used_up_its_retries_is_one_failure():
    gives_up.apply()
    assert (the_one().name, the_one().count) == ("tests.gives_up", 1)


@pytest.mark.parametrize(
    ("args", "kwargs", "kept"),
    [
        ([], {}, [[], {}]),
        ([3], {"key": str(uuid.UUID(int=5))}, [[3], {"key": str(uuid.UUID(int=5))}]),
        ([None, True], {}, [[None, True], {}]),
        (["B2"], {}, [["B2"], {}]),
        (["Anna"], {}, None),
        (["anna@voorbeeld.nl"], {}, None),
        ([], {"name": "Anna de Vries"}, None),
        ([{"a": 1}], {}, None),
        ([b"x"], {}, None),
        ([1.5], {}, None),
        (["a" * 100_000], {}, None),
        (None, None, [[], {}]),
    ],
)
def test_of_what_was_asked_only_ids_are_kept(args, kwargs, kept):
    assert ids_of(args, kwargs) == kept


def test_what_was_asked_with_words_is_counted_and_cannot_be_sent_again(chief):
    for _ in range(2):
        may_fail.apply([], {"word": "Anna de Vries"})
    failed = the_one()
    assert (failed.count, failed.arguments) == (2, None)
    with pytest.raises(CannotRetry):
        retry(failed=failed, actor=chief)


def test_a_retry_sends_it_again_and_is_in_the_audit_trail(chief, settings, django_capture_on_commit_callbacks):
    may_fail.apply([7])
    broken.update(on=False, seen=[])
    app.conf.task_always_eager = True
    try:
        with django_capture_on_commit_callbacks(execute=True):
            retry(failed=the_one(), actor=chief)
    finally:
        app.conf.task_always_eager = False
    assert broken["seen"] == [(7, "")]
    assert FailedTask.objects.get().resolved_at is not None
    assert done_by(chief).get().details == {"task": "tests.may_fail"}


def test_a_task_of_another_version_cannot_be_sent_again(chief):
    keep_failure(name="rooms.tasks.gone", args=(), kwargs={}, error=KeyError())
    with pytest.raises(CannotRetry):
        retry(failed=the_one(), actor=chief)
    put_away(failed=the_one(), actor=chief)
    assert [entry.action for entry in done_by(chief)] == ["put_task_away"]


def test_failures_of_more_than_a_month_ago_go():
    now = timezone.now()
    for days in (29, 31):
        keep_failure(name="x", args=(days,), kwargs={}, error=KeyError(), now=now - timedelta(days=days))
    forget_failures()
    assert FailedTask.objects.get().arguments == [[29], {}]


def test_when_the_book_cannot_be_kept_the_worker_goes_on(monkeypatch, caplog):
    def away(**_: object) -> None:
        raise ConnectionError("anna@voorbeeld.nl")

    monkeypatch.setattr("lms.watch.failures.keep_failure", away)
    may_fail.apply([7])
    assert "not written down" in caplog.text


def test_the_page_lists_them_and_its_buttons_do_what_they_say(as_user, chief):
    may_fail.apply([7])
    may_fail.apply([], {"word": "Anna"})
    browser = as_user(chief)
    page = browser.get(PAGE).content.decode()
    assert page.count("tests.may_fail</h3>") == 2
    assert page.count(">Stuur opnieuw<") == 1  # the other cannot be
    assert "Anna" not in page
    one, other = (FailedTask.objects.get(arguments__isnull=asked) for asked in (False, True))
    assert browser.post(f"{PAGE}taak/{one.pk}/opnieuw/").status_code == 302
    assert browser.post(f"{PAGE}taak/{other.pk}/opnieuw/", follow=True).status_code == 200
    assert FailedTask.objects.get(pk=one.pk).retried_at is not None
    assert FailedTask.objects.get(pk=other.pk).retried_at is None
    assert browser.post(f"{PAGE}taak/{other.pk}/weg/").status_code == 302
    assert browser.post(f"{PAGE}taak/{other.pk}/weg/").status_code == 404
    assert browser.get(f"{PAGE}taak/{one.pk}/opnieuw/").status_code == 405
    assert browser.post(f"{PAGE}taak/999999/opnieuw/").status_code == 404


@pytest.mark.parametrize("who", ["anna", "bram", "chantal", "driss", None])
def test_nobody_else_sees_it_or_sends_anything(as_user, request, who):
    may_fail.apply([7])
    browser = as_user(request.getfixturevalue(who) if who else None)
    places = (PAGE, f"{PAGE}taak/{the_one().pk}/opnieuw/", f"{PAGE}taak/{the_one().pk}/weg/")
    assert browser.get(PAGE).status_code in (302, 403)
    for place in places:
        assert browser.post(place).status_code in (302, 403, 405)
    assert the_one().retried_at is None
