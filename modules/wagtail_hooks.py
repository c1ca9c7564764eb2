from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from language.models import Fact, GlossaryTerm
from modules import sound_views
from modules.admin_views import NewLessonView
from modules.advice_views import reading_advice
from modules.explorer import lessons
from modules.gate import reasons_against
from modules.hard_words import HardWordViewSet
from modules.home import add_panels, read_by_editing
from modules.models import ModulePage
from modules.picture_admin import picture_urls, refuse_deleting_many
from modules.reports.urls import report_urls
from modules.reports.views import REPORTS, FindingsView
from modules.snippets import FactViewSet, SpokenViewSet, WordViewSet, refuse_while_used
from modules.word_views import decide_word_form

register_snippet(FactViewSet)
register_snippet(WordViewSet)
register_snippet(SpokenViewSet)
register_snippet(HardWordViewSet)


@hooks.register("before_delete_snippet")
def keep_what_is_used(request: HttpRequest, rows: Sequence[Any]) -> HttpResponseBase | None:
    """A fact or word that a text refers to is not deleted; the lessons are named."""
    for row in rows:
        if isinstance(row, Fact | GlossaryTerm):
            try:
                refuse_while_used(row)
            except ValidationError as error:
                messages.error(request, f"‘{row}’ is niet weggehaald. {error.message}")
                return redirect(f"wagtailsnippets_language_{row._meta.model_name}:list")
    return None


@hooks.register("register_admin_urls", order=-1)
def picture_addresses() -> list[URLPattern]:
    return picture_urls()


@hooks.register("before_bulk_action")
def keep_pictures_in_use(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponseBase | None:
    return refuse_deleting_many(request, action_type, objects)


@hooks.register("before_bulk_action")
def publish_only_what_is_easy(
    request: HttpRequest, action_type: str, pages: Sequence[Any], action: Any
) -> HttpResponseBase | None:
    """Lessons that were ticked are published together, or none of them; what is too hard is named."""
    if action_type != "publish" or request.method != "POST":
        return None
    too_hard = {lesson: found for lesson in _would_go_online(pages, request) if (found := reasons_against(lesson))}
    for lesson, found in too_hard.items():
        messages.error(
            request, f"‘{lesson.title}’ is niet gepubliceerd. Makkelijk is nog te moeilijk. {' '.join(found)}"
        )
    return redirect(action.next_url) if too_hard else None


def _would_go_online(pages: Sequence[Any], request: HttpRequest) -> Iterator[ModulePage]:
    """The newest drafts of the lessons that were ticked, and of those below a page that was ticked with them."""
    for page in pages:
        below = page.get_descendants().not_live() if request.POST.get("include_descendants") else []
        for each in (page, *below):
            if isinstance(each.specific, ModulePage):
                yield each.specific.get_latest_revision_as_object()


@hooks.register("register_admin_urls")
def advice_urls() -> list[URLPattern]:
    return [path("leesbaarheid/", reading_advice, name="reading_advice")]


@hooks.register("insert_editor_js")
def advice_script() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("modules/advice.js"))


@hooks.register("register_admin_viewset")
def lessons_as_lessons() -> ViewSet:
    return lessons


@hooks.register("register_admin_urls")
def lesson_urls() -> list[URLPattern]:
    return [path("lessen/nieuw/", NewLessonView.as_view(), name="new_lesson"), *report_urls()]


class LessonReportItem(MenuItem):
    """In the menu of who works on lessons."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, FindingsView.any_permission_required))


def _report_item(place: int, view: type[FindingsView]) -> LessonReportItem:
    address, order = reverse(view.index_url_name), 100 + place
    return LessonReportItem(
        view.page_title, address, icon_name=view.header_icon, order=order, name=view.export_filename
    )


for _place, _view in enumerate(REPORTS):
    hooks.register("register_reports_menu_item", partial(_report_item, _place, _view))


@hooks.register("register_admin_urls")
def word_urls() -> list[URLPattern]:
    return [path("woorden/<int:pk>/vorm/", decide_word_form, name="decide_word_form")]


@hooks.register("register_admin_urls")
def sound_urls() -> list[URLPattern]:
    return [
        path("lessen/<int:pk>/geluid/", sound_views.sentences, name="lesson_sound"),
        path("lessen/<int:pk>/geluid/stand/", sound_views.state, name="lesson_sound_state"),
        path("lessen/<int:pk>/geluid/opname/", sound_views.record, name="lesson_sound_record"),
        path("lessen/<int:pk>/geluid/opname/weg/", sound_views.remove, name="lesson_sound_remove"),
        path("lessen/<int:pk>/geluid/opnieuw/", sound_views.again, name="lesson_sound_again"),
    ]


@hooks.register("register_log_actions")
def sound_actions(actions: Any) -> None:
    """What happened to the sound of a lesson stands in its history."""
    actions.register_action("modules.record", "Opname erbij", "Opname bij een zin gezet")
    actions.register_action("modules.unrecord", "Opname weg", "Opname bij een zin weggehaald")


@hooks.register("before_create_page")
def begin_with_the_parts(request: HttpRequest, parent: Any, page_class: type) -> HttpResponseBase | None:
    """A new lesson starts from its parts, not from an empty page."""
    return redirect("new_lesson") if page_class is ModulePage and request.method == "GET" else None


@hooks.register("insert_global_admin_css")
def lesson_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("modules/editor.css"))


hooks.register("construct_homepage_panels", add_panels)
hooks.register("before_edit_page", read_by_editing)
