"""By which keys organisations know someone; registered with the room (integrations/lti/personal_data.py)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from integrations.single_sign_on.models import SignOnIdentity
from people.models import Session, User
from people.queries import has_rights
from people.services import erase_person


def export(user: User) -> dict[str, Any]:
    return {
        "bekend bij een organisatie": [
            {
                "dienst": one.issuer,
                "kenmerk": one.subject,
                "tweede kenmerk": "bewaard als afdruk" if one.second else "",
                "sinds": one.made_at.isoformat(),
                "laatst gebruikt": one.used_at.isoformat(),
            }
            for one in SignOnIdentity.objects.filter(user=user).order_by("pk")
        ]
    }


def erase(user: User) -> dict[str, int]:
    return {"kenmerken bij een organisatie": SignOnIdentity.objects.filter(user=user).delete()[0]}


def retain(now: datetime) -> dict[str, int]:
    """Who has no other way in, did not come for RETENTION_NAMELESS_DAYS days and is signed in nowhere, goes from every
    room; who may do more than learn stays."""
    limit = now - timedelta(days=settings.RETENTION_NAMELESS_DAYS)
    recent = SignOnIdentity.objects.filter(user=OuterRef("pk"), used_at__gte=limit)
    signed_in = Session.objects.filter(user_id=OuterRef("pk"), expire_date__gt=now)
    old = User.objects.filter(has_sign_on=True, login_email=None, date_joined__lt=limit)
    count = 0
    for user in old.exclude(Exists(recent)).exclude(Exists(signed_in)):
        if not user.has_usable_password() and not has_rights(user):
            erase_person(user=user, actor=None)
            count += 1
    return {"leerlingen van een organisatie": count}


def merge(source: User, target: User) -> None:
    """Two learners who are one; a source without an account has no such keys, save in a race."""
    if SignOnIdentity.objects.filter(user=source).update(user=target):
        User.objects.filter(pk=target.pk).update(has_sign_on=True)
        target.has_sign_on = True
