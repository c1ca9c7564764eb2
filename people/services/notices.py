"""Messages to a person."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people.models import Notice, User

CLAIM = timedelta(minutes=10)  # longer than sending one mail can take


@transaction.atomic(savepoint=False)
def send_notice(*, user: User, text: str, link: str = "", by_mail: bool = False, replaces: bool = False) -> Notice:
    """A message to one person; it is a row here, `integrations` delivers it.

    by_mail: by e-mail too, because the person asked. replaces: an unread one with the same link goes.
    """
    if replaces:
        Notice.objects.filter(user=user, link=link, read_at=None).delete()
    return Notice.objects.create(user=user, text=text, link=link, by_mail=by_mail)


def mark_notice_read(*, user: User, notice_id: int) -> bool:
    """True when the person had this message unread."""
    unread = Notice.objects.filter(user=user, pk=notice_id, read_at=None)
    return unread.update(read_at=timezone.now()) > 0


def claim_notice_mail(*, notice: Notice, now: datetime) -> bool:
    """True for the one who is to mail this message now; for anyone else it is done, or being done."""
    free = Q(mail_claimed_at=None) | Q(mail_claimed_at__lte=now - CLAIM)
    waiting = Notice.objects.filter(free, pk=notice.pk, by_mail=True, mailed_at=None, read_at=None)
    return waiting.update(mail_claimed_at=now) > 0


def mark_notice_mailed(*, notice: Notice, now: datetime) -> None:
    """The mail server took it."""
    Notice.objects.filter(pk=notice.pk).update(mailed_at=now)
