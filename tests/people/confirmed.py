"""A browser of someone who signed in with password and second step just now, without walking past each page."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client

from people.door import WHOSE_METHODS
from people.models import User


def confirmed(user: User, *, ago: int = 0) -> Client:
    """`ago`: how many seconds since the second step."""
    user.set_password("een lang wachtwoord") if not user.has_usable_password() else None
    user.save()
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(user)
    session = client.session
    at = time.time() - ago
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": at}, {"method": "mfa", "at": at}]
    session[WHOSE_METHODS] = str(user.pk)
    session.save()
    return client
