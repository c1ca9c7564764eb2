"""The file of a picture: whatever is given to it, only a clean picture is ever kept (media/pictures/intake.py)."""

import hashlib
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
        self.note(clean)
        super().save(clean.name, ContentFile(clean.content, clean.name), save)

    def note(self, clean: CleanPicture) -> None:
        """What the row says of its file; the hash is Wagtail's."""
        self.instance.origin_digest = clean.origin_digest
        self.instance.file_size = len(clean.content)
        self.instance.file_hash = hashlib.sha1(clean.content, usedforsecurity=False).hexdigest()

    def note_what_comes(self) -> None:
        """The same before the row is saved, for a file that is saved along with it."""
        if self and not self._committed:
            self.note(picture_in(self.file))


class PictureField(WagtailImageField):
    attr_class = PictureFile


def picture_in(content: Any) -> CleanPicture:
    """The clean picture in a file. Raises ValidationError when there is none."""
    known = getattr(content, "clean_picture", None)
    if not isinstance(known, CleanPicture):
        known = content.clean_picture = clean_picture(content, content.size)
    return known


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
