"""Answering by form, without JavaScript: what lessons and reviews share."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from assessments.kind import WrongShape
from learning.intake import Receipt
from modules.steps import Step
from people.models import User
from people.owner import SignInFirst, keep_as_learner, owner_in_cookie, set_owner_cookie, signed_in


def answer_in_form(step: Step, posted: Mapping[str, str]) -> Any:
    """The response that a posted form gives. Raises WrongShape with a sentence for the learner."""
    assert step.kind is not None
    answer = step.kind.from_form(step.value, posted)
    try:
        step.kind.grade(step.value, answer)
    except WrongShape:
        raise WrongShape("Dit antwoord hoort niet bij deze vraag. Kies opnieuw.") from None
    return answer


def keep_form(request: HttpRequest, keep: Callable[[User], Receipt], then: str) -> HttpResponseBase:
    """Keep what a form says, then go on to `then`; the first kept answer makes a nameless learner."""
    try:
        keep_as_learner(request, owner_in_cookie(request) or uuid.uuid4(), keep)
    except SignInFirst:
        return redirect(f"{reverse('people:who')}?next={quote(then)}")
    response = redirect(then)
    if learner := signed_in(request):
        set_owner_cookie(response, learner)
    return response
