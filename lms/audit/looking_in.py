"""The pages on which an administrator of the site looks into one person, after saying why."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from integrations.statements.views import administrators_only
from lms.audit.shown import shown_of
from people.models import BreakGlass, User
from people.services import LookRefused, close_break_glass, looks_now, note_look, open_break_glass
from people.services.break_glass import LONGEST, MINUTES, SHORTEST


class WhyForm(forms.Form):
    """Why one looks. The person reads it."""

    why = forms.ChoiceField(label="Waarom kijk je mee?", choices=BreakGlass.Why.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Leg het uit",
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De ander leest dit. Schrijf in gewone taal.",
    )


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def look_into(request: HttpRequest, pk: int) -> HttpResponseBase:
    """First the question why; then, for an hour, what helps to help."""
    person, administrator = get_object_or_404(User, pk=pk), request.user
    assert isinstance(administrator, User)
    if glass := looks_now(administrator, person):
        note_look(glass=glass)
        context = {"person": person, "glass": glass, "parts": shown_of(person)}
        return render(request, "lms/admin/look_into.html", context)
    form = WhyForm(request.POST if request.method == "POST" else None)
    refused = ""
    if form.is_valid():
        try:
            open_break_glass(administrator=administrator, person=person, **form.cleaned_data)
            return redirect("look_into", pk)
        except LookRefused as error:
            refused = str(error)
    context = {"person": person, "form": form, "refused": refused, "minutes": MINUTES}
    status = 400 if request.method == "POST" else 200
    return render(request, "lms/admin/look_into_why.html", context, status=status)


@require_POST
@administrators_only
def stop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Done before the hour is over."""
    person, administrator = get_object_or_404(User, pk=pk), request.user
    assert isinstance(administrator, User)
    if glass := looks_now(administrator, person):
        close_break_glass(glass=glass)
    messages.success(request, "Je kijkt niet meer mee.")
    return redirect("wagtailusers_users:index")
