"""Two learners who are one person."""

from django.db import transaction

from people import registry
from people.models import Pseudonym, User
from people.services.audit import record_audit


@transaction.atomic
def merge_people(*, source: User, target: User) -> User:
    """Move everything of `source` to `target` and remove `source`; its owner key goes on as `target`'s.

    Raises ValueError for a source with an account of its own: two accounts are never made one.
    User.DoesNotExist when one of them is gone, for instance because another tab was first.
    """
    if source.can_sign_in or source.pk == target.pk:
        raise ValueError("only a learner without an account can be merged into another")
    both = [source.pk, target.pk]
    # First what the intake locks, then the people: what either still sends comes wholly before or after this.
    list(Pseudonym.objects.select_for_update().filter(user__in=both).order_by("pk"))
    found = {user.pk: user for user in User.objects.select_for_update().filter(pk__in=both).order_by("pk")}
    if len(found) < 2:
        raise User.DoesNotExist
    source, target = found[source.pk], found[target.pk]
    for entry in registry.rooms():
        entry.merge(source, target)
    record_audit(actor=target, action="merge_people", person=target)
    source.delete()
    return target
