"""One lesson, and answering in it without JavaScript."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from assessments.kind import WrongShape
from assessments.queries import latest_response
from language.preferences import variant_of
from learning.lesson_page import lesson_page
from learning.services import answer_exercise, finish_module
from learning.views.by_form import answer_in_form, keep_form
from modules.models import ModulePage
from modules.steps import Step
from people.origin import same_origin_required
from people.owner import signed_in


@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One lesson, whole. The same page for everybody: no name, no token, so that it can be kept."""
    page = lesson_page(slug, variant_of(request), request.COOKIES.get("vak", ""))
    if page is None:
        raise Http404
    response = HttpResponse(page.content, headers={"ETag": page.etag})
    patch_cache_control(response, private=True, no_cache=True)
    by_hash: HttpResponseBase = csp_update({"style-src": [SELF, page.style]})(lambda: response)()
    return by_hash


@same_origin_required
@never_cache
def step(request: HttpRequest, slug: str, step_id: str) -> HttpResponseBase:
    """One exercise by itself, with feedback: how answering works without JavaScript."""
    module = get_object_or_404(ModulePage.objects.live(), slug=slug)
    found = module.outline.by_id.get(step_id)
    if found is None or found.kind is None or found.kind.stays_here:
        return redirect("learning:lesson", slug=slug)
    if request.method == "POST":
        return _answer(request, module, found)
    return render(request, "learning/step.html", _step_context(request, module, found))


def _answer(request: HttpRequest, module: ModulePage, step: Step) -> HttpResponseBase:
    try:
        answer = answer_in_form(step, request.POST.dict())
    except WrongShape as error:
        return _ask_again(request, module, step, str(error))
    query = QueryDict(mutable=True)
    if step.kind and step.kind.by_part:
        query["deel"] = request.POST["part"]
    return keep_form(
        request,
        lambda learner: answer_exercise(user=learner, module=module, step=step.id, response=answer),
        f"{request.path}?{query.urlencode()}" if query else request.path,
    )


def _ask_again(request: HttpRequest, module: ModulePage, step: Step, message: str) -> HttpResponseBase:
    context = {**_step_context(request, module, step), "error": message}
    return render(request, "learning/step.html", context, status=422)


def _step_context(request: HttpRequest, module: ModulePage, step: Step) -> dict[str, object]:
    """The step, the learner's last answer to it and what that is worth."""
    assert step.kind is not None
    learner = signed_in(request)
    part = request.GET.get("deel", "")
    last = latest_response(learner, module.code, step.id, part) if learner else None
    blocks = {block.id: block for block in module.steps}
    ids = module.outline.ids
    place = ids.index(step.id)
    context = {
        **module.get_context(request),
        "exercise": blocks[step.id],
        "step": step,
        "number": place + 1,
        "next_id": ids[place + 1] if place + 1 < len(ids) else "",
        "last": last,
    }
    # What can be answered again: what is not right yet, and kinds with more parts or another choice.
    context["asks"] = last is None or last.correct is not True or step.kind.by_part
    if last:
        try:
            context["why"] = step.kind.explain(step.value, last.answer)
        except (WrongShape, KeyError, TypeError):  # the exercise changed since; then there is nothing to explain
            context["last"] = None
    return context


@same_origin_required
@require_POST
@never_cache
def finish(request: HttpRequest, slug: str) -> HttpResponseBase:
    """'Ik ben klaar', for reading without JavaScript."""
    module = get_object_or_404(ModulePage.objects.live(), slug=slug)
    return keep_form(request, lambda learner: finish_module(user=learner, module=module), reverse("learning:home"))
