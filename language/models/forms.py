from django.db import models
from modelcluster.fields import ParentalKey


class Origin(models.TextChoices):
    """How a form of a word came to be there."""

    OWN = "own", "het woord zelf"
    INFLECTION = "inflection", "verbogen"
    COMPOUND = "compound", "samenstelling"
    ADDED = "added", "zelf toegevoegd"


class WordForm(models.Model):
    """One way in which a word of the list stands in texts. A refused one is never marked and never proposed again."""

    term = ParentalKey("language.GlossaryTerm", on_delete=models.CASCADE, related_name="forms")
    form = models.CharField("vorm", max_length=80)
    origin = models.CharField("soort", max_length=10, choices=Origin, default=Origin.ADDED, editable=False)
    refused = models.BooleanField("niet aanstippen", default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["term", "form"], name="a_form_once_per_word")]
        verbose_name = "vorm"
        verbose_name_plural = "vormen"

    def __str__(self) -> str:
        return self.form

    @property
    def is_made(self) -> bool:
        """Whether the rules made it, not an author."""
        return self.origin in (Origin.OWN, Origin.INFLECTION)
