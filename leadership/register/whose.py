"""Whose register and dossier a page is about; for anybody else the page does not exist."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_list_or_404

from leadership.register.queries import KEEPERS, READERS, roles_of
from people.models import Organisation, Role, User
from people.owner import signed_in


@dataclass(frozen=True)
class Desk:
    """Who looks, at which organisation, and whether they may change it."""

    user: User
    organisation: Organisation
    keeps: bool


def reads(request: HttpRequest, organisation_id: int) -> Desk:
    """For who may read the register of this organisation. Raises Http404."""
    return _desk(request, organisation_id, READERS)


def keeps(request: HttpRequest, organisation_id: int) -> Desk:
    """For who keeps the register and the dossier of this organisation. Raises Http404."""
    return _desk(request, organisation_id, KEEPERS)


def _desk(request: HttpRequest, organisation_id: int, roles: tuple[Role, ...]) -> Desk:
    user = signed_in(request)
    if user is None:
        raise Http404
    found = get_list_or_404(roles_of(user, roles).select_related("organisation"), organisation=organisation_id)
    return Desk(user, found[0].organisation, any(one.role in KEEPERS for one in found))
