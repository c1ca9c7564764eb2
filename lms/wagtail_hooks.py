from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from integrations.statements.views import may_look
from lms.audit import looking_in
from lms.watch import views as watch
from people.models import User
from people.services import erase_person, record_audit


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("lms/admin/all.css"))


@hooks.register("before_delete_user")
def erase_instead(request: HttpRequest, user: User) -> HttpResponseBase | None:
    """Deleting a person in the admin erases them from every room."""
    return _erase(request, [user]) if request.method == "POST" else None


@hooks.register("before_bulk_action")
def erase_many_instead(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponseBase | None:
    """The same for the people that were ticked in the list."""
    people = [item for item in objects if isinstance(item, User)]
    return _erase(request, people) if action_type == "delete" and people else None


def _erase(request: HttpRequest, people: list[User]) -> HttpResponseBase:
    actor = request.user if isinstance(request.user, User) else None
    for person in people:
        erase_person(user=person, actor=actor)
    messages.success(request, f"{len(people)} mens(en) gewist, met alles wat van hen bewaard was.")
    return redirect("wagtailusers_users:index")


class HealthMenuItem(MenuItem):
    """Only for administrators of the whole site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


@hooks.register("register_admin_urls")
def health_urls() -> list[URLPattern]:
    return [
        path("gezondheid/", watch.health, name="health"),
        path("gezondheid/taak/<int:pk>/opnieuw/", watch.retry, name="retry_failed_task"),
        path("gezondheid/taak/<int:pk>/weg/", watch.put_away, name="put_failed_task_away"),
    ]


@hooks.register("register_reports_menu_item")
def health_item() -> MenuItem:
    return HealthMenuItem("Gezondheid", reverse("health"), icon_name="history", order=950)


@hooks.register("register_admin_urls")
def look_into_urls() -> list[URLPattern]:
    return [
        path("meekijken/<int:pk>/", looking_in.look_into, name="look_into"),
        path("meekijken/<int:pk>/stop/", looking_in.stop, name="stop_looking_into"),
    ]


@hooks.register("register_user_listing_buttons")
def look_into_button(user: User, request_user: Any) -> Iterator[Button]:
    """Beside each person in the list, for administrators of the whole site."""
    if may_look(request_user) and user.pk != request_user.pk:
        yield Button("Meekijken", reverse("look_into", args=[user.pk]), icon_name="view", priority=40)


class AuditMenuItem(MenuItem):
    """Only for administrators of the whole site; others find it at their desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


@hooks.register("register_reports_menu_item")
def audit_item() -> MenuItem:
    return AuditMenuItem("Logboek", reverse("audit:trail"), icon_name="list-ul", order=951)


@hooks.register("register_reports_menu_item")
def retention_item() -> MenuItem:
    return AuditMenuItem("Bewaren", reverse("retention:site"), icon_name="bin", order=952)


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def keep_account_changed(request: HttpRequest, user: User) -> None:
    """Rights in the editor are given here: which groups someone is in after it, and whether they may do everything."""
    groups = sorted(user.groups.values_list("name", flat=True))
    record_audit(
        actor=request.user if isinstance(request.user, User) else None,
        action="edit_account",
        person=user,
        groups=groups,
        everything=user.is_superuser,
        active=user.is_active,
    )
