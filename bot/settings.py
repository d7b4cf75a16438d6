"""What the bot's processes read from their environment."""

from __future__ import annotations

from pydantic import Field

from storage.environment import StorageSettings


class BotSettings(StorageSettings):
    """Settings of the web chat and of every command that reads or keeps data."""

    public_url: str | None = None
    """Where people reach the web chat; over https its cookie is sent over https only."""
    photo_days: int = Field(default=30, ge=1, le=3650)
    max_waiting: int = Field(default=4, ge=1, le=100)
    consumers: int = Field(default=4, ge=1, le=32)
    """How many conversations one process serves at the same moment."""
    intake_processes: int = Field(default=2, ge=1, le=16)
