"""Reminders: only who asked, once a day, from the chosen hour, and only when something is due."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail, signing

from assessments.models import Response
from learning.models import ReviewChoice
from learning.reviews import stop_mail_path
from learning.services import choose_reviews, remind_of_reviews
from learning.tasks import send_review_reminders
from people.models import Notice, User

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, tzinfo=UTC)  # winter: one hour before the clock here
WORDS = "Je vroeg om een herinnering."


def at(hour: int, day: int = 10, minute: int = 0) -> datetime:
    """This hour on the clock here, so many days after the lesson."""
    return DAY + timedelta(days=day, hours=hour - 1, minutes=minute)


@pytest.fixture
def mine(phone_of, anna):
    """Anna took the lesson ten days ago and wants a message at nine."""
    User.objects.filter(pk=anna.pk).update(email="anna@voorbeeld.nl")
    anna.refresh_from_db()
    phone = phone_of(anna)
    with time_machine.travel(at(12, day=0)):
        phone.keep(*phone.whole_lesson())
    choose_reviews(user=anna, reminder="visit", hour=9)
    return phone


def test_at_the_chosen_hour_a_message_waits_for_the_next_visit(mine, anna):
    assert remind_of_reviews(now=at(8, minute=59)) == 0
    assert remind_of_reviews(now=at(9)) == 1
    notice = Notice.objects.get()
    assert notice.text.startswith(WORDS)
    assert (notice.link, notice.by_mail) == ("/herhalen/", False)
    with time_machine.travel(at(15)):
        assert WORDS in mine.client.get("/mijn/").content.decode()


def test_the_clock_is_the_one_here_in_summer_too(mine):
    summer = datetime(2026, 7, 1, tzinfo=UTC)
    assert remind_of_reviews(now=summer + timedelta(hours=6, minutes=59)) == 0
    assert remind_of_reviews(now=summer + timedelta(hours=7)) == 1


def test_once_a_day_however_often_the_sweep_runs(mine):
    assert [remind_of_reviews(now=at(9, minute=minute)) for minute in (0, 15, 30, 45)] == [1, 0, 0, 0]
    assert remind_of_reviews(now=at(9, day=11)) == 1


def test_two_sweeps_at_once_send_one(mine, anna):
    """Both read that nobody was reminded yet; one writes it first."""
    from django.db.models import Q

    from learning.services import _remind

    not_yet = Q(reminded_on=None)
    one, other = (ReviewChoice.objects.select_related("user").get() for _ in range(2))
    assert [_remind(choice, not_yet, at(9).date()) for choice in (one, other)] == [True, False]
    assert Notice.objects.count() == 1


def test_a_message_that_was_not_read_is_not_followed_by_a_second(mine):
    for day in (10, 11, 12):
        assert remind_of_reviews(now=at(9, day=day)) == 1
    assert Notice.objects.count() == 1


def test_a_sweep_that_is_hours_late_wakes_nobody(mine):
    assert remind_of_reviews(now=at(11)) == 1
    ReviewChoice.objects.update(reminded_on=None)
    assert remind_of_reviews(now=at(12)) == 0
    assert remind_of_reviews(now=at(23)) == 0


def test_nobody_is_reminded_who_did_not_ask(mine, anna):
    choose_reviews(user=anna, reminder="none")
    assert remind_of_reviews(now=at(9)) == 0
    ReviewChoice.objects.all().delete()
    assert remind_of_reviews(now=at(9)) == 0
    assert not Notice.objects.exists()


def test_who_stopped_reviews_is_not_reminded(mine):
    mine.client.post("/herhalen/stop/")
    assert remind_of_reviews(now=at(9)) == 0


def test_when_nothing_is_due_nobody_is_reminded(mine, anna):
    assert remind_of_reviews(now=at(9, day=1)) == 0
    with time_machine.travel(at(8)):
        mine.keep(*[mine.event(row.exercise, row.answer, review=True) for row in Response.objects.all()])
    assert remind_of_reviews(now=at(9)) == 0


def test_at_home_a_reminder_goes_when_all_is_done(mine):
    remind_of_reviews(now=at(9))
    with time_machine.travel(at(10)):
        mine.keep(*[mine.event(row.exercise, row.answer, review=True) for row in Response.objects.all()])
        assert WORDS not in mine.client.get("/mijn/").content.decode()


def test_the_task_does_what_the_service_does(mine):
    with time_machine.travel(at(9)):
        send_review_reminders()
    assert Notice.objects.count() == 1


# Choosing.


def choose(client, **fields):
    return client.post("/herhalen/instellen/", {"reminder": "visit", "hour": "19", **fields})


def test_a_learner_chooses_whether_and_when(mine, anna):
    assert choose(mine.client, reminder="mail").status_code == 302
    choice = ReviewChoice.objects.get()
    assert (choice.reminder, choice.hour, choice.stopped) == ("mail", 19, False)
    page = mine.client.get("/herhalen/instellen/").content.decode()
    assert "Je keuze is bewaard." in page
    assert 'value="mail" checked' in page
    assert '<option value="19" selected>' in page


@pytest.mark.parametrize(
    "fields",
    [{"hour": "3"}, {"hour": "24"}, {"hour": "-1"}, {"hour": "x"}, {"hour": ""}, {"hour": "9" * 5000},
     {"reminder": "sms"}, {"reminder": ""}, {"reminder": "\x00"}],
)  # fmt: skip
def test_an_odd_choice_changes_nothing_and_says_what_to_do(mine, fields):
    reply = choose(mine.client, **fields)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.content.decode()
    choice = ReviewChoice.objects.get()
    assert (choice.reminder, choice.hour) == ("visit", 9)


def test_without_an_address_mail_is_no_choice(mine, anna):
    User.objects.filter(pk=anna.pk).update(email="")
    assert "Per e-mail" not in mine.client.get("/herhalen/instellen/").content.decode()
    assert choose(mine.client, reminder="mail").status_code == 422


def test_nobody_sees_or_changes_the_choice_of_another(mine, as_user, bram, chantal, driss):
    for other in (bram, chantal, driss):
        client = as_user(other)
        assert 'value="none" checked' in client.get("/herhalen/instellen/").content.decode()
        choose(client, hour="7")
    assert ReviewChoice.objects.get(user__username="anna").hour == 9


# Out of the mail.


def test_a_mail_can_be_stopped_without_signing_in(mine, anna, as_user):
    choose_reviews(user=anna, reminder="mail")
    stranger, address = as_user(None), stop_mail_path(anna)
    assert "Stop de mail" in stranger.get(address).content.decode()
    assert ReviewChoice.objects.get().reminder == "mail"  # looking stops nothing: a mail scanner looks too
    assert "Je krijgt geen mail meer" in stranger.post(address).content.decode()
    assert ReviewChoice.objects.get().reminder == "none"
    assert "kortwijs" not in stranger.cookies  # and signs nobody in


def test_a_mail_program_may_stop_it_by_itself(mine, anna, client):
    reply = client.post(stop_mail_path(anna), {"List-Unsubscribe": "One-Click"})
    assert reply.status_code == 200
    assert ReviewChoice.objects.get().reminder == "none"


@pytest.mark.parametrize("token", ["x", "MQ:1:abc", "%00", "a" * 3000])
def test_a_made_up_address_stops_nothing(mine, client, token):
    assert client.post(f"/herhalen/geen-mail/{token}/").status_code == 404
    assert ReviewChoice.objects.get().reminder == "visit"


def test_a_token_of_something_else_stops_nothing(mine, anna, client):
    assert client.post(f"/herhalen/geen-mail/{signing.dumps(anna.pk)}/").status_code == 404
    for odd in ("x", None, [1], {"a": 1}, 10**30):
        made = signing.dumps(odd, salt="learning.stop_mail")
        assert client.post(f"/herhalen/geen-mail/{made}/").status_code == 404


def test_a_reminder_itself_sends_no_mail(mine, anna):
    choose_reviews(user=anna, reminder="mail")
    remind_of_reviews(now=at(9))
    assert Notice.objects.get().by_mail
    assert mail.outbox == []  # integrations does
