"""Making a class or team, its name, with whom one leads it, and its end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.desk import who_leads, whose, words_for, words_of
from people.models import Cohort, User
from people.origin import same_origin_required
from people.queries import colleagues_to_lead, leaders_in
from people.services import (
    GroupRefused,
    add_leader,
    close_cohort,
    make_cohort,
    remove_leader,
    rename_cohort,
)


@same_origin_required
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """A class or team with a name; who makes it leads it."""
    user, organisations = who_leads(request)
    problem = ""
    if request.method == "POST":
        wanted = request.POST.get("organisatie", "")
        chosen = [one for one in organisations if str(one.pk) == wanted or len(organisations) == 1]
        try:
            if not chosen:
                raise GroupRefused("Kies eerst waar dit is.")
            made = make_cohort(organisation=chosen[0], name=request.POST.get("naam", ""), actor=user)
        except GroupRefused as error:
            problem = str(error)
        else:
            messages.success(request, f"{made.name} is gemaakt.")
            return redirect("insight:add_learners" if made.shows_people else "insight:cohort", made.pk)
    context = {
        "organisations": organisations,
        "words": words_for(organisations),
        "typed": request.POST.get("naam", "")[:200],
        "wanted": request.POST.get("organisatie", ""),
        "problem": problem,
    }
    return render(request, "insight/new_group.html", context, status=422 if problem else 200)


@same_origin_required
@login_required
@never_cache
def manage(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """The name, who leads it too, and the end. Posting gives another name."""
    user, cohort = whose(request, cohort_id)
    problem = ""
    if request.method == "POST":
        try:
            rename_cohort(cohort=cohort, name=request.POST.get("naam", ""), actor=user)
        except GroupRefused as error:
            problem = str(error)
        else:
            messages.success(request, "De naam is veranderd.")
            return redirect("insight:manage", cohort.pk)
    context = _context(cohort, user) | {"problem": problem, "typed": request.POST.get("naam", cohort.name)[:200]}
    return render(request, "insight/manage.html", context, status=422 if problem else 200)


def _context(cohort: Cohort, user: User) -> dict[str, Any]:
    return {
        "cohort": cohort,
        "words": words_of(cohort.organisation),
        "leaders": leaders_in(cohort),
        "colleagues": colleagues_to_lead(cohort),
        "me": user,
    }


@same_origin_required
@require_POST
@login_required
def change_leaders(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """One colleague more (`erbij`) or less (`eraf`)."""
    user, cohort = whose(request, cohort_id)
    adds = "erbij" in request.POST
    wanted = request.POST.get("erbij" if adds else "eraf", "")
    if not wanted.isdecimal() or len(wanted) > 18:
        raise Http404
    people = colleagues_to_lead(cohort) if adds else leaders_in(cohort)
    other = get_object_or_404(people, pk=int(wanted))
    try:
        (add_leader if adds else remove_leader)(cohort=cohort, user=other, actor=user)
    except GroupRefused as error:
        return render(request, "insight/manage.html", _context(cohort, user) | {"leader_problem": error}, status=422)
    messages.success(request, f"{other} leidt {'nu mee' if adds else 'niet meer mee'}: {cohort.name}.")
    if other == user and not adds:
        messages.info(request, "Je ziet er nu niets meer van.")
        return redirect("insight:desk")
    return redirect("insight:manage", cohort.pk)


@same_origin_required
@require_POST
@login_required
def close(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """The end of a class or team: everybody is out, and keeps what was learnt."""
    user, cohort = whose(request, cohort_id)
    if request.POST.get("zeker") != "ja":
        return redirect("insight:manage", cohort.pk)
    close_cohort(cohort=cohort, actor=user)
    messages.success(request, f"{cohort.name} is gestopt. De lessen blijven van wie leerde.")
    return redirect("insight:desk")
