"""What the Telegram process reads from its environment besides what every part of the bot reads."""

from __future__ import annotations

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError

from bot.settings import BotSettings


class TelegramSettings(BotSettings):
    """`./fashioncore telegram`."""

    telegram_bot_token: SecretStr = Field(validation_alias="TELEGRAM_BOT_TOKEN")
    """The token of @BotFather (docs/telegram.md)."""

    @field_validator("telegram_bot_token")
    @classmethod
    def _is_there(cls, token: SecretStr) -> SecretStr:
        if not token.get_secret_value():
            raise PydanticCustomError("missing", "it is empty")
        return token

    telegram_api_base: str = Field(default="https://api.telegram.org", validation_alias="TELEGRAM_API_BASE")
    """What stands before /bot<token>/ of another Bot API server."""
    stars_price: int = Field(default=0, ge=0, le=10_000)
    """Telegram Stars for a pack of try-ons; 0: everything is free."""
    stars_pack: int = Field(default=10, ge=1, le=1000)
    """How many try-ons a pack has."""
    stars_free: int = Field(default=3, ge=0, le=1000)
    """Free try-ons of a person each day."""
