from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester

from language.variant import Variant
from media.widgets import PictogramSelect
from modules.blocks import StepsBlock
from modules.choices import Level, Track, Trade
from modules.edition import LessonsEdition
from modules.fields import ChoicesField, StepsField
from modules.figures import LessonFigures
from modules.gate import GatedPage, GatedPageForm
from modules.panels import CompletionPanel, ForLearnersPanel, MissingTwinsPanel, PartsPanel, ReadabilityPanel
from modules.review import ReviewTask
from modules.sound_panel import SoundPanel
from modules.steps import Steps

__all__ = ["CataloguePage", "LessonFigures", "LessonsEdition", "ModulePage", "ReviewTask"]

PICTOGRAM_PANEL = FieldPanel("pictogram", widget=PictogramSelect)


class CataloguePage(Page):
    """The root of all modules; there is one. What the learner sees of it is the page 'Lessen'."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["modules.ModulePage"]

    class Meta:
        verbose_name = "catalogus"

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        return (parts[0], settings.BASE_URL, reverse("learning:lessons")) if parts else None


class LessonPermissionTester(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """No page stands under a lesson, so nothing has to be asked: a list of lessons would do so twice per row."""
        if self.user.is_superuser or "publish" in self.permissions:
            return bool(super().can_delete(ignore_bulk))
        return self.user.is_active and "change" in self.permissions and not self.page.live


class ModulePage(GatedPage, Page):
    """A module (on screen: les): one lesson of 4 to 7 minutes in two variants."""

    code = models.CharField("code", max_length=6, unique=True, help_text="Zoals B2. Blijft altijd hetzelfde.")
    title_makkelijk = models.CharField("titel Makkelijk", max_length=120)
    goals = models.TextField("doelen", help_text="Elk doel op een nieuwe regel.")
    goals_makkelijk = models.TextField("doelen Makkelijk", help_text="Elk doel op een nieuwe regel.")
    minutes = models.PositiveSmallIntegerField("minuten", default=5)
    track = models.CharField("leerlijn", max_length=1, choices=Track)
    trades = ChoicesField(verbose_name="vakken", options=Trade, help_text="Niets gekozen: voor elk vak.")
    levels = ChoicesField(verbose_name="voor wie", options=Level)
    digcomp = models.CharField("DigComp", max_length=40, blank=True, help_text="Zoals 4.2, 2.2")
    pictogram = models.CharField("pictogram", max_length=20, default="book")
    prerequisites = ParentalManyToManyField(
        "self", symmetrical=False, blank=True, related_name="prepares_for", verbose_name="eerst doen"
    )
    steps: Any = StepsField(StepsBlock(), verbose_name="stappen", blank=True)
    announced = models.BooleanField(
        "staat in de lijst als ‘komt nog’", default=False, help_text="Zolang de les niet gepubliceerd is."
    )
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    # The ids of the steps, for lists that must not read every lesson whole.
    step_ids = models.JSONField(default=list, editable=False)

    parent_page_types = ["modules.CataloguePage"]
    subpage_types: list[str] = []
    template = "modules/lesson.html"
    base_form_class = GatedPageForm
    preview_modes = [(Variant.MAKKELIJK.value, "Makkelijk"), (Variant.STANDAARD.value, "Gewoon")]

    content_panels = [
        PartsPanel(heading="Onderdelen"),
        MissingTwinsPanel(heading="Teksten"),
        ForLearnersPanel(heading="Wat verandert er voor leerlingen?"),
        ReadabilityPanel(heading="Leesbaarheid"),
        CompletionPanel(heading="Wanneer is de les klaar?"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("title"), FieldPanel("title_makkelijk")]),
                FieldRowPanel([FieldPanel("goals"), FieldPanel("goals_makkelijk")]),
                FieldRowPanel([FieldPanel("code"), FieldPanel("minutes"), PICTOGRAM_PANEL]),
            ],
            heading="De les",
        ),
        SoundPanel(heading="Geluid"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                FieldPanel("track"),
                FieldPanel("trades"),
                FieldPanel("levels"),
                FieldPanel("digcomp"),
                FieldPanel("prerequisites"),
                FieldPanel("announced"),
            ],
            heading="Waar hoort de les",
        ),
    ]

    class Meta:
        verbose_name = "les"
        verbose_name_plural = "lessen"

    @property
    def default_preview_size(self) -> str:
        return "mobile"

    @cached_property
    def outline(self) -> Steps:
        """The steps as plain data: for grading, completion and titles."""
        return Steps(self.steps.get_prep_value())

    @property
    def title_twin(self) -> dict[str, str]:
        """The title in both variants."""
        return {"standaard": self.title, "makkelijk": self.title_makkelijk}

    @property
    def check_ids(self) -> list[str]:
        """The ids of the check questions: the steps that are called so ('b2-check-1')."""
        return [step for step in self.step_ids if "-check" in step]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        return (parts[0], settings.BASE_URL, reverse("learning:lesson", args=[self.slug])) if parts else None

    def permissions_for_user(self, user: Any) -> LessonPermissionTester:
        return LessonPermissionTester(user, self)

    def clean(self) -> None:
        """A code names a lesson in files, events and progress; it never changes."""
        super().clean()
        if self.pk and ModulePage.objects.filter(pk=self.pk).exclude(code=self.code).exists():
            raise ValidationError({"code": "De code van een les blijft altijd hetzelfde. Zet de oude code terug."})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.step_ids = Steps(self.steps.get_prep_value()).ids
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "ModulePage":
        """What was loaded last is known of the page, not of a revision: an old one that comes back keeps it."""
        page: ModulePage = super().with_content_json(content)
        page.source_digest = self.source_digest
        return page

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        """The lesson in one variant, as a phone shows it."""
        context = {**self.get_context(request), "variant": Variant(mode_name), "preview": True}
        return TemplateResponse(request, self.template, context)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        trade = request.COOKIES.get("vak", "")
        return {**context, "trade": trade if trade in Trade.values else ""}
