"""The accessibility statement of a site: how far it is, what was tested how, what is not right, and whom to tell.

What it says is that of `docs/reference/accessibility.md`. A government body also publishes the statement of
toegankelijkheidsverklaring.nl (Besluit digitale toegankelijkheid overheid); this page gives it what to write there.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def statement(request: HttpRequest) -> HttpResponseBase:
    """The same for everybody."""
    return render(request, "lms/accessibility.html", {"contact": settings.ACCESSIBILITY_CONTACT})
