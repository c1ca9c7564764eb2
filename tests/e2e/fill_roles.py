"""A school that somebody manages, with a colleague who is invited and a class that nobody leads; and sessions of who
showed a second step just now, for as long as this data lives."""

from datetime import timedelta

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from people.door import WHOSE_METHODS
from people.models import Cohort, Membership, Organisation, Role, RoleInvite, User
from people.session_store import SessionStore
from tests.e2e.groups import CHIEF_SESSION, MANAGED, MANAGER, MANAGER_SESSION
from tests.e2e.serving import PASSWORD


def fill_roles() -> None:
    school = Organisation.objects.create(name=MANAGED, kind=Organisation.Kind.SCHOOL)
    chief = User.objects.create_superuser("hoofd", password=PASSWORD, first_name="Hein")
    manager = _with(school, MANAGER, "Meike", Role.ADMINISTRATOR, Role.TEACHER)
    _with(school, "sander", "Sander de Vries-van den Boogaard", Role.TEACHER, Role.PRIVACY_OFFICER, Role.FACILITATOR)
    Cohort.objects.create(organisation=school, name="Klas 3", kind=Cohort.Kind.CLASS)
    values = {"invited_by": manager, "expires_at": timezone.now() + timedelta(days=14), "role": Role.TEACHER}
    RoleInvite.objects.create(organisation=school, email="jonathan.van.der.berg@duin.example", name="Jon", **values)
    _signed_in(manager, MANAGER_SESSION)
    _signed_in(chief, CHIEF_SESSION)


def _with(school: Organisation, name: str, called: str, *roles: Role) -> User:
    user = User.objects.create_user(name, password=PASSWORD, first_name=called)
    for role in roles:
        Membership.objects.create(user=user, organisation=school, role=role)
    return user


def _signed_in(user: User, key: str) -> None:
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "people.second_step.AccountBackend"
    at = (timezone.now() + timedelta(days=365)).timestamp()  # stays 'just now'
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": at}]
    session[WHOSE_METHODS] = str(user.pk)
    session._session_key = key
    session.save(must_create=True)
