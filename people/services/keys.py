"""The keys under which a phone keeps someone's answers."""

import uuid

from django.db import transaction

from people.models import FormerKey, User


@transaction.atomic
def adopt_key(*, user: User, key: uuid.UUID) -> bool:
    """What lies under this key is `user`'s too: their phone lost the cookie and made a new one.

    False when the key is someone's already.
    """
    if User.objects.filter(owner_key=key).exists():
        return False
    former, _ = FormerKey.objects.get_or_create(key=key, defaults={"user": user})
    return former.user_id == user.pk
