"""A group begins, gets another Monday, and ends."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadership.forms import GroupForm, MondayForm, this_monday
from leadership.models import ProgrammeGroup
from leadership.queries import programmes
from leadership.services import IsOpen, begin_group, end_group, start_group
from leadership.views.whose import facilitating, who
from people.models import User
from people.origin import same_origin_required
from people.queries import organisations_for_programmes
from people.services import GroupRefused

WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """A new group; for who may begin one somewhere."""
    user = who(request)
    organisations, offered = list(organisations_for_programmes(user)), programmes()
    if not organisations or not offered:
        raise Http404
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
        programmes=offered,
        initial={"starts_on": this_monday()},
    )
    if request.method == "POST" and form.is_valid() and (group := _begun(form, user)):
        messages.success(request, f"{group.cohort.name} is gemaakt. Geef de code aan wie meedoet.")
        return redirect("leadership:facilitate", group.pk)
    status = WRONG if request.method == "POST" else 200
    return render(request, "leadership/new.html", {"form": form}, status=status)


def _begun(form: GroupForm, user: User) -> ProgrammeGroup | None:
    """The new group; None when its name cannot be, which then stands beside it."""
    try:
        return begin_group(
            organisation=form.chosen("organisation"),
            name=form.cleaned_data["name"],
            programme=form.chosen("programme"),
            starts_on=form.cleaned_data["starts_on"],
            actor=user,
        )
    except GroupRefused as error:
        form.add_error("name", str(error))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required
@login_required
@never_cache
def manage(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """Another Monday as long as no week is open, and the end."""
    user, group = facilitating(request, group_id)
    form = MondayForm(request.POST if request.method == "POST" else None, initial={"starts_on": group.starts_on})
    if request.method == "POST" and form.is_valid() and _moved(form, group, user):
        messages.success(request, "De groep begint op een andere maandag. Kijk ook de bijeenkomsten na.")
        return redirect("leadership:facilitate", group.pk)
    context: dict[str, Any] = {
        "group": group,
        "form": form,
        "is_open": group.open_until(timezone.localdate()) > 0,
    }
    return render(request, "leadership/manage.html", context, status=WRONG if request.method == "POST" else 200)


def _moved(form: MondayForm, group: ProgrammeGroup, user: User) -> bool:
    try:
        start_group(
            cohort=group.cohort, programme=group.programme, starts_on=form.cleaned_data["starts_on"], actor=user
        )
    except IsOpen as error:
        form.add_error("starts_on", str(error))
        return False
    return True


@require_POST
@same_origin_required
@login_required
def end(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """The end of a group; asked for twice."""
    user, group = facilitating(request, group_id)
    if request.POST.get("zeker") != "ja":
        return redirect("leadership:manage", group.pk)
    end_group(group=group, actor=user)
    messages.success(request, f"{group.cohort.name} is gestopt. De stukken blijven van wie ze maakte.")
    return redirect("insight:desk")
