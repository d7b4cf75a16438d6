"""What the server knows: the bot, people, chats, files, what waits for an answer."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.chats import PRIVATE, SUPERGROUP, Chat, Message
from tests.fakes.telegram.errors import Refusal, refused
from tests.fakes.telegram.files import FileStore, Media
from tests.fakes.telegram.updates import Updates

Fetch = Callable[[str, int], Awaitable[bytes]]  # (url, most bytes): what stands there

MAX_INLINE_RESULTS = 50


@dataclass(eq=False)
class Query:
    """A callback, inline or pre-checkout query: answered once, within its time."""

    id: str
    lifetime_s: float
    asked_at: float = field(default_factory=time.monotonic)
    answer: dict[str, Any] | None = None
    answered_at: float | None = None

    def __post_init__(self) -> None:
        self._done = asyncio.Event()

    def answered_with(self, answer: dict[str, Any]) -> None:
        """Takes the bot's answer; refused when it is late or the second one."""
        if self.answer is not None or time.monotonic() > self.asked_at + self.lifetime_s:
            raise refused("query is too old and response timeout expired or query ID is invalid")
        self.answer, self.answered_at = answer, time.monotonic()
        self._done.set()

    async def answered(self, timeout_s: float = 10) -> dict[str, Any]:
        """Waits for the bot's answer."""
        try:
            await asyncio.wait_for(self._done.wait(), timeout_s)
        except TimeoutError:
            raise AssertionError(f"query {self.id} was not answered within {timeout_s} s") from None
        assert self.answer is not None
        return self.answer


@dataclass(frozen=True)
class Transaction:
    """Stars that came (positive) or went back (negative)."""

    id: str
    amount: int
    date: int
    user: dict[str, Any]
    payload: str

    def show(self) -> dict[str, Any]:
        """As a StarTransaction."""
        partner = {"type": "user", "transaction_type": "invoice_payment", "user": self.user}
        side = "source" if self.amount > 0 else "receiver"
        extra = {"invoice_payload": self.payload}
        return {"id": self.id, "amount": abs(self.amount), "date": self.date, side: partner | extra}


class World:
    """One bot and everything around it."""

    def __init__(
        self,
        token: str,
        username: str,
        *,
        privacy: bool,
        callback_lifetime_s: float,
        webhook_pause_s: float,
        fetch: Fetch,
    ) -> None:
        self.token = token
        self.bot: dict[str, Any] = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Fashioncore",
            "username": username,
        }
        self.privacy = privacy
        self.callback_lifetime_s = callback_lifetime_s
        self.logged_out = False
        self.users: dict[int, dict[str, Any]] = {}
        self.chats: dict[int, Chat] = {}
        self.updates = Updates(webhook_pause_s)
        self.files = FileStore(self.bot["id"])
        self.queries: dict[str, Query] = {}
        self.inline_messages: dict[str, Message] = {}
        # (query, offset, user or None for everybody): valid until, answer
        self.inline_cache: dict[tuple[str, str, int | None], tuple[float, dict[str, Any]]] = {}
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.profile: dict[tuple[str, str], str] = {}  # (name | description | short_description, language): text
        self.menu_button: dict[str, Any] = {"type": "commands"}
        self.transactions: list[Transaction] = []
        self.refunded: set[str] = set()
        self.fetch = fetch
        self._ids = itertools.count(1)
        self._serial = 10**15 + secrets.randbelow(9 * 10**15)  # no seed of a test run may repeat it

    def serial(self) -> str:
        """An id that was never given before."""
        self._serial += 1 + secrets.randbelow(999)
        return str(self._serial)

    # --- chats --------------------------------------------------------------------

    def chat(self, chat_id: int | str) -> Chat:
        """A chat that the bot may name; refused when there is none."""
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            name = chat_id[1:].lower()
            named = (c for c in self.chats.values() if str(c.fields.get("username", "")).lower() == name)
            found = next((c for c in named if c.type != PRIVATE), None)
        else:
            found = self.chats.get(int(chat_id)) if str(chat_id).lstrip("-").isdigit() else None
        if found is None:
            raise refused("chat not found")
        return found

    def open_chat(self, chat_id: int | str) -> Chat:
        """A chat that the bot may write to."""
        chat = self.chat(chat_id)
        if chat.migrated_to is not None:
            raise Refusal(
                400,
                "group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": chat.migrated_to},
            )
        if chat.type == PRIVATE:
            if not chat.started:
                raise Refusal(403, "bot can't initiate conversation with a user")
            if chat.bot_status == "kicked":
                raise Refusal(403, "bot was blocked by the user")
        elif chat.bot_status == "kicked":
            raise Refusal(403, f"bot was kicked from the {chat.type} chat")
        elif chat.bot_status == "left":
            raise Refusal(403, f"bot is not a member of the {chat.type} chat")
        return chat

    def thread(self, chat: Chat, params: Mapping[str, Any]) -> dict[str, Any]:
        """The topic of a new message as its fields; refused when the chat has no such topic."""
        thread = params.get("message_thread_id")
        if thread is None:
            return {}
        if thread not in chat.topics:
            raise refused("message thread not found")
        return {"message_thread_id": thread, "is_topic_message": True}

    # --- messages -----------------------------------------------------------------

    def post(
        self,
        chat: Chat,
        sender: Mapping[str, Any],
        fields: Mapping[str, Any],
        media: Media | None = None,
        keyboard: dict[str, Any] | None = None,
    ) -> Message:
        """Puts a message into a chat."""
        message_id = self._next_id(chat)
        head = {"message_id": message_id, "date": int(time.time()), "chat": chat.fields, "from": dict(sender)}
        content = {media.kind: media.fields()} if media else {}
        by_bot = sender.get("id") == self.bot["id"]
        message = Message(chat, message_id, {**head, **fields, **content}, by_bot, media, keyboard)
        chat.everything[message.id] = message
        chat.changed()
        return message

    def find(self, chat: Chat, message_id: int | None, otherwise: str) -> Message:
        """A message that stands in the chat."""
        found = chat.everything.get(message_id) if message_id is not None else None
        if found is None or found.deleted_at is not None:
            raise refused(otherwise)
        return found

    def edited(self, message: Message) -> None:
        """Stamps an edit and tells who waits."""
        if message.inline_id is None:
            message.fields["edit_date"] = int(time.time())
        message.chat.changed()

    def delete(self, message: Message) -> None:
        """Takes a message out of its chat."""
        message.deleted_at = time.monotonic()
        message.chat.changed()

    def _next_id(self, chat: Chat) -> int:
        """Supergroups count for themselves; all other chats of a bot share one row of numbers."""
        if chat.type != SUPERGROUP:
            return next(self._ids)
        chat.last_id += 1
        return chat.last_id

    # --- queries ------------------------------------------------------------------

    def ask(self, lifetime_s: float) -> Query:
        """A new query that the bot is to answer."""
        query = Query(self.serial(), lifetime_s)
        self.queries[query.id] = query
        return query

    def query(self, query_id: str) -> Query:
        """The query with this id."""
        if query_id not in self.queries:
            raise refused("query is too old and response timeout expired or query ID is invalid")
        return self.queries[query_id]

    # --- stars --------------------------------------------------------------------

    @property
    def stars(self) -> int:
        """The bot's balance."""
        return sum(one.amount for one in self.transactions)

    def transact(self, charge: str, amount: int, user: Mapping[str, Any], payload: str) -> None:
        """Writes into the ledger of Stars."""
        self.transactions.append(Transaction(charge, amount, int(time.time()), dict(user), payload))

    def payments(self, charge: str) -> Iterable[Transaction]:
        """What was paid under this charge."""
        return (one for one in self.transactions if one.id == charge and one.amount > 0)
