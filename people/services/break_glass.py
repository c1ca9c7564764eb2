"""Looking into what is kept of one person, by an administrator of the site: said beforehand, and told to the person.

Who leads or manages people has no such thing, an administrator who also does so at the person's own organisation
neither (docs/decisions/0054-watching-and-looking-in.md).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.models import BreakGlass, Membership, Role, User
from people.queries import organisations_of
from people.services.audit import record_audit
from people.services.notices import send_notice

MINUTES = 60
SHORTEST, LONGEST = 10, 200  # letters of an explanation
TOLD = "Een beheerder van deze site kijkt mee in je account. Dat kan een uur lang. Kijk wie dat is en waarom."


class LookRefused(ValueError):
    """Why this administrator may not look; the message is for them."""


@transaction.atomic
def open_break_glass(*, administrator: User, person: User, why: str, text: str) -> BreakGlass:
    """For an hour. Raises LookRefused."""
    text = " ".join(text.split())
    if not administrator.is_superuser or administrator.only_learns:
        raise LookRefused("Alleen een beheerder van de hele site kan meekijken.")
    if administrator.pk == person.pk:
        raise LookRefused("Dit ben je zelf. Kijk op je eigen pagina’s.")
    if manages(administrator, person):
        raise LookRefused("Je geeft hier leiding of les. Vraag een andere beheerder.")
    if why not in BreakGlass.Why.values:
        raise LookRefused("Kies waarom je meekijkt.")
    if not SHORTEST <= len(text) <= LONGEST or not text.isprintable():
        raise LookRefused(f"Leg uit waarom, in {SHORTEST} tot {LONGEST} letters. De ander leest dit.")
    now = timezone.now()
    User.objects.select_for_update().get(pk=person.pk)  # two taps at once: one
    if there := looks_now(administrator, person, now):
        return there
    made = BreakGlass.objects.create(
        administrator=administrator, person=person, why=why, text=text, opened_at=now,
        until=now + timedelta(minutes=MINUTES),
    )  # fmt: skip
    _note("open_break_glass", made, looked=True, minutes=MINUTES)
    send_notice(user=person, text=TOLD, link=reverse("people:who_looked"))
    return made


@transaction.atomic
def close_break_glass(*, glass: BreakGlass) -> None:
    """Done before the hour is over."""
    if BreakGlass.objects.filter(pk=glass.pk, until__gt=timezone.now()).update(until=timezone.now()):
        _note("close_break_glass", glass)


def note_look(*, glass: BreakGlass) -> None:
    """The page was opened."""
    _note("look_into_person", glass, looked=True)


def looks_now(administrator: User, person: User, now: datetime | None = None) -> BreakGlass | None:
    """What lets this administrator look at this person now; None when it was not opened, or is over."""
    if not administrator.is_superuser or administrator.only_learns or manages(administrator, person):
        return None
    mine = BreakGlass.objects.filter(administrator=administrator, person=person, until__gt=now or timezone.now())
    return mine.first()


def manages(administrator: User, person: User) -> bool:
    """Whether they also lead, teach or manage at an organisation that the person belongs to."""
    roles = Membership.objects.filter(user=administrator, organisation__in=organisations_of(person))
    roles = roles.exclude(role__in=(Role.LEARNER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER))
    leads = administrator.cohort_places.filter(leads=True, cohort__members__user=person)
    return roles.exists() or leads.exists()


def _note(action: str, glass: BreakGlass, *, looked: bool = False, **details: Any) -> None:
    organisations = list(organisations_of(glass.person)[:2])
    record_audit(
        actor=glass.administrator, action=action, person=glass.person, why=glass.why, looked=looked,
        organisation=organisations[0] if len(organisations) == 1 else None, glass=glass.pk, **details,
    )  # fmt: skip
