"""Watching an installation: tasks that failed, what waits, the page of its health, metrics, traces and errors.

docs/how-to/watch-an-installation.md is for who does the watching.
"""


def report_elsewhere() -> None:
    """Begin what is set: errors and traces. What is not set is not even loaded, and need not be installed."""
    from django.conf import settings

    if settings.SENTRY_DSN:
        from lms.watch import errors

        errors.begin()
    if settings.OTEL_ENDPOINT:
        from lms.watch import traces

        traces.begin()
