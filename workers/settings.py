"""What a worker reads from its environment. No bot token is among it."""

from __future__ import annotations

from typing import Self

from pydantic import Field, SecretStr, model_validator

from storage.environment import EngineSettings, StorageSettings
from storage.remote_settings import REMOTE
from workers.remote.signing import MIN_KEY_LENGTH

_SHORT = f"FASHIONCORE_REMOTE_KEY must have {MIN_KEY_LENGTH} letters or more, the same on both sides"


class WorkerSettings(StorageSettings):
    """Settings of one worker process."""

    drain_s: float = Field(default=20.0, ge=0.0, le=3600.0)
    """How long a running job may go on after SIGTERM."""
    unload_s: float = Field(default=900.0, ge=0.0)
    """An engine that was not used for so long gives its memory back and loads again for the next job; 0: never."""
    remote_key: SecretStr | None = None
    """The key of the engine elsewhere (docs/remote.md); two workers have the same one, of 32 letters or more."""
    remote_limit_s: float = Field(default=300.0, gt=0.0, le=3600.0)
    """How long a picture may take there, with everything that is tried again."""

    @model_validator(mode="after")
    def _key_between_workers(self) -> Self:
        key = self.remote_key.get_secret_value() if self.remote_key else ""
        if self.engine == REMOTE and self.remote_endpoint is None and len(key) < MIN_KEY_LENGTH:
            raise ValueError(_SHORT)
        return self


class ServeSettings(EngineSettings):
    """Settings of a worker that draws for others: the engine's, the key, and neither database nor queue."""

    drain_s: float = Field(default=20.0, ge=0.0, le=3600.0)
    """How long a running picture may go on after SIGTERM."""
    unload_s: float = Field(default=900.0, ge=0.0)
    """See WorkerSettings."""
    remote_key: SecretStr
    """The key that both sides know."""

    @model_validator(mode="after")
    def _draws_itself(self) -> Self:
        if self.engine == REMOTE:
            raise ValueError("with --serve FASHIONCORE_ENGINE must be an engine of this machine, not remote")
        if len(self.remote_key.get_secret_value()) < MIN_KEY_LENGTH:
            raise ValueError(_SHORT)
        return self
