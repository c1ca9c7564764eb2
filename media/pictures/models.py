"""An uploaded picture, its smaller forms, and what must be said about it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, get_upload_to
from wagtail.search import index

from media.pictures.fields import PictureField
from media.pictures.sizes import budget_of, lighter_specs
from media.pictures.words import check_alt

FOLDER = "beeld"


class Licence(models.TextChoices):
    OWN = "eigen", "Zelf gemaakt"
    ASKED = "toestemming", "Met toestemming van de maker"
    CC0 = "cc0", "CC0: geen voorwaarden"
    CC_BY = "cc-by-4.0", "CC BY 4.0: met de naam van de maker"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0: met de naam, en delen op dezelfde manier"


class Picture(AbstractImage):
    """A photo or drawing that authors put in lessons. It says in words what it shows, or that it shows nothing new."""

    file = PictureField(verbose_name="foto", upload_to=get_upload_to, width_field="width", height_field="height")
    alt = models.CharField(
        "wat is er te zien", max_length=120, blank=True, help_text="In hoogstens 10 woorden. Dit wordt voorgelezen."
    )
    is_decorative = models.BooleanField(
        "alleen versiering",
        default=False,
        help_text="De foto vertelt niets wat niet in de tekst staat. Dan wordt hij niet voorgelezen.",
    )
    maker = models.CharField(
        "maker", max_length=120, blank=True, help_text="Wie maakte de foto? Staat op de pagina Beeld en makers."
    )
    licence = models.CharField(
        "mag gebruikt worden", max_length=20, choices=Licence, help_text="Staan er mensen op? Vraag het hun eerst."
    )
    source = models.URLField("gevonden op", max_length=400, blank=True, help_text="Het adres van de pagina.")
    origin_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    search_fields = [*AbstractImage.search_fields, index.SearchField("alt"), index.SearchField("maker")]
    admin_form_fields = (
        "title",
        "file",
        "alt",
        "is_decorative",
        "licence",
        "maker",
        "source",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "foto"
        verbose_name_plural = "foto’s"

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.alt

    def clean(self) -> None:
        """Words or 'alleen versiering', one of the two; and the name of who asks to be named."""
        super().clean()
        errors: dict[str, str] = {}
        if problem := check_alt(self.alt, is_decorative=self.is_decorative):
            errors["alt"] = problem
        if self.licence in (Licence.CC_BY, Licence.CC_BY_SA, Licence.ASKED) and not self.maker.strip():
            errors["maker"] = "Schrijf hier wie de foto maakte. Dat hoort bij wat je koos."
        if self.licence in (Licence.CC0, Licence.CC_BY, Licence.CC_BY_SA) and not self.source.strip():
            errors["source"] = "Schrijf hier het adres van de pagina waar je de foto vond."
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.file.note_what_comes()
        super().save(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        return f"{FOLDER}/origineel/{filename}"

    def generate_rendition_file(self, filter: Filter, *, source: "File[bytes] | None" = None) -> "File[bytes]":
        """As Wagtail makes it; where that weighs more than its budget, a little less sharp."""
        made: File[bytes] = super().generate_rendition_file(filter, source=source)
        budget = budget_of(filter.spec)
        for spec in lighter_specs(filter.spec) if budget else ():
            if made.size <= (budget or 0):
                break
            made = super().generate_rendition_file(Filter(spec=spec), source=source)
        return made


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")
        ]

    def get_upload_to(self, filename: str) -> str:
        return f"{FOLDER}/{filename}"

    def __str__(self) -> str:
        return f"{self.image_id}: {self.filter_spec}"
