"""What must outlive the process for some minutes: the right to answer an interaction, and events not yet stored.

Kept in Redis, where each entry ends by itself. Losing it loses no answer: without the right to answer an
interaction the answer goes to the channel or to the person directly.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

TOKEN_S = 15 * 60
"""Discord ends the right to answer so long after the interaction."""
ANSWER_S = 14 * 60
"""We do a minute earlier, so that no answer is on its way at the end."""
MAX_FOLLOW_UPS = 5
"""Of an app that a person installed for themselves and the server did not."""
UNSTORED_S = 24 * 3600

_PREFIX = "fashioncore:discord:"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """The right to answer one interaction.

    `channel` is where it was asked, `private` whether its answers are seen by the person alone, `limit` how many
    bytes its files may have, `few` whether Discord allows five further messages only.
    """

    interaction: str
    application: str
    token: str
    channel: str
    private: bool
    limit: int
    few: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came in through the gateway: the rows it becomes, and the message of ours that it is about.

    `rows` are (event id, kind, payload). `about` is the message whose button was pressed or which was answered;
    `owned` says that only its person may do that. `share` asks to show the picture of that message in the channel.
    """

    id: str
    account: str
    address: str
    channel: str
    rows: tuple[tuple[str, str, dict[str, Any]], ...]
    about: str | None = None
    owned: bool = False
    share: bool = False
    reply: Reply | None = None

    @property
    def language(self) -> str | None:
        """What the person's Discord is set to, as far as it says."""
        return next((payload["language"] for _, _, payload in self.rows if "language" in payload), None)

    def to_json(self) -> str:
        """For keeping."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, data: str | bytes) -> Incoming:
        """What was kept."""
        values = json.loads(data)
        reply = None if values["reply"] is None else Reply(**values["reply"])
        rows = tuple((event, kind, payload) for event, kind, payload in values["rows"])
        return cls(**{**values, "rows": rows, "reply": reply})


class Replies:
    """Raises nothing: while Redis is away it knows nothing."""

    def __init__(self, redis_url: str) -> None:
        self._redis: Redis = Redis.from_url(
            redis_url, socket_connect_timeout=1, socket_timeout=2, health_check_interval=10
        )

    async def keep(self, incoming: Incoming) -> None:
        """Before anything else is done with it: the right to answer, and the event until it is stored."""
        if incoming.reply is not None:
            right = json.dumps(asdict(incoming.reply))
            await self._try(self._redis.set(_key("reply", incoming.id), right, ex=ANSWER_S))
        await self._try(self._redis.set(_key("unstored", incoming.id), incoming.to_json(), ex=UNSTORED_S))

    async def stored(self, incoming: Incoming) -> None:
        """The database has it."""
        await self._try(self._redis.delete(_key("unstored", incoming.id)))

    async def unstored(self) -> AsyncIterator[Incoming]:
        """What a process before us took and did not store."""
        try:
            async for key in self._redis.scan_iter(match=_key("unstored", "*"), count=200):
                data = await self._redis.get(key)
                if data is not None:
                    yield Incoming.from_json(data)
        except (RedisError, OSError):
            log.warning("Redis is away: what was not stored before the start is looked for at the next")

    async def find(self, interaction: str) -> Reply | None:
        """The right to answer, while there is time."""
        data = await self._try(self._redis.get(_key("reply", interaction)))
        return None if data is None else Reply(**json.loads(data))

    async def is_first(self, interaction: str, turn: str) -> bool:
        """Whether this turn takes the place of "thinking ...": the first one that asks does, however often."""
        key = _key("first", interaction)
        before = await self._try(self._redis.set(key, turn, ex=TOKEN_S, nx=True, get=True))
        return before is None or _text(before) == turn

    async def one_more(self, reply: Reply) -> bool:
        """Count a follow-up; False when Discord would not take it."""
        if not reply.few:
            return True
        key = _key("follow-ups", reply.interaction)
        count = await self._try(self._redis.incr(key))
        await self._try(self._redis.expire(key, TOKEN_S))
        return count is not None and int(count) <= MAX_FOLLOW_UPS

    async def miss(self, conversation: str) -> None:
        """An answer of this conversation did not reach the person anywhere."""
        await self._try(self._redis.set(_key("missed", conversation), "1", ex=UNSTORED_S))

    async def missed(self, conversation: str) -> bool:
        """Whether an answer did not reach them since they were told last."""
        return bool(await self._try(self._redis.delete(_key("missed", conversation))))

    async def commands(self, application: int, guild: int | None) -> str | None:
        """The hash of the commands that Discord has from us."""
        found = await self._try(self._redis.get(_key("commands", f"{application}:{guild or 'all'}")))
        return None if found is None else _text(found)

    async def keep_commands(self, application: int, guild: int | None, digest: str) -> None:
        """Discord has these now."""
        await self._try(self._redis.set(_key("commands", f"{application}:{guild or 'all'}"), digest))

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    @staticmethod
    async def _try(asking: Awaitable[T] | T) -> T | None:
        try:
            return await cast("Awaitable[T]", asking)
        except (RedisError, OSError):
            log.warning("Redis is away")
            return None


def _key(kind: str, name: str) -> str:
    return f"{_PREFIX}{kind}:{name}"


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
