from django.db import models
from django.db.models.functions import Lower


class HardWord(models.Model):
    """A hard word or expression, with a plainer way to say it. The adviser names both to authors."""

    term = models.CharField("woord of uitdrukking", max_length=80, help_text="Zoals het in een woordenboek staat.")
    plainer = models.CharField(
        "gewoner", max_length=120, blank=True, help_text="Wat je beter kunt schrijven. Leeg: zeg het gewoner."
    )
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["term"]
        constraints = [models.UniqueConstraint(Lower("term"), name="one_entry_per_hard_word")]
        verbose_name = "moeilijk woord"
        verbose_name_plural = "moeilijke woorden"

    def __str__(self) -> str:
        return self.term
