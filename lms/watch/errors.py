"""Errors that are reported elsewhere, where SENTRY_DSN is set. Only then is this file loaded.

What is sent is a list of what may be in it, not what is left after taking out: the kind of the error and where in the
code, the name of the view or task. Never the words of an error, for a database puts the row into them; no variables,
address, headers, body, cookies or person.
"""

from collections.abc import Mapping
from typing import Any

import sentry_sdk
from celery import signals
from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest

_EVENT = ("event_id", "timestamp", "platform", "level", "environment")
_FRAME = ("filename", "module", "function", "lineno", "in_app")
_TAGS = ("view", "task", "status")


def begin() -> None:
    """Report errors of this process from now on."""
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        environment=settings.MODE,
        default_integrations=False,  # they gather what we then must not send
        auto_enabling_integrations=False,
        auto_session_tracking=False,
        send_client_reports=False,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=only_what_may,
    )
    got_request_exception.connect(_of_request, dispatch_uid="lms.watch.errors")
    signals.task_failure.connect(_of_task, weak=False, dispatch_uid="lms.watch.errors")


def only_what_may(event: Any, hint: Mapping[str, Any]) -> Any:
    """A new event with what may be sent of this one."""
    told = {name: event[name] for name in _EVENT if name in event}
    values = (event.get("exception") or {}).get("values") or []
    told["exception"] = {"values": [_exception(value) for value in values]}
    tags = event.get("tags") or {}
    told["tags"] = {name: tags[name] for name in _TAGS if name in tags}
    if "view" in tags or "task" in tags:
        told["transaction"] = tags.get("view") or tags.get("task")
    return told


def _exception(value: Mapping[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    kept = [{name: frame[name] for name in _FRAME if name in frame} for frame in frames]
    return {"type": value.get("type"), "module": value.get("module"), "stacktrace": {"frames": kept}}


def _of_request(sender: Any, request: HttpRequest | None = None, **_: Any) -> None:
    match = request.resolver_match if request else None
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("view", (match.view_name if match else "") or "other")
        sentry_sdk.capture_exception()


def _of_task(sender: Any, exception: BaseException, **_: Any) -> None:
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("task", sender.name)
        sentry_sdk.capture_exception(exception)
