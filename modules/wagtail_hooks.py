from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet

from language.models import Fact, GlossaryTerm
from modules.admin_views import NewLessonView
from modules.explorer import lessons
from modules.models import ModulePage
from modules.snippets import FactViewSet, WordViewSet, refuse_while_used
from modules.word_views import decide_word_form

register_snippet(FactViewSet)
register_snippet(WordViewSet)


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


@hooks.register("register_admin_viewset")
def lessons_as_lessons() -> ViewSet:
    return lessons


@hooks.register("register_admin_urls")
def lesson_urls() -> list[URLPattern]:
    return [path("lessen/nieuw/", NewLessonView.as_view(), name="new_lesson")]


@hooks.register("register_admin_urls")
def word_urls() -> list[URLPattern]:
    return [path("woorden/<int:pk>/vorm/", decide_word_form, name="decide_word_form")]


@hooks.register("before_create_page")
def begin_with_the_parts(request: HttpRequest, parent: Any, page_class: type) -> HttpResponseBase | None:
    """A new lesson starts from its parts, not from an empty page."""
    return redirect("new_lesson") if page_class is ModulePage and request.method == "GET" else None


@hooks.register("insert_global_admin_css")
def lesson_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("modules/editor.css"))
