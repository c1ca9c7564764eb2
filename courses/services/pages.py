"""Own pages of a path, and the files with them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Max

from courses.attachments import CleanFile
from courses.models import CoursePath, PathFile, PathPage
from courses.services.building import ChangedMeanwhile, touch
from people.models import Organisation, User

COMES_BACK_FOR = timedelta(days=30)
FILE_WAITS_FOR = timedelta(days=2)


@transaction.atomic
def save_page(*, path: CoursePath, page_id: UUID, version: int, actor: User, **fields: Any) -> PathPage:
    """Write an own page of this path. One that is new, or was taken off meanwhile, comes last on it.

    What says the same as what stands there changes nothing: the same form may come twice. Raises ChangedMeanwhile when
    somebody else wrote it after this form was opened, and ValueError for a page of another path.
    """
    path = CoursePath.objects.select_for_update().get(pk=path.pk)
    page = PathPage.objects.filter(pk=page_id).first() or PathPage(pk=page_id, path=path, version=0)
    if page.path_id != path.pk:
        raise ValueError("this is a page of another path")
    is_new = page.version == 0
    says_the_same = not is_new and all(getattr(page, name) == value for name, value in fields.items())
    if not says_the_same and page.version != version:
        raise ChangedMeanwhile
    if says_the_same and page.place is not None:
        return page
    for name, value in fields.items():
        setattr(page, name, value)
    page.version += not says_the_same
    if page.place is None:
        page.place, page.taken_off_at = _last_place(path) + 1, None
        touch(path, actor)
    page.save(force_insert=is_new)
    return page


def _last_place(path: CoursePath) -> int:
    places = [rows.aggregate(last=Max("place"))["last"] or 0 for rows in (path.lessons, path.pages)]
    return max(places)


def keep_file(*, organisation: Organisation, file: CleanFile) -> PathFile:
    """Keep a file of this organisation; the same one under the same name is kept once."""
    kept, is_new = PathFile.objects.get_or_create(
        organisation=organisation,
        digest=file.digest,
        name=file.name,
        defaults={"kind": file.kind, "size": len(file.content)},
    )
    if is_new and not storages["paths"].exists(kept.place):
        storages["paths"].save(kept.place, ContentFile(file.content))
    return kept


def forget_what_was_taken_off(*, now: datetime) -> int:
    """Own pages that were taken off 30 days ago go, and files that no page holds; gives how many of both."""
    gone, _ = PathPage.objects.filter(place=None, taken_off_at__lt=now - COMES_BACK_FOR).delete()
    unused = PathFile.objects.filter(pages=None, made_at__lt=now - FILE_WAITS_FOR)
    for file in unused:
        file.delete()  # its bytes go with it (courses/signals.py)
        gone += 1
    return gone
