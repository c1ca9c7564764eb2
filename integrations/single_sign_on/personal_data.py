"""By which keys organisations know someone; registered with the room (integrations/lti/personal_data.py)."""

from typing import Any

from integrations.single_sign_on.models import SignOnIdentity
from people.models import User


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


def merge(source: User, target: User) -> None:
    """Two learners who are one; a source without an account has no such keys, save in a race."""
    if SignOnIdentity.objects.filter(user=source).update(user=target):
        User.objects.filter(pk=target.pk).update(has_sign_on=True)
        target.has_sign_on = True
