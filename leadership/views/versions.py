"""What a product was before: to read, and to bring back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leadership.blocks import blocks_of
from leadership.models import ProductVersion
from leadership.values import WrongValues
from leadership.views.form import Desk, desk_of
from people.origin import same_origin_required


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required
@login_required
@never_cache
def versions(request: HttpRequest, group_id: int, template: str) -> HttpResponseBase:
    """Every version that was kept, newest first; a press makes one of them the product again."""
    desk = desk_of(request, group_id, template)
    if desk.product is None:
        raise Http404
    if request.method == "POST":
        said = request.POST.get("versie", "")
        if not (said.isascii() and said.isdecimal() and len(said) < 19):
            raise Http404
        return _bring_back(request, desk, get_object_or_404(desk.product.versions, pk=int(said)))
    found = [(version, blocks_of(desk.form, version.values)) for version in desk.product.versions.all()]
    context = {"desk": desk, "group": desk.group, "form": desk.form, "versions": found}
    return render(request, "leadership/versions.html", context)


def _bring_back(request: HttpRequest, desk: Desk, version: ProductVersion) -> HttpResponseBase:
    """What stands there now becomes a version in turn. A question that left the form meanwhile stays behind."""
    asked = {field.id for field in desk.form.fields}
    values = {name: value for name, value in version.values.items() if name in asked}
    try:
        desk.save(values, desk.version, keep_former=True)
    except WrongValues:
        messages.error(request, "Het formulier is veranderd. Deze versie past er niet meer in. Je kunt hem nog lezen.")
        return redirect(request.path)
    messages.success(request, "De versie staat terug. Wat er stond, vind je bij de versies.")
    return redirect("leadership:form", desk.group.pk, desk.form.id)
