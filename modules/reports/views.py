"""The reports in the menu of the editor, each also as a sheet to work through."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from modules.home import read_by_opening
from modules.reports.findings import Finding, facts_by_date, missing, stale, unused

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FindingsView(ReportView):
    """A list of findings. Who may write, review or publish lessons sees it."""

    find: Callable[[], list[Finding]]
    template_name = "modules/admin/report.html"
    results_template_name = "modules/admin/report_results.html"
    permission_policy = policy_registry.get_by_type(Page)
    any_permission_required = ["add", "change", "publish"]
    is_searchable = False
    explanation = ""
    when_empty = ""
    is_told = False
    """Whether a message can be about this report."""
    export_headings = {"kind": "Soort", "name": "Wat", "what": "Wat is er", "todo": "Wat te doen"}
    list_export = ["kind", "name", "what", "todo"]
    columns = [
        TitleColumn("name", label="Wat", get_url=lambda finding: finding.url or None),
        Column("kind", label="Soort"),
        Column("what", label="Wat is er"),
        Column("todo", label="Wat te doen"),
    ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who opens the report that a message is about, has read it."""
        if self.is_told:
            read_by_opening(request, reverse(self.index_url_name))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_queryset(self) -> list[Finding]:
        return type(self).find()

    def filter_queryset(self, queryset: list[Finding]) -> list[Finding]:
        return queryset

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "explanation": self.explanation, "when_empty": self.when_empty}

    def to_row_dict(self, item: Finding) -> "OrderedDict[str, str]":
        """What a title says is text in a sheet, never a formula."""
        cells = ((name, getattr(item, name)) for name in self.list_export)
        return OrderedDict((name, f"'{cell}" if cell.startswith(FORMULA) else cell) for name, cell in cells)


class MissingView(FindingsView):
    find = missing
    page_title = "Wat mist er?"
    header_icon = "warning"
    index_url_name = "missing_report"
    index_results_url_name = "missing_report_results"
    export_filename = "wat-mist-er"
    explanation = "Wat een les nog nodig heeft. Aangekondigde lessen zonder stappen staan hier niet."
    when_empty = "Er mist niets. Kijk bij ‘Wat is oud?’ of alles nog klopt, of begin een nieuwe les."


class StaleView(FindingsView):
    find = stale
    is_told = True
    page_title = "Wat is oud?"
    header_icon = "time"
    index_url_name = "stale_report"
    index_results_url_name = "stale_report_results"
    export_filename = "wat-is-oud"
    explanation = "Feiten die nagekeken moeten worden, lessen van meer dan een jaar oud, en loketten."
    when_empty = "Alles is op tijd nagekeken. Feiten komen hier vanzelf als hun datum er is."


class UnusedView(FindingsView):
    find = unused
    page_title = "Wat gebruikt niemand?"
    header_icon = "bin"
    index_url_name = "unused_report"
    index_results_url_name = "unused_report_results"
    export_filename = "wat-gebruikt-niemand"
    explanation = "Feiten, woorden en foto’s die in geen enkele les staan, ook niet in een concept."
    when_empty = "Alles wordt gebruikt. Je hoeft niets op te ruimen."


class FactsView(FindingsView):
    find = facts_by_date
    page_title = "Feiten op datum"
    header_icon = "calendar-check"
    index_url_name = "facts_report"
    index_results_url_name = "facts_report_results"
    export_filename = "feiten-op-datum"
    explanation = "Alle feiten, met de lessen waar ze in staan. Wat het eerst nagekeken moet worden, staat bovenaan."
    when_empty = "Er zijn nog geen feiten. Maak er een bij ‘Feiten’."


REPORTS: tuple[type[FindingsView], ...] = (MissingView, StaleView, FactsView, UnusedView)
