"""How a process is watched from outside, set up at its start: its log, and traces where a collector is set."""

from __future__ import annotations

from pathlib import Path

from storage.environment import EngineSettings
from storage.logs import configure_logging
from storage.trail import record_with


def observe(settings: EngineSettings, process: str, file: Path | None = None) -> None:
    """Before anything else is built. `process` is what the process is called in traces."""
    configure_logging(settings.secrets(), file=file, as_json=settings.log == "json")
    if settings.otlp_endpoint:
        # Only here, since the library takes a moment to load.
        from storage.traces import Spans  # noqa: PLC0415

        record_with(Spans(process, settings.otlp_endpoint, settings.traces_share))
