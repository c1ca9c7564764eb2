"""Writes to the outside world."""

import logging
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from learning.reviews import stop_mail_path
from people.mail import mail_is_on
from people.models import Notice, Organisation, User
from people.queries import notices_to_mail
from people.services import claim_notice_mail, mark_notice_mailed, record_audit
from xapi.models import Credential
from xapi.services import create_credential, end_credential

log = logging.getLogger(__name__)


def mail_notices(*, now: datetime) -> int:
    """Mail the messages that wait for it; gives how many the mail server took.

    Each is claimed first, so that two workers send one mail. What a worker that died had claimed is free again
    after ten minutes; should the mail have gone by then, the second has the same Message-ID, by which mail
    programs know a double. A mail server that is away is asked again, for a day. Without one nothing is claimed.
    """
    if not mail_is_on():
        return 0
    count = 0
    for notice in notices_to_mail(now):
        if not claim_notice_mail(notice=notice, now=now):
            continue
        try:
            mail_of(notice).send()
        except (SMTPRecipientsRefused, SMTPDataError, ValueError) as error:  # this one only
            log.warning("notice %s was not mailed: %s", notice.pk, type(error).__name__)
            continue
        except OSError as error:
            log.warning("no mail goes out: %s", type(error).__name__)
            break
        mark_notice_mailed(notice=notice, now=now)
        count += 1
    return count


def mail_of(notice: Notice) -> EmailMessage:
    """A message as plain text, with the way to stop it; nothing in it but the message."""
    stop = settings.BASE_URL + stop_mail_path(notice.user)
    context = {
        "notice": notice,
        "lines": notice.text.replace(". ", ".\n").splitlines(),
        "site": settings.BASE_URL,
        "stop": stop,
    }
    host = urlsplit(settings.BASE_URL).hostname
    return EmailMessage(
        subject="Kortwijs: " + notice.text.split(".")[0],
        body=render_to_string("integrations/notice.txt", context),
        to=[notice.user.email],
        headers={
            "Message-ID": f"<bericht-{notice.pk}-{notice.created_at:%Y%m%d%H%M%S}@{host}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


@transaction.atomic
def make_key(
    *, name: str, scopes: Sequence[str], organisation: Organisation | None, per_minute: int, actor: User | None
) -> tuple[Credential, str]:
    """A key for another system, and its secret, which is kept nowhere."""
    number = organisation.pk if organisation else None
    credential, secret = create_credential(name, scopes=scopes, organisation=number, per_minute=per_minute)
    record_audit(
        actor=actor,
        action="make_lrs_key",
        subject=f"credential {credential.pk}",
        organisation=number,
        scopes=list(scopes),
    )
    return credential, secret


@transaction.atomic
def end_key(*, credential: Credential, actor: User | None) -> None:
    """The key opens nothing from now on."""
    if end_credential(credential):
        record_audit(
            actor=actor,
            action="end_lrs_key",
            subject=f"credential {credential.pk}",
            organisation=credential.organisation,
        )
