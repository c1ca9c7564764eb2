from django.db import models
from django.db.models import Case, When
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.text import Truncator

from language.variant import Variant


class FactQuerySet(models.QuerySet["Fact"]):
    def due(self) -> "FactQuerySet":
        """Those that must be checked again by now."""
        return self.filter(review_by__lte=timezone.localdate())

    def numbered(self) -> "FactQuerySet":
        """By their number: F2, F2a, F9, F10."""
        is_part = When(code__regex=r"[a-z]$", then=Length("code") - 1)
        return self.annotate(digits=Case(is_part, default=Length("code"))).order_by("digits", "code")


class Fact(models.Model):
    """One dated claim with its source. Texts refer to it as {F9}; one edit changes every lesson."""

    code = models.SlugField("code", max_length=10, unique=True, help_text="Zoals F9. Teksten noemen de code.")
    text_standaard = models.TextField("tekst Gewoon")
    text_makkelijk = models.TextField("tekst Makkelijk", help_text="Elke zin op een nieuwe regel.")
    source = models.CharField("bron", max_length=400)
    checked_on = models.DateField("nagekeken op")
    review_by = models.DateField("opnieuw nakijken voor")
    may_change = models.BooleanField(
        "kan veranderen",
        default=False,
        help_text="Kijk het na bij de eerste bron voor je publiceert, en elke 3 maanden.",
    )
    is_secondary = models.BooleanField(
        "uit de tweede hand", default=False, help_text="De eerste bron is nog niet gelezen. Open die voor je citeert."
    )
    told_for = models.DateField(null=True, editable=False)
    """The review date that authors were told of already."""
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = "feit"
        verbose_name_plural = "feiten"

    def __str__(self) -> str:
        return f"{self.code}: {Truncator(self.text_standaard).chars(60)}"

    @property
    def is_due(self) -> bool:
        """Whether it must be checked again by now."""
        return self.review_by <= timezone.localdate()

    @property
    def warnings(self) -> list[str]:
        """What its authors must not forget, in their words."""
        said = {"kan veranderen": self.may_change, "open eerst de eerste bron": self.is_secondary}
        return [warning for warning, holds in said.items() if holds]

    def text(self, variant: Variant) -> str:
        """The claim in one variant."""
        return self.text_makkelijk if variant is Variant.MAKKELIJK else self.text_standaard
