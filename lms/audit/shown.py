"""What an administrator who looks into one person sees: enough to help with an account or a lesson, and no more.

Never: an answer, a mistake, a score, how often or how long, Makkelijk or Luister, words looked up, plans, a startmeting
or work products. Nor the address they sign in with.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.utils.formats import date_format
from django.utils.timezone import localtime

from learning.models import Credential, Event, Progress
from modules.models import ModulePage
from people.models import LearnerCard, PictureCode, Session, User
from people.queries import learning_places_of


@dataclass(frozen=True, slots=True)
class Part:
    """A subject with its lines."""

    title: str
    lines: tuple[str, ...]


def shown_of(user: User) -> list[Part]:
    """Every part, also what is empty: that says something too."""
    return [
        Part("Account", tuple(_account(user))),
        Part("Inloggen", tuple(_signing_in(user))),
        Part("Groepen en rollen", tuple(_places(user))),
        Part("Lessen", tuple(_lessons(user))),
    ]


def _account(user: User) -> Iterator[str]:
    yield f"Naam: {user}"
    yield f"Gebruikersnaam: {user.username}"
    yield f"Hier sinds: {date_format(user.date_joined, 'j F Y')}"
    yield "Mag inloggen" if user.is_active else "Mag niet inloggen: dit account staat uit"


def _signing_in(user: User) -> Iterator[str]:
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    pictures = PictureCode.objects.filter(user=user).first()
    told = {
        "Wachtwoord": user.has_usable_password(),
        "Code per e-mail": user.login_email is not None,
        "Tweede stap": bool(kinds - {Authenticator.Type.RECOVERY_CODES}),
        "Codes op papier": Authenticator.Type.RECOVERY_CODES in kinds,
        "Plaatjes": bool(pictures and pictures.digest),
        "Kaart": LearnerCard.objects.filter(place__user=user).exists(),
    }
    yield from (f"{name}: {'ja' if has else 'nee'}" for name, has in told.items())
    yield f"Ingelogd op {Session.objects.filter(user_id=user.pk).count()} apparaten"
    yield f"Laatst ingelogd: {date_format(localtime(user.last_login), 'j F Y') if user.last_login else 'nooit'}"


def _places(user: User) -> Iterator[str]:
    yield from (str(membership) for membership in user.memberships.select_related("organisation", "user"))
    yield from (f"Leert in {place.cohort}" for place in learning_places_of(user))


def _lessons(user: User) -> Iterator[str]:
    titles = dict(ModulePage.objects.values_list("code", "title"))
    for one in Progress.objects.filter(user=user).order_by("module"):
        yield f"{titles.get(one.module, one.module)}: {'klaar' if one.completed_at else 'bezig'}"
    last = Event.objects.filter(user=user).order_by("-received_at").values_list("received_at", flat=True).first()
    yield f"Laatst iets bewaard: {date_format(localtime(last), 'j F Y') if last else 'nog niets'}"
    yield f"Bewijzen: {Credential.objects.filter(user=user).count()}"
