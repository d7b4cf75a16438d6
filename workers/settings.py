"""What a worker reads from its environment. No bot token is among it."""

from __future__ import annotations

from pydantic import Field

from storage.environment import StorageSettings


class WorkerSettings(StorageSettings):
    """Settings of one worker process."""

    drain_s: float = Field(default=20.0, ge=0.0, le=3600.0)
    """How long a running job may go on after SIGTERM."""
    unload_s: float = Field(default=900.0, ge=0.0)
    """An engine that was not used for so long gives its memory back and loads again for the next job; 0: never."""
