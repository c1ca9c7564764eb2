"""Organisations as administrators of the site make, change and remove them."""

from django.db import IntegrityError, transaction

from people.hanging import what_hangs
from people.models import Organisation, Role, User
from people.names import clean_group
from people.services.audit import record_audit


class OrganisationRefused(ValueError):
    """Why this cannot be done with an organisation; the message is for who tries."""


@transaction.atomic
def make_organisation(*, name: str, kind: str, actor: User | None) -> Organisation:
    """A school, an employer or a region. Raises OrganisationRefused for a name that is none, or another's."""
    made = Organisation(name=_free_name(name), kind=Organisation.Kind(kind))
    _save(made)
    record_audit(actor=actor, action="make_organisation", about=made, kind=str(made.kind))
    return made


@transaction.atomic
def change_organisation(*, organisation: Organisation, name: str, kind: str, actor: User | None) -> Organisation:
    """Another name or kind; the same changes nothing. Raises OrganisationRefused for a name that is another's, and for
    another kind where anything hangs on it: what a kind shows of people would change for all of them."""
    found = Organisation.objects.select_for_update().get(pk=organisation.pk)
    new = _free_name(name, found) if name.strip() != found.name else found.name
    wanted = Organisation.Kind(kind)
    if wanted != found.kind and (fixed := why_kind_stays(found)):
        raise OrganisationRefused(fixed)
    changed = [field for field, value in (("name", new), ("kind", wanted)) if getattr(found, field) != value]
    if changed:
        found.name, found.kind = new, wanted
        _save(found)
        record_audit(actor=actor, action="change_organisation", about=found, changed=",".join(changed))
    return found


@transaction.atomic
def remove_organisation(*, organisation: Organisation, actor: User | None) -> None:
    """Gone; the audit trail keeps its number. Gone already changes nothing.

    Raises OrganisationRefused, which says what hangs on it, as long as anything does.
    """
    found = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if found is None:
        return
    if hanging := what_hangs(found):
        raise OrganisationRefused(f"Dit kan nog niet. Er hoort nog bij: {', '.join(hanging)}.")
    record_audit(actor=actor, action="remove_organisation", about=found, kind=str(found.kind))
    found.delete()


def why_kind_stays(organisation: Organisation) -> str:
    """Why its kind cannot change; '' where it can."""
    if organisation.by_owner:
        return "Een ondernemer meldde dit aan. Het blijft een werkgever."
    if hanging := what_hangs(organisation, but_people=True):
        return f"De soort ligt vast. Er hoort al bij: {', '.join(hanging)}."
    if organisation.memberships.filter(role=Role.TEACHER).exists():
        return "De soort ligt vast, want er zijn docenten. Neem eerst hun rol weg."
    return ""


def _free_name(typed: str, but: Organisation | None = None) -> str:
    try:
        name = clean_group(typed)
    except ValueError as error:
        raise OrganisationRefused(str(error)) from error
    others = Organisation.objects.filter(by_owner=False).exclude(pk=but.pk if but else 0)
    if not (but and but.by_owner) and others.filter(name__iexact=name).exists():
        raise OrganisationRefused(_taken(name))
    return name


def _save(organisation: Organisation) -> None:
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:  # two at once
        raise OrganisationRefused(_taken(organisation.name)) from error


def _taken(name: str) -> str:
    return f"Er is al een organisatie met de naam ‘{name}’. Kies een andere naam."
