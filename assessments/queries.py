"""Reads of one learner's own answers; nobody else's eyes."""

from assessments.models import Response
from people.models import User


def latest_response(user: User, module: str, exercise: str, part: str = "") -> Response | None:
    """The learner's last answer to an exercise, or to one part of it, in the order the server got them."""
    responses = Response.objects.filter(user=user, module=module, exercise=exercise).order_by("-received_at")
    return next((row for row in responses[:50] if not part or part in row.parts), None)
