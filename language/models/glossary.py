from django.db import models
from django.db.models.functions import Lower


class GlossaryTerm(models.Model):
    """A hard word and what it means in A2 words. Texts refer to it as [[goedgekeurd]]."""

    term = models.CharField("woord", max_length=60)
    slug = models.SlugField("adres", max_length=60, unique=True)
    explanation = models.CharField("uitleg", max_length=160, help_text="In makkelijke woorden. Hoogstens 2 zinnen.")
    pictogram = models.CharField("pictogram", max_length=20, default="book")
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["term"]
        constraints = [models.UniqueConstraint(Lower("term"), name="one_explanation_per_term")]
        verbose_name = "woord"
        verbose_name_plural = "woordenlijst"

    def __str__(self) -> str:
        return self.term
