"""Learners into a class of a school, by a list, and what their teacher does with one place."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from people.desk import who_leads, whose_class, words_for
from people.models import Cohort, CohortMember, ListImport, Organisation, User
from people.origin import same_origin_required
from people.queries import cohorts_led_by
from people.services import (
    GroupRefused,
    ListOfAnother,
    keep_list,
    merge_double,
    move_learner,
    note_group_look,
    remove_learner,
    rename_learner,
)
from people.sheets import MOST_BYTES, MOST_ROWS

TOO_BIG = "Dit is te groot. Er past 2 MB in een lijst."


@same_origin_required
@login_required
@never_cache
def add(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """A pasted list or a file with names, into one class."""
    user, cohort = whose_class(request, cohort_id)
    context: dict[str, Any] = {"cohort": cohort, "most": MOST_ROWS}
    if request.method == "POST":
        return _take(request, user, cohort.organisation, cohort, "insight/add_learners.html", context)
    return render(request, "insight/add_learners.html", context | {"form": uuid.uuid4()})


@same_origin_required
@login_required
@never_cache
def add_classes(request: HttpRequest) -> HttpResponseBase:
    """A file with names and classes, of a school: the classes that are not there yet are made."""
    user, organisations = who_leads(request)
    schools = [one for one in organisations if one.kind == Organisation.Kind.SCHOOL]
    if not schools:
        raise Http404
    wanted = request.POST.get("organisatie", "")
    school = next((one for one in schools if str(one.pk) == wanted), schools[0])
    context = {"schools": schools, "words": words_for(organisations), "most": MOST_ROWS}
    if request.method == "POST":
        return _take(request, user, school, None, "insight/add_classes.html", context)
    return render(request, "insight/add_classes.html", context | {"form": uuid.uuid4()})


def _take(
    request: HttpRequest, user: User, school: Organisation, cohort: Cohort | None, page: str, context: dict[str, Any]
) -> HttpResponseBase:
    """Keep what was sent. A pasted list that is not right comes back as it was typed."""
    key = _key(request.POST.get("form", ""))
    typed, file = request.POST.get("namen", ""), request.FILES.get("bestand")
    if len(typed) > MOST_BYTES or (file and (file.size or 0) > MOST_BYTES):
        context |= {"form": uuid.uuid4(), "problems": [(0, TOO_BIG)], "problem_count": 1}
        return render(request, page, context, status=422)
    content, is_text = (file.read(), False) if file else (typed.encode("utf-8", "replace"), True)
    try:
        kept = keep_list(key=key, content=content, is_text=is_text, actor=user, organisation=school, cohort=cohort)
    except ListOfAnother:
        raise Http404 from None
    if is_text and kept.state == ListImport.State.REFUSED:
        context |= {
            "form": uuid.uuid4(), "typed": typed, "problems": kept.problems, "problem_count": kept.problem_count,
        }  # fmt: skip
        return render(request, page, context, status=422)
    if cohort and kept.state == ListImport.State.DONE:
        number = "1 leerling staat" if kept.written == 1 else f"{kept.written} leerlingen staan"
        messages.success(request, f"{number} in {cohort.name}. Print nu de kaarten.")
        return redirect("insight:sign_in", cohort.pk)
    return redirect("insight:list", kept.pk)


def _key(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return uuid.uuid4()


@require_GET
@login_required
@never_cache
def list_import(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """How far a list is, for who sent it: what was done, or which rows are not right."""
    user, organisations = who_leads(request)
    mine = ListImport.objects.filter(actor=user, organisation__in=organisations).defer("content")
    kept = get_object_or_404(mine.select_related("cohort"), pk=key)
    return render(request, "insight/list.html", {"kept": kept, "words": words_for(organisations)})


@same_origin_required
@login_required
@never_cache
def learner(request: HttpRequest, cohort_id: int, user_id: int) -> HttpResponseBase:
    """One learner of the class: another name, another class, the same person twice, out of it."""
    user, cohort = whose_class(request, cohort_id)
    places = cohort.members.filter(leads=False).select_related("user", "cohort__organisation")
    place = get_object_or_404(places, user=user_id)
    note_group_look(actor=user, cohort=cohort)
    problem = ""
    if request.method == "POST":
        try:
            return _change(request, user, place)
        except GroupRefused as error:
            problem = str(error)
    others = cohorts_led_by(user).filter(organisation=cohort.organisation_id, kind=Cohort.Kind.CLASS)
    context = {
        "cohort": cohort,
        "place": place,
        "groups": others.exclude(pk=cohort.pk),
        "others": sorted(places.exclude(pk=place.pk), key=lambda one: str(one.user).casefold()),
        "problem": problem,
    }
    return render(request, "insight/learner.html", context, status=422 if problem else 200)


def _change(request: HttpRequest, user: User, place: CohortMember) -> HttpResponseBase:
    cohort, name, post = place.cohort, str(place.user), request.POST
    if "naam" in post:
        renamed = rename_learner(place=place, name=post["naam"], actor=user)
        messages.success(request, f"De naam is nu {renamed.first_name}.")
        return redirect("insight:learner", cohort.pk, place.user_id)
    if "klas" in post:
        to = get_object_or_404(cohorts_led_by(user), pk=_number(post["klas"]))
        move_learner(place=place, to=to, actor=user)
        messages.success(request, f"{name} zit nu in {to.name}.")
    elif "dubbel" in post:
        double = get_object_or_404(
            cohort.members.filter(leads=False).select_related("user", "cohort__organisation"),
            pk=_number(post["dubbel"]),
        )
        gone = str(double.user)
        merge_double(double=double, into=place, actor=user)
        messages.success(request, f"{gone} en {name} zijn nu één leerling.")
    elif post.get("uit") == "ja":
        remove_learner(place=place, actor=user)
        messages.success(request, f"{name} zit niet meer in de klas.")
    return redirect("insight:sign_in", cohort.pk)


def _number(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > 18:
        raise GroupRefused("Kies er eerst een uit de lijst.")
    return int(typed)
