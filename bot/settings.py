"""What the bot's processes read from their environment."""

from __future__ import annotations

from pydantic import Field, SecretStr

from storage.environment import StorageSettings


class BotSettings(StorageSettings):
    """Settings of the web chat and of every command that reads or keeps data."""

    public_url: str | None = None
    """Where people reach the web chat; over https its cookie is sent over https only."""
    photo_days: int = Field(default=30, ge=1, le=3650)
    max_waiting: int = Field(default=4, ge=1, le=100)
    consumers: int = Field(default=4, ge=1, le=32)
    """How many conversations one process serves at the same moment."""
    discord_bot_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_BOT_TOKEN")
    discord_api_base: str | None = Field(default=None, validation_alias="DISCORD_API_BASE")
    """Another server of Discord's REST interface, up to and with its version: https://discord.com/api/v10."""
    discord_gateway: str | None = Field(default=None, validation_alias="DISCORD_GATEWAY")
    discord_guild: int | None = None
    """Commands go to this server at once instead of everywhere; for development."""
    discord_shards: str | None = None
    """Which shards this process serves: "4" is all of four, "0-1/4" or "0,2/4" some of them."""
    intake_processes: int = Field(default=2, ge=1, le=16)
