"""What the list of lessons and the reports say of a lesson: counted once per version of its text, not at every look."""

from django.db import models


class LessonFigures(models.Model):
    """What one lesson came to in its newest version, draft or not. `version` says of which text that is."""

    page = models.OneToOneField(
        "modules.ModulePage", models.CASCADE, primary_key=True, related_name="figures", verbose_name="les"
    )
    version = models.CharField(max_length=80)
    steps = models.PositiveSmallIntegerField(default=0)
    empty_standaard = models.PositiveSmallIntegerField(default=0)
    empty_makkelijk = models.PositiveSmallIntegerField(default=0)
    texts_missing = models.PositiveSmallIntegerField(default=0)
    parts_missing = models.PositiveSmallIntegerField(default=0)
    no_alt = models.PositiveSmallIntegerField(default=0)
    no_parts = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    words = models.JSONField(default=list)
    level_standaard = models.CharField(max_length=20, blank=True)
    level_makkelijk = models.CharField(max_length=20, blank=True)
    minutes_to_read = models.PositiveSmallIntegerField(default=0)
    minutes_to_listen = models.PositiveSmallIntegerField(default=0)
    blocks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "cijfers van een les"
        verbose_name_plural = "cijfers van lessen"

    def __str__(self) -> str:
        return self.version
