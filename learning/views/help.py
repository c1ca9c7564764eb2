"""Help: how it works, asking a teacher, and telling the authors that a lesson is wrong."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from learning.asking import ask_for_help, end_help_request, has_teacher
from learning.forms import ReportForm
from learning.models import HelpRequest
from learning.services import report_lesson
from modules.models import ModulePage
from people.limits import Limit, address_of
from people.origin import same_origin_required
from people.owner import signed_in
from people.queries import classes_of

REPORTS = Limit("reports", most=20, seconds=3600)


def _lesson(slug: str) -> ModulePage | None:
    if not slug_re.match(slug):  # PostgreSQL refuses some characters instead of finding nothing
        return None
    found: ModulePage | None = ModulePage.objects.live().filter(slug=slug).defer("steps").first()
    return found


@require_GET
@never_cache
def help_page(request: HttpRequest) -> HttpResponseBase:
    """How it works and whom to ask; from a lesson also what to do about that lesson."""
    learner = signed_in(request)
    classes = classes_of(learner) if learner else []
    asked = HelpRequest.objects.filter(user=learner).first() if classes else None
    context = {
        "lesson": _lesson(request.GET.get("les", "")),
        "step": request.GET.get("stap", "")[:64],
        "classes": classes,
        "asked": asked,
    }
    return render(request, "learning/help.html", context)


@same_origin_required
@require_POST
def ask(request: HttpRequest) -> HttpResponseBase:
    """Show the teachers of one's classes that help is asked."""
    learner = signed_in(request)
    lesson = _lesson(request.POST.get("les", ""))
    if learner and has_teacher(learner):
        ask_for_help(user=learner, module=lesson.code if lesson else "")
        messages.success(request, "Je docent kan nu zien dat je hulp vraagt.")
    return _back_to_help(lesson)


@same_origin_required
@require_POST
def end(request: HttpRequest) -> HttpResponseBase:
    """Take the question for help back."""
    learner = signed_in(request)
    if learner is not None and end_help_request(user=learner):
        messages.success(request, "Je vraag om hulp is weg.")
    return _back_to_help(_lesson(request.POST.get("les", "")))


@require_GET
@never_cache
def standing(request: HttpRequest) -> HttpResponseBase:
    """How it stands, for the script in a lesson: the learner's own.

    lesson: where help is asked, '' outside a lesson, null for nowhere. teacher: whether there is one to see it.
    """
    learner = signed_in(request)
    asked = HelpRequest.objects.filter(user=learner).first() if learner else None
    slug = None
    if asked:
        found = ModulePage.objects.filter(code=asked.module).values_list("slug", flat=True) if asked.module else []
        slug = next(iter(found), "")
    return JsonResponse({"lesson": slug, "teacher": learner is not None and has_teacher(learner)})


def _back_to_help(lesson: ModulePage | None) -> HttpResponseBase:
    query = f"?{urlencode({'les': lesson.slug})}" if lesson else ""
    return redirect(reverse("learning:help") + query)


@same_origin_required
@never_cache
def report(request: HttpRequest, slug: str) -> HttpResponseBase:
    """'Deze les klopt niet': what is wrong, to the authors, without saying by whom."""
    module = get_object_or_404(ModulePage.objects.live(), slug=slug)
    form = ReportForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"page": module, "form": form, "step": request.GET.get("stap", "")[:64]}
        return render(request, "learning/report.html", context, status=422 if request.method == "POST" else 200)
    address = address_of(request)
    if REPORTS.is_reached(address):
        form.add_error(None, "Er zijn nu veel meldingen. Probeer het over een uur opnieuw.")
        return render(request, "learning/report.html", {"page": module, "form": form}, status=429)
    REPORTS.count(address)
    report_lesson(module=module, **form.cleaned_data)
    return render(request, "learning/reported.html", {"page": module})
