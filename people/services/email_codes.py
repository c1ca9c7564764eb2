"""Codes of six digits by e-mail: who types one shows that mail at the address is theirs."""

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from people.mail import MailDown, send_mail
from people.models import EmailCode, User
from people.queries import has_rights
from people.roles import is_invited
from people.services.audit import record_audit
from people.services.notices import send_notice

SUBJECT = "Je code voor Kortwijs"
TEXT = """\
Je code is {code}

Typ deze code op de pagina waar je hem vroeg.
De code werkt {minutes} minuten.

Heb je niets gevraagd? Dan hoef je niets te doen.
Geef de code aan niemand. Wij vragen er nooit om.
"""
NOBODY = """\
Iemand wilde inloggen bij Kortwijs met dit e-mailadres.
Bij dit adres hoort geen account. Er is niets veranderd.

Was jij dat? Gebruik dan het adres dat je bij Kortwijs bewaarde.
"""
TAKEN = """\
Iemand wilde dit e-mailadres bewaren bij Kortwijs.
Bij dit adres hoort al een account. Er is niets veranderd.

Was jij dat? Log dan in met een code per e-mail.
"""


CHANGED = """\
Je logt bij Kortwijs nu in met een ander e-mailadres.
Naar dit adres sturen we geen codes meer.

Was jij dat niet? Vraag dan meteen de beheerder om hulp.
"""


class CodeRefused(Exception):
    """A code that does not work; the message is for who typed it. `again`: another try makes sense."""

    def __init__(self, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.again = again


def request_code(*, email: str, firm: str = "", adds_to: User | None = None) -> EmailCode:
    """Mail a code to an address that was cleaned: to register `firm`, to add the address to a learner, or to sign in.

    An address that nobody signs in with, or that is another's already, gets a mail too, without a code: nobody who
    watches can tell the difference. Raises MailDown; then nothing was kept.
    """
    code = f"{secrets.randbelow(1_000_000):06}"
    ends = timezone.now() + timedelta(minutes=settings.EMAIL_CODE_MINUTES)
    made = EmailCode(email=email, firm=firm, user=adds_to, expires_at=ends)
    text = _instead(email, firm, adds_to)
    if not text:
        made.digest = _digest(made.id, code)
        text = TEXT.format(code=code, minutes=settings.EMAIL_CODE_MINUTES)
    made.save(force_insert=True)
    try:
        send_mail(to=email, subject=SUBJECT, text=text)
    except MailDown:
        made.delete()
        raise
    return made


def _instead(email: str, firm: str, adds_to: User | None) -> str:
    """What is mailed where a code would open nothing."""
    if adds_to:
        return TAKEN if User.objects.filter(login_email=email).exclude(pk=adds_to.pk).exists() else ""
    known = firm or User.objects.filter(login_email=email, is_active=True).exists() or is_invited(email)
    return "" if known else NOBODY


@transaction.atomic
def keep_email(*, user: User, email: str, signed_in: bool = False) -> User:
    """From now on codes to this address sign the person in. Only for an address that was shown to be theirs.

    `signed_in`: they came in by the door, just before they asked. Raises ValueError for someone with more rights than a
    learner's who did not, and for an address that became another's meanwhile. Who had another address is told there.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    free = not User.objects.filter(login_email=email).exclude(pk=user.pk).exists()
    if not free or (not signed_in and has_rights(user)):
        raise ValueError("this address cannot be kept")
    before, user.login_email = user.login_email, email
    user.save(update_fields=["login_email"])
    record_audit(actor=user, action="keep_email", person=user)
    if before and before != email:
        EmailCode.objects.filter(email=before).delete()
        send_notice(user=user, text="Je e-mailadres om in te loggen is veranderd. Was jij dat niet? Vraag dan hulp.")
        transaction.on_commit(lambda: _tell_at(before))
    return user


def _tell_at(email: str) -> None:
    """The message here goes anyway, also where no mail can be sent."""
    try:
        send_mail(to=email, subject="Je logt nu in met een ander adres", text=CHANGED)
    except MailDown:
        return


def use_code(*, code_id: uuid.UUID, typed: str) -> EmailCode:
    """The code, which works once: it and every other code for this address are gone after.

    Each try counts, also when two come at once. Raises CodeRefused.
    """
    counted = EmailCode.objects.filter(
        pk=code_id, tries__lt=EmailCode.MOST_TRIES, expires_at__gt=timezone.now()
    ).update(tries=F("tries") + 1)
    if not counted:
        raise CodeRefused("Deze code werkt niet meer. Vraag een nieuwe.", again=False)
    with transaction.atomic():
        found = EmailCode.objects.select_for_update().filter(pk=code_id).first()
        if found and constant_time_compare(found.digest, _digest(code_id, _digits(typed))):
            EmailCode.objects.filter(email=found.email).delete()
            return found
    left = EmailCode.MOST_TRIES - found.tries if found else 0
    if left <= 0:
        raise CodeRefused("Deze code werkt niet meer. Vraag een nieuwe.", again=False)
    times = "Nog 1 keer" if left == 1 else f"Nog {left} keer"
    raise CodeRefused(f"Deze code klopt niet. Kijk in je mail. {times} proberen.", again=True)


def _digits(typed: str) -> str:
    return "".join(letter for letter in typed[:40] if letter in "0123456789")


def _digest(code_id: uuid.UUID, code: str) -> str:
    return salted_hmac("people.email_codes", f"{code_id}:{code}", algorithm="sha256").hexdigest()
