"""The exercises of a lesson as a file, for who may edit the lesson."""

import tempfile

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from integrations.h5p.packages import CannotExport, export_lesson, file_name
from language.variant import Variant
from modules.models import ModulePage

NAMES = {"makkelijk": Variant.MAKKELIJK, "gewoon": Variant.STANDAARD}


@require_GET
@never_cache
def lesson_file(request: HttpRequest, pk: int, text: str) -> HttpResponseBase:
    """The lesson as it is online, in one of its texts."""
    lesson = get_object_or_404(ModulePage.objects.live(), pk=pk)
    if text not in NAMES:
        raise Http404
    if not lesson.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    out = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    try:
        export_lesson(lesson=lesson, variant=NAMES[text], out=out)
    except CannotExport as error:
        out.close()
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", lesson.pk)
    out.seek(0)
    answer = FileResponse(out, as_attachment=True, filename=file_name(lesson, NAMES[text]))
    answer.headers["Content-Type"] = "application/zip"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
