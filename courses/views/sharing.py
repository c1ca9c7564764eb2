"""What happens with a route as a whole: sharing, copying, putting away."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.forms import SharingForm, key_of
from courses.models import Sharing
from courses.services import archive_path, copy_path, share_path
from courses.views.whose import owned, seen
from people.desk import words_of
from people.origin import same_origin_required
from people.queries import cohorts_led_by

SAID = {
    Sharing.ALONE: "Opgeslagen. Alleen jij ziet deze route.",
    Sharing.SEE: "Opgeslagen. Collega’s kunnen deze route zien en kopiëren.",
    Sharing.EDIT: "Opgeslagen. Collega’s kunnen aan deze route meewerken.",
}


@same_origin_required
@login_required
@never_cache
def sharing(request: HttpRequest, path_id: int) -> HttpResponseBase:
    """Who sees it, its address for learners, a copy, and putting it away."""
    if request.method != "POST":
        user, path = seen(request, path_id)
        return _shown(request, path_id, SharingForm(initial={"sharing": path.sharing}))
    user, path = owned(request, path_id)
    form = SharingForm(request.POST)
    if not form.is_valid():
        return _shown(request, path_id, form, status=422)
    chosen = Sharing(form.cleaned_data["sharing"])
    share_path(path=path, sharing=chosen, actor=user)
    messages.success(request, SAID[chosen])
    return redirect("courses:sharing", path.pk)


def _shown(request: HttpRequest, path_id: int, form: SharingForm, status: int = 200) -> HttpResponseBase:
    user, path = seen(request, path_id)
    address = request.build_absolute_uri(reverse("learning:path", args=[path.slug]))
    context = {
        "path": path,
        "form": form,
        "address": address,
        "cohorts": cohorts_led_by(user).filter(organisation=path.owner).order_by("name"),
        "is_mine": path.is_of(user),
        "key": uuid4(),
        "words": words_of(path.owner),
    }
    return render(request, "courses/sharing.html", context, status=status)


@same_origin_required
@require_POST
@login_required
def copy(request: HttpRequest, path_id: int) -> HttpResponseBase:
    """The same once more, of who copies."""
    user, path = seen(request, path_id)
    key = key_of(request.POST.get("key", ""))
    made = copy_path(path=path, organisation=path.owner, actor=user, key=key)
    messages.success(request, "Opgeslagen. Dit is jouw kopie.")
    return redirect("courses:builder", made.pk)


@same_origin_required
@require_POST
@login_required
def archive(request: HttpRequest, path_id: int) -> HttpResponseBase:
    """Put away, or back; said by the button, so that a second tap changes nothing."""
    user, path = owned(request, path_id)
    away = request.POST.get("weg") != "0"
    archive_path(path=path, archived=away, actor=user)
    messages.success(request, f"‘{path.title}’ is {'opgeborgen' if away else 'terug'}.")
    return redirect("courses:routes") if away else redirect("courses:builder", path.pk)
