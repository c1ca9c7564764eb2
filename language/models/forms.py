from django.core.exceptions import ValidationError
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
        ordering = ["refused", "form"]
        constraints = [models.UniqueConstraint(fields=["term", "form"], name="a_form_once_per_word")]
        verbose_name = "vorm"
        verbose_name_plural = "vormen"

    def __str__(self) -> str:
        return self.form

    def clean(self) -> None:
        """A form belongs to one word, or a tap would open the wrong one."""
        others = WordForm.objects.filter(form=self.form, refused=False).exclude(term_id=self.term_id)
        other = others.select_related("term").first()
        if other and not self.refused:
            raise ValidationError({"form": f"De vorm ‘{self.form}’ hoort al bij ‘{other.term}’."})

    @property
    def is_made(self) -> bool:
        """Whether the rules made it, not an author."""
        return self.origin in (Origin.OWN, Origin.INFLECTION)
