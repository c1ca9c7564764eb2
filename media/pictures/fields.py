"""The file of a picture: whatever is given to it, only a clean picture is ever kept (media/pictures/intake.py)."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile, File
from wagtail.images.fields import WagtailImageField as WagtailFormField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from media.pictures.intake import CleanPicture, clean_picture


class PictureFile(WagtailImageFieldFile):
    def save(self, name: str | None, content: "File[bytes]", save: bool = True) -> None:
        """Keep a clean copy, under a name made from its bytes."""
        clean = picture_in(content)
        self.instance.origin_digest = clean.origin_digest
        super().save(clean.name, ContentFile(clean.content, clean.name), save)


class PictureField(WagtailImageField):
    attr_class = PictureFile


def picture_in(content: Any) -> CleanPicture:
    """The clean picture in a file. Raises ValidationError when there is none."""
    known = getattr(content, "clean_picture", None)
    return known if isinstance(known, CleanPicture) else clean_picture(content, content.size)


class PictureUpload(WagtailFormField):
    """An upload in a form, made clean before anything else sees it. Its name says nothing about what it is."""

    default_validators: list[Any] = []

    def to_python(self, data: Any) -> Any:
        """The same upload, holding the clean picture; so nothing keeps what came in (as adding many at once does)."""
        upload: Any = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        clean = picture_in(upload)
        upload.file.seek(0)
        upload.file.truncate()
        upload.file.write(clean.content)
        upload.size, upload.content_type = len(clean.content), clean.mime_type
        upload.name = f"{upload.name.rpartition('.')[0] or upload.name}.{clean.ending}"
        upload.clean_picture = clean
        upload.seek(0)
        return upload
