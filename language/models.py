from django.db import models
from django.db.models.functions import Lower
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet

from language.variant import Variant


@register_snippet
class Fact(models.Model):
    """One dated claim with its source. Texts refer to it as {F9}; one edit changes every lesson."""

    code = models.SlugField("code", max_length=10, unique=True, help_text="Zoals F9. Teksten noemen de code.")
    text_standaard = models.TextField("tekst Gewoon")
    text_makkelijk = models.TextField("tekst Makkelijk", help_text="Elke zin op een nieuwe regel.")
    source = models.CharField("bron", max_length=400)
    checked_on = models.DateField("nagekeken op")
    review_by = models.DateField("opnieuw nakijken voor")
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    panels = [
        FieldPanel("code"),
        FieldRowPanel([FieldPanel("text_standaard"), FieldPanel("text_makkelijk")]),
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_by")]),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = "feit"
        verbose_name_plural = "feiten"

    def __str__(self) -> str:
        return f"{self.code}: {self.text_standaard[:60]}"

    def text(self, variant: Variant) -> str:
        """The claim in one variant."""
        return self.text_makkelijk if variant is Variant.MAKKELIJK else self.text_standaard


@register_snippet
class GlossaryTerm(models.Model):
    """A hard word and what it means in A2 words. Texts refer to it as [[goedgekeurd]]."""

    term = models.CharField("woord", max_length=60)
    slug = models.SlugField("adres", max_length=60, unique=True)
    explanation = models.CharField("uitleg", max_length=160, help_text="In makkelijke woorden. Hoogstens 2 zinnen.")
    pictogram = models.CharField("pictogram", max_length=20, default="book")
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    panels = [
        FieldPanel("term"),
        FieldPanel("slug"),
        FieldPanel("explanation"),
        FieldPanel("pictogram"),
    ]

    class Meta:
        ordering = ["term"]
        constraints = [models.UniqueConstraint(Lower("term"), name="one_explanation_per_term")]
        verbose_name = "woord"
        verbose_name_plural = "woordenlijst"

    def __str__(self) -> str:
        return self.term
