"""Long polling: the next offset is asked for only when everything before it is stored."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence

from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.calls import seconds_of
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.updates import KINDS
from storage.unit_of_work import CONNECTION_LOST

log = logging.getLogger(__name__)

POLL_S = 25
CONFLICT_S = 3.0


class Polling:
    """The loop that asks for updates. One process of a bot may poll."""

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self._bot = bot
        self._intake = intake
        self._offset = 0

    async def run(self) -> None:
        """Poll until cancelled. Raises InvalidToken when the token is none."""
        pause = 0.5
        while True:
            try:
                updates = await self._ask()
                await self._intake.take(updates)
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except Conflict as error:
                log.warning("somebody else takes this bot's updates: %s", error)
                await asyncio.sleep(CONFLICT_S)
            except (TelegramError, *CONNECTION_LOST) as error:
                log.warning("no updates for now: %s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(15.0, 2 * pause)
            except Exception:
                log.exception("polling failed")
                await asyncio.sleep(pause)
                pause = min(15.0, 2 * pause)
            else:
                pause = 0.5
                if updates:
                    self._offset = updates[-1].update_id + 1

    async def _ask(self) -> Sequence[Update]:
        try:
            return await self._bot.get_updates(
                offset=self._offset or None, timeout=POLL_S, allowed_updates=list(KINDS), read_timeout=10
            )
        except (TelegramError, asyncio.CancelledError):
            raise
        except Exception:
            # One update that the library cannot read would stop all that come after it.
            log.exception("an update could not be read")
            return await self._one_by_one()

    async def _one_by_one(self) -> Sequence[Update]:
        """The next update alone, left out when it cannot be read."""
        request = self._bot.request
        raw = await request.post(f"{self._bot.base_url}/getUpdates?offset={self._offset}&limit=1&timeout=0")
        entries = raw if isinstance(raw, list) else json.loads("[]")
        readable = []
        for entry in entries:
            try:
                readable.append(Update.de_json(entry, self._bot))
            except Exception:
                log.error("update %s is left out", entry.get("update_id"))  # noqa: TRY400 # the trace is above
                self._offset = int(entry["update_id"]) + 1
        return readable


async def begin_polling(bot: Bot) -> None:
    """Take the webhook away: updates come over one way only."""
    while True:
        try:
            await bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
        except (NetworkError, BadRequest) as error:
            log.warning("Telegram does not answer: %s", error)
            await asyncio.sleep(2)
        else:
            return
