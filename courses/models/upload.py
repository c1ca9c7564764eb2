import uuid

from django.core.files import File
from django.core.files.storage import storages
from django.db import models

from people.models import Organisation

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


class PathFile(models.Model):
    """A PDF or picture that a teacher put with an own page, as it was kept after it was looked at.

    It lies where no web server gives it out by itself; copies of a path share it. `name` is what who takes it gets.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpg", "foto"
        PNG = "png", "plaatje"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=3, choices=Kind)
    name = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "digest", "name"], name="one_path_file_per_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Where it lies in the storage."""
        return f"{self.organisation_id}/{self.digest}.{self.kind}"

    @property
    def media_type(self) -> str:
        return TYPES[self.kind]

    def open(self) -> "File[bytes]":
        """The file to read. Raises OSError when it is gone."""
        return storages["paths"].open(self.place)
