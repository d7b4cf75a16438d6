"""What `doctor` looks at for Telegram: the token, the way in, and the switches at @BotFather."""

from __future__ import annotations

from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.calls import make_bot
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.webhook import PATH
from bot.findings import Finding

MANY_WAIT = 100


async def look(settings: TelegramSettings) -> list[Finding]:
    """Ask Telegram how our bot stands there; every answer that is missing is a finding too."""
    bot = make_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_base)
    try:
        await bot.initialize()
    except InvalidToken:
        return [Finding("telegram token", False, "Telegram does not know it; @BotFather shows the right one")]
    except TelegramError as error:
        return [Finding("telegram", False, f"does not answer: {error}")]
    try:
        me, hook = bot.bot, await bot.get_webhook_info()
        url = settings.public_url or ""
        wanted = url.rstrip("/") + PATH if url.startswith("https://") else ""
        found = [Finding("telegram token", True, f"@{me.username}")]
        if hook.last_error_message and wanted:
            found.append(
                Finding("telegram webhook", False, f"the last delivery failed: {hook.last_error_message}")
            )
        elif hook.url == wanted:
            found.append(Finding("telegram webhook", True, hook.url or "none, as it is with polling"))
        else:
            detail = f"is {hook.url or 'none'}, should be {wanted or 'none'}; `./fashioncore telegram` sets it"
            found.append(Finding("telegram webhook", False, detail))
        waiting = hook.pending_update_count
        found.append(Finding("telegram updates", waiting < MANY_WAIT, f"{waiting} wait to be fetched"))
        found.append(
            Finding(
                "telegram privacy mode",
                True,
                "off: it is shown all that is said in groups, and answers only what is meant for it"
                if me.can_read_all_group_messages
                else "on: in groups it is shown what is meant for it",
            )
        )
        inline = "on" if me.supports_inline_queries else "off: send /setinline to @BotFather for “@bot red dress”"
        found.append(Finding("telegram inline mode", bool(me.supports_inline_queries), inline))
    except TelegramError as error:
        return [Finding("telegram", False, f"does not answer: {error}")]
    finally:
        await bot.shutdown()
    return found
