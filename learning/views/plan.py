"""'Gelukt?': what a learner says about a plan, a week after it was chosen. Plain forms, no script needed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from learning.models import PlanOutcome
from learning.plans import plan_of
from learning.services import answer_plan, keep_plan
from modules.models import ModulePage
from people.models import User
from people.origin import same_origin_required
from people.owner import signed_in

Outcome = PlanOutcome.Outcome
THANKS = {
    Outcome.YES: "Mooi. Goed dat je het deed.",
    Outcome.A_BIT: "Mooi. Een begin is ook goed.",
    Outcome.STOP: "Goed. We vragen het niet meer.",
}


def _learner(request: HttpRequest) -> User:
    """Who asks; for anybody else no plan exists."""
    learner = signed_in(request)
    if learner is None:
        raise Http404
    return learner


@require_GET
@never_cache
def show(request: HttpRequest, response: UUID) -> HttpResponseBase:
    """After 'Nog niet': choose another plan, or keep this one for a week."""
    learner = _learner(request)
    said = PlanOutcome.objects.filter(user=learner, response=response, outcome=Outcome.NOT_YET).first()
    plan = plan_of(learner, response) if said else None
    if said is None or plan is None:
        raise Http404
    module = ModulePage.objects.live().filter(code=plan.module).defer("steps").first()
    return render(request, "learning/plan.html", {"plan": plan, "plan_module": module, "said": said})


@same_origin_required
@require_POST
@never_cache
def answer(request: HttpRequest, response: UUID) -> HttpResponseBase:
    """Ja, een beetje, nog niet, or niet meer vragen."""
    try:
        kept = answer_plan(user=_learner(request), response=response, outcome=request.POST.get("gelukt", ""))
    except ValueError:
        return HttpResponse("Dit antwoord kennen we niet. Ga terug en kies er een.", status=400)
    if kept is None:
        raise Http404
    said = Outcome(kept.outcome)
    if said == Outcome.NOT_YET:
        return redirect("learning:plan", response)
    messages.success(request, THANKS[said])
    return redirect("learning:home")


@same_origin_required
@require_POST
@never_cache
def keep(request: HttpRequest, response: UUID) -> HttpResponseBase:
    """Keep the plan for another week; asked once more then."""
    if keep_plan(user=_learner(request), response=response):
        messages.success(request, "Goed. Over een week vragen we het nog één keer.")
    return redirect("learning:home")
