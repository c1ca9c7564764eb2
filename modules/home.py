"""The first page of the editor: where to begin, and what was said to you."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from modules.models import CataloguePage
from people.models import User
from people.queries import unread_notices
from people.services import mark_notice_read


class BeginPanel(Component):
    """To the lessons, and to a new one for who may write it."""

    order = 110

    def __init__(self, catalogue: CataloguePage, user: Any) -> None:
        self.catalogue, self.user = catalogue, user

    def render_html(self, parent_context: Any = None) -> SafeString:
        links = [(reverse("wagtailadmin_explore", args=[self.catalogue.pk]), "button button-secondary", "Alle lessen")]
        if self.catalogue.permissions_for_user(self.user).can_add_subpage():
            links.insert(0, (reverse("new_lesson"), "button", "Nieuwe les"))
        made = format_html_join(" ", '<a href="{}" class="{}">{}</a>', links)
        return format_html('<p class="lesson-begin">{}</p>', made)


class NoticesPanel(Component):
    """Messages to this person about lessons; the same as on their own page."""

    order = 120

    def __init__(self, user: User) -> None:
        self.user = user

    def render_html(self, parent_context: Any = None) -> SafeString:
        admin = reverse("wagtailadmin_home")
        rows = [(notice.link, notice.text) for notice in unread_notices(self.user) if notice.link.startswith(admin)]
        if not rows:
            return SafeString()
        made = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
        return format_html('<section class="lesson-notices"><h2>Berichten</h2><ul>{}</ul></section>', made)


def read_by_editing(request: HttpRequest, page: Page) -> None:
    """Who opens the lesson that a message is about, has read it."""
    read_by_opening(request, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def read_by_opening(request: HttpRequest, address: str) -> None:
    """Who opens the page of the editor that a message is about, has read it."""
    if isinstance(request.user, User):
        for notice in unread_notices(request.user).filter(link=address):
            mark_notice_read(user=request.user, notice_id=notice.pk)


def add_panels(request: HttpRequest, panels: list[Component]) -> None:
    """For who works on lessons."""
    catalogue, user = CataloguePage.objects.first(), request.user
    if catalogue and isinstance(user, User) and catalogue.permissions_for_user(user).can_edit():
        panels += [BeginPanel(catalogue, user), NoticesPanel(user)]
