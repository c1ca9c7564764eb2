"""How the admin shows lessons: what each still needs, in the list under the catalogue."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from language.queries import WordsAndFacts
from media.speech.queries import SoundStatus
from modules.admin_views import CopyLessonView, LessonEditView
from modules.models import LessonFigures, ModulePage
from modules.services.figures import refresh_figures
from modules.speech import sound_statuses

_WARNING = (
    '<b class="lesson-todo"><svg class="icon icon-warning" width="16" height="16" aria-hidden="true">'
    '<use href="#icon-warning"></use></svg> {}</b>'
)


def todo(words: str) -> SafeString:
    """Something to do, with a sign and a word."""
    return format_html(_WARNING, words)


class SoundColumn(Column):
    """How much of what is online can be heard."""

    def get_value(self, instance: ModulePage) -> str:
        return sound_in_words(instance.sound) if instance.live else "–"


def sound_in_words(status: SoundStatus | None) -> str:
    """In sentences: how many of how many can be heard, and what could not be said."""
    if status is None or not status.wanted:
        return todo("Nog geen")
    if status.made >= status.wanted:
        return "Compleet"
    done = f"{status.made} van {status.wanted}"
    return todo(f"{done}, {status.failed} lukt niet") if status.failed else done


class FiguresColumn(Column):
    """A column that says something of the figures of a lesson."""

    def get_value(self, instance: ModulePage) -> Any:
        figures: LessonFigures = instance.counted
        return getattr(self, f"say_{self.name}")(figures)

    def say_whole(self, figures: LessonFigures) -> SafeString | str:
        return whole_in_words(figures)

    def say_level(self, figures: LessonFigures) -> SafeString | str:
        return level_in_words(figures)

    def say_minutes(self, figures: LessonFigures) -> SafeString | str:
        if not figures.minutes_to_read:
            return "–"
        return format_html("{} lezen<br>{} luisteren", figures.minutes_to_read, figures.minutes_to_listen)


def level_in_words(figures: LessonFigures) -> SafeString | str:
    """The level of each variant, and a sign where Makkelijk is too hard to be published."""
    if not figures.level_makkelijk:
        return "–"
    makkelijk = f"Makkelijk {figures.level_makkelijk}"
    return format_html("Gewoon {}<br>{}", figures.level_standaard, todo(makkelijk) if figures.blocks else makkelijk)


class FactsDueColumn(Column):
    """The facts that a lesson uses and that must be checked again."""

    def get_value(self, instance: ModulePage) -> str:
        return todo(f"Nakijken: {', '.join(instance.facts_due)}") if instance.facts_due else "Goed"


def whole_in_words(figures: LessonFigures) -> SafeString | str:
    """Whether the parts and both variants are there, and how much is not."""
    if not figures.steps:
        return "Nog geen stappen"
    parts = figures.parts_missing
    missing = [
        *([f"{parts} onderdeel mist" if parts == 1 else f"{parts} onderdelen missen"] if parts else []),
        *([f"{figures.empty_standaard} leeg in Gewoon"] if figures.empty_standaard else []),
        *([f"{figures.empty_makkelijk} leeg in Makkelijk"] if figures.empty_makkelijk else []),
    ]
    return format_html_join(mark_safe("<br>"), "{}", ((todo(line),) for line in missing)) if missing else "Compleet"


COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    Column("code", label="Code", sort_key="code"),
    PageTitleColumn("title", label="Titel", sort_key="title", classname="title"),
    FiguresColumn("whole", label="Inhoud", classname="lesson-figures", sort_key="figures__texts_missing"),
    FiguresColumn("level", label="Niveau", classname="lesson-figures", sort_key="figures__blocks"),
    FiguresColumn("minutes", label="Minuten", classname="lesson-figures", sort_key="figures__minutes_to_read"),
    SoundColumn("sound", label="Geluid"),
    FactsDueColumn("facts_due", label="Feiten"),
    DateColumn("latest_revision_created_at", label="Bijgewerkt", sort_key="latest_revision_created_at"),
    PageStatusColumn("status", label="Status", sort_key="live"),
]


class LessonIndexView(ExplorableIndexView):
    """The lessons with what each still needs: in as many queries for seven as for seventy."""

    base_columns = COLUMNS
    default_ordering = "code"

    def get_base_queryset(self) -> QuerySet[ModulePage]:
        """Figures first, so that what is sorted by them is of now."""
        self.texts = WordsAndFacts()
        self.figures = refresh_figures(self.texts)
        return super().get_base_queryset()

    def get_valid_orderings(self) -> list[str]:
        """What was found by searching can be sorted only by what every page has."""
        valid: list[str] = super().get_valid_orderings()
        own = ("code", "figures__")
        return [name for name in valid if not (self.is_searching and name.lstrip("-").startswith(own))]

    def get_table(self, object_list: Any) -> Any:
        due = sorted(code for code, fact in self.texts.facts.items() if fact.is_due)
        sounds = sound_statuses()
        for page in object_list:
            page.sound = sounds.get(page.code)
            page.counted = self.figures.get(page.pk) or LessonFigures()
            page.facts_due = [code for code in due if code in page.counted.facts]
        return super().get_table(object_list)


class LessonViewSet(PageViewSet):
    model = ModulePage
    icon = "doc-full"
    index_view_class = LessonIndexView
    copy_view_class = CopyLessonView
    edit_view_class = LessonEditView


lessons = LessonViewSet("lessons")
