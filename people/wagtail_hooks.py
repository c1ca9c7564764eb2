"""Screens for administrators about people."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.views import lost_step


class LostStepMenuItem(MenuItem):
    """Only for who may take away a second step."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(lost_step.PERMISSION))


@hooks.register("register_admin_urls")
def lost_step_urls() -> list[URLPattern]:
    return [
        path("tweede-stap/", lost_step.find, name="lost_step"),
        path("tweede-stap/<int:pk>/", lost_step.reset, name="reset_step"),
    ]


@hooks.register("register_settings_menu_item")
def lost_step_item() -> MenuItem:
    return LostStepMenuItem("Tweede stap kwijt", reverse("lost_step"), icon_name="lock", order=910)
