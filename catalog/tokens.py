"""Access tokens that a shop gives for an id and a secret: fetched once, kept until shortly before their end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from catalog.shop_api import Reply, refused, unanswered

EARLY_S = 30.0
"""A token that ends while its request travels is no good."""

USUAL_LIFE_S = 3600.0


class Tokens:
    """The one token of this process. `fetch` asks for a new one."""

    def __init__(
        self, name: str, fetch: Callable[[], Awaitable[Reply]], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._name = name
        self._fetch = fetch
        self._clock = clock
        self._token = ""
        self._until = 0.0
        self._lock = asyncio.Lock()

    async def get(self, instead_of: str = "") -> str:
        """A token that is good now, and another one than `instead_of`, which was refused. Raises ProviderError."""
        async with self._lock:
            if not self._token or self._token == instead_of or self._clock() >= self._until:
                self._token, life_s = self._read(await self._fetch())
                self._until = self._clock() + life_s - EARLY_S
            return self._token

    def _read(self, reply: Reply) -> tuple[str, float]:
        body: dict[str, Any] = reply.body if isinstance(reply.body, dict) else {}
        if reply.status in (400, 401, 403):
            reason = str(body.get("error", ""))[:40]
            raise refused(self._name, f"the token endpoint answers {reply.status} {reason}")
        token, life = body.get("access_token"), body.get("expires_in")
        if reply.status != 200 or not isinstance(token, str) or not token:
            raise unanswered(self._name)
        if not isinstance(life, int | float) or isinstance(life, bool) or life <= 0:
            life = USUAL_LIFE_S
        return token, float(life)
