"""'Mensen en rollen': an administrator of an organisation gives and takes its roles. For others it is not there."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from people.mail import MOST_CHARACTERS, MailDown, mail_is_on
from people.models import Cohort, Membership, Organisation, Role, RoleInvite, User
from people.names import MOST_CHARACTERS as MOST_FOR_NAME
from people.origin import same_origin_required
from people.owner import signed_in
from people.queries import colleagues_to_lead
from people.roles import (
    LETS,
    groups_without_leader,
    invites_to,
    organisations_managed_by,
    people_with_roles,
    roles_of_each,
    roles_to_give,
    roles_to_take,
)
from people.services import (
    GroupRefused,
    RoleRefused,
    appoint_leader,
    give_role,
    invite_to_role,
    take_role,
    withdraw_invite,
)
from people.views.confirming import ask_step

ON_A_PAGE = 30
DOWN = "De mail kon niet weg. Er is niets uitgenodigd. Probeer het straks opnieuw."


def _managed(request: HttpRequest, organisation_id: int) -> tuple[User, Organisation]:
    user = signed_in(request)
    if user is None:
        raise Http404
    return user, get_object_or_404(organisations_managed_by(user), pk=organisation_id)


@require_GET
@login_required
@never_cache
def all_managed(request: HttpRequest) -> HttpResponseBase:
    """The organisations that this person manages; straight to the only one."""
    user = signed_in(request)
    found = list(organisations_managed_by(user)) if user else []
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("people:roles_at", found[0].pk)
    return render(request, "people/roles_where.html", {"organisations": found})


@require_GET
@login_required
@never_cache
def at(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """Who has a role, for whom one waits, and which groups nobody leads."""
    user, organisation = _managed(request, organisation_id)
    return render(request, "people/roles.html", _context(request, user, organisation))


def _context(request: HttpRequest, user: User, organisation: Organisation) -> dict[str, Any]:
    called = request.GET.get("zoek", "")[:80].replace("\x00", "").strip()
    page = Paginator(people_with_roles(organisation, called), ON_A_PAGE).get_page(request.GET.get("pagina"))
    return {
        "organisation": organisation,
        "called": called,
        "page": page,
        "people": roles_of_each(organisation, list(page.object_list)),
        "me": user,
        "several": organisations_managed_by(user).count() > 1,
        "invites": list(invites_to(organisation)),
        "takes": roles_to_take(user, organisation),
        "leaderless": [(group, colleagues_to_lead(group)) for group in groups_without_leader(organisation)],
        "mail_is_on": mail_is_on(),
    }


def _choices(roles: tuple[Role, ...]) -> list[tuple[str, str, str]]:
    return [(role.value, str(role.label), LETS[role]) for role in roles]


@same_origin_required
@login_required
@never_cache
def invite(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """A colleague by e-mail address, with a name and a role."""
    user, organisation = _managed(request, organisation_id)
    if first := ask_step(request, user, request.path):
        return first
    role = request.POST.get("rol", "")
    context: dict[str, Any] = {
        "organisation": organisation,
        "roles": _choices(roles_to_give(user, organisation)),
        "mail_is_on": mail_is_on(),
        "typed_email": request.POST.get("email", "")[:MOST_CHARACTERS],
        "typed_name": request.POST.get("naam", "")[:MOST_FOR_NAME],
        "wanted": role,
    }
    if request.method != "POST":
        return render(request, "people/invite.html", context)
    status, problem = 422, ""
    if role not in roles_to_give(user, organisation):
        problem = "Kies een rol."
    else:
        try:
            email, name = request.POST.get("email", ""), request.POST.get("naam", "")
            made = invite_to_role(email=email, name=name, organisation=organisation, role=role, actor=user)
        except RoleRefused as refused:
            problem = str(refused)
        except MailDown:
            status, problem = 503, DOWN
        else:
            messages.success(request, f"De uitnodiging ging naar {made.email}.")
            return redirect("people:roles_at", organisation.pk)
    return render(request, "people/invite.html", context | {"problem": problem}, status=status)


@same_origin_required
@require_POST
@login_required
@never_cache
def change_invite(request: HttpRequest, organisation_id: int, invite_id: int) -> HttpResponseBase:
    """Take it back (`weg`), or mail it once more."""
    user, organisation = _managed(request, organisation_id)
    waiting = get_object_or_404(RoleInvite, pk=invite_id, organisation=organisation)
    if waiting.role not in roles_to_take(user, organisation):
        raise Http404
    back = reverse("people:roles_at", args=[organisation.pk])
    if "weg" in request.POST:
        withdraw_invite(invite=waiting, actor=user)
        messages.success(request, f"De uitnodiging voor {waiting.email} is weg.")
        return redirect(back)
    if first := ask_step(request, user, back):
        return first
    try:
        given = {"email": waiting.email, "name": waiting.name, "role": waiting.role}
        invite_to_role(**given, organisation=organisation, actor=user)
        messages.success(request, f"De uitnodiging ging nog een keer naar {waiting.email}.")
    except RoleRefused as refused:
        messages.warning(request, str(refused))
    except MailDown:
        messages.warning(request, "De mail kon niet weg. De uitnodiging staat er nog.")
    return redirect(back)


@same_origin_required
@login_required
@never_cache
def person(request: HttpRequest, organisation_id: int, user_id: int) -> HttpResponseBase:
    """One colleague: another role (`geef`), or one less (`neem`)."""
    user, organisation = _managed(request, organisation_id)
    other = get_object_or_404(people_with_roles(organisation), pk=user_id)
    if first := ask_step(request, user, request.path):
        return first
    if request.method == "POST":
        return _change(request, user, organisation, other)
    return _show(request, user, organisation, other)


def _show(
    request: HttpRequest, user: User, organisation: Organisation, other: User, problem: str = ""
) -> HttpResponseBase:
    [found] = roles_of_each(organisation, [other])
    has = {one.role for one in found.memberships}
    left = tuple(role for role in roles_to_give(user, organisation) if role not in has)
    takes = roles_to_take(user, organisation)
    context = {
        "organisation": organisation,
        "other": other,
        "me": user,
        "held": [(one, LETS.get(Role(one.role), ""), one.role in takes) for one in found.memberships],
        "roles": _choices(left),
        "led": Cohort.objects.filter(
            organisation=organisation, closed_at=None, members__user=other, members__leads=True
        ),
        "problem": problem,
    }
    return render(request, "people/person.html", context, status=422 if problem else 200)


def _change(request: HttpRequest, user: User, organisation: Organisation, other: User) -> HttpResponseBase:
    gives, takes = request.POST.get("geef", ""), request.POST.get("neem", "")
    of_theirs = Membership.objects.filter(user=other, organisation=organisation)
    held = next((one for one in of_theirs if one.role == takes), None)
    try:
        if gives:
            if gives not in roles_to_give(user, organisation):
                raise RoleRefused("Kies een rol.")
            made = give_role(user=other, organisation=organisation, role=gives, actor=user)
            messages.success(request, f"{other} is nu {made.get_role_display()}.")
        elif held is None or held.role not in roles_to_take(user, organisation):
            raise RoleRefused("Kies een rol.")
        else:
            left = take_role(membership=held, actor=user)
            messages.success(request, f"{other} is niet meer {held.get_role_display()}.")
            for group in left:
                messages.warning(request, f"Niemand leidt nu {group.name}. Kies hier wie dat doet.")
            return redirect("people:roles_at", organisation.pk)
    except RoleRefused as refused:
        return _show(request, user, organisation, other, str(refused))
    return redirect("people:role_person", organisation.pk, other.pk)


@same_origin_required
@require_POST
@login_required
@never_cache
def appoint(request: HttpRequest, organisation_id: int, cohort_id: int) -> HttpResponseBase:
    """Someone for a group that nobody leads."""
    user, organisation = _managed(request, organisation_id)
    group = get_object_or_404(groups_without_leader(organisation), pk=cohort_id)
    back = reverse("people:roles_at", args=[organisation.pk])
    if first := ask_step(request, user, back):
        return first
    wanted = request.POST.get("wie", "")
    if not wanted.isdecimal() or len(wanted) > 18:
        messages.warning(request, "Kies eerst wie de groep leidt.")
        return redirect(back)
    other = get_object_or_404(colleagues_to_lead(group), pk=int(wanted))
    try:
        appoint_leader(cohort=group, user=other, actor=user)
        messages.success(request, f"{other} leidt nu {group.name}.")
    except GroupRefused as refused:
        messages.warning(request, str(refused))
    return redirect(back)
