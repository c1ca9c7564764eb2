"""Messages to a person."""

from django.utils import timezone

from people.models import Notice, User


def send_notice(*, user: User, text: str, link: str = "") -> Notice:
    """A message to one person; it is a row here, `integrations` delivers it."""
    return Notice.objects.create(user=user, text=text, link=link)


def mark_notice_read(*, user: User, notice_id: int) -> bool:
    """True when the person had this message unread."""
    unread = Notice.objects.filter(user=user, pk=notice_id, read_at=None)
    return unread.update(read_at=timezone.now()) > 0
