"""Screens for administrators and authors about other systems."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from integrations import views
from integrations.forwarding import views as forwarding
from integrations.h5p.questions import CAN_GO
from integrations.h5p.views import NAMES, lesson_file
from integrations.lti import admin
from integrations.single_sign_on import admin as sign_on
from integrations.statements.views import may_look
from modules.models import ModulePage


class KeysMenuItem(MenuItem):
    """Only for who may make keys."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(views.PERMISSION))


@hooks.register("register_admin_urls")
def key_urls() -> list[URLPattern]:
    return [
        path("sleutels/", views.keys, name="lrs_keys"),
        path("sleutels/nieuw/", views.new_key, name="new_lrs_key"),
        path("sleutels/<int:pk>/beeindig/", views.last_of_key, name="end_lrs_key"),
        path("h5p/les/<int:pk>/<str:text>/", lesson_file, name="lesson_as_h5p"),
    ]


@hooks.register("register_settings_menu_item")
def keys_item() -> MenuItem:
    return KeysMenuItem("Sleutels", reverse("lrs_keys"), icon_name="key", order=900)


class ForwardingMenuItem(MenuItem):
    """Only for who may say where statements go."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(forwarding.PERMISSION))


@hooks.register("register_admin_urls")
def forwarding_urls() -> list[URLPattern]:
    place = "doorsturen/<int:pk>/"
    return [
        path("doorsturen/", forwarding.show_all, name="forward_targets"),
        path("doorsturen/nieuw/", forwarding.add, name="new_forward_target"),
        path(place, forwarding.show_one, name="forward_target"),
        path(f"{place}terugvragen.json", forwarding.show_recalls, name="forward_recalls"),
        path(f"{place}verander/", forwarding.change, name="change_forward_target"),
        path(f"{place}<slug:what>/", forwarding.act, name="act_on_forward_target"),
    ]


@hooks.register("register_settings_menu_item")
def forwarding_item() -> MenuItem:
    return ForwardingMenuItem("Doorsturen", reverse("forward_targets"), icon_name="upload", order=902)


class PlatformsMenuItem(MenuItem):
    """Only for who may connect learning systems."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(admin.PERMISSION))


@hooks.register("register_admin_urls")
def platform_urls() -> list[URLPattern]:
    return [
        path("leeromgevingen/", admin.show_all, name="lti_platforms"),
        path("leeromgevingen/nieuw/", admin.invite, name="invite_lti_platform"),
        path("leeromgevingen/<int:pk>/", admin.show_one, name="lti_platform"),
        path("leeromgevingen/<int:pk>/plek/<int:deployment>/", admin.allow, name="allow_lti_deployment"),
        path("leeromgevingen/<int:pk>/stop/", admin.end, name="end_lti_platform"),
    ]


@hooks.register("register_settings_menu_item")
def platforms_item() -> MenuItem:
    return PlatformsMenuItem("Leeromgevingen", reverse("lti_platforms"), icon_name="site", order=905)


class SignOnMenuItem(MenuItem):
    """Only for who may say with which organisations people sign in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(sign_on.PERMISSION))


@hooks.register("register_admin_urls")
def sign_on_urls() -> list[URLPattern]:
    return [
        path("organisatie-logins/", sign_on.show_all, name="sign_on_providers"),
        path("organisatie-logins/nieuw/", sign_on.add, name="new_sign_on_provider"),
        path("organisatie-logins/<int:pk>/", sign_on.show_one, name="sign_on_provider"),
        path("organisatie-logins/<int:pk>/stop/", sign_on.end, name="end_sign_on_provider"),
    ]


@hooks.register("register_settings_menu_item")
def sign_on_item() -> MenuItem:
    return SignOnMenuItem("Organisatie-logins", reverse("sign_on_providers"), icon_name="login", order=907)


class StatementsMenuItem(MenuItem):
    """Only for administrators of the whole site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(request.user)


@hooks.register("register_admin_urls")
def statement_urls() -> list[URLResolver]:
    return [path("statements/", include("integrations.statements.urls"))]


@hooks.register("register_settings_menu_item")
def statements_item() -> MenuItem:
    return StatementsMenuItem("Statements", reverse("statements"), icon_name="list-ul", order=902)


@hooks.register("register_page_header_buttons")
def lesson_as_h5p(page: Any, user: Any, **_: Any) -> Iterator[Button]:
    """For a lesson that is online and has an exercise that H5P can hold."""
    if not isinstance(page, ModulePage) or not page.live or not page.permissions_for_user(user).can_edit():
        return
    if any(step.type in CAN_GO for step in page.outline.all):
        for number, text in enumerate(NAMES):
            address = reverse("lesson_as_h5p", args=[page.pk, text])
            label = f"Oefeningen als H5P ({text.capitalize()})"
            yield Button(label, address, icon_name="download", priority=70 + number)
