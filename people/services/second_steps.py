"""A second step that was lost: an administrator takes it away, and the person is told."""

from functools import partial

from allauth.mfa.models import Authenticator
from django.db import transaction

from people.mail import MailDown, mail_is_on, send_mail
from people.models import Session, User
from people.services.audit import record_audit
from people.services.notices import send_notice

SUBJECT = "Je tweede stap bij Kortwijs is weggehaald"
TEXT = """\
Een beheerder haalde je tweede stap om in te loggen weg.
Dat gebeurt als iemand zegt dat die kwijt is.

Was jij dat? Log dan in en zet een nieuwe aan.
Was jij dat niet? Vraag de beheerder dan meteen om hulp.
"""


@transaction.atomic
def reset_second_step(*, user: User, actor: User) -> int:
    """Take away every second step of someone who lost theirs, with the codes on paper; gives how many there were.

    They are signed out everywhere, and told by a message here and by mail. Raises ValueError for one's own: these are
    changed at one's own account.
    """
    if user.pk == actor.pk:
        raise ValueError("one's own second step is changed at one's own account")
    user = User.objects.select_for_update().get(pk=user.pk)
    count, _ = Authenticator.objects.filter(user=user).delete()
    Session.objects.filter(user_id=user.pk).delete()
    record_audit(actor=actor, action="second_step_reset", person=user, count=count)
    send_notice(user=user, text="Een beheerder haalde je tweede stap weg. Was dat niet op jouw vraag? Vraag dan hulp.")
    for address in {user.login_email, user.email}:
        if address:
            transaction.on_commit(partial(_tell, address))
    return count


def _tell(to: str) -> None:
    """The message here goes anyway, also where no mail can be sent."""
    if mail_is_on():
        try:
            send_mail(to=to, subject=SUBJECT, text=TEXT)
        except MailDown:
            return
