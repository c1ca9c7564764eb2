"""What an employer agreed on with its works council about seeing who finished assigned lessons."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.models import Agreement, Cohort, Organisation, User
from people.queries import organisations_of_hr
from people.services.audit import record_audit
from people.services.notices import send_notice

OPENED = "Je werk maakte een afspraak met {whom}. Je leidinggevende ziet nu of een les van je team klaar is. Meer niet."
CLOSED = "De afspraak met {whom} is gestopt. Je leidinggevende ziet van jou niets meer."


class AgreementRefused(ValueError):
    """Why this agreement cannot be recorded; the message is for HR."""


@transaction.atomic
def record_agreement(
    *, organisation: Organisation, agreed_with: str, document: str, agreed_on: date, ends_on: date | None, actor: User
) -> Agreement:
    """From its day on leads see per person whether assigned lessons are done; everybody in the teams is told.

    Raises AgreementRefused for what is missing or cannot be, ValueError for who is no HR there.
    """
    _check(organisation, actor)
    if not agreed_with.strip() or not document.strip():
        raise AgreementRefused("Zeg met wie het is afgesproken, en in welk document.")
    if agreed_on > timezone.localdate():
        raise AgreementRefused("Deze dag komt nog. Bewaar de afspraak als die geldt.")
    if ends_on is not None and ends_on <= timezone.localdate():
        raise AgreementRefused("De einddatum moet na vandaag zijn.")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    earlier = Agreement.objects.filter(organisation=organisation)
    if any(one.holds_on(timezone.localdate()) for one in earlier):
        raise AgreementRefused("Er geldt al een afspraak. Stop die eerst.")
    made = Agreement.objects.create(
        organisation=organisation, agreed_with=agreed_with.strip(), document=document.strip(), agreed_on=agreed_on,
        ends_on=ends_on,
    )  # fmt: skip
    record_audit(actor=actor, action="record_agreement", about=organisation, agreement=made.pk)
    _tell(made, OPENED)
    return made


@transaction.atomic
def end_agreement(*, agreement: Agreement, actor: User) -> Agreement:
    """It ends today: from now on nothing is shown per person."""
    _check(agreement.organisation, actor)
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.holds_on(timezone.localdate()):
        agreement.ends_on = timezone.localdate()
        agreement.save(update_fields=["ends_on"])
        record_audit(actor=actor, action="end_agreement", about=agreement.organisation)
        _tell(agreement, CLOSED)
    return agreement


def _check(organisation: Organisation, actor: User) -> None:
    if not organisations_of_hr(actor).filter(pk=organisation.pk).exists():
        raise ValueError("only HR of this employer")


def _tell(agreement: Agreement, text: str) -> None:
    teams = Cohort.objects.filter(organisation=agreement.organisation_id, kind=Cohort.Kind.TEAM, closed_at=None)
    for user in User.objects.filter(cohort_places__cohort__in=teams, cohort_places__leads=False).distinct():
        send_notice(user=user, text=text.format(whom=agreement.agreed_with), link=reverse("people:who_sees_what"))
