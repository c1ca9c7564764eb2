"""Screens for administrators about people."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.models import User
from people.roles import manages_site
from people.views import lost_step, organisations


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


class OrganisationsMenuItem(MenuItem):
    """Only for administrators of the site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and manages_site(request.user)


@hooks.register("register_admin_urls")
def organisation_urls() -> list[URLPattern]:
    place = "organisaties/<int:pk>/"
    return [
        path("organisaties/", organisations.show_all, name="organisations"),
        path("organisaties/nieuw/", organisations.add, name="new_organisation"),
        path(place, organisations.show_one, name="organisation"),
        path(f"{place}weg/", organisations.remove, name="remove_organisation"),
        path(f"{place}rol/", organisations.give, name="give_role"),
        path(f"{place}rol/<int:membership_id>/weg/", organisations.take, name="take_role"),
        path(f"{place}uitnodiging/<int:invite_id>/weg/", organisations.withdraw, name="withdraw_invite"),
    ]


@hooks.register("register_settings_menu_item")
def organisations_item() -> MenuItem:
    return OrganisationsMenuItem("Organisaties", reverse("organisations"), icon_name="group", order=890)
