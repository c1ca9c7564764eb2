"""Reading what another shared, answering the questions about it, and reading what partners answered."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from leadership.models import ProgrammeGroup
from leadership.queries import SharedProduct, own_sharing, reviews_by, reviews_for, shared_product
from leadership.services import NotYours, WrongReview, give_review
from leadership.sheet import sheet_of
from leadership.views.whose import inside, own_product
from people.models import User
from people.origin import same_origin_required

SENT = "Verstuurd. {} kan je antwoorden nu lezen."
NEWER = "Verstuurd. {} deelde intussen een nieuwe versie. Kijk of je antwoorden nog kloppen."


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required
@login_required
@never_cache
def read(request: HttpRequest, group_id: int, product_id: int) -> HttpResponseBase:
    """A shared version; for who is a partner of its author the questions too. What is not shared (any more) is said
    to be so to who is in the group, with what they typed, so that it is not lost."""
    user, group = inside(request, group_id)
    found = shared_product(user, group, product_id)
    if found is None or found.template not in group.programme.text.templates:
        return _closed(request, group)
    if request.method != "POST":
        return _show(request, user, group, found)
    answers = _typed(request, group)
    version = request.POST.get("versie", "")
    seen = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else None
    try:
        review = give_review(group=group, product_id=product_id, reviewer=user, answers=answers, read=seen)
    except NotYours:
        return _closed(request, group)
    except WrongReview as error:
        return _show(request, user, group, found, answers, dict(error.problems))
    told = SENT if review.version_id == found.version else NEWER
    messages.success(request, told.format(found.author))
    return redirect("leadership:shared_product", group_id, product_id)


def _typed(request: HttpRequest, group: ProgrammeGroup) -> dict[str, str]:
    return {question.id: request.POST.get(question.id, "") for question in group.programme.text.peer_questions}


def _given(user: User, group: ProgrammeGroup, product_id: int) -> dict[str, str]:
    """What this person answered before."""
    return next((review.answers for review in reviews_by(user, group) if review.product_id == product_id), {})


def _show(
    request: HttpRequest, user: User, group: ProgrammeGroup, found: SharedProduct,
    answers: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None,
) -> HttpResponseBase:  # fmt: skip
    """With what was sent before, or what was just sent and could not be taken."""
    questions, kept = group.programme.text.peer_questions, _given(user, group, found.id)
    shown, problems = kept if answers is None else answers, wrong or {}
    context = {
        "group": group,
        "product": found,
        "sheet": sheet_of(group.programme.text, found.template, found.values, found.shared_at),
        "asked": [(one, shown.get(one.id, ""), problems.get(one.id, ""), kept.get(one.id, "")) for one in questions],
        "was_given": bool(kept),
        "wrong": wrong,
    }
    return render(request, "leadership/shared_product.html", context, status=422 if wrong else 200)


def _closed(request: HttpRequest, group: ProgrammeGroup) -> HttpResponseBase:
    typed = _typed(request, group) if request.method == "POST" else {}
    asked = [(one, typed[one.id]) for one in group.programme.text.peer_questions if typed.get(one.id)]
    return render(request, "leadership/not_shared.html", {"group": group, "asked": asked}, status=404)


@require_GET
@login_required
@never_cache
def reviews(request: HttpRequest, product_id: int) -> HttpResponseBase:
    """What partners said of a product, each with the version they read; for its author."""
    user, product = own_product(request, product_id)
    text = product.programme.text
    given = [
        (
            review,
            [(one, review.answers[one.id]) for one in text.peer_questions if review.answers.get(one.id)],
            review.version is None or review.version.values == product.values,
        )
        for review in reviews_for(user, product)
    ]
    context = {"product": product, "form": product.form, "given": given, "stands": own_sharing(user).get(product.pk)}
    return render(request, "leadership/reviews.html", context)
