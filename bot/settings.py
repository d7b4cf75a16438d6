"""What the bot's processes read from their environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.config import StorageConfig


class BotSettings(BaseSettings):
    """Settings of the web chat and of every command that reads or keeps data."""

    model_config = SettingsConfigDict(env_prefix="FASHIONCORE_", env_file=".env", extra="ignore")

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    redis_url: SecretStr = Field(validation_alias="REDIS_URL")
    data: Path = Path(".data")
    public_url: str | None = None
    """Where people reach the web chat; over https its cookie is sent over https only."""
    engine: str = "preview"
    photo_days: int = Field(default=30, ge=1, le=3650)
    max_waiting: int = Field(default=4, ge=1, le=100)
    consumers: int = Field(default=4, ge=1, le=32)
    """How many conversations one process serves at the same moment."""
    intake_processes: int = Field(default=2, ge=1, le=16)

    def storage(self) -> StorageConfig:
        """The storage's part of it."""
        return StorageConfig(
            database_url=self.database_url.get_secret_value(),
            redis_url=self.redis_url.get_secret_value(),
            data=self.data,
            pool_size=2 * self.consumers + 4,
        )
