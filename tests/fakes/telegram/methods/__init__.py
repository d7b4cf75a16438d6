"""The methods of the Bot API that are served, by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.fakes.telegram.methods import answering, chatting, editing, payments, profile, receiving, sending
from tests.fakes.telegram.world import World

Method = Callable[[World, dict[str, Any]], Awaitable[Any]]

METHODS: dict[str, Method] = {
    **answering.METHODS,
    **chatting.METHODS,
    **editing.METHODS,
    **payments.METHODS,
    **profile.METHODS,
    **receiving.METHODS,
    **sending.METHODS,
}
