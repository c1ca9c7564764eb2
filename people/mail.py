"""Mail of Kortwijs: plain text to one address. Whether it is on stands in the settings (EMAIL_URL)."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

MOST_CHARACTERS = 254


class MailDown(Exception):
    """The mail could not be handed over; nothing was sent."""


def mail_is_on() -> bool:
    """False in production as long as no mail server is set."""
    return bool(settings.MAIL_IS_ON)


def clean_email(typed: str) -> str:
    """An address as it is kept: without spaces around it, in small letters.

    Raises ValueError, in Dutch for who typed it.
    """
    address = unicodedata.normalize("NFC", typed[: 2 * MOST_CHARACTERS]).strip().lower()
    if not address:
        raise ValueError("Typ je e-mailadres.")
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError("Dit is geen e-mailadres. Kijk het na. Er hoort een @ in.") from error
    if len(address) > MOST_CHARACTERS or not address.isascii():
        raise ValueError("Dit adres kunnen we niet gebruiken. Neem een ander adres.")
    return address


def send_mail(*, to: str, subject: str, text: str, message_id: str = "") -> None:
    """One mail, now. `message_id` makes two sendings of the same thing known as one.

    Raises MailDown; which addresses and texts were in it is not told on.
    """
    headers = {"Message-ID": f"<{message_id}@{settings.WAGTAIL_SITE_NAME.lower()}>"} if message_id else {}
    try:
        EmailMessage(subject, text, to=[to], headers=headers).send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; a bad header is a ValueError
        raise MailDown(type(error).__name__) from error
