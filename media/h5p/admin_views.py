"""Packages in the admin: uploading, what became of it, what is in a package, replacing and deleting."""

import tempfile
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required
from wagtail.log_actions import log

from media.h5p.export import export_version
from media.h5p.forms import ReplaceForm, UploadForm
from media.h5p.importing import begin_import
from media.h5p.messages import hint, reason
from media.h5p.models import H5PImport, H5PPackage
from media.h5p.queries import imports_of, libraries_of, packages, where_used
from media.h5p.rights import APPROVE, CHANGE_ALL, UPLOAD, may_change
from media.h5p.services import delete_package, has_newer_libraries
from media.h5p.tickets import player_address

uploaders_only = any_permission_required(UPLOAD, CHANGE_ALL, APPROVE)
may_upload = permission_required(UPLOAD)


@require_GET
@never_cache
@uploaders_only
def index(request: HttpRequest) -> HttpResponseBase:
    """Every package, and one's own uploads that are not done; an administrator sees those of everyone."""
    everyones = request.user.has_perm(APPROVE)
    rows = [_told(row) for row in imports_of(request.user, everyones=everyones)]
    context = {"packages": packages(), "imports": rows, "everyones": everyones}
    return render(request, "media/admin/h5p/index.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@may_upload
def upload(request: HttpRequest) -> HttpResponseBase:
    form = _filled(request, UploadForm)
    if request.method == "GET" or not form.is_valid():
        return render(request, "media/admin/h5p/upload.html", {"form": form})
    return _begin(request, form)


@require_http_methods(["GET", "POST"])
@never_cache
@may_upload
def replace(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new version of a package, by who may change it."""
    package = _changeable(request, pk)
    form = _filled(request, ReplaceForm)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "package": package, "uses": where_used(package, request.user)}
        return render(request, "media/admin/h5p/upload.html", context)
    return _begin(request, form, package)


@require_GET
@never_cache
@uploaders_only
def progress(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """How far an upload is; asked again by itself until it is over."""
    return render(request, "media/admin/h5p/import.html", _told(_own_import(request, key)))


@require_GET
@never_cache
@uploaders_only
def progress_state(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The same as a piece of a page."""
    return render(request, "media/admin/h5p/import_state.html", _told(_own_import(request, key)))


@require_GET
@never_cache
@uploaders_only
def package_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is in a package, and where it is shown."""
    package = get_object_or_404(packages(), pk=pk)
    version = package.current
    assert version is not None
    libraries = sorted(libraries_of(version).values(), key=str)
    context = {
        "package": package,
        "version": version,
        "player": player_address(version, timezone.now()),
        "versions": package.versions.select_related("main_library", "uploaded_by"),
        "libraries": libraries,
        "runs_text_as_code": [row for row in libraries if row.runs_text_as_code],
        "hints": [hint(code, count) for code, count in version.hints],
        "uses": where_used(package, request.user),
        "has_newer": has_newer_libraries(version),
        "may_change": may_change(request.user, package),
        "may_approve": request.user.has_perm(APPROVE),
    }
    return render(request, "media/admin/h5p/package.html", context)


@require_GET
@uploaders_only
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The current version as a file, to be used elsewhere."""
    package = get_object_or_404(packages(), pk=pk)
    assert package.current is not None
    out = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    export_version(version=package.current, out=out)
    out.seek(0)
    answer = FileResponse(out, as_attachment=True, filename=f"{package.title[:80]}.h5p")
    answer["Content-Type"] = "application/zip"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "POST"])
@never_cache
@may_upload
def delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks once more. What a lesson shows, online or in a draft, stays."""
    package = _changeable(request, pk)
    uses = where_used(package, request.user)
    if request.method == "GET" or uses:
        context = {"package": package, "uses": uses}
        return render(request, "media/admin/h5p/delete.html", context, status=409 if uses else 200)
    log(instance=package, action="wagtail.delete", user=request.user)
    delete_package(package=package)
    messages.success(request, f"‘{package.title}’ is weg.")
    return redirect("h5p_packages")


def _begin(request: HttpRequest, form: UploadForm, package: H5PPackage | None = None) -> HttpResponseBase:
    file = form.cleaned_data["file"]
    row = begin_import(
        file=file,
        name=file.name,
        by=request.user,
        replaces=package,
        reset_state=form.cleaned_data.get("reset_state", False),
    )
    return redirect("h5p_import", row.key)


def _filled(request: HttpRequest, form: type[UploadForm]) -> UploadForm:
    return form(request.POST, request.FILES) if request.method == "POST" else form()


def _changeable(request: HttpRequest, pk: int) -> H5PPackage:
    package = get_object_or_404(packages(), pk=pk)
    if not may_change(request.user, package):
        raise PermissionDenied
    return package


def _own_import(request: HttpRequest, key: uuid.UUID) -> H5PImport:
    """One's own, or anyone's for who approves libraries."""
    rows = H5PImport.objects.select_related("result__package", "replaces", "uploaded_by")
    if not request.user.has_perm(APPROVE):
        rows = rows.filter(uploaded_by=request.user.pk)
    return get_object_or_404(rows, key=key)


def _told(row: H5PImport) -> dict[str, Any]:
    """An import with what is said of it."""
    libraries = list(row.lacking.requested()) if row.state == H5PImport.State.LACKING else []
    waited = (timezone.now() - row.created_at).total_seconds() > 60 and row.state == H5PImport.State.WAITING
    return {
        "row": row,
        "state": H5PImport.State,
        "reason": reason(row.error_code, row.error_parameters) if row.error_code else "",
        "libraries": libraries,
        "was_there": bool(row.result and row.result.created_at < row.created_at),
        "waits_long": waited,
    }
