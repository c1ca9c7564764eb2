"""Messages by e-mail: to who asked, once, whatever dies on the way; nothing in them about answers."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from integrations.services import mail_notices
from integrations.tasks import send_notices
from people.models import Notice, User
from people.services import send_notice

pytestmark = pytest.mark.django_db
TEXT = "Je vroeg om een herinnering. Er staan vragen klaar om te herhalen."
LATER = timedelta(minutes=11)


class Trouble(EmailBackend):
    """A mail server that fails the way it is told, before or after it took the mail."""

    before: BaseException | None = None
    after: BaseException | None = None

    def send_messages(self, messages):
        if Trouble.before:
            raise Trouble.before
        count = super().send_messages(messages)
        if Trouble.after:
            raise Trouble.after
        return count


@pytest.fixture
def trouble(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Trouble"
    monkeypatch.setattr(Trouble, "before", None)
    monkeypatch.setattr(Trouble, "after", None)
    return Trouble


@pytest.fixture
def notice(anna) -> Notice:
    User.objects.filter(pk=anna.pk).update(email="anna@voorbeeld.nl")
    anna.refresh_from_db()
    return send_notice(user=anna, text=TEXT, link="/herhalen/", by_mail=True)


def test_without_a_mail_server_nothing_is_claimed_and_it_goes_once_there_is_one(notice, settings):
    settings.MAIL_IS_ON = False
    assert mail_notices(now=timezone.now()) == 0
    assert mail.outbox == []
    settings.MAIL_IS_ON = True
    assert mail_notices(now=timezone.now()) == 1


def test_a_message_that_was_asked_for_goes_by_mail(notice):
    assert mail_notices(now=timezone.now()) == 1
    [sent] = mail.outbox
    assert sent.to == ["anna@voorbeeld.nl"]
    assert sent.subject == "Kortwijs: Je vroeg om een herinnering"
    assert "http://localhost:8000/herhalen/\n" in sent.body
    assert "/herhalen/geen-mail/" in sent.body
    assert sent.extra_headers["List-Unsubscribe"].strip("<>") in sent.body
    assert "&#" not in sent.body
    notice.refresh_from_db()
    assert notice.mailed_at


def test_the_mail_says_nothing_of_what_was_learnt(notice, anna, phone_of):
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson(), phone.event("e-keuze", "e-o2"))
    mail_notices(now=timezone.now())
    told = mail.outbox[0].message().as_string().lower()
    for word in ("proef", "e99", "e-keuze", "goed", "fout", "klas", "achternaam", str(anna.owner_key)):
        assert word not in told


def test_the_lines_are_short(notice):
    mail_notices(now=timezone.now())
    for line in mail.outbox[0].body.splitlines():
        assert line.startswith("http") or len(line.split()) <= 10


def test_a_second_run_sends_no_second_mail(notice):
    for minutes in (0, 5, 30, 600):
        mail_notices(now=timezone.now() + timedelta(minutes=minutes))
    assert len(mail.outbox) == 1


def test_the_task_does_what_the_service_does(notice):
    send_notices()
    send_notices()
    assert len(mail.outbox) == 1


def test_while_one_worker_sends_another_does_not(notice, trouble, monkeypatch):
    class Meanwhile(BaseException):
        pass

    def run_again(*_):
        assert mail_notices(now=timezone.now()) == 0
        raise Meanwhile

    monkeypatch.setattr(Trouble, "send_messages", run_again)
    with pytest.raises(Meanwhile):
        mail_notices(now=timezone.now())
    assert mail.outbox == []


def test_a_worker_that_dies_before_sending_loses_no_mail(notice, trouble):
    trouble.before = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        mail_notices(now=timezone.now())
    trouble.before = None
    assert mail_notices(now=timezone.now()) == 0  # it may still be busy
    assert mail_notices(now=timezone.now() + LATER) == 1
    assert len(mail.outbox) == 1


def test_a_worker_that_dies_after_sending_leaves_a_double_that_mail_programs_know(notice, trouble):
    trouble.after = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        mail_notices(now=timezone.now())
    trouble.after = None
    mail_notices(now=timezone.now() + LATER)
    assert len({sent.message()["Message-ID"] for sent in mail.outbox}) == 1


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected()])
def test_a_mail_server_that_is_away_is_asked_again_for_a_day(notice, trouble, error, caplog):
    trouble.before = error
    assert mail_notices(now=timezone.now()) == 0
    assert "voorbeeld.nl" not in caplog.text
    trouble.before = None
    assert mail_notices(now=timezone.now() + LATER) == 1


def test_a_message_of_yesterday_is_not_mailed_any_more(notice):
    assert mail_notices(now=timezone.now() + timedelta(days=1, minutes=1)) == 0


def test_one_address_that_is_refused_holds_up_nobody(notice, trouble, bram, monkeypatch):
    User.objects.filter(pk=bram.pk).update(email="bram@voorbeeld.nl")
    send_notice(user=bram, text=TEXT, by_mail=True)
    take = EmailBackend.send_messages

    def refuse_anna(self, messages):
        if messages[0].to == ["anna@voorbeeld.nl"]:
            raise smtplib.SMTPRecipientsRefused({})
        return take(self, messages)

    monkeypatch.setattr(Trouble, "send_messages", refuse_anna)
    assert mail_notices(now=timezone.now()) == 1
    assert mail.outbox[0].to == ["bram@voorbeeld.nl"]


def test_who_did_not_ask_for_mail_has_no_address_read_it_or_is_gone_gets_none(notice, anna, bram):
    User.objects.filter(pk=bram.pk).update(email="bram@voorbeeld.nl")
    bram.refresh_from_db()
    send_notice(user=bram, text=TEXT)
    for change in ({"read_at": timezone.now()}, {"by_mail": False}):
        before = {name: getattr(notice, name) for name in change}
        Notice.objects.filter(pk=notice.pk).update(**change)
        assert mail_notices(now=timezone.now()) == 0
        Notice.objects.filter(pk=notice.pk).update(**before)
    for change in ({"email": ""}, {"is_active": False}):
        before = {name: getattr(anna, name) for name in change}
        User.objects.filter(pk=anna.pk).update(**change)
        assert mail_notices(now=timezone.now()) == 0
        User.objects.filter(pk=anna.pk).update(**before)
    assert mail_notices(now=timezone.now()) == 1


@pytest.mark.parametrize("address", ["anna@voorbeeld.nl\nBcc: ander@voorbeeld.nl", "geen adres\r\nX: y"])
def test_an_address_that_would_change_the_mail_is_not_used(notice, anna, address):
    User.objects.filter(pk=anna.pk).update(email=address)
    assert mail_notices(now=timezone.now()) == 0
    assert mail.outbox == []
