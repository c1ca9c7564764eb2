"""The startmeting and the nameting: the questions, what they mean, and the route they propose. The learner's alone."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.models import QuestionnaireAnswers
from assessments.queries import latest_answers
from assessments.questionnaires import Questionnaire, WrongAnswers, questionnaire
from assessments.services import OfAnother, record_questionnaire
from language import preferences
from learning.digiscan import CODE as DIGISCAN_CODE
from learning.measuring import Sent, chosen_trade, chosen_variant, read_form
from learning.models import OwnRoute
from learning.proposal import proposal_of
from learning.queries import MEASURE, MEASURE_AFTER, line_of
from learning.services import drop_route, take_route
from people.arrival import come_back, learner_here
from people.cookies import set_cookie
from people.models import FormerKey, User
from people.origin import same_origin_required
from people.owner import SignInFirst, keep_as_learner, owner_in_cookie, set_owner_cookie, signed_in
from people.services import adopt_key


@dataclass(frozen=True)
class Measure:
    """One of them: its questionnaire, its page, the page of its result, and what its last button says."""

    code: str
    page: str
    result: str
    finish: str = "Bekijk je uitslag"


BEFORE = Measure(MEASURE, "learning:measure", "learning:measure_result")
AFTER = Measure(MEASURE_AFTER, "learning:measure_after", "learning:measure_after_result")
DIGISCAN = Measure(DIGISCAN_CODE, "learning:digiscan", "learning:digiscan_latest")
_MEASURES = {measure.code: measure for measure in (BEFORE, AFTER)}


@same_origin_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, measure: Measure) -> HttpResponseBase:
    """The questions; posted by the phone's script (which asks for JSON) or as a form without it."""
    form = questionnaire(measure.code)
    if request.method == "POST":
        return _take(request, measure, form)
    return _questions(request, measure, form)


def _questions(
    request: HttpRequest, measure: Measure, form: Questionnaire, *, error: str = "", sent: Sent | None = None
) -> HttpResponse:
    given = {**sent.answers, **sent.on_phone} if sent else {}
    context = {
        "form": form,
        "measure": measure,
        "key": uuid4(),
        "error": error,
        "rows": [(item, given.get(item.id, ""), bool(sent) and item.id not in given) for item in form.items],
    }
    return render(request, "learning/measure.html", context, status=422 if error else 200)


def _take(request: HttpRequest, measure: Measure, form: Questionnaire) -> HttpResponseBase:
    sent = read_form(form, request.POST)
    script = "application/json" in request.headers.get("Accept", "")
    if not _is_theirs(request, sent):
        return _refused(request, measure, form, sent, "of_another", 409)

    def keep(learner: User) -> QuestionnaireAnswers:
        return record_questionnaire(
            user=learner, key=sent.key, questionnaire=form, answers=sent.answers, made_at=sent.made_at
        )

    try:
        keep_as_learner(request, owner_in_cookie(request) or sent.owner or uuid4(), keep)
    except WrongAnswers:
        return _refused(request, measure, form, sent, "wrong_answers", 422)
    except OfAnother:
        return _refused(request, measure, form, sent, "of_another", 409)
    except SignInFirst:
        if script:
            return JsonResponse({"error": "sign_in"}, status=401)
        return redirect(f"{reverse('people:who')}?next={quote(request.path)}")
    return _kept(request, measure, form, sent, script)


def _is_theirs(request: HttpRequest, sent: Sent) -> bool:
    """On a shared phone the answers of one never become those of the other."""
    learner = signed_in(request)
    if learner is None or sent.owner is None or sent.owner == learner.owner_key:
        return True
    if sent.owner == owner_in_cookie(request):  # the phone lost its cookie and made a new key
        return adopt_key(user=learner, key=sent.owner)
    return FormerKey.objects.filter(user=learner, key=sent.owner).exists()


_SAID = {
    "wrong_answers": "Kies bij elke vraag een antwoord. Daarna zie je je uitslag.",
    "of_another": "Dit is nog niet bewaard. Stuur het nog een keer.",
}


def _refused(
    request: HttpRequest, measure: Measure, form: Questionnaire, sent: Sent, error: str, status: int
) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": error}, status=status)
    response = _questions(request, measure, form, error=_SAID[error], sent=sent)
    response.status_code = status
    return response


def _kept(request: HttpRequest, measure: Measure, form: Questionnaire, sent: Sent, script: bool) -> HttpResponseBase:
    learner = signed_in(request)
    assert learner is not None
    to = reverse(measure.result)
    response = JsonResponse({"owner": str(learner.owner_key), "to": to}) if script else redirect(to)
    set_owner_cookie(response, learner)
    if (variant := chosen_variant(form, sent)) is not None:
        set_cookie(response, preferences.COOKIE, variant)
    if (trade := chosen_trade(form, sent)) is not None:
        set_cookie(response, "vak", trade)
    return response


@require_GET
@never_cache
def result(request: HttpRequest, measure: Measure) -> HttpResponseBase:
    """What one's own answers mean, and the route they propose."""
    learner = signed_in(request)
    if learner is None and (here := learner_here(request)):
        return come_back(request, here)
    found = latest_answers(learner, measure.code) if learner else None
    if learner is None or found is None:
        return redirect(measure.page)
    before = latest_answers(learner, MEASURE) if measure is AFTER else None
    route = OwnRoute.objects.filter(user=learner).first()
    context = {
        "measure": measure,
        "found": found.result,
        "before": before.result if before else None,
        "proposal": proposal_of(found.result, line_of(learner)),
        "route": route,
        "is_taken": route and route.lessons == [lesson["code"] for lesson in found.result["lessons"]],
    }
    return render(request, "learning/measure_result.html", context)


@same_origin_required
@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """'Neem deze route'."""
    learner = signed_in(request)
    measure = _MEASURES.get(request.POST.get("van", ""), BEFORE)
    found = latest_answers(learner, measure.code) if learner else None
    if found is None:
        return redirect(measure.page)
    take_route(answers=found)
    messages.success(request, "Dit is nu jouw route. Je kunt altijd iets anders kiezen.")
    return redirect("learning:home")


@same_origin_required
@require_POST
def drop(request: HttpRequest) -> HttpResponseBase:
    """Follow the route no more; nothing that was done is lost."""
    learner = signed_in(request)
    if learner and drop_route(user=learner):
        messages.success(request, "Je volgt geen route meer. Je kiest nu zelf.")
    return redirect("learning:home")
