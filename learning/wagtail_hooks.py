"""What learners reported about lessons, for authors; nobody's name is there. And revoking a credential."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from learning.badges import admin
from learning.models import LessonReport


class LessonReports(SnippetViewSet):
    """A list to work through: read what is wrong, mend the lesson, tick it off."""

    model = LessonReport
    icon = "warning"
    menu_label = "Meldingen"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["module", "step", "get_kind_display", "text", "reported_on", "handled"]
    list_filter = ["module", "kind", "handled"]
    panels = [
        FieldPanel("module", read_only=True),
        FieldPanel("step", read_only=True),
        FieldPanel("kind", read_only=True),
        FieldPanel("text", read_only=True),
        FieldPanel("handled"),
    ]


register_snippet(LessonReports)


class OpenReports(Component):
    """On the first page of the admin: how many reports wait."""

    order = 150

    def render_html(self, parent_context: Any = None) -> str:
        count = LessonReport.objects.filter(handled=False).count()
        if not count:
            return ""
        words = "1 melding" if count == 1 else f"{count} meldingen"
        return format_html(
            '<p class="help-block help-warning"><a href="{}?handled=false">{} over lessen</a></p>',
            reverse("wagtailsnippets_learning_lessonreport:list"),
            words,
        )


@hooks.register("construct_homepage_panels")
def show_open_reports(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("learning.change_lessonreport"):
        panels.append(OpenReports())


class RevokeMenuItem(MenuItem):
    """Only for who may revoke."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(admin.PERMISSION))


@hooks.register("register_admin_urls")
def revoke_urls() -> list[URLPattern]:
    return [path("bewijs-intrekken/", admin.revoke, name="revoke_credential")]


@hooks.register("register_settings_menu_item")
def revoke_item() -> MenuItem:
    return RevokeMenuItem("Bewijs intrekken", reverse("revoke_credential"), icon_name="cross", order=910)
