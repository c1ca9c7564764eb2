"""An own page of a route: writing it, and taking its file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.files_out import file_answer
from courses.forms import PageForm, key_of
from courses.models import CoursePath, PathFile, PathPage
from courses.services import ChangedMeanwhile, keep_file, save_page
from courses.views.whose import changed, page_on, seen
from people.desk import words_of
from people.models import User
from people.origin import same_origin_required


@same_origin_required
@login_required
@never_cache
def page(request: HttpRequest, path_id: int, page_id: UUID) -> HttpResponseBase:
    """A page or task to write; its id was made before, so that sending the form twice makes one."""
    user, path = changed(request, path_id)
    found = PathPage.objects.filter(pk=page_id).select_related("file").first()
    if found and found.path_id != path.pk:
        raise Http404
    if request.method == "POST":
        return _keep(request, user, path, found, page_id)
    form = PageForm(initial=_initial(found, request))
    return _shown(request, path, found, form, version=found.version if found else 0, file=found.file if found else None)


def _initial(found: PathPage | None, request: HttpRequest) -> dict[str, Any]:
    if found is None:
        kinds = PathPage.Kind.values
        asked = request.GET.get("soort", "")
        return {"kind": asked if asked in kinds else PathPage.Kind.PAGE, "minutes": 5}
    return {name: getattr(found, name) for name in ("kind", "title", "text", "text_makkelijk", "link", "minutes")}


def _keep(
    request: HttpRequest, user: User, path: CoursePath, found: PathPage | None, page_id: UUID
) -> HttpResponseBase:
    form = PageForm(request.POST, request.FILES)
    fits = form.is_valid()
    file = _file(form, path, found)
    version = _number(request.POST.get("version", ""))
    if not fits:
        return _shown(request, path, found, form, version=version, file=file, status=422)
    fields = {name: form.cleaned_data[name] for name in ("kind", "title", "text", "text_makkelijk", "link", "minutes")}
    try:
        kept = save_page(path=path, page_id=page_id, version=version, actor=user, file=file, **fields)
    except ChangedMeanwhile:
        found = page_on(path, page_id)
        return _shown(request, path, found, form, version=found.version, file=file, theirs=found, status=409)
    messages.success(request, f"‘{kept.title}’ is opgeslagen.")
    return redirect(f"{reverse('courses:builder', args=[path.pk])}#{kept.key.replace(':', '-')}")


def _file(form: PageForm, path: CoursePath, found: PathPage | None) -> PathFile | None:
    """The file that goes with it: what came now, what came a moment ago, or what was there."""
    said = form.cleaned_data
    if said.get("upload"):
        return keep_file(organisation=path.owner, file=said["upload"])
    if said.get("drop_file"):
        return None
    if kept := key_of(said.get("kept", "")):
        return PathFile.objects.filter(pk=kept, organisation=path.organisation_id).first()
    return found.file if found else None


def _shown(
    request: HttpRequest,
    path: CoursePath,
    found: PathPage | None,
    form: PageForm,
    *,
    version: int,
    file: PathFile | None,
    theirs: PathPage | None = None,
    status: int = 200,
) -> HttpResponseBase:
    context = {
        "path": path,
        "page": found,
        "form": form,
        "version": version,
        "file": file,
        "theirs": theirs,
        "words": words_of(path.owner),
    }
    return render(request, "courses/page.html", context, status=status)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 10 else 0


@require_GET
@login_required
@never_cache
def page_file(request: HttpRequest, path_id: int, page_id: UUID) -> HttpResponseBase:
    """The file of an own page, for who builds."""
    _, path = seen(request, path_id)
    return file_answer(page_on(path, page_id))
