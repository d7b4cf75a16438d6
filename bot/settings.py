"""What the bot's processes read from their environment."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from bot.mail_settings import MailSettings

OPENAI = "https://api.openai.com/v1"
"""Where a key without an address leads."""


class BotSettings(MailSettings):
    """Settings of the web chat and of every command that reads or keeps data."""

    photo_days: int = Field(default=30, ge=1, le=3650)
    """How long a person's photo is kept."""
    max_waiting: int = Field(default=4, ge=1, le=100)
    """How many try-ons one person may have waiting."""
    consumers: int = Field(default=4, ge=1, le=32)
    """How many conversations one process serves at the same moment."""
    web_processes: int = Field(default=1, ge=1, le=64)
    """How many processes serve the web chat at one address (docs/operate.md)."""
    discord_bot_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_BOT_TOKEN")
    """The bot's token (docs/discord.md)."""
    discord_api_base: str | None = Field(default=None, validation_alias="DISCORD_API_BASE")
    """Another server of Discord's REST interface, up to and with its version: https://discord.com/api/v10."""
    discord_gateway: str | None = Field(default=None, validation_alias="DISCORD_GATEWAY")
    """Another gateway than the one Discord names."""
    discord_guild: int | None = None
    """Commands go to this server at once instead of everywhere; for development."""
    discord_shards: str | None = None
    """Which shards this process serves: "4" is all of four, "0-1/4" or "0,2/4" some of them."""
    feeds: Path | None = None
    """The list of feeds that `fashioncore feeds` imports by itself (docs/feeds.md)."""
    rates: Path | None = None
    """A newer table of currencies, as the European Central Bank publishes it (docs/shops.md)."""
    intake_processes: int = Field(default=2, ge=1, le=16)
    """How many processes read strangers' pictures."""
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    """Where a language model answers (docs/llm.md), up to and with its version: http://localhost:11434/v1."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """Its key, where it asks for one."""
    openai_model: str | None = Field(default=None, validation_alias="OPENAI_MODEL")
    """Without a model's name none is asked, whatever else is set: a key alone may be there for other programs."""
    llm_pictures: bool = False
    """Whether a finished try-on goes to the model when the person asks for advice on it."""
    llm_tokens: int = Field(default=200_000, ge=0)
    """Tokens a day for each person."""
    llm_tokens_all: int = Field(default=5_000_000, ge=0)
    """Tokens a day for everybody together."""
    llm_price_in: float = Field(default=0.0, ge=0, le=1000)
    """Dollars for a million tokens that are read; 0 where the model costs nothing."""
    llm_price_out: float = Field(default=0.0, ge=0, le=1000)
    """Dollars for a million tokens that are written."""
    llm_usd: float = Field(default=0.20, ge=0, le=100_000)
    """Dollars a day for each person."""
    llm_usd_all: float = Field(default=5.0, ge=0, le=100_000)
    """Dollars a day for everybody together."""

    @field_validator("openai_base_url", "openai_model", "openai_api_key", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("openai_base_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://unset")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise ValueError("it must be http(s)://HOST/PATH; the key belongs into OPENAI_API_KEY")
        return value

    @property
    def model_url(self) -> str | None:
        """The address of the model to ask; None when none is asked."""
        if self.openai_model is None or (self.openai_base_url is None and self.openai_api_key is None):
            return None
        return self.openai_base_url or OPENAI
