"""What an employer says of itself for the figures of the region, and whether it takes part in them."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.models import Cohort, Organisation, Province, SizeClass, User
from people.queries import organisations_answered_for
from people.services.audit import record_audit
from people.services.notices import send_notice

JOINED = "{firm} doet mee met de cijfers van de regio. Daarin staat niemand apart."
LEFT = "{firm} doet niet meer mee met de cijfers van de regio."


class DescriptionRefused(ValueError):
    """Why an organisation cannot be described so; the message is for who fills it in."""


@transaction.atomic
def describe_organisation(
    *, organisation: Organisation, sector: str, size: str, province: str, actor: User
) -> Organisation:
    """Its sector (a code that the caller checked), size class and province; '' for what was not filled in.

    Raises DescriptionRefused for a size or province that is none, ValueError for who does not answer for it.
    """
    organisation = _locked(organisation, actor)
    if (size and size not in SizeClass.values) or (province and province not in Province.values):
        raise DescriptionRefused("Kies iets uit de lijst.")
    organisation.sector, organisation.size, organisation.province = sector, size, province
    organisation.save(update_fields=["sector", "size", "province"])
    record_audit(actor=actor, action="describe_organisation", about=organisation)
    return organisation


@transaction.atomic
def join_monitor(*, organisation: Organisation, actor: User) -> Organisation:
    """From now on it takes part in the figures of the region, and its learners are told; twice changes nothing.

    Raises ValueError for who does not answer for it.
    """
    organisation = _locked(organisation, actor)
    if organisation.in_monitor_since is None:
        organisation.in_monitor_since = timezone.now()
        organisation.save(update_fields=["in_monitor_since"])
        record_audit(actor=actor, action="join_monitor", about=organisation)
        _tell(organisation, JOINED)
    return organisation


@transaction.atomic
def leave_monitor(*, organisation: Organisation, actor: User) -> Organisation:
    """It takes part no more: no release that comes has anything of it, also not of before. Its learners are told.

    Raises ValueError for who does not answer for it.
    """
    organisation = _locked(organisation, actor)
    if organisation.in_monitor_since is not None:
        organisation.in_monitor_since = None
        organisation.save(update_fields=["in_monitor_since"])
        record_audit(actor=actor, action="leave_monitor", about=organisation)
        _tell(organisation, LEFT)
    return organisation


def _locked(organisation: Organisation, actor: User) -> Organisation:
    if not organisations_answered_for(actor).filter(pk=organisation.pk).exists():
        raise ValueError("only HR or the owner of this employer")
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _tell(organisation: Organisation, text: str) -> None:
    teams = Cohort.objects.filter(organisation=organisation, kind=Cohort.Kind.TEAM, closed_at=None)
    learners = User.objects.filter(cohort_places__cohort__in=teams, cohort_places__leads=False)
    for user in learners.distinct():
        send_notice(user=user, text=text.format(firm=organisation.name), link=reverse("people:who_sees_what"))
