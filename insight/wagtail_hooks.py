"""How the region uses Kortwijs, for administrators: shares of many phones, never of a person or a group."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from insight.figures import last_whole_quarter
from insight.queries import use_in_quarter

PERMISSION = "insight.view_dailyuse"


@permission_required(PERMISSION)
def use_report(request: HttpRequest) -> HttpResponseBase:
    """The last quarter that is over: one fixed period, so that nothing can be subtracted."""
    begin = last_whole_quarter(timezone.localdate())
    context = {"figures": use_in_quarter(begin), "year": begin.year, "quarter": begin.month // 3 + 1}
    return render(request, "insight/use_report.html", context)


class UseMenuItem(MenuItem):
    """Only for who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


@hooks.register("register_admin_urls")
def use_report_url() -> list[URLPattern]:
    return [path("gebruik/", use_report, name="use_report")]


@hooks.register("register_reports_menu_item")
def use_report_item() -> MenuItem:
    return UseMenuItem("Makkelijk en Luister", reverse("use_report"), icon_name="view", order=900)
