"""Updates on their way to the bot: a long poll or a webhook, each delivered until it is confirmed."""

from __future__ import annotations

import asyncio
import copy
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.fakes.telegram.errors import FakeIsWrong, Refusal
from tests.fakes.telegram.spec import description
from tests.fakes.telegram.waiting import Waiters

# "Receive all except these": what the empty list of allowed updates stands for.
ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST_PAUSE_S = 60.0

Reply = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Webhook:
    """Where updates are posted to, and how that went."""

    url: str = ""
    secret: str | None = None
    certificate: bool = False
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str = ""

    def info(self) -> dict[str, Any]:
        """Its part of WebhookInfo."""
        shown: dict[str, Any] = {"url": self.url, "has_custom_certificate": self.certificate}
        if self.url:
            shown["max_connections"] = self.max_connections
        if self.last_error_at is not None:
            shown |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        return shown


@dataclass(frozen=True)
class Delivery:
    """One attempt to post an update, for tests that count them."""

    at: float
    update_id: int
    status: int | None  # None: no answer


@dataclass
class Updates:
    """The queue of one bot."""

    first_pause_s: float
    allowed: list[str] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    deliveries: list[Delivery] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)  # every update that ever was

    def __post_init__(self) -> None:
        self._queue: OrderedDict[int, tuple[dict[str, Any], object]] = OrderedDict()
        self._next_id = 100_000_000 + secrets.randbelow(800_000_000)  # no seed of a test run may repeat it
        self._news = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self._posting: dict[object, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(self.webhook.max_connections)
        self._session: aiohttp.ClientSession | None = None
        self._reply: Reply | None = None
        self._open_polls = 0
        self._waiters = Waiters()

    @property
    def pending(self) -> int:
        """How many wait to be confirmed."""
        return len(self._queue)

    def push(self, kind: str, content: dict[str, Any], order: object = None) -> int | None:
        """Queues an update; those of the same `order` (a chat) reach a webhook one after another."""
        wanted = kind in self.allowed if self.allowed else kind not in ONLY_ON_REQUEST
        if not wanted:
            return None
        update_id = self._next_id
        update: dict[str, Any] = {"update_id": update_id, kind: copy.deepcopy(content)}
        if problems := description().check({"Update"}, update, "update"):
            raise FakeIsWrong("; ".join(map(str, problems)))
        self._next_id += 1
        self.sent.append(update)
        self._queue[update_id] = (update, order)
        self._news.set()
        if self.webhook.url:
            self._post(order)
        return update_id

    def again(self, update_id: int) -> None:
        """Queues an update a second time under its old id, as happens when a confirmation was lost."""
        update = next(one for one in self.sent if one["update_id"] == update_id)
        self._queue[update_id] = (update, None)
        self._queue.move_to_end(update_id, last=False)
        self._news.set()
        if self.webhook.url:
            self._post(None)

    async def poll(self, offset: int, limit: int, timeout_s: float, allowed: list[str] | None) -> list[Any]:
        """getUpdates: what waits, or what comes within the time. A newer poll ends this one with a conflict."""
        if self.webhook.url:
            advice = "use deleteWebhook to delete the webhook first"
            raise Refusal(409, f"can't use getUpdates method while webhook is active; {advice}")
        if allowed is not None:
            self.allowed = allowed
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        mine = self._poll = asyncio.get_running_loop().create_future()
        self._confirm(offset)
        until = time.monotonic() + timeout_s
        while not self._queue and (left := until - time.monotonic()) > 0:
            self._news.clear()
            news = asyncio.ensure_future(self._news.wait())
            self._open_polls += 1
            self._waiters.look()
            try:
                await asyncio.wait({news, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._open_polls -= 1
                news.cancel()
            if mine.done():
                text = "terminated by other getUpdates request; make sure that only one bot instance is running"
                raise Refusal(409, text)
        return [update for update, _ in list(self._queue.values())[:limit]]

    async def drained(self, timeout_s: float = 10) -> None:
        """Waits until the bot has confirmed every update."""
        await self._waiters.until(lambda: not self._queue, timeout_s, lambda: f"unconfirmed: {list(self._queue)}")

    async def polled(self, timeout_s: float = 10) -> None:
        """Waits until a long poll of the bot is open."""
        await self._waiters.until(lambda: self._open_polls > 0, timeout_s, lambda: "the bot does not poll")

    async def set_webhook(self, webhook: Webhook, allowed: list[str] | None, drop: bool) -> None:
        """Posts updates from now on; an empty url goes back to polling."""
        await self._stop_posting()
        if drop:
            self._confirm(self._next_id)
        if allowed is not None:
            self.allowed = allowed
        self.webhook = webhook
        self._slots = asyncio.Semaphore(webhook.max_connections)
        if webhook.url:
            if self._poll is not None and not self._poll.done():
                self._poll.set_result(None)
            for order in {order for _, order in self._queue.values()}:
                self._post(order)

    def answered_by(self, reply: Reply) -> None:
        """Who performs the method that a webhook may give in its answer."""
        self._reply = reply

    async def close(self) -> None:
        """Stops delivering."""
        await self._stop_posting()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:  # from the end of the queue; the rest is forgotten
            offset = ([self._next_id, *reversed(self._queue)] + [0] * -offset)[-offset]
        for update_id in [one for one in self._queue if one < offset]:
            del self._queue[update_id]
        self._waiters.look()

    def _post(self, order: object) -> None:
        if order not in self._posting or self._posting[order].done():
            self._posting[order] = asyncio.get_running_loop().create_task(self._post_all(order))

    async def _post_all(self, order: object) -> None:
        """Posts the updates of one chat in their order, each until it is taken."""
        pause_s = self.first_pause_s
        while waiting := self._of(order):
            update = waiting[0]
            async with self._slots:
                taken, retry_after_s = await self._post_once(update)
            if taken:
                self._queue.pop(update["update_id"], None)
                self._waiters.look()
                pause_s = self.first_pause_s
            else:
                await asyncio.sleep(retry_after_s or pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    def _of(self, order: object) -> list[dict[str, Any]]:
        return [update for update, whose in self._queue.values() if whose == order]

    async def _post_once(self, update: dict[str, Any]) -> tuple[bool, float | None]:
        hook = self.webhook
        headers = {} if hook.secret is None else {"X-Telegram-Bot-Api-Secret-Token": hook.secret}
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        status, wait_s, body = None, None, None
        try:
            async with self._session.post(hook.url, json=update, headers=headers) as answer:
                status = answer.status
                if "Retry-After" in answer.headers:
                    wait_s = float(answer.headers["Retry-After"])
                if 200 <= status < 300 and answer.content_type == "application/json":
                    body = await answer.json()
                elif not 200 <= status < 300:
                    hook.last_error = f"Wrong response from the webhook: {status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            hook.last_error = f"Connection failed: {error}"
        self.deliveries.append(Delivery(time.monotonic(), update["update_id"], status))
        taken = status is not None and 200 <= status < 300
        if not taken:
            hook.last_error_at = int(time.time())
        elif isinstance(body, dict) and "method" in body and self._reply is not None:
            await self._reply(body)
        return taken, wait_s

    async def _stop_posting(self) -> None:
        tasks: Iterable[asyncio.Task[None]] = list(self._posting.values())
        self._posting.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
