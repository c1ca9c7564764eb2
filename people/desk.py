"""The desk of who leads: whose it is, and the words it speaks. Asked by every page of it, in every room."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from people.models import Cohort, Membership, Organisation, User
from people.owner import signed_in
from people.qr import qr_svg
from people.queries import cohorts_led_by, organisations_led_by


@dataclass(frozen=True)
class Words:
    """What a group and its people are called: a class of a school, or a team at an employer."""

    group: str
    groups: str
    learner: str
    learners: str
    leader: str
    leaders: str


CLASS = Words("klas", "klassen", "leerling", "leerlingen", "docent", "docenten")
TEAM = Words("team", "teams", "medewerker", "medewerkers", "leider", "leiders")


def words_of(organisation: Organisation) -> Words:
    """How this organisation speaks of its groups."""
    return CLASS if organisation.kind == Organisation.Kind.SCHOOL else TEAM


def words_for(organisations: list[Organisation]) -> Words:
    """For pages about more than one group: those of a team where there are no schools."""
    return TEAM if organisations and not any(words_of(one) is CLASS for one in organisations) else CLASS


def roles_of(request: HttpRequest) -> list[Membership]:
    """The roles of who looks, each with its organisation; none in a session that only learns. Read once per page."""
    if not hasattr(request, "roles_of"):
        user = signed_in(request)
        found = user.memberships.select_related("organisation") if user and not user.only_learns else ()
        request.roles_of = list(found)  # type: ignore[attr-defined]
    roles: list[Membership] = request.roles_of  # type: ignore[attr-defined]
    return roles


def who_leads(request: HttpRequest) -> tuple[User, list[Organisation]]:
    """Who looks and where they are a teacher, HR or team lead; for anybody else the page does not exist."""
    user = signed_in(request)
    organisations = list(organisations_led_by(user)) if user else []
    if user is None or not organisations:
        raise Http404
    return user, organisations


def way_in(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """The code of a group for its page, and as long as it works its address and that as a picture."""
    code = cohort.join_codes.first()
    address = request.build_absolute_uri(reverse("people:join", args=[code.code])) if code and code.is_open else ""
    return {"code": code, "address": address, "qr": qr_svg(address) if address else ""}


def whose(request: HttpRequest, cohort_id: int) -> tuple[User, Cohort]:
    """Who looks and the cohort they lead; for anybody else the cohort does not exist."""
    user = signed_in(request)
    if user is None:
        raise Http404
    return user, get_object_or_404(cohorts_led_by(user), pk=cohort_id)


def whose_door(request: HttpRequest, cohort_id: int) -> tuple[User, Cohort]:
    """The same, where who leads opens and closes signing in."""
    user, cohort = whose(request, cohort_id)
    if not cohort.lets_sign_in:
        raise Http404
    return user, cohort


def whose_class(request: HttpRequest, cohort_id: int) -> tuple[User, Cohort]:
    """The same, where learners are shown by name; a team at an employer does not have such pages."""
    user, cohort = whose(request, cohort_id)
    if not cohort.shows_people:
        raise Http404
    return user, cohort
