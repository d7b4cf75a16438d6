"""One request to a shop's interface: in time, in bounds, at its pace, and once more when that may help.

The hosts are constants or an operator's; what a person names goes through `catalog.outbound` instead.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import re
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from catalog.errors import Paced, ProviderError
from catalog.outbound import OutboundError, read_body
from catalog.pacing import LocalPace, Window
from catalog.ports import Pace

AGENT = "fashionCORE/0.1"

REFUSED_PAUSE_S = 300.0
"""A wrong key or account does not mend itself within seconds."""

MENDS = frozenset({429, 500, 502, 503, 504})
"""Statuses that another try may mend."""

_SECONDS = re.compile(r"\d{1,6}(?:\.\d+)?")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ApiLimits:
    """`answer_s` from the first try to the last byte, waiting included; `tries` in all; bytes after unpacking.

    The wait before try n is random up to `first_wait_s` doubled n times, and never shorter than the shop asks.
    """

    answer_s: float = 6.0
    tries: int = 3
    first_wait_s: float = 0.25
    max_bytes: int = 8_000_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """Time and chance, for tests to take into their own hands."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Reply:
    """`body` is the JSON that came, None when it was none."""

    status: int
    body: Any  # whatever the shop sends; readers look before they trust
    headers: Mapping[str, str] = field(default_factory=dict)


class ShopApi:
    """Asks one shop. Close it when done."""

    def __init__(
        self,
        name: str,
        windows: tuple[Window, ...] = (),
        *,
        pace: Pace | None = None,
        limits: ApiLimits | None = None,
        waiting: Waiting | None = None,
    ) -> None:
        self.name = name
        self._windows = windows
        self._pace = pace or LocalPace()
        self._limits = limits or ApiLimits()
        self._waiting = waiting or Waiting()
        self._client = httpx.AsyncClient(
            headers={"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
            timeout=self._limits.answer_s,
            trust_env=False,
            follow_redirects=False,
        )

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        data: object = None,
        form: Mapping[str, str] | None = None,
        counted: bool = True,
    ) -> Reply:
        """The answer, whatever its status, unless that is one of MENDS to the end. `data` is sent as JSON; a call
        that is not `counted` has no part in the shop's allowance.

        Raises Paced when it is not its turn in time, ProviderError when no answer came.
        """
        try:
            request = self._client.build_request(method, url, headers=headers, params=params, json=data, data=form)
        except httpx.InvalidURL as error:
            # Some addresses come out of the shop's own answers.
            raise unanswered(self.name) from error
        deadline = self._waiting.clock() + self._limits.answer_s
        for left in range(self._limits.tries - 1, -1, -1):
            if counted:
                await self._turn(deadline)
            try:
                async with asyncio.timeout(max(0.001, deadline - self._waiting.clock())):
                    reply = await self._send(request)
            except (TimeoutError, httpx.HTTPError, OutboundError, zlib.error) as error:
                # The kind of the error only: its text may carry an address with what is secret in it.
                problem, after_s = type(error).__name__, 0.0
            else:
                if reply.status not in MENDS:
                    return reply
                problem, after_s = str(reply.status), retry_after_s(reply)
            tried = self._limits.tries - left
            wait_s = max(after_s, self._waiting.chance() * self._limits.first_wait_s * 2.0**tried)
            if not left or self._waiting.clock() + wait_s >= deadline:
                break
            await self._waiting.sleep(wait_s)
        _log.warning("%s does not answer: %s", self.name, problem)
        raise unanswered(self.name, after_s)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _turn(self, deadline: float) -> None:
        while self._windows and (wait_s := await self._pace.take(self.name, self._windows)) > 0:
            if self._waiting.clock() + wait_s >= deadline:
                raise Paced(self.name, wait_s)
            await self._waiting.sleep(wait_s)

    async def _send(self, request: httpx.Request) -> Reply:
        answer = await self._client.send(request, stream=True)
        try:
            raw = await read_body(answer, self._limits.max_bytes)
        finally:
            await answer.aclose()
        try:
            body = json.loads(raw)
        # Deep nesting is refused by the parser in a way of its own.
        except (ValueError, RecursionError):
            body = None
        return Reply(answer.status_code, body, answer.headers)


def retry_after_s(reply: Reply) -> float:
    """How long the shop asks to be left alone; 0 when it does not say, or says it as a date."""
    said = reply.headers.get("retry-after", "").strip()
    return float(said) if _SECONDS.fullmatch(said) else 0.0


def unanswered(name: str, pause_s: float = 0.0) -> ProviderError:
    """What is raised when a shop gives nothing that can be read."""
    sentence = "{shop} does not answer right now. Please try again in a minute."
    return ProviderError("shop_unanswered", sentence, retryable=True, pause_s=pause_s, shop=name)


def refused(name: str, reason: str) -> ProviderError:
    """What is raised when a shop does not want us; the operator has to do something, and finds it in the log."""
    _log.error("%s refuses us: %s", name, reason)
    sentence = "{shop} cannot be searched right now."
    return ProviderError("shop_refused", sentence, pause_s=REFUSED_PAUSE_S, reason=reason, shop=name)
