"""The same event twice, a lost reply, two tabs, two phones: one result."""

import threading
import uuid

from django.db import connection
from django.test import Client

from assessments.models import Response
from learning.models import Attempt, Event, Progress
from people.models import Pseudonym, User
from tests.conftest import load_lesson
from tests.factories import Phone
from xapi.models import Statement


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Response, Statement, Attempt, Progress, User))


def test_the_same_event_twice_in_one_batch_is_kept_once(phone):
    event = phone.event("e-keuze", "e-o1")
    reply = phone.send(event, event)
    assert reply.json() == {"owner": str(phone.owner), "safe": [event["id"]], "refused": {}}
    assert counts() == (1, 1, 1, 1, 1, 1)


def test_the_same_event_in_a_later_batch_is_safe_and_changes_nothing(phone):
    first, second = phone.event("e-keuze", "e-o2"), phone.event("e-keuze", "e-o1")
    phone.keep(first, second)
    before = Progress.objects.get().results
    reply = phone.send(first)
    assert reply.json()["safe"] == [first["id"]]
    assert counts()[:4] == (2, 2, 2, 1)
    assert Progress.objects.get().results == before == {"e-keuze": {"": True}}


def test_the_first_text_of_an_event_counts_when_its_id_comes_back_with_another_answer(phone):
    event = phone.event("e-keuze", "e-o1")
    phone.keep(event)
    phone.keep(event | {"response": "e-o2"})
    assert Response.objects.get().answer == "e-o1"
    assert Progress.objects.get().results == {"e-keuze": {"": True}}


def test_a_lost_reply_and_a_lost_session_lead_back_to_the_same_nameless_learner(phone, as_user):
    event = phone.event("e-haakje")
    phone.keep(event)
    learner = User.objects.get()
    phone.client = as_user(None)  # the reply with the cookie never arrived
    phone.keep(event, phone.event("e-scherm"))
    assert User.objects.get() == learner
    assert Progress.objects.get(user=learner).seen == ["e-haakje", "e-scherm"]


def test_a_learner_without_signal_keeps_every_answer(phone):
    """A whole lesson waits on the phone and comes in one batch, hours later."""
    events = [event | {"at": 1_790_000_000_000 + 1000 * n} for n, event in enumerate(phone.whole_lesson())]
    phone.keep(*events)
    assert Event.objects.count() == Statement.objects.count() == len(events)
    assert Progress.objects.get().completed_at is not None


def test_two_phones_of_one_learner_add_up(phone_of, anna):
    one, other = phone_of(anna), phone_of(anna)
    one.keep(one.event("e-haakje"), one.event("e-sorteer", {"e-k1": "wel"}))
    other.keep(other.event("e-scherm"), other.event("e-sorteer", {"e-k2": "vraag"}))
    progress = Progress.objects.get(user=anna)
    assert set(progress.seen) == {"e-haakje", "e-scherm", "e-sorteer"}
    assert progress.results == {"e-sorteer": {"e-k1": True, "e-k2": True}}
    assert Attempt.objects.filter(user=anna).count() == 2


def at_once(*jobs) -> list:
    """Run jobs at the same moment, each on its own connection; gives what they gave, or raises."""
    gate, results, errors = threading.Barrier(len(jobs)), [], []

    def run(job) -> None:
        try:
            gate.wait()
            results.append(job())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def test_two_tabs_that_send_the_same_batch_at_once_give_one_result(real_transactions, tmp_path, as_user):
    lesson = load_lesson(tmp_path)
    owner, attempt = uuid.uuid4(), uuid.uuid4()
    tabs = [Phone(as_user(None), lesson, owner=owner, attempt=attempt) for _ in range(4)]
    events = [tabs[0].event("e-haakje"), tabs[0].event("e-keuze", "e-o1"), tabs[0].event("e-sorteer", {"e-k1": "wel"})]
    replies = at_once(*(lambda tab=tab: tab.send(*events) for tab in tabs))
    assert [reply.status_code for reply in replies] == [200] * 4
    assert all(reply.json()["safe"] == [event["id"] for event in events] for reply in replies)
    assert counts() == (3, 2, 3, 1, 1, 1)
    assert Pseudonym.objects.count() == 1


def test_two_phones_that_send_different_answers_at_once_lose_nothing(real_transactions, tmp_path):
    lesson = load_lesson(tmp_path)
    anna = User.objects.create_user("anna")

    def phone() -> Phone:
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.force_login(anna)
        return Phone(client, lesson, owner=anna.owner_key)

    phones = [phone() for _ in range(3)]
    cards = [{"e-k1": "wel"}, {"e-k2": "vraag"}, {"e-k3": "vraag"}]
    batches = [
        [one.event("e-sorteer", card), one.event(step)]
        for one, card, step in zip(phones, cards, ("e-haakje", "e-scherm", "e-doe"), strict=True)
    ]
    replies = at_once(
        *(lambda one=one, batch=batch: one.send(*batch) for one, batch in zip(phones, batches, strict=True))
    )
    assert [reply.status_code for reply in replies] == [200] * 3
    progress = Progress.objects.get()
    assert progress.results == {"e-sorteer": {"e-k1": True, "e-k2": True, "e-k3": True}}
    assert set(progress.seen) == {"e-sorteer", "e-haakje", "e-scherm", "e-doe"}
