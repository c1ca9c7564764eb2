"""The file of an own page as it is given out: always as a download, never as a page of ours."""

from django.http import FileResponse, Http404, HttpResponseBase

from courses.models import PathPage


def file_answer(page: PathPage) -> HttpResponseBase:
    """Its bytes. The caller made sure that who asks may have it. Raises Http404 where there is none."""
    if page.file is None:
        raise Http404
    try:
        content = page.file.open()
    except OSError as error:
        raise Http404 from error
    answer = FileResponse(content, as_attachment=True, filename=page.file.name, content_type=page.file.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
