"""What a worker reads from its environment. No bot token is among it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.config import StorageConfig


class WorkerSettings(BaseSettings):
    """Settings of one worker process."""

    model_config = SettingsConfigDict(env_prefix="FASHIONCORE_", env_file=".env", extra="ignore")

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    redis_url: SecretStr = Field(validation_alias="REDIS_URL")
    data: Path = Path(".data")
    engine: str = "preview"
    engine_threads: int = Field(default=2, ge=1, le=64)
    drain_s: float = Field(default=20.0, ge=0.0, le=3600.0)
    """How long a running job may go on after SIGTERM."""

    def storage(self) -> StorageConfig:
        """The storage's part of it."""
        return StorageConfig(
            database_url=self.database_url.get_secret_value(),
            redis_url=self.redis_url.get_secret_value(),
            data=self.data,
            pool_size=6,
        )
