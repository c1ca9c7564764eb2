from typing import ClassVar

from django.db import models
from django.utils import timezone

from leadership.models.group import ProgrammeGroup
from leadership.models.programme import Programme
from leadership.programme import Template
from people.models import User


class Shared(models.TextChoices):
    """Who may read a product, besides its author."""

    NOBODY = "", "Alleen ik"
    DUO = "duo", "Mijn duo"
    GROUP = "group", "De hele groep en de begeleider"


class WorkProduct(models.Model):
    """What a lead makes with a guided form. It is the author's, also after the group or their place in it ends.

    `values` is what the author sees; others read the version that was shared, and nothing that was typed after it.
    `version` counts saves, so that of two phones the second is told.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="products")
    group = models.ForeignKey(ProgrammeGroup, models.SET_NULL, null=True, related_name="products")
    owner = models.ForeignKey(User, models.CASCADE, related_name="work_products")
    template = models.CharField("formulier", max_length=30)
    values = models.JSONField("inhoud", default=dict)
    version = models.PositiveIntegerField("versie", default=0)
    changed_at = models.DateTimeField("bewaard op", default=timezone.now)
    shared_with = models.CharField("gedeeld met", max_length=5, choices=Shared, default=Shared.NOBODY, blank=True)
    shared = models.ForeignKey("ProductVersion", models.SET_NULL, null=True, related_name="+")
    shared_at = models.DateTimeField("gedeeld op", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["group", "owner", "template"], name="one_product_per_form")]
        verbose_name = "stuk"
        verbose_name_plural = "stukken"

    def __str__(self) -> str:
        return f"{self.template} van {self.owner}"

    @property
    def form(self) -> Template | None:
        """Its guided form; None when that left the programme."""
        return self.programme.text.templates.get(self.template)


class ProductVersion(models.Model):
    """A product as it was once: now and then while typing, when it was shared, and what came too late to be it."""

    class Kind(models.TextChoices):
        SAVED = "saved", "Bewaard"
        SHARED = "shared", "Gedeeld"
        ASIDE = "aside", "Apart gelegd"

    MOST: ClassVar[int] = 30  # of one product, those that were shared not counted

    product = models.ForeignKey(WorkProduct, models.CASCADE, related_name="versions")
    kind = models.CharField(max_length=6, choices=Kind)
    values = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.product}, {self.get_kind_display()}"


class PeerReview(models.Model):
    """What a partner says of a product, by the questions of the programme. No grade; for its author and who gave it."""

    product = models.ForeignKey(WorkProduct, models.CASCADE, related_name="reviews")
    version = models.ForeignKey(ProductVersion, models.SET_NULL, null=True, related_name="+")
    reviewer = models.ForeignKey(User, models.CASCADE, related_name="peer_reviews")
    answers = models.JSONField(default=dict)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["product", "reviewer"], name="one_review_per_partner")]

    def __str__(self) -> str:
        return f"{self.reviewer} over {self.product}"
