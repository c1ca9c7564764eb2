"""Advice for the editor, as JSON. Prefix: /admin/leesbaarheid/"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail.permissions import policy_registry

from modules.advice import MOST_BYTES, NotAsked, advise, read_fields


@require_POST
def reading_advice(request: HttpRequest) -> HttpResponseBase:
    """What could be easier in these texts; only for who may write lessons. Nothing is kept."""
    policy = policy_registry.get_by_type(Page)
    if not policy.user_has_any_permission(request.user, ["add", "change", "publish"]):
        raise PermissionDenied
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return JsonResponse({"error": "Dit is te veel tekst ineens."}, status=413)
    try:
        fields = read_fields(request.body)
    except NotAsked as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(advise(fields))
