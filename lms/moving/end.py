"""What is left of an organisation on the site that it left: nothing of its own, and of people only what is theirs."""

from dataclasses import dataclass
from functools import partial

from django.core.files.storage import storages
from django.db import transaction

from courses.models import PathFile
from lms.backups.errors import BackupError
from lms.moving.choose import choose
from people.hanging import kept_by_number
from people.models import AuditEntry, Cohort, Organisation, User
from people.services import close_cohort, erase_person, record_audit, send_notice


@dataclass(frozen=True, slots=True)
class Ended:
    """How many were erased, and how many have an account of their own and were told."""

    erased: int
    told: int


@transaction.atomic
def end_organisation(*, organisation: Organisation, moved_to: str) -> Ended:
    """The organisation goes with all that is its own; to be called when the other site has everything.

    Who is nowhere else and has no way in of their own is erased here: their place was the organisation's to give.
    Who has an account of their own keeps it, and reads where the organisation went. Raises BackupError where it was
    never written to a file, or where other systems still hang on it.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not AuditEntry.objects.filter(action="export_organisation", organisation=organisation.pk).exists():
        raise BackupError(f"{organisation} staat nog in geen bestand. Maak dat eerst: manage.py export_organisation")
    if hanging := kept_by_number(organisation):
        raise BackupError(f"Stop eerst wat hier nog aan hangt: {', '.join(hanging)}.")
    chosen = choose(organisation)
    people = list(User.objects.filter(pk__in=chosen.of(User)).order_by("pk"))
    for cohort in Cohort.objects.filter(organisation=organisation, closed_at=None):
        close_cohort(cohort=cohort, actor=None)
    erased = [one for one in people if one.pk not in chosen.elsewhere and not _has_own_way_in(one)]
    for one in erased:
        erase_person(user=one, actor=None)
    told = [one for one in people if one not in erased]
    for one in told:
        send_notice(
            user=one, text=f"{organisation.name} is verhuisd naar {moved_to}. Je lessen hier blijven van jou."[:240]
        )
    places = [file.place for file in PathFile.objects.filter(organisation=organisation)]
    record_audit(actor=None, action="end_organisation", about=organisation, erased=len(erased), told=len(told))
    organisation.delete()
    transaction.on_commit(partial(_delete_files, set(places)))
    return Ended(len(erased), len(told))


def _delete_files(places: set[str]) -> None:
    for place in places:
        storages["paths"].delete(place)


def _has_own_way_in(user: User) -> bool:
    return user.has_usable_password() or user.login_email is not None
