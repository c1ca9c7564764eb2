"""Organisations, and who has a role there: for administrators of the site, in the admin."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from people.hanging import what_hangs
from people.mail import MailDown, mail_is_on
from people.models import Membership, Organisation, Role, RoleInvite, User
from people.roles import (
    LETS,
    PERMISSION,
    groups_without_leader,
    invites_to,
    people_with_roles,
    roles_of_each,
    roles_to_give,
)
from people.second_step import showed_step_just_now
from people.services import (
    OrganisationRefused,
    RoleRefused,
    change_organisation,
    give_role,
    invite_to_role,
    make_organisation,
    remove_organisation,
    take_role,
    withdraw_invite,
)
from people.services.organisations import why_kind_stays
from people.views.confirming import ask_step
from people.views.lost_step import account_called

administrators_only = permission_required(PERMISSION)
ON_A_PAGE = 30


class OrganisationForm(forms.Form):
    """What an organisation is called and what it is."""

    name = forms.CharField(label="Naam", max_length=80, help_text="Zo ziet iedereen de organisatie.")
    kind = forms.ChoiceField(
        label="Soort",
        choices=Organisation.Kind,
        help_text="Een docent van een school ziet wie klaar is. Bij een werkgever staat er niets per persoon.",
    )


class FindForm(forms.Form):
    """Words of a name; the view reads them from the address by itself."""

    q = forms.CharField(
        label="Zoek op naam", max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class GiveRoleForm(forms.Form):
    """Whom, and which role; a name where the account is yet to be made."""

    who = forms.CharField(
        label="Gebruikersnaam of e-mailadres",
        max_length=254,
        help_text="Precies zoals iemand inlogt. Naar een e-mailadres zonder account gaat een uitnodiging.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label="Naam van die persoon",
        max_length=40,
        required=False,
        help_text="Alleen bij een uitnodiging. Leerlingen kunnen deze naam zien.",
    )
    role = forms.ChoiceField(label="Rol", widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [(one.value, f"{one.label}. {LETS[one]}") for one in roles]


@require_GET
@never_cache
@administrators_only
def show_all(request: HttpRequest) -> HttpResponseBase:
    """By name, also those that an owner registered; and which have nobody who manages them."""
    called = request.GET.get("q", "")[:80].replace("\x00", "").strip()
    managed = Count("memberships", filter=Q(memberships__role=Role.ADMINISTRATOR), distinct=True)
    found = Organisation.objects.annotate(administrators=managed).order_by("name", "pk")
    for word in called.split()[:4]:
        found = found.filter(name__icontains=word)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "people/admin/organisations.html",
        {"page": page, "called": called, "find": FindForm(initial={"q": called})},
    )


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def add(request: HttpRequest) -> HttpResponseBase:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_organisation(**form.cleaned_data, actor=_actor(request))
        except OrganisationRefused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"{made} is gemaakt. Geef nu iemand de rol Beheerder.")
            return redirect("organisation", made.pk)
    context: dict[str, Any] = {"form": form, "title": "Nieuwe organisatie"}
    return render(request, "people/admin/organisation_form.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def show_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What it is, who has a role there, and what hangs on it. Posting gives another name or kind."""
    organisation = get_object_or_404(Organisation, pk=pk)
    fixed = why_kind_stays(organisation)
    form = OrganisationForm(request.POST or None, initial={"name": organisation.name, "kind": organisation.kind})
    if fixed:
        form.fields["kind"].disabled = True
        form.fields["kind"].help_text = fixed
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(organisation=organisation, **form.cleaned_data, actor=_actor(request))
        except OrganisationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Dat is bewaard.")
            return redirect("organisation", pk)
    called = request.GET.get("q", "")[:80].replace("\x00", "").strip()
    page = Paginator(people_with_roles(organisation, called), ON_A_PAGE).get_page(request.GET.get("p"))
    context: dict[str, Any] = {
        "form": form,
        "organisation": organisation,
        "title": organisation.name,
        "page": page,
        "called": called,
        "find": FindForm(initial={"q": called}),
        "people": roles_of_each(organisation, list(page.object_list)),
        "invites": invites_to(organisation),
        "leaderless": groups_without_leader(organisation),
        "has_administrator": Membership.objects.filter(organisation=organisation, role=Role.ADMINISTRATOR).exists(),
        "hanging": what_hangs(organisation),
        "roles": set(LETS),
    }
    return render(request, "people/admin/organisation_form.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def give(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A role for who has an account, or an invitation to an address without one."""
    organisation, actor = get_object_or_404(Organisation, pk=pk), _actor(request)
    if first := ask_step(request, actor, request.path, showed_step_just_now):
        return first
    form = GiveRoleForm(request.POST or None, roles=roles_to_give(actor, organisation))
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _give(form, organisation, actor))
            return redirect("organisation", pk)
        except RoleRefused as refused:
            form.add_error(None, str(refused))
        except MailDown:
            form.add_error(None, "De mail kon niet weg. Er is niets uitgenodigd. Probeer het straks opnieuw.")
    context = {"form": form, "organisation": organisation, "mail_is_on": mail_is_on()}
    return render(request, "people/admin/give_role.html", context)


def _give(form: GiveRoleForm, organisation: Organisation, actor: User) -> str:
    who, role = form.cleaned_data["who"], form.cleaned_data["role"]
    if user := account_called(who):
        made = give_role(user=user, organisation=organisation, role=role, actor=actor)
        return f"{user} is nu {made.get_role_display()} bij {organisation}."
    if "@" not in who:
        raise RoleRefused("Er is geen account met precies deze naam. Bij een e-mailadres kan een uitnodiging.")
    invite_to_role(email=who, name=form.cleaned_data["name"], organisation=organisation, role=role, actor=actor)
    return f"Bij {who} hoort nog geen account. Er ging een uitnodiging heen."


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def take(request: HttpRequest, pk: int, membership_id: int) -> HttpResponseBase:
    """Asks once more; then the role ends at once."""
    held = get_object_or_404(
        Membership.objects.select_related("user", "organisation"), pk=membership_id, organisation=pk, role__in=LETS
    )
    actor = _actor(request)
    if first := ask_step(request, actor, request.path, showed_step_just_now):
        return first
    if request.method == "POST":
        left = take_role(membership=held, actor=actor)
        messages.success(request, f"{held.user} is niet meer {held.get_role_display()} bij {held.organisation}.")
        for group in left:
            messages.warning(request, f"Niemand leidt nu {group.name}.")
        return redirect("organisation", pk)
    others = Membership.objects.filter(organisation=pk, role=Role.ADMINISTRATOR).exclude(pk=held.pk)
    is_last = held.role == Role.ADMINISTRATOR and not others.exists()
    return render(request, "people/admin/take_role.html", {"held": held, "is_last": is_last, "me": actor})


@require_POST
@never_cache
@administrators_only
def withdraw(request: HttpRequest, pk: int, invite_id: int) -> HttpResponseBase:
    invite = get_object_or_404(RoleInvite, pk=invite_id, organisation=pk)
    withdraw_invite(invite=invite, actor=_actor(request))
    messages.success(request, f"De uitnodiging voor {invite.email} is weg.")
    return redirect("organisation", pk)


@require_POST
@never_cache
@administrators_only
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    organisation = get_object_or_404(Organisation, pk=pk)
    try:
        remove_organisation(organisation=organisation, actor=_actor(request))
    except OrganisationRefused as refused:
        messages.error(request, str(refused))
        return redirect("organisation", pk)
    messages.success(request, f"{organisation} is weg.")
    return redirect("organisations")


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
