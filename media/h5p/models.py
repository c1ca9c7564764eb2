"""Packages of H5P, their versions, the libraries that play them, and imports that are under way.

Files lie in the default storage under FOLDER. They are active content: nothing gives them out under MEDIA_URL.
"""

import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from wagtail.search import index

from media.h5p.core.libraries import LibraryName

FOLDER = "h5p"


class H5PLibraryQuerySet(models.QuerySet["H5PLibrary"]):
    def approved(self) -> "H5PLibraryQuerySet":
        return self.filter(approved_at__isnull=False)

    def requested(self) -> "H5PLibraryQuerySet":
        return self.filter(approved_at__isnull=True)

    def named(self, name: LibraryName) -> "H5PLibraryQuerySet":
        """Every patch of it, the latest first."""
        return self.filter(machine_name=name.machine_name, major=name.major, minor=name.minor).order_by("-patch")


class H5PLibrary(models.Model):
    """One patch of one library, by the digest of its files. Until it is approved nothing may use it."""

    machine_name = models.CharField(max_length=100)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    runnable = models.BooleanField()
    needs = models.JSONField(default=list)
    """Names as 'H5P.Image 1.1'."""
    may_need = models.JSONField(default=list)
    files = models.JSONField(default=dict)
    """Path and bytes of each file under `prefix`."""
    bytes = models.PositiveIntegerField(default=0)
    sites = models.JSONField(default=list)
    """Other sites that its style sheets would take something from; they are blocked."""
    runs_text_as_code = models.BooleanField(default=False)
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = H5PLibraryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "H5P-bibliotheek"
        verbose_name_plural = "H5P-bibliotheken"
        ordering = ("machine_name", "-major", "-minor", "-patch")
        permissions = [("approve_h5plibrary", "Mag H5P-bibliotheken goedkeuren")]
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch", "digest"], name="h5p_library_once"
            ),
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch"],
                condition=Q(approved_at__isnull=False),
                name="h5p_library_approved_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}.{self.patch}"

    @property
    def name(self) -> LibraryName:
        return LibraryName(self.machine_name, self.major, self.minor)

    @property
    def prefix(self) -> str:
        """Where its files are; other files would be elsewhere."""
        return f"{FOLDER}/bibliotheek/{self.machine_name}-{self.major}.{self.minor}.{self.patch}-{self.digest[:24]}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


class H5PPackage(index.Indexed, models.Model):
    """What an author chooses in a lesson: a package, whatever version of it is the current one."""

    title = models.CharField("titel", max_length=255)
    current = models.ForeignKey("H5PVersion", models.SET_NULL, null=True, editable=False, related_name="+")
    state_round = models.PositiveIntegerField(default=1, editable=False)
    """What a learner was busy with counts as long as this number is the same."""
    created_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]
    for _field in (current, uploaded_by):
        _field.wagtail_reference_index_ignore = True  # type: ignore[union-attr]
    del _field

    class Meta:
        verbose_name = "H5P-oefening"
        verbose_name_plural = "H5P-oefeningen"
        ordering = (F("created_at").desc(), "-pk")

    def __str__(self) -> str:
        return self.title


class H5PVersion(models.Model):
    """One uploaded file of a package. It never changes."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    package = models.ForeignKey(H5PPackage, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the .h5p file as it came in."""
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=20)
    licence = models.CharField(max_length=100, blank=True)
    makers = models.JSONField(default=list)
    main_library = models.ForeignKey(H5PLibrary, models.PROTECT, related_name="+")
    libraries = models.ManyToManyField(H5PLibrary, related_name="versions")
    files = models.JSONField(default=dict)
    """Path and bytes of each file under `prefix`: h5p.json, content/content.json, content/…"""
    bytes = models.PositiveIntegerField(default=0)
    sites = models.JSONField(default=list)
    """Other sites that the content would take something from; they are blocked."""
    hints = models.JSONField(default=list)
    """What to mind for who cannot see or hear all of it: pairs of a code and a count."""
    cleaned = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("package", "-number")
        constraints = [models.UniqueConstraint(fields=["package", "number"], name="h5p_version_number_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def prefix(self) -> str:
        return content_prefix(self.key)


class H5PImport(models.Model):
    """A file that someone uploaded, on its way to be a version of a package."""

    class State(models.TextChoices):
        WAITING = "wacht", "Wacht"
        RUNNING = "bezig", "Bezig"
        LACKING = "mist", "Wacht op een beheerder"
        DONE = "klaar", "Klaar"
        FAILED = "kan-niet", "Kan niet"

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    progress = models.PositiveSmallIntegerField(default=0)
    file_name = models.CharField(max_length=255)
    bytes = models.PositiveIntegerField(default=0)
    replaces = models.ForeignKey(H5PPackage, models.CASCADE, null=True, blank=True, related_name="+")
    reset_state = models.BooleanField(default=False)
    result = models.ForeignKey(H5PVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    lacking = models.ManyToManyField(H5PLibrary, related_name="imports")
    error_code = models.CharField(max_length=40, blank=True)
    error_path = models.CharField(max_length=400, blank=True)
    error_parameters = models.JSONField(default=dict)
    attempt = models.UUIDField(null=True, blank=True)
    """Of the worker that is busy with it; its files are there under this key."""
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.file_name

    @property
    def upload(self) -> str:
        """Where the file waits."""
        return f"{FOLDER}/inkomend/{self.key}.h5p"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)


def content_prefix(key: uuid.UUID) -> str:
    return str(PurePosixPath(FOLDER, "inhoud", str(key)))
