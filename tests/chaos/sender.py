"""A process that sends mail, forked from one that has loaded the program: it is killed and begun often."""

from __future__ import annotations

import asyncio
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from bot.mail.service import serve
from bot.settings import BotSettings

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


def sender(settings: BotSettings) -> BaseProcess:
    """Sends until it is killed."""
    process = _FORKS.Process(target=_send, args=(settings,), daemon=True)
    process.start()
    return process


def _send(settings: BotSettings) -> None:
    asyncio.run(serve(settings))
