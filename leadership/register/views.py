"""The pages of the AI register."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from insight.sheets import SHEETS
from leadership.desk_forms import Day
from leadership.models import AiSystem, State
from leadership.register.forms import SystemForm
from leadership.register.history import history_of
from leadership.register.queries import (
    looks,
    organisations_read,
    rows_to_take_over,
    said_facts,
    systems_of,
)
from leadership.register.risk import ANSWERS, MEANINGS, QUESTIONS, facts_behind, outcome_of
from leadership.register.services import (
    ChangedMeanwhile,
    RegisterRefused,
    import_systems,
    review_system,
    save_system,
    set_risk,
    take_over,
)
from leadership.register.sheet import MOST_TOLD, WrongRows, read_systems, rows_of
from leadership.register.whose import Desk, keeps, reads
from people.origin import same_origin_required
from people.owner import signed_in
from people.services import record_audit
from people.sheets import MOST_BYTES, SheetRefused

REVIEW_AFTER = timedelta(days=183)
CHANGED = "Iemand anders paste dit net aan. Kijk hieronder wat er nu staat, en bewaar opnieuw."


@require_GET
@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponseBase:
    """Straight to the only register of who has one; else a choice."""
    user = signed_in(request)
    found = list(organisations_read(user)) if user else []
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("register:register", found[0].pk)
    return render(request, "leadership/register_choice.html", {"organisations": found})


@require_GET
@login_required
@never_cache
def register(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """Every system, with what must be looked at again first."""
    desk = reads(request, organisation_id)
    systems = list(systems_of(desk.organisation))
    to_look = {look.system.pk: look for look in looks(systems)}
    context = {
        "desk": desk,
        "rows": [(system, to_look.get(system.pk)) for system in systems if system.state != State.STOPPED],
        "stopped": [system for system in systems if system.state == State.STOPPED],
        "looks": list(to_look.values()),
        "from_product": rows_to_take_over(desk.user, systems),
        "new_id": uuid.uuid4(),
    }
    return render(request, "leadership/register.html", context)


@require_GET
@login_required
@never_cache
def export(request: HttpRequest, organisation_id: int, ending: str) -> HttpResponseBase:
    """The register as CSV or XLSX; it can be read in again."""
    desk = reads(request, organisation_id)
    record_audit(actor=desk.user, action="export_register", about=desk.organisation, ending=ending)
    return SHEETS[ending](rows_of(list(systems_of(desk.organisation))), "ai-register")


@same_origin_required
@login_required
@never_cache
def system(request: HttpRequest, organisation_id: int, system_id: uuid.UUID) -> HttpResponseBase:
    """One system: what is known of it, its history, and looking again. An id that is not there yet is a new one."""
    desk = reads(request, organisation_id)
    found = systems_of(desk.organisation).filter(pk=system_id).first()
    if not desk.keeps:
        if found is None or request.method == "POST":
            raise Http404
        return render(request, "leadership/register_read.html", _context(desk, found))
    if AiSystem.objects.filter(pk=system_id).exclude(organisation=desk.organisation).exists():
        raise Http404
    if request.method == "POST":
        return _save(request, desk, found, system_id)
    form = SystemForm(initial=_initial(found) if found else {"state": State.USED})
    return render(request, "leadership/register_system.html", _context(desk, found, form=form))


def _initial(found: AiSystem) -> dict[str, Any]:
    return {name: getattr(found, name) for name in SystemForm.base_fields}


def _context(desk: Desk, found: AiSystem | None, **more: Any) -> dict[str, Any]:
    context: dict[str, Any] = {"desk": desk, "system": found, **more}
    if found:
        context |= {
            "look": next(iter(looks([found])), None),
            "meaning": MEANINGS[found.risk_class],
            "facts": said_facts(facts_behind(found)),
            "history": history_of(found),
            "review_day": timezone.localdate() + REVIEW_AFTER,
        }
    return context


def _save(request: HttpRequest, desk: Desk, found: AiSystem | None, system_id: uuid.UUID) -> HttpResponseBase:
    form, status = SystemForm(request.POST), 422
    if form.is_valid():
        try:
            kept = save_system(
                organisation=desk.organisation, system_id=system_id, version=_number(request.POST.get("version", "")),
                values=form.cleaned_data, actor=desk.user,
            )  # fmt: skip
        except RegisterRefused as error:
            form.add_error("name", str(error))
        except ChangedMeanwhile:
            form.add_error(None, CHANGED)
            status = 409
        else:
            messages.success(request, f"‘{kept.name}’ is bewaard.")
            return redirect("register:register" if kept.risk else "register:risk", *_where(desk, kept))
    return render(request, "leadership/register_system.html", _context(desk, found, form=form), status=status)


def _where(desk: Desk, kept: AiSystem) -> list[Any]:
    return [desk.organisation.pk] if kept.risk else [desk.organisation.pk, kept.pk]


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


def _kept(request: HttpRequest, organisation_id: int, system_id: uuid.UUID) -> tuple[Desk, AiSystem]:
    desk = keeps(request, organisation_id)
    return desk, get_object_or_404(systems_of(desk.organisation), pk=system_id)


@same_origin_required
@require_POST
@login_required
def review(request: HttpRequest, organisation_id: int, system_id: uuid.UUID) -> HttpResponseBase:
    """Looked at again: what stands there is still right."""
    desk, found = _kept(request, organisation_id, system_id)
    try:
        day = Day("", required=True).clean(request.POST.get("review_by", ""))
        review_system(system=found, review_by=day, actor=desk.user)
    except (RegisterRefused, ValidationError) as error:
        said = error.messages[0] if isinstance(error, ValidationError) else str(error)
        context = _context(desk, found, form=SystemForm(initial=_initial(found)), review_problem=said)
        return render(request, "leadership/register_system.html", context, status=422)
    messages.success(request, f"‘{found.name}’ is opnieuw bekeken.")
    return redirect("register:register", desk.organisation.pk)


@same_origin_required
@login_required
@never_cache
def risk(request: HttpRequest, organisation_id: int, system_id: uuid.UUID) -> HttpResponseBase:
    """Questions that lead to a class; it is taken over with a press of its own."""
    desk, found = _kept(request, organisation_id, system_id)
    answers = {question.id: request.POST.get(question.id, "") for question in QUESTIONS}
    outcome = outcome_of(answers) if request.method == "POST" else None
    if outcome and request.POST.get("do") == "neem":
        set_risk(system=found, risk=outcome.risk, actor=desk.user)
        messages.success(request, f"De klasse van ‘{found.name}’ is nu: {outcome.risk.label.lower()}.")
        return redirect("register:register", desk.organisation.pk)
    facts = {fact.code: fact for fact in said_facts(question.fact for question in QUESTIONS)}
    context = {
        "desk": desk,
        "system": found,
        "questions": [(question, facts.get(question.fact), answers[question.id]) for question in QUESTIONS],
        "choices": ANSWERS.items(),
        "outcome": outcome,
        "facts": said_facts(outcome.meaning.facts) if outcome else [],
    }
    return render(request, "leadership/register_risk.html", context)


@same_origin_required
@login_required
@never_cache
def read_in(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """A sheet with systems: all of it, or nothing and why."""
    desk = keeps(request, organisation_id)
    context: dict[str, Any] = {"desk": desk}
    if request.method == "POST":
        file = request.FILES.get("bestand")
        try:
            if file is None or (file.size or 0) > MOST_BYTES:
                raise SheetRefused("Kies een bestand." if file is None else "Dit is te groot. Er past 2 MB in.")
            done = import_systems(organisation=desk.organisation, rows=read_systems(file.read()), actor=desk.user)
        except WrongRows as error:
            context |= {"problems": error.problems[:MOST_TOLD], "problem_count": len(error.problems)}
        except (SheetRefused, RegisterRefused) as error:
            context |= {"problems": [(0, str(error))], "problem_count": 1}
        else:
            messages.success(request, f"{done.added} erbij, {done.changed} aangepast, {done.same} hetzelfde gebleven.")
            return redirect("register:register", desk.organisation.pk)
    return render(request, "leadership/register_read_in.html", context, status=422 if "problems" in context else 200)


@same_origin_required
@require_POST
@login_required
def from_product(request: HttpRequest, organisation_id: int) -> HttpResponseBase:
    """The systems in the own data card of who presses, into the register."""
    desk = reads(request, organisation_id)
    try:
        added = take_over(organisation=desk.organisation, actor=desk.user)
    except RegisterRefused as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"Overgenomen uit je gegevenskaart: {added}. Vul nu aan wat nog ontbreekt.")
    return redirect("register:register", desk.organisation.pk)
