"""Whose cohort it is: asked by every page of a desk."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from people.models import Cohort, User
from people.owner import signed_in
from people.queries import cohorts_led_by


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
