"""The form of a picture in Wagtail's admin: every way to upload goes through it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from wagtail.images.forms import BaseImageForm
from wagtail.models import UploadedFile

from media.pictures.fields import PictureUpload
from media.pictures.intake import in_mb

KEPT = "‘{}’ is bewaard. Vul in wat nog mist. Kies alleen een bestand als je een andere foto wilt."


class PictureForm(BaseImageForm):
    """Refuses what is no safe picture. A good picture is kept while something else in the form is to be mended."""

    data: Any
    files: Any
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user")
        super().__init__(*args, **kwargs)
        if "file" not in self.fields:
            del self.fields["kept"]
            return
        old = self.fields["file"]
        self.fields["file"] = PictureUpload(label=old.label, required=old.required, widget=old.widget)
        self.fields["file"].help_text = _help()
        if (waiting := self._waiting()) and not self.files.get(self.add_prefix("file")):
            with waiting.file.open("rb") as file:
                upload = SimpleUploadedFile(waiting.file.name.rpartition("/")[2], file.read())
            self.files = MultiValueDict({self.add_prefix("file"): [upload]})

    def full_clean(self) -> None:
        super().full_clean()
        upload = getattr(self, "cleaned_data", {}).get("file") if self.errors else None
        if getattr(upload, "clean_picture", None) and self.add_prefix("kept") in self.data and self.user:
            self._keep(upload)

    def save(self, commit: bool = True) -> Any:
        """Save, and let go of what was kept meanwhile."""
        image = super().save(commit)
        if waiting := self._waiting():
            waiting.file.delete(save=False)
            waiting.delete()
        return image

    def _waiting(self) -> Any:
        """The upload that was kept for this person when the form came back; or None."""
        key = self.data.get(self.add_prefix("kept"), "") if self.is_bound and self.user else ""
        if not key.isdecimal() or len(key) > 18:
            return None
        return UploadedFile.objects.filter(pk=key, uploaded_by_user=self.user, for_content_type=_kind(self)).first()

    def _keep(self, upload: Any) -> None:
        waiting = self._waiting()
        if waiting is None or self.changed_file(waiting, upload):
            waiting = UploadedFile.objects.create(
                for_content_type=_kind(self),
                file=ContentFile(upload.clean_picture.content, upload.name),
                uploaded_by_user=self.user,
            )
        self.data = self.data.copy()
        self.data[self.add_prefix("kept")] = str(waiting.pk)
        self["file"].help_text = KEPT.format(upload.name)
        self.fields["file"].required = False

    def changed_file(self, waiting: Any, upload: Any) -> bool:
        """Whether this is another picture than the one that was kept."""
        with waiting.file.open("rb") as file:
            return bool(file.read() != upload.clean_picture.content)


def _kind(form: Any) -> Any:
    return ContentType.objects.get_for_model(form._meta.model)


def _help() -> str:
    most = in_mb(settings.PICTURE_MAX_BYTES)
    return f"JPG, PNG, WebP of HEIC, hoogstens {most}. Waar en waarmee de foto is gemaakt, halen we eruit."
