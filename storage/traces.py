"""Steps as OpenTelemetry spans, sent to a collector. Imported where one is set: it takes a moment and memory."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextvars import ContextVar

from opentelemetry import trace
from opentelemetry.exporter.otlp.json.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased

from storage.trail import NS, Fact

PATIENCE_S = 5.0

_root: ContextVar[str | None] = ContextVar("root", default=None)


class _Ids(RandomIdGenerator):
    """A trail's first span has the trail's ids, so that every process knows under which span its own stand."""

    def generate_trace_id(self) -> int:
        """See IdGenerator."""
        trail = _root.get()
        return super().generate_trace_id() if trail is None else int(trail, 16)

    def generate_span_id(self) -> int:
        """See IdGenerator."""
        trail = _root.get()
        return super().generate_span_id() if trail is None else _first(trail)


class Spans:
    """See storage.trail.Recorder. `share` of all trails are sent, the same ones by every process."""

    def __init__(self, process: str, endpoint: str, share: float) -> None:
        exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=PATIENCE_S)
        resource = Resource.create({"service.name": f"fashioncore-{process}", "service.namespace": "fashioncore"})
        self._provider = TracerProvider(
            resource=resource, id_generator=_Ids(), sampler=TraceIdRatioBased(share), shutdown_on_exit=True
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("fashioncore")
        # A collector that is away is told once in a while, not with a traceback for each batch.
        logging.getLogger("opentelemetry").setLevel(logging.ERROR)

    def record(  # see Recorder
        self, trail: str, name: str, began: int, ended: int, facts: Mapping[str, Fact], *, root: bool = False,
        stages: Mapping[str, float] | None = None,
    ) -> None:  # fmt: skip
        """See Recorder."""
        if root:
            before = _root.set(trail)
            try:
                above = trace.set_span_in_context(trace.INVALID_SPAN)
                self._tracer.start_span(name, above, attributes=dict(facts), start_time=began).end(ended)
            finally:
                _root.reset(before)
            return
        first = trace.SpanContext(int(trail, 16), _first(trail), True, trace.TraceFlags(trace.TraceFlags.SAMPLED))
        parent = trace.set_span_in_context(trace.NonRecordingSpan(first))
        span = self._tracer.start_span(name, parent, attributes=dict(facts), start_time=began)
        if stages:
            within = trace.set_span_in_context(span)
            at = ended - int(sum(stages.values()) * NS)
            for stage, seconds in stages.items():
                part = self._tracer.start_span(f"stage {stage}", within, start_time=at)
                at += int(seconds * NS)
                part.end(at)
        span.end(ended)


def _first(trail: str) -> int:
    return int(trail[:16], 16)
