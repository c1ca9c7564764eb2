"""What is to be said and what was made of it; what is to be done stands here (decision 0006)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class ClipQuerySet(models.QuerySet["Clip"]):
    def made(self) -> "ClipQuerySet":
        """Those that can be heard."""
        return self.filter(made_at__isnull=False)

    def failed(self) -> "ClipQuerySet":
        """Those that could not be made."""
        return self.filter(made_at=None).exclude(problem="")

    def to_make(self) -> "ClipQuerySet":
        """Those that somebody still has to make."""
        return self.filter(made_at=None, problem="")


class Clip(models.Model):
    """One sentence in one voice. The key says all that decides how it sounds, so a clip never changes."""

    key = models.CharField(max_length=32, primary_key=True)
    text = models.TextField()
    language = models.CharField(max_length=8)
    backend = models.CharField(max_length=20)
    voice = models.CharField(max_length=200)
    rate = models.PositiveSmallIntegerField()
    spoken = models.TextField()
    low = models.BooleanField(default=False)
    ms = models.PositiveIntegerField(default=0)
    bytes = models.PositiveIntegerField(default=0)
    words = models.JSONField(default=list)
    made_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    unused_since = models.DateTimeField(null=True, db_index=True)

    objects = ClipQuerySet.as_manager()

    class Meta:
        verbose_name = "geluid van een zin"
        indexes = [
            models.Index(fields=["backend"], condition=Q(made_at=None), name="clips_to_make"),
        ]

    def __str__(self) -> str:
        return self.text

    def file(self, ending: str) -> str:
        """Its place in the storage."""
        return f"geluid/{self.key[:2]}/{self.key}.{ending}"


class Script(models.Model):
    """The lines of one lesson, or of the site itself, in the order in which they are met."""

    name = models.CharField(max_length=80, unique=True)
    digest = models.CharField(max_length=64)
    lines = models.JSONField(default=list)
    """Per line its text and its sentences: [text, [[key or '', start, end], ...]]."""
    wanted = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    clips = models.ManyToManyField(Clip, through="ClipUse", related_name="scripts")

    class Meta:
        verbose_name = "voorleestekst"

    def __str__(self) -> str:
        return self.name


class ClipUse(models.Model):
    """A clip that a script needs; while there is one, the clip stays."""

    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="uses")
    clip = models.ForeignKey(Clip, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["script", "clip"], name="one_use_per_script_and_clip")]

    def __str__(self) -> str:
        return f"{self.script_id}: {self.clip_id}"


class Recording(models.Model):
    """A sentence as someone recorded it; goes before every other voice. Nobody's name is kept with it."""

    text = models.TextField("zin")
    language = models.CharField(max_length=8, default="nl")
    digest = models.CharField(max_length=32)
    file = models.CharField(max_length=120)
    ms = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "opname"
        verbose_name_plural = "opnamen"
        constraints = [models.UniqueConstraint(fields=["text", "language"], name="one_recording_per_sentence")]

    def __str__(self) -> str:
        return self.text


class Pronunciation(models.Model):
    """How a word sounds that a voice reads wrongly; the text on screen stays as it is."""

    written = models.CharField(
        "geschreven", max_length=60, help_text="Zoals het er staat: AI. Met * ook als begin van een woord: phishing*."
    )
    spoken = models.CharField("uitgesproken", max_length=120, help_text="Zoals je het zegt: A I, of fisjing.")
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["written"]
        constraints = [models.UniqueConstraint(Lower("written"), name="one_pronunciation_per_word")]
        verbose_name = "uitspraak"
        verbose_name_plural = "uitspraak"

    def __str__(self) -> str:
        return f"{self.written}: {self.spoken}"
