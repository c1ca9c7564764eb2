"""Traces for OpenTelemetry, where OTEL_EXPORTER_OTLP_ENDPOINT is set. Only then is this file loaded.

The instrumentations that exist for Django and databases tell whole addresses and queries; ours carry codes and keys.
So here a request is the name of its view, a query its text without any value, a task its name, an error its kind. What
a visitor sends as traceparent is not believed.
"""

import re
from collections.abc import Callable
from typing import Any

from celery import signals
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponseBase
from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import Decision, ParentBased, Sampler, SamplingResult, TraceIdRatioBased
from opentelemetry.trace import Span, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
_LONGEST = 2000
_PASSED_ON = TraceContextTextMapPropagator()
_open: dict[str, tuple[Span, Any]] = {}  # tasks at work, by their id
provider: TracerProvider | None = None


class _Ours(Sampler):
    """A share of what begins with a request or task; what the worker asks Redis while it waits begins nothing."""

    def __init__(self, share: float) -> None:
        self._share = TraceIdRatioBased(share)

    def should_sample(
        self, parent_context: Any, trace_id: int, name: str, kind: Any = None, *rest: Any, **more: Any
    ) -> SamplingResult:
        if kind is SpanKind.CLIENT:
            return SamplingResult(Decision.DROP)
        return self._share.should_sample(parent_context, trace_id, name, kind, *rest, **more)

    def get_description(self) -> str:
        return f"Ours({self._share.get_description()})"


def begin() -> None:
    """Send traces of this process from now on; again does nothing."""
    global provider
    if provider is not None:
        return
    sampler = ParentBased(_Ours(settings.OTEL_SHARE))
    provider = TracerProvider(sampler=sampler, resource=Resource.create({"service.name": settings.OTEL_SERVICE}))
    exporter = OTLPSpanExporter(endpoint=f"{settings.OTEL_ENDPOINT}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    connection_created.connect(_watch_queries, dispatch_uid="lms.watch.traces")
    signals.before_task_publish.connect(_pass_on, weak=False, dispatch_uid="lms.watch.traces")
    signals.task_prerun.connect(_task_begins, weak=False, dispatch_uid="lms.watch.traces")
    signals.task_failure.connect(_task_failed, weak=False, dispatch_uid="lms.watch.traces")
    signals.task_postrun.connect(_task_ends, weak=False, dispatch_uid="lms.watch.traces")
    if settings.REDIS_URL:
        from opentelemetry.instrumentation.redis import RedisInstrumentor

        RedisInstrumentor().instrument(tracer_provider=provider)  # commands, with ? for each key and value


def _tracer() -> trace.Tracer:
    begin()
    assert provider is not None
    return provider.get_tracer("kortwijs")


def _span(name: str, kind: SpanKind, **attributes: str) -> Any:
    return _tracer().start_as_current_span(
        name, kind=kind, attributes=attributes, record_exception=False, set_status_on_exception=False
    )


def _went_wrong(span: Span, kind: str) -> None:
    span.set_status(StatusCode.ERROR)
    span.set_attribute("error.type", kind)


def trace_requests(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A span per request, called after its view."""
    begin()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        method = request.method if request.method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS") else "other"
        with _span(method or "other", SpanKind.SERVER) as span:
            response = get_response(request)
            match = request.resolver_match
            view = (match.view_name if match else "") or "other"
            span.update_name(f"{method} {view}")
            span.set_attribute("http.request.method", method or "other")
            span.set_attribute("http.route", f"/{match.route}" if match else "other")
            span.set_attribute("http.response.status_code", response.status_code)
            if response.status_code >= 500:
                _went_wrong(span, str(response.status_code))
            return response

    return middleware


def _watch_queries(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _traced not in connection.execute_wrappers:
        connection.execute_wrappers.append(_traced)


def _traced(execute: Callable[..., Any], sql: str, params: Any, many: bool, given: dict[str, Any]) -> Any:
    """Within a request or task that is traced; the text of the query, with ? for what is in it."""
    if not trace.get_current_span().is_recording():
        return execute(sql, params, many, given)
    words = _VALUES.sub("?", str(sql))
    with _span(words.split(None, 1)[0].upper()[:12], SpanKind.CLIENT) as span:
        span.set_attribute("db.system.name", given["connection"].vendor)
        span.set_attribute("db.query.text", words[:_LONGEST])
        try:
            return execute(sql, params, many, given)
        except Exception as error:
            _went_wrong(span, type(error).__name__)
            raise


def _pass_on(headers: dict[str, Any], **_: Any) -> None:
    """What asked for a task stays its beginning."""
    if trace.get_current_span().is_recording():
        _PASSED_ON.inject(headers)


def _task_begins(task_id: str, task: Any, **_: Any) -> None:
    asked = getattr(task.request, "traceparent", None) or (getattr(task.request, "headers", None) or {}).get(
        "traceparent"
    )
    parent = _PASSED_ON.extract({"traceparent": asked}) if asked else context.Context()
    span = _tracer().start_span(f"task {task.name}", context=parent, kind=SpanKind.CONSUMER)
    _open[task_id] = (span, context.attach(trace.set_span_in_context(span)))


def _task_failed(task_id: str, exception: BaseException, **_: Any) -> None:
    if task_id in _open:
        _went_wrong(_open[task_id][0], type(exception).__name__)


def _task_ends(task_id: str, **_: Any) -> None:
    if task_id in _open:
        span, token = _open.pop(task_id)
        context.detach(token)
        span.end()


def flush() -> None:
    """Send what waits now; for tests and the end of a process."""
    if provider is not None:
        provider.force_flush()
