from typing import Any

from django.db import models
from django.db.models.functions import Lower
from modelcluster.models import ClusterableModel

from language.inflections import inflections
from language.models.forms import Origin, WordForm


class GlossaryTerm(ClusterableModel):
    """A hard word and what it means in A2 words. Lessons mark it by its forms, or where a text says [[goedgekeurd]]."""

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

    def save(self, *args: Any, **options: Any) -> None:
        """Its forms are made along: the word itself and how it is inflected."""
        self.make_forms()
        super().save(*args, **options)

    def make_forms(self) -> None:
        """Add the forms that the rules make and take those away that they made for another spelling.

        What an author refused or added stays as it is.
        """
        made = {self.term: Origin.OWN} | dict.fromkeys(inflections(self.term), Origin.INFLECTION)
        there = {row.form: row for row in self.forms.all()}
        for form, row in there.items():
            if row.is_made and not row.refused and form not in made:
                self.forms.remove(row)
        for form in made.keys() - there.keys():
            self.forms.add(WordForm(form=form, origin=made[form]))
