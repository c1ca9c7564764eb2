"""What a lead tells the region at the end of a programme: two lists to choose from, and nobody has to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leadership import services
from leadership.forms import LookBackForm
from leadership.queries import may_look_back
from leadership.views.whose import taking_part
from people.origin import same_origin_required


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required
@login_required
@never_cache
def look_back(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """The two questions, once the last week is open; who answered is not asked again."""
    user, group = taking_part(request, group_id)
    if not may_look_back(user, group, timezone.localdate()):
        if request.method == "POST" and group.look_backs.filter(user=user).exists():
            return redirect("leadership:programme", group.pk)  # sent twice
        raise Http404
    form = LookBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.look_back(group=group, user=user, **form.cleaned_data)
        messages.success(request, "Bedankt. Je antwoord telt mee als je organisatie meedoet aan de monitor.")
        return redirect("leadership:programme", group.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "leadership/look_back.html", {"group": group, "form": form}, status=status)
