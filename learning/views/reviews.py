"""Herhalen: the questions that come back today, and answering them without JavaScript."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from assessments.kind import WrongShape
from assessments.models import Response
from assessments.queries import latest_response
from learning.forms import ReviewChoiceForm
from learning.models import Progress, ReviewChoice
from learning.reviews import cards_for, choice_of, find_question, reader_of_mail
from learning.services import answer_exercise, choose_reviews
from learning.views.by_form import answer_in_form, keep_form
from modules.models import ModulePage
from people.arrival import come_back, learner_here
from people.mail import mail_is_on
from people.models import User
from people.origin import same_origin_required
from people.owner import signed_in


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponseBase:
    """What comes back today, one question per screen; a calm page when there is nothing, or when it is off."""
    learner = signed_in(request)
    if learner is None and (here := learner_here(request)):
        return come_back(request, here)
    stopped = learner is not None and choice_of(learner).stopped
    cards = cards_for(learner) if learner and not stopped else []
    kinds = sorted({card.block.block_type for card in cards})
    context = {"cards": cards, "kinds": kinds, "stopped": stopped, "learner": learner}
    return render(request, "learning/reviews.html" if cards else "learning/no_reviews.html", context)


@same_origin_required
@require_POST
def stop(request: HttpRequest) -> HttpResponseBase:
    """'Stop met herhalen'."""
    return _turn(request, stopped=True)


@same_origin_required
@require_POST
def resume(request: HttpRequest) -> HttpResponseBase:
    """'Weer aan'."""
    return _turn(request, stopped=False)


@same_origin_required
@never_cache
def settings_page(request: HttpRequest) -> HttpResponseBase:
    """Whether reviews come, and whether, how and when one is reminded of them."""
    learner = signed_in(request)
    if learner is None:
        if request.method == "GET" and (here := learner_here(request)):
            return come_back(request, here)
        return redirect("learning:reviews")
    choice = choice_of(learner)
    now = {"reminder": choice.reminder, "hour": choice.hour}
    form = ReviewChoiceForm(request.POST or None, initial=now, mail=bool(learner.email) and mail_is_on())
    if request.method == "POST" and form.is_valid():
        choose_reviews(user=learner, **form.cleaned_data)
        messages.success(request, "Je keuze is bewaard.")
        return redirect("learning:review_settings")
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/review_settings.html", {"choice": choice, "form": form}, status=status)


@csrf_exempt  # the address is the proof; a mail program may post here itself (RFC 8058)
@never_cache
def stop_mail(request: HttpRequest, token: str) -> HttpResponseBase:
    """From a mail: no reminders any more, without signing in."""
    reader = reader_of_mail(token)
    if reader is None:
        return render(request, "learning/stop_mail.html", {"unknown": True}, status=404)
    if request.method == "POST":
        choose_reviews(user=reader, reminder=ReviewChoice.Reminder.NONE)
    return render(request, "learning/stop_mail.html", {"stopped": request.method == "POST"})


def _turn(request: HttpRequest, *, stopped: bool) -> HttpResponseBase:
    if learner := signed_in(request):
        choose_reviews(user=learner, stopped=stopped)
    return redirect("learning:review_settings" if "instellen" in request.POST else "learning:reviews")


@same_origin_required
@never_cache
def question(request: HttpRequest, slug: str, step_id: str) -> HttpResponseBase:
    """One question that comes back, by itself, with feedback: how it is answered without JavaScript."""
    learner = signed_in(request) or (learner_here(request) if request.method == "POST" else None)
    module = get_object_or_404(ModulePage.objects.live(), slug=slug)
    block = find_question(module, step_id)
    # Only who met the question: for anyone else it is not there to come back.
    if block is None or learner is None or not _has_met(learner, module, step_id):
        return redirect("learning:reviews")
    context = {**module.get_context(request), "exercise": block, "kinds": [block.block_type], "asks": True}
    if request.method == "POST":
        step = module.outline.by_id[step_id]
        try:
            answer = answer_in_form(step, request.POST.dict())
        except WrongShape as error:
            return render(request, "learning/review.html", {**context, "error": str(error)}, status=422)
        return keep_form(
            request,
            lambda user: answer_exercise(user=user, module=module, step=step_id, response=answer, review=True),
            reverse("learning:review", args=[slug, step_id]),
        )
    return render(request, "learning/review.html", {**context, **_feedback(learner, module, step_id)})


def _has_met(learner: User, module: ModulePage, exercise: str) -> bool:
    answers = Response.objects.filter(user=learner, module=module.code, exercise=exercise)
    return answers.exists() and Progress.objects.filter(user=learner, module=module.code).exists()


def _feedback(learner: User, module: ModulePage, exercise: str) -> dict[str, object]:
    """What today's last answer is worth; nothing when it was not answered today."""
    last = latest_response(learner, module.code, exercise)
    if last is None or not last.review or timezone.localdate(last.received_at) != timezone.localdate():
        return {}
    step = module.outline.by_id[exercise]
    assert step.kind is not None
    try:
        why = step.kind.explain(step.value, last.answer)
    except (KeyError, TypeError, WrongShape):  # the question changed since
        return {}
    return {"last": last, "why": why, "asks": last.correct is not True}
