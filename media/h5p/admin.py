"""Where packages stand in the admin: addresses, menu, and the chooser for a lesson."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from media.h5p import admin_views, library_views
from media.h5p.chooser import chooser
from media.h5p.rights import APPROVE, UPLOAD


class PackagesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(UPLOAD))


class LibrariesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(APPROVE))


@hooks.register("register_admin_urls")
def h5p_urls() -> list[URLPattern]:
    return [
        path("h5p/", admin_views.index, name="h5p_packages"),
        path("h5p/nieuw/", admin_views.upload, name="h5p_upload"),
        path("h5p/import/<uuid:key>/", admin_views.progress, name="h5p_import"),
        path("h5p/import/<uuid:key>/stand/", admin_views.progress_state, name="h5p_import_state"),
        path("h5p/<int:pk>/", admin_views.package_page, name="h5p_package"),
        path("h5p/<int:pk>/nieuwe-versie/", admin_views.replace, name="h5p_replace"),
        path("h5p/<int:pk>/bestand/", admin_views.download, name="h5p_download"),
        path("h5p/<int:pk>/weg/", admin_views.delete, name="h5p_delete"),
        path("h5p/bibliotheken/", library_views.libraries, name="h5p_libraries"),
        path("h5p/bibliotheken/goed/", library_views.approve, name="h5p_approve"),
        path("h5p/bibliotheken/afwijzen/", library_views.refuse_ticked, name="h5p_refuse"),
        path("h5p/bibliotheken/<int:pk>/", library_views.library_page, name="h5p_library"),
        path("h5p/bibliotheken/<int:pk>/bestand/", library_views.library_file, name="h5p_library_file"),
    ]


@hooks.register("register_admin_viewset")
def h5p_chooser() -> Any:
    return chooser


@hooks.register("register_admin_menu_item")
def packages_item() -> MenuItem:
    return PackagesMenuItem("H5P", reverse("h5p_packages"), name="h5p", icon_name="media", order=310)


@hooks.register("register_settings_menu_item")
def libraries_item() -> MenuItem:
    return LibrariesMenuItem("H5P-bibliotheken", reverse("h5p_libraries"), icon_name="code", order=910)


@hooks.register("register_log_actions")
def library_actions(actions: Any) -> None:
    actions.register_action("media.approve_library", "Goedgekeurd", "H5P-bibliotheek goedgekeurd")
    actions.register_action("media.refuse_library", "Afgewezen", "H5P-bibliotheek afgewezen")
