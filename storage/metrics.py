"""What every process counts about itself: each metric's name, labels and meaning stand here alone.

Labels hold names of ours (channels, engines, reasons), never an id, an address or words of a person. How they are
read is in `storage.scraping`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics
from sqlalchemy.orm import Session

REGISTRY = CollectorRegistry()
# Another series for each one, of when it began: nobody asks for it.
disable_created_metrics()  # type: ignore[no-untyped-call]

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0)
_SLOW = (0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0)
_LONG = (0.1, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)

REQUESTS = Histogram(
    "fashioncore_http_request_seconds",
    "From a request to the beginning of its answer, by the route that answered it.",
    ("endpoint", "method", "status"), buckets=_FAST, registry=REGISTRY,
)  # fmt: skip
EVENTS = Histogram(
    "fashioncore_event_seconds",
    "Handling one event of the inbox; the outcome is done, again (tried later) or failed (given up).",
    ("channel", "kind", "outcome"), buckets=_FAST, registry=REGISTRY,
)  # fmt: skip
EVENT_WAIT = Histogram(
    "fashioncore_event_wait_seconds",
    "From an event's coming in, or the moment it was put off to, until it is handled.",
    ("channel",), buckets=_FAST, registry=REGISTRY,
)  # fmt: skip
DELIVERIES = Histogram(
    "fashioncore_delivery_seconds",
    "Handing one message to a channel; the outcome is sent, again (it did not take it) or failed (given up).",
    ("channel", "outcome"), buckets=_FAST, registry=REGISTRY,
)  # fmt: skip
JOBS_ENDED = Counter(
    "fashioncore_jobs_ended_total",
    "Try-ons that ended, by the engine they ended with; the status is previewed, done, failed or cancelled.",
    ("engine", "status", "reason"), registry=REGISTRY,
)  # fmt: skip
JOBS_RETURNED = Counter(
    "fashioncore_jobs_returned_total",
    "Try-ons that went back to the queue: attempt failed, worker left, or its lease ran out.",
    ("engine", "reason"), registry=REGISTRY,
)  # fmt: skip
JOB_WAIT = Histogram(
    "fashioncore_job_wait_seconds",
    "From a try-on's wish to its first worker.",
    ("engine",), buckets=_LONG, registry=REGISTRY,
)  # fmt: skip
ENGINE = Histogram(
    "fashioncore_engine_seconds", "Drawing one picture.", ("engine",), buckets=_SLOW, registry=REGISTRY
)
ENGINE_STAGE = Histogram(
    "fashioncore_engine_stage_seconds",
    "One stage of drawing a picture; what is kept from before does not run and is not counted.",
    ("engine", "stage"), buckets=_SLOW, registry=REGISTRY,
)  # fmt: skip
SHOPS = Histogram(
    "fashioncore_shop_seconds",
    "Asking one shop, or our own index; the outcome is ok, failed, broken (its adapter) or late (left out).",
    ("shop", "outcome"), buckets=_FAST, registry=REGISTRY,
)  # fmt: skip
MAILS = Counter(
    "fashioncore_mails_total",
    "Mails by what became of them: sent, again (the server did not take it now), failed, dropped or unknown.",
    ("kind", "outcome"), registry=REGISTRY,
)  # fmt: skip
LEASES_LOST = Counter(
    "fashioncore_leases_lost_total", "Try-ons that another worker took over from this one.", registry=REGISTRY
)
ProcessCollector(namespace="fashioncore", registry=REGISTRY)

SCRAPED: dict[str, tuple[str, tuple[str, ...]]] = {
    "fashioncore_database_up": ("Whether the database told the following in time.", ()),
    "fashioncore_inbox_waiting": ("Events that may be handled and are not.", ("channel",)),
    "fashioncore_inbox_oldest_seconds": ("How long the oldest of them could have been handled.", ("channel",)),
    "fashioncore_outbox_waiting": ("Messages that may be sent and are not.", ("channel",)),
    "fashioncore_outbox_oldest_seconds": ("How old the oldest message is that no channel took yet.", ("channel",)),
    "fashioncore_jobs_waiting": ("Try-ons that nobody draws yet.", ("engine",)),
    "fashioncore_jobs_running": ("Try-ons that are drawn now.", ("engine",)),
    "fashioncore_jobs_oldest_seconds": ("How long the oldest waiting try-on has waited.", ("engine",)),
    "fashioncore_mails_waiting": ("Mails that may be sent and are not.", ("kind",)),
    "fashioncore_mails_oldest_seconds": ("How long the oldest of them could have been sent.", ("kind",)),
    "fashioncore_digests_due": ("Digests whose time has come and that are not queued.", ()),
    "fashioncore_gpu_memory_used_bytes": ("Memory in use on a GPU of this process, whoever uses it.", ("device",)),
    "fashioncore_gpu_memory_bytes": ("Memory of a GPU of this process.", ("device",)),
}
"""What is looked up when the metrics are read: help and labels by name."""

_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,39}")
_MOST = 100
_known: dict[str, set[str]] = {}


def label(of: str, value: str | None) -> str:
    """A value for a label called `of`: what is no name, or comes after a hundred different ones, is "other"."""
    known = _known.setdefault(of, set())
    if not value:
        return "none"
    if value not in known:
        if _NAME.fullmatch(value) is None or len(known) >= _MOST:
            return "other"
        known.add(value)
    return value


def after_commit(session: Session, count: Callable[[], object]) -> None:
    """Count once the session's transaction is committed; what is rolled back did not happen."""

    counted = False

    def committed(_: Session) -> None:
        nonlocal counted
        if not counted and not session.in_nested_transaction():
            counted = True
            count()

    sa.event.listen(session, "after_commit", committed)


def drawn(engine: str, seconds: Mapping[str, float]) -> None:
    """A picture was drawn, in so many seconds a stage."""
    ENGINE.labels(label("engine", engine)).observe(sum(seconds.values()))
    for stage, spent in seconds.items():
        ENGINE_STAGE.labels(label("engine", engine), label("stage", stage)).observe(spent)


def asked_shop(shop: str, outcome: str, seconds: float) -> None:
    """A shop was asked (`catalog.search`)."""
    SHOPS.labels(label("shop", shop), outcome).observe(seconds)
