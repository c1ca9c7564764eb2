"""Signing in with a code by e-mail, adding an address, and registering a firm with one."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from people.door import come_in
from people.limits import MAILS_FROM, MAILS_TO, WRONG_CODES, address_of
from people.mail import MOST_CHARACTERS, MailDown, clean_email, mail_is_on
from people.models import EmailCode, User
from people.names import MOST_FOR_FIRM, clean_firm
from people.origin import on_this_site, same_origin_required
from people.owner import ON_YOUR_OWN, came_by_nickname, signed_in
from people.phone_book import forget
from people.queries import firm_of, has_rights, sees_others
from people.second_step import STEP_ELSEWHERE, signed_in_just_now, signed_in_with_account
from people.services import (
    CodeRefused,
    account_with,
    keep_email,
    register_firm,
    request_code,
    take_up_invites,
    use_code,
)
from people.signals import DESK_SECONDS

ASKED = "codes per e-mail"  # in the session: which codes were asked for in this browser, and where to go then
MOST_ASKED = 5
DOWN = "De mail kon niet weg. Er is niets verloren. Probeer het straks opnieuw."
MANY = "Er zijn te veel codes gevraagd. Wacht een uur en probeer het opnieuw."
WRONG = "Er zijn te veel verkeerde codes getypt. Wacht 10 minuten en probeer het opnieuw."
OTHER_BROWSER = "Deze code hoort niet bij deze browser. Vraag hier een nieuwe."


@same_origin_required
@never_cache
def firm(request: HttpRequest) -> HttpResponseBase:
    """'Bewaar voor je bedrijf': the name of the firm and an e-mail address, and a code is mailed."""
    user = signed_in(request)
    context: dict[str, object] = {
        "owner": user if user and user.can_sign_in else None,
        "firm": firm_of(user) if user else None,
        "next": _next(request),
        "mail_is_on": mail_is_on(),
    }
    if request.method != "POST" or context["owner"]:
        return render(request, "people/firm.html", context)
    typed_firm, typed_email = request.POST.get("bedrijf", ""), request.POST.get("email", "")
    context |= {"typed_firm": typed_firm[:MOST_FOR_FIRM], "typed_email": typed_email[:MOST_CHARACTERS]}
    name, firm_problem = _cleaned(clean_firm, typed_firm)
    email, email_problem = _cleaned(clean_email, typed_email)
    if firm_problem or email_problem:
        context |= {"firm_problem": firm_problem, "email_problem": email_problem}
        return render(request, "people/firm.html", context, status=422)
    return _mail(request, email, name, "people/firm.html", context)


@same_origin_required
@never_cache
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The e-mail address of an account without a password; whether there is one is not told here."""
    context: dict[str, object] = {"next": _next(request), "mail_is_on": mail_is_on()}
    if request.method != "POST":
        return render(request, "people/sign_in_by_code.html", context)
    typed = request.POST.get("email", "")
    email, problem = _cleaned(clean_email, typed)
    context |= {"typed_email": typed[:MOST_CHARACTERS], "email_problem": problem}
    if problem:
        return render(request, "people/sign_in_by_code.html", context, status=422)
    return _mail(request, email, "", "people/sign_in_by_code.html", context)


@same_origin_required
@never_cache
def keep(request: HttpRequest) -> HttpResponseBase:
    """Someone with an e-mail address adds it, to sign in with a code; whether it is another's is not told here.

    Who may do more than learn signed in just now: the address is a way in.
    """
    user = signed_in(request)
    if user is None or user.is_nameless:
        return redirect("people:who" if user is None else "learning:home")
    if has_rights(user) and not signed_in_just_now(request):
        if not signed_in_with_account(request):
            return redirect("learning:home")
        return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}")
    if came_by_nickname(request):
        messages.info(request, ON_YOUR_OWN)
        return redirect("learning:home")
    context: dict[str, object] = {"mail_is_on": mail_is_on(), "kept": user.login_email or ""}
    if request.method != "POST":
        return render(request, "people/keep_email.html", context)
    typed = request.POST.get("email", "")
    email, problem = _cleaned(clean_email, typed)
    context |= {"typed_email": typed[:MOST_CHARACTERS], "email_problem": problem}
    if problem:
        return render(request, "people/keep_email.html", context, status=422)
    return _mail(request, email, "", "people/keep_email.html", context, adds_to=user)


def _mail(
    request: HttpRequest,
    email: str,
    firm_name: str,
    template: str,
    context: dict[str, object],
    adds_to: User | None = None,
) -> HttpResponseBase:
    """Mail a code and go to where it is typed, or say on the same form why that cannot be."""
    place = address_of(request)
    if not mail_is_on():
        return render(request, template, context, status=503)
    if MAILS_TO.is_reached(email) or MAILS_FROM.is_reached(place):
        return render(request, template, {**context, "problem": MANY}, status=429)
    MAILS_TO.count(email)
    MAILS_FROM.count(place)
    try:
        made = request_code(email=email, firm=firm_name, adds_to=adds_to)
    except MailDown:
        return render(request, template, {**context, "problem": DOWN}, status=503)
    asked = list(request.session.get(ASKED, {}).items())[-(MOST_ASKED - 1) :]
    request.session[ASKED] = {**dict(asked), str(made.pk): _next(request)}
    return redirect("people:enter_email_code", made.pk)


@same_origin_required
@never_cache
def enter(request: HttpRequest, code_id: uuid.UUID) -> HttpResponseBase:
    """The code is typed, in the browser that asked for it. Right: the account is here, with what was done here."""
    asked: dict[str, str] = request.session.get(ASKED, {})
    if str(code_id) not in asked:
        return _code_page(request, None, OTHER_BROWSER, status=410)
    found = EmailCode.objects.filter(pk=code_id).first()
    if found is None or not found.is_open:
        return _code_page(request, None, "Deze code werkt niet meer. Vraag een nieuwe.", status=410)
    if request.method != "POST":
        return _code_page(request, found)
    place = address_of(request)
    if WRONG_CODES.is_reached(place):
        return _code_page(request, found, WRONG, status=429)
    try:
        used = use_code(code_id=code_id, typed=request.POST.get("code", ""))
    except CodeRefused as refused:
        WRONG_CODES.count(place)
        return _code_page(request, found if refused.again else None, str(refused), status=422 if refused.again else 410)
    return _keep(request, used) if used.user_id else _come_in(request, used, asked[str(code_id)])


def _keep(request: HttpRequest, used: EmailCode) -> HttpResponseBase:
    """The address is theirs who asked for it; someone else on this phone gets nothing."""
    user = signed_in(request)
    if user is None or user.pk != used.user_id:
        return _code_page(request, None, OTHER_BROWSER, status=410)
    leads = has_rights(user)
    try:
        kept = keep_email(user=user, email=used.email, signed_in=signed_in_with_account(request))
    except (ValueError, IntegrityError):
        return _code_page(request, None, "Deze code werkt niet meer. Vraag een nieuwe.", status=410)
    gained = _take_up(request, kept)
    response = redirect("mfa_index" if leads or gained else "learning:home")
    forget(request, response, kept)  # who has an account signs in, also on a phone that knew them
    messages.success(request, "Je e-mailadres is bewaard. Je kunt nu overal inloggen met een code.")
    return response


def _take_up(request: HttpRequest, user: User) -> bool:
    """The roles that waited for this address; this session then ends when that of a desk does."""
    goes_on = request.session.get(BACKEND_SESSION_KEY) != STEP_ELSEWHERE
    gained = take_up_invites(user=user, this_session=(request.session.session_key or "") if goes_on else "")
    for one in gained:
        messages.success(request, f"Je bent nu {one.get_role_display()} bij {one.organisation}.")
    if gained and goes_on:
        request.session.set_expiry(DESK_SECONDS)
    return bool(gained)


def _come_in(request: HttpRequest, used: EmailCode, wanted: str) -> HttpResponseBase:
    try:
        user = account_with(email=used.email)
    except IntegrityError:  # two codes for one new address at once: by now the other made the account
        user = account_with(email=used.email)
    if not user.is_active:
        return _code_page(request, None, "Dit account staat uit. Vraag de beheerder van deze site om hulp.", status=403)
    if used.firm:
        register_firm(user=user, name=used.firm)
    then = wanted or reverse("learning:digiscan_latest" if firm_of(user) else "learning:home")
    response = come_in(request, user, method="code", then=then)
    if request.user.pk == user.pk:
        messages.success(request, "Je bent ingelogd.")
    return response


def _code_page(request: HttpRequest, found: EmailCode | None, problem: str = "", status: int = 200) -> HttpResponseBase:
    user = signed_in(request)
    if found is None and isinstance(user, User) and user.login_email and not sees_others(user):
        return redirect("learning:home")  # the other tab was first
    return render(request, "people/email_code.html", {"found": found, "problem": problem}, status=status)


def _cleaned(clean: Callable[[str], str], typed: str) -> tuple[str, str]:
    """What `clean` makes of it, and what is wrong with it; one of the two is empty."""
    try:
        return clean(typed), ""
    except ValueError as error:
        return "", str(error)


def _next(request: HttpRequest) -> str:
    """Where someone was going, when that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return on_this_site(wanted)
