"""Writes of pictures."""

from datetime import UTC, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from wagtail.models import UploadedFile

from media.models import Picture
from media.pictures.rendering import make_renditions as _make

UNFINISHED = timedelta(days=1)


def make_renditions(*, picture_id: int) -> None:
    """Make the forms of a picture that phones ask for, where they are not there yet."""
    if image := Picture.objects.filter(pk=picture_id).first():
        _make(image)


def forget_unfinished_uploads(*, now: datetime) -> int:
    """Remove uploads whose form was never finished; gives how many."""
    kind = ContentType.objects.get_for_model(Picture)
    old = [
        upload for upload in UploadedFile.objects.filter(for_content_type=kind) if _made_at(upload) < now - UNFINISHED
    ]
    for upload in old:
        upload.file.delete(save=False)
        upload.delete()
    return len(old)


def _made_at(upload: UploadedFile) -> datetime:
    """When the file was written; long ago where it is gone."""
    try:
        made: datetime = upload.file.storage.get_modified_time(upload.file.name)
    except OSError:
        return datetime.min.replace(tzinfo=UTC)
    return made
