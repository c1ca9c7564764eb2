"""Classes and teams that who leads makes, and with whom they lead them."""

from django.db import IntegrityError, transaction

from people.models import Cohort, CohortMember, Organisation, User
from people.names import clean_group
from people.queries import LEADERS, organisations_for_programmes, organisations_led_by
from people.services.audit import record_audit
from people.services.cohorts import renew_join_code


class GroupRefused(ValueError):
    """Why this cannot be done with a group; the message is for who leads it."""


@transaction.atomic
def make_cohort(*, organisation: Organisation, name: str, actor: User, for_programme: bool = False) -> Cohort:
    """A class of a school or a team at an employer, or a group for a programme, led by who makes it, with an open code.

    Raises GroupRefused for a name that is no name or is another's here, ValueError for who may not lead one here.
    """
    may = organisations_for_programmes(actor) if for_programme else organisations_led_by(actor)
    if not may.filter(pk=organisation.pk).exists():
        raise ValueError("only who leads in this organisation")
    kind = Cohort.Kind.CLASS if organisation.kind == Organisation.Kind.SCHOOL else Cohort.Kind.TEAM
    kind = Cohort.Kind.PROGRAMME if for_programme else kind
    cohort = Cohort(organisation=organisation, name=_free_name(organisation, name), kind=kind)
    try:
        with transaction.atomic():
            cohort.save(force_insert=True)
    except IntegrityError as error:  # two at once
        raise GroupRefused(_taken(cohort.name)) from error
    CohortMember.objects.create(cohort=cohort, user=actor, leads=True)
    renew_join_code(cohort=cohort, actor=actor)
    record_audit(actor=actor, action="make_cohort", about=cohort)
    return cohort


@transaction.atomic
def rename_cohort(*, cohort: Cohort, name: str, actor: User) -> Cohort:
    """Another name for a class or team. Raises GroupRefused."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    cohort.name = _free_name(cohort.organisation, name, but=cohort)
    cohort.save(update_fields=["name"])
    record_audit(actor=actor, action="rename_cohort", about=cohort)
    return cohort


def _free_name(organisation: Organisation, typed: str, but: Cohort | None = None) -> str:
    try:
        name = clean_group(typed)
    except ValueError as error:
        raise GroupRefused(str(error)) from error
    others = Cohort.objects.filter(organisation=organisation).exclude(pk=but.pk if but else 0)
    if any(other.casefold() == name.casefold() for other in others.values_list("name", flat=True)):
        raise GroupRefused(_taken(name))
    return name


def _taken(name: str) -> str:
    return f"‘{name}’ is er al, of was er eerder. Kies een andere naam."


@transaction.atomic
def add_leader(*, cohort: Cohort, user: User, actor: User) -> CohortMember:
    """Lead it together: `user` sees and does from now on what `actor` does here.

    Raises GroupRefused for who has no role here that may lead, or learns in this group.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not user.memberships.filter(organisation=cohort.organisation_id, role__in=LEADERS).exists():
        raise GroupRefused("Dat kan alleen met een collega die hier ook groepen leidt.")
    if cohort.members.filter(user=user, leads=False).exists():
        raise GroupRefused("Deze collega leert zelf in deze groep.")
    place, made = CohortMember.objects.get_or_create(cohort=cohort, user=user, defaults={"leads": True})
    if made:
        record_audit(actor=actor, action="add_leader", about=cohort, person=user)
    return place


@transaction.atomic
def remove_leader(*, cohort: Cohort, user: User, actor: User) -> None:
    """`user` does not lead this group any more. Raises GroupRefused where nobody would be left."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    leading = cohort.members.filter(leads=True)
    if not leading.exclude(user=user).exists():
        raise GroupRefused("Er moet iemand overblijven die de groep leidt.")
    if leading.filter(user=user).delete()[0]:
        record_audit(actor=actor, action="remove_leader", about=cohort, person=user)
