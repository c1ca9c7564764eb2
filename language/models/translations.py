from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey

from language.languages import LANGUAGES, Language, text_problem


class WordTranslation(models.Model):
    """A word of the list in another language. What nobody is sure of is left out, never guessed."""

    term = ParentalKey("language.GlossaryTerm", on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(
        "taal", max_length=3, choices=[(language.code, language.label) for language in LANGUAGES.values()]
    )
    text = models.CharField("woord", max_length=80, help_text="Alleen als je het zeker weet.")
    explanation = models.CharField("uitleg", max_length=200, blank=True, help_text="Mag leeg blijven.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="a_word_once_per_language")]
        verbose_name = "woord in een andere taal"
        verbose_name_plural = "in andere talen"

    def __str__(self) -> str:
        return f"{self.language}: {self.text}"

    @property
    def spoken_in(self) -> Language:
        """The language, with its own name and the way it runs."""
        return LANGUAGES[self.language]

    def clean(self) -> None:
        """Each text stands in the script of its language."""
        problems = {
            field: problem
            for field in ("text", "explanation")
            if getattr(self, field) and (problem := text_problem(getattr(self, field), self.language))
        }
        if problems:
            raise ValidationError(problems)
