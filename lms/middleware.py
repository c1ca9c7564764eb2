"""What every answer gets: a policy that fits its place, and pages that can be asked for again cheaply."""

import json
from collections.abc import Callable
from functools import lru_cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.urls import resolve
from django.utils.cache import get_conditional_response, set_response_etag

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PolicyByPlace(CSPMiddleware):
    """Strict for people, wider for Wagtail's own admin, none on JSON (it is never shown as a page)."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/") and not report_only:
            parts.replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        parts = self.get_policy_parts(request, response)
        if parts.nonce or settings.DEBUG or hasattr(response, "_csp_exempt"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _written(json.dumps([parts.config, parts.update, parts.replace])))
        return response


@lru_cache(maxsize=256)
def _written(parts: str) -> str:
    """The policy as a header: there are few, and to write one out anew costs a tenth of a lesson."""
    policy: str = build_policy(*json.loads(parts))
    return policy


def revalidate_pages(get_response: GetResponse) -> GetResponse:
    """An ETag on each page that may be asked for again: nothing changed costs a few hundred bytes.

    Source: RFC 9110 section 13 (conditional requests). Pages marked no-store are left alone.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if (
            request.method != "GET"
            or not isinstance(response, HttpResponse)
            or response.status_code != 200
            or response.streaming
            or "no-store" in response.get("Cache-Control", "")
        ):
            return response
        if not response.has_header("ETag"):
            set_response_etag(response)
        answer = get_conditional_response(request, response["ETag"], None, response)
        if isinstance(answer, HttpResponseNotModified):
            for header in ("Content-Security-Policy", "X-Frame-Options"):
                answer.headers.pop(header, None)
        return answer or response

    return middleware


def straight_to_the_record_store(get_response: GetResponse) -> GetResponse:
    """Machines that call the record store have no session, page or language: they go past all that is for people."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/xapi/"):
            return get_response(request)
        request.resolver_match = found = resolve(request.path_info)
        answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
        return answer

    return middleware
