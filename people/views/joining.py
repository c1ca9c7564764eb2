"""Into a class or team with its code, and out again."""

import uuid
from collections import Counter
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from people.arrival import settle
from people.coming import By, say_who
from people.join_codes import MOST_CHARACTERS, read_code
from people.limits import NAME_LISTS, WRONG_CODES, address_of
from people.models import Cohort, CohortMember, JoinCode, User
from people.names import clean_name
from people.origin import same_origin_required
from people.owner import SignInFirst, keep_as_learner, owner_in_cookie, signed_in
from people.queries import agreement_of, find_join_code, learning_places_of, sign_in_places
from people.services import JoinRefused, join_cohort, leave_cohort

TOO_MANY = "Er zijn te veel verkeerde codes getypt. Wacht 10 minuten en probeer het opnieuw."
UNKNOWN = "Deze code kennen we niet. Kijk goed: een woord, een cijfer en een woord."


@require_GET
@never_cache
def enter_code(request: HttpRequest) -> HttpResponseBase:
    """Step 1: a code is typed. It may be for a class or team, or to go on on this phone."""
    typed = request.GET.get("code", "")
    if not typed:
        return ask_code(request)
    reading = read_code(typed)
    if not reading.code:
        return ask_code(request, typed, reading.problem)
    return redirect("people:take_over" if reading.is_for_a_phone else "people:join", reading.code)


def ask_code(request: HttpRequest, typed: str = "", problem: str = "", status: int = 200) -> HttpResponseBase:
    """Ask for a code, with what was typed and what is wrong with it."""
    context = {"typed": typed[:MOST_CHARACTERS], "problem": problem}
    return render(request, "people/enter_code.html", context, status=status)


@same_origin_required
@never_cache
def join(request: HttpRequest, code: str) -> HttpResponseBase:
    """Step 2: whose code it is, what the learner's name is, and in. A link and a QR come here at once."""
    address = address_of(request)
    if WRONG_CODES.is_reached(address):
        return ask_code(request, code, TOO_MANY, status=429)
    found = find_join_code(read_code(code).code)
    if found is None:
        WRONG_CODES.count(address)
        return ask_code(request, code, read_code(code).problem or UNKNOWN, status=404)
    if found.code != code:
        return redirect("people:join", found.code)
    if not found.is_open:
        return render(request, "people/code_ended.html", {"cohort": found.cohort}, status=410)
    if request.method == "POST":
        return _join(request, found)
    if found.cohort.sign_in_is_open and signed_in(request) is None and "nieuw" not in request.GET:
        return redirect("people:who_is_there", found.code)
    return _ask_name(request, found)


@same_origin_required
@never_cache
def who_is_there(request: HttpRequest, code: str) -> HttpResponseBase:
    """'Wie ben jij?': the first names of a class, only while its teacher lets it, to who has the code.

    At a team there is no list: one types the own nickname.
    """
    address = address_of(request)
    if WRONG_CODES.is_reached(address) or NAME_LISTS.is_reached(address):
        return ask_code(request, code, TOO_MANY, status=429)
    found = find_join_code(code)
    if found is None or not found.is_open:
        return redirect("people:join", code)  # there it is counted, and said
    context: dict[str, object] = {"code": found.code, "cohort": found.cohort}
    if not found.cohort.sign_in_is_open:
        return render(request, "people/sign_in_closed.html", context)
    if found.cohort.takes_nicknames:
        return _ask_nickname(request, found)
    NAME_LISTS.count(address)
    places = sign_in_places(found.cohort)
    chosen = next((place for place in places if str(place.pk) == request.POST.get("wie")), None)
    if chosen is None:
        return render(request, "people/who_is_there.html", context | {"names": _listed(places)})
    response = redirect("people:pictures")
    say_who(response, By.LIST, chosen.pk)
    return response


def _ask_nickname(request: HttpRequest, found: JoinCode) -> HttpResponseBase:
    """Whatever is typed leads to the pictures: here nothing tells whether anybody has that nickname."""
    typed, problem = request.POST.get("naam", "")[:200], ""
    if request.method == "POST":
        try:
            name = clean_name(typed)
        except ValueError as error:
            problem = str(error) if typed.strip() else "Typ je naam."
        else:
            response = redirect("people:pictures")
            say_who(response, By.NICKNAME, [found.code, name])
            return response
    context = {"code": found.code, "cohort": found.cohort, "typed": typed, "problem": problem}
    return render(request, "people/type_nickname.html", context, status=422 if problem else 200)


def _listed(places: list[CohortMember]) -> list[tuple[int, str]]:
    """First names only; where two are the same, the first letter of the last name when there is one."""
    times = Counter(place.user.first_name.casefold() for place in places)
    return [(place.pk, _short(place.user, times)) for place in places]


def _short(user: User, times: Counter[str]) -> str:
    twin = times[user.first_name.casefold()] > 1 and user.last_name
    return f"{user.first_name} {user.last_name[0]}." if twin else user.first_name


def _ask_name(request: HttpRequest, found: JoinCode, problem: str = "") -> HttpResponseBase:
    learner = signed_in(request)
    if learner and learning_places_of(learner).filter(cohort=found.cohort).exists():
        messages.info(request, f"Je doet al mee met {found.cohort.name}.")
        return redirect("learning:home")
    context = {
        "code": found.code,
        "cohort": found.cohort,
        "agreement": agreement_of(found.cohort.organisation) if found.cohort.kind == Cohort.Kind.TEAM else None,
        "learner": None if learner is None or learner.is_nameless else learner,
        "typed": request.POST.get("naam", "")[:80],
        "problem": problem,
    }
    return render(request, "people/join.html", context, status=422 if problem else 200)


def _join(request: HttpRequest, found: JoinCode) -> HttpResponseBase:
    name = request.POST.get("naam", "")
    try:
        keep_as_learner(
            request,
            owner_in_cookie(request) or uuid.uuid4(),
            lambda learner: join_cohort(user=learner, cohort=found.cohort, name=name),
        )
    except SignInFirst:
        return redirect(f"{reverse('people:who')}?{urlencode({'next': request.path})}")
    except JoinRefused as error:
        return _ask_name(request, found, str(error))
    messages.success(request, f"Je doet mee met {found.cohort.name}.")
    response = redirect("learning:home")
    if learner := signed_in(request):
        settle(request, response, learner)
    return response


@require_GET
@never_cache
def groups(request: HttpRequest) -> HttpResponseBase:
    """The groups someone learns in."""
    learner = signed_in(request)
    places = learning_places_of(learner) if learner else []
    return render(request, "people/groups.html", {"places": places})


@same_origin_required
@require_POST
def leave(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """Out of a group; what was learnt stays the learner's."""
    learner, cohort = signed_in(request), get_object_or_404(Cohort, pk=cohort_id)
    if learner is None or not leave_cohort(user=learner, cohort=cohort):
        raise Http404
    messages.success(request, f"Je doet niet meer mee met {cohort.name}. Je lessen blijven van jou.")
    return redirect("people:groups")
