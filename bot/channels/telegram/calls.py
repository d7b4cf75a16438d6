"""One request to the Bot API: within the limits, with Telegram's answers as our own errors."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

# PTB's own way to get the time to wait as a timedelta; without it every flood answer is a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

import httpx
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.base import DeliveryError
from bot.channels.telegram.pace import Pace, Paced

log = logging.getLogger(__name__)

T = TypeVar("T")

CONNECTIONS = 64
PATIENCE_S = 1.0
"""How long a message waits in place for the allowance of the whole bot."""
CALL_S = 120.0
"""The most that one request takes, however slowly its answer trickles: well below the ten minutes after which the
database ends a transaction that does nothing, and with it our hold on the message."""

NOT_MODIFIED = "message is not modified"
GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message_id_invalid",
    "message identifier is not specified",
    "there is no text in the message to edit",
)


UNSENT = frozenset({"paced", "flood", "forbidden", "bad_request", "token", "unreachable"})
"""Codes of a DeliveryError after which it is certain that nothing was sent."""


class MessageGone(Exception):
    """The message to change is not there, or cannot become what it should."""


class Migrated(Exception):
    """The group has another id."""

    def __init__(self, new_id: int) -> None:
        super().__init__(str(new_id))
        self.new_id = new_id


def make_bot(token: str, api_base: str) -> Bot:
    """The client of one bot; nothing connects yet. `api_base` is what stands before /bot<token>/."""
    base = api_base.rstrip("/")
    return Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=CONNECTIONS, connect_timeout=5, read_timeout=15, write_timeout=15, pool_timeout=5,
            media_write_timeout=60,
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=2, connect_timeout=5, read_timeout=10),
    )  # fmt: skip


class Calls:
    """Requests that count as messages."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace

    async def send(self, chat: int, request: Callable[[], Awaitable[T]], *, items: int = 1, spare: int = 0) -> T:
        """Make the request when the limits allow it. Raises DeliveryError, MessageGone, Migrated.

        With `spare` it is made only while so many more messages of this second are free.
        """
        patience_s = 0.0 if spare else PATIENCE_S
        try:
            async with self.pace.turn(chat, items, spare=spare, patience_s=patience_s):
                async with asyncio.timeout(CALL_S):
                    return await request()
        except TimeoutError as error:
            raise DeliveryError("network") from error
        except Paced as paced:
            raise DeliveryError("paced", retry_after_s=paced.retry_after_s) from paced
        except TelegramError as error:
            raise await self.translated(chat, error) from error

    async def edit(self, chat: int, request: Callable[[], Awaitable[object]], *, spare: int = 0) -> None:
        """The same for an edit; that nothing changed is no error."""

        async def unless_the_same() -> None:
            try:
                await request()
            except BadRequest as error:
                if NOT_MODIFIED not in str(error).lower():
                    raise

        await self.send(chat, unless_the_same, spare=spare)

    async def translated(self, chat: int, error: TelegramError) -> Exception:
        """What an error of the library means to us."""
        if isinstance(error, RetryAfter):
            seconds = seconds_of(error)
            await self.pace.close_for(chat, seconds)
            return DeliveryError("flood", retry_after_s=seconds)
        if isinstance(error, ChatMigrated):
            return Migrated(error.new_chat_id)
        if isinstance(error, Forbidden):
            return DeliveryError("forbidden", final=True)
        if isinstance(error, InvalidToken):
            return DeliveryError("token")
        if isinstance(error, BadRequest):
            said = str(error).lower()
            if any(reason in said for reason in GONE):
                return MessageGone(str(error))
            # It will refuse it tomorrow too, and what comes after it must not wait for that.
            log.warning("Telegram refused a message: %s", error)
            return DeliveryError("bad_request", final=True)
        if isinstance(error, NetworkError):
            unsent = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
            return DeliveryError("unreachable" if unsent else "network")
        return DeliveryError("telegram")


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
