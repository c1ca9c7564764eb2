"""What a class page shows, for a spreadsheet: from the same query."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from insight.queries import ClassView, class_view
from insight.sheets import SHEETS, Row
from people.desk import whose
from people.services import record_audit


@require_GET
@login_required
@never_cache
def progress(request: HttpRequest, cohort_id: int, ending: str) -> HttpResponseBase:
    """Who is how far, as CSV or XLSX."""
    user, led = whose(request, cohort_id)
    view = class_view(led)
    if not led.shows_people and view.agreement is None:
        raise Http404
    record_audit(actor=user, action="export_class", about=led, looked=True, ending=ending)
    return SHEETS[ending](rows_of(view), "voortgang")


def rows_of(view: ClassView) -> Iterator[Row]:
    """A row per learner, a column per lesson; help only where it is asked for on the page too."""
    helps = view.agreement is None
    titles = [f"{module.code} {module.title}" for module in view.modules]
    yield ["naam", *titles, *(["vraagt om hulp"] if helps else [])]
    for seat in view.seats:
        labels = [seat.label(module.code) for module in view.modules]
        yield [seat.name, *labels, *(["ja" if seat.asks_for_help else ""] if helps else [])]
