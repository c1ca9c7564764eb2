"""Addresses of the reports, under /admin/reports/."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from modules.reports.views import REPORTS


def report_urls() -> Iterator[URLPattern]:
    for view in REPORTS:
        yield path(f"reports/{view.export_filename}/", view.as_view(), name=view.index_url_name)
        yield path(
            f"reports/{view.export_filename}/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        )
