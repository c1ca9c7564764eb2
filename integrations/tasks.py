"""Sweeps; each is a few lines over what stands in tables."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from integrations.lti.services import forget_old, forget_who_left, send_completions
from integrations.services import mail_notices
from integrations.statements import exports


@shared_task
def send_notices() -> None:
    """What people asked to get by e-mail goes out."""
    mail_notices(now=timezone.now())


@shared_task
def send_lti_completions() -> None:
    """Learning systems hear what was done since."""
    now = timezone.now()
    send_completions(now=now)
    forget_old(now)


@shared_task
def forget_who_left_a_course() -> None:
    """Nothing is told about who is no longer in the course."""
    forget_who_left()


@shared_task
def export_statements(key: str) -> None:
    """Write a piece of a file with statements; a hint, the sweep does what it forgets."""
    if not exports.run_export(key=UUID(key)):
        export_statements.delay(key)


@shared_task
def sweep_statement_exports() -> None:
    """Exports that wait, whatever happened to the message about them; old files go."""
    for key in exports.sweep(now=timezone.now()):
        export_statements.delay(str(key))
