"""Writes of answers."""

from collections.abc import Sequence

from assessments.models import Response


def record_responses(responses: Sequence[Response]) -> None:
    """Store answers in the transaction of the caller; one whose id is known stays as it was."""
    Response.objects.bulk_create(responses, ignore_conflicts=True)
