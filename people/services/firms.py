"""A firm that its owner registers, to keep its digiscan."""

from django.db import transaction

from people.models import Membership, Organisation, Role, User
from people.services.audit import record_audit


@transaction.atomic
def account_with(*, email: str) -> User:
    """Who signs in with this address; made when it is new. Only for an address that was shown to be theirs."""
    found = User.objects.select_for_update().filter(login_email=email).first()
    if found is None:
        found = User.objects.new_with_email(email)
        found.save(force_insert=True)
    return found


@transaction.atomic
def register_firm(*, user: User, name: str) -> Organisation:
    """The firm of this owner; one that they registered before stays as it is.

    Another firm of the same name is another firm: this neither finds nor changes it.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two tabs at once: one firm
    own = Organisation.objects.filter(memberships__user=user, memberships__role=Role.OWNER).first()
    if own:
        return own
    firm = Organisation.objects.create(name=name, kind=Organisation.Kind.EMPLOYER, by_owner=True)
    Membership.objects.create(user=user, organisation=firm, role=Role.OWNER)
    record_audit(actor=user, action="register_firm", about=firm)
    return firm
