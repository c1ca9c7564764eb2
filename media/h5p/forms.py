"""What is asked of who uploads a package."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from media.h5p.core.limits import DEFAULT, MB

MOST = DEFAULT.archive_bytes // MB


class UploadForm(forms.Form):
    """A file that may be a package; what is in it is looked at by a worker."""

    file = forms.FileField(
        label="H5P-bestand",
        help_text=f"De naam eindigt op .h5p. Hoogstens {MOST} MB.",
        widget=forms.FileInput(attrs={"accept": ".h5p"}),
        error_messages={
            "required": "Kies eerst een bestand.",
            "empty": "Dit bestand is leeg. Haal het opnieuw op.",
            "missing": "Kies eerst een bestand.",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".h5p"):
            raise ValidationError("Dit is geen H5P-bestand. De naam eindigt op .h5p.")
        if file.size > DEFAULT.archive_bytes:
            raise ValidationError(f"Het bestand is te groot: hoogstens {MOST} MB. Haal er films of grote foto’s uit.")
        return file


class ReplaceForm(UploadForm):
    reset_state = forms.BooleanField(
        label="Iedereen begint opnieuw",
        required=False,
        help_text="Kies dit als oude antwoorden niet meer passen. Wie bezig is, verliest dan zijn plek in de oefening.",
    )
