"""Chats and the messages that stand in them, as a person sees them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.waiting import Waiters

if TYPE_CHECKING:
    from tests.fakes.telegram.files import Media

PRIVATE, GROUP, SUPERGROUP = "private", "group", "supergroup"


@dataclass(frozen=True)
class Button:
    """One button under a message."""

    label: str
    data: str | None
    url: str | None
    fields: dict[str, Any]


@dataclass(frozen=True)
class Version:
    """What a message was before an edit, and when it was edited."""

    until: float
    text: str | None
    caption: str | None
    picture: bytes | None
    labels: list[str]


@dataclass(eq=False)
class Message:
    """A message as it stands now. `fields` is what the Bot API shows of it."""

    chat: Chat
    id: int
    fields: dict[str, Any]
    by_bot: bool
    media: Media | None = None
    keyboard: dict[str, Any] | None = None  # a reply keyboard, which the Bot API does not show
    sent_at: float = field(default_factory=time.monotonic)
    history: list[Version] = field(default_factory=list)
    deleted_at: float | None = None
    reactions: list[str] = field(default_factory=list)  # the bot's
    inline_id: str | None = None
    payload: str | None = None  # of an invoice

    @property
    def text(self) -> str | None:
        """The text, None for a message with media."""
        return self.fields.get("text")

    @property
    def caption(self) -> str | None:
        """The words under media."""
        return self.fields.get("caption")

    @property
    def words(self) -> str:
        """Text or caption."""
        return self.text or self.caption or ""

    @property
    def photo(self) -> bytes | None:
        """The picture as Telegram shows it (JPEG, the largest size)."""
        return self.media.data if self.media and self.media.kind == "photo" else None

    @property
    def document(self) -> bytes | None:
        """The file sent as a file."""
        return self.media.data if self.media and self.media.kind == "document" else None

    @property
    def uploaded(self) -> bytes | None:
        """The very bytes that were uploaded."""
        return self.media.uploaded if self.media else None

    @property
    def album(self) -> str | None:
        """The id that the messages of an album share."""
        return self.fields.get("media_group_id")

    @property
    def thread(self) -> int | None:
        """The topic it stands in."""
        return self.fields.get("message_thread_id")

    @property
    def reply_to(self) -> int | None:
        """The message it answers."""
        replied = self.fields.get("reply_to_message")
        return replied["message_id"] if replied else None

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard."""
        markup = self.fields.get("reply_markup") or {}
        return [
            [Button(b["text"], b.get("callback_data"), b.get("url"), b) for b in row]
            for row in markup.get("inline_keyboard", ())
        ]

    @property
    def buttons(self) -> list[Button]:
        """All inline buttons, in reading order."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What the inline buttons say."""
        return [button.label for button in self.buttons]

    def button(self, wanted: str) -> Button:
        """The button with this label, else with this callback data, else the only one that holds these words."""
        for matches in (
            [b for b in self.buttons if b.label == wanted],
            [b for b in self.buttons if b.data == wanted],
            [b for b in self.buttons if wanted.lower() in b.label.lower()],
        ):
            if len(matches) == 1:
                return matches[0]
        raise AssertionError(f"no single button {wanted!r} under {self}; there are {self.labels}")

    def remember(self) -> None:
        """Keeps what stands now, before it is edited."""
        self.history.append(Version(time.monotonic(), self.text, self.caption, self.photo, self.labels))

    def show(self, *, nested: bool = False) -> dict[str, Any]:
        """As the Bot API shows it; a replied message is shown without its own reply."""
        hidden = {"reply_to_message"} if nested else set()
        return {name: value for name, value in self.fields.items() if name not in hidden}

    def __str__(self) -> str:
        who = "bot" if self.by_bot else self.fields.get("from", {}).get("first_name", "?")
        kind = f"[{self.media.kind}] " if self.media else ""
        extra = f" album={self.album}" if self.album else ""
        extra += f" buttons={self.labels}" if self.buttons else ""
        extra += f" edits={len(self.history)}" if self.history else ""
        return f"{who}#{self.id}: {kind}{self.words!r:.200}{extra}"


@dataclass(eq=False)
class Chat:
    """A chat that the bot knows or is in."""

    id: int
    type: str
    fields: dict[str, Any]
    everything: dict[int, Message] = field(default_factory=dict)
    bot_status: str = "member"  # member, administrator, left, kicked (which is "blocked" in a private chat)
    members: dict[int, dict[str, Any]] = field(default_factory=dict)
    owner: int | None = None
    topics: dict[int, str] = field(default_factory=dict)
    migrated_to: int | None = None
    started: bool = True  # a private chat where the person has written first
    actions: list[tuple[float, str]] = field(default_factory=list)
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "commands"})
    last_id: int = 0
    _waiters: Waiters = field(default_factory=Waiters)

    @property
    def messages(self) -> list[Message]:
        """What stands in the chat now, oldest first."""
        return [one for _, one in sorted(self.everything.items()) if one.deleted_at is None]

    @property
    def from_bot(self) -> list[Message]:
        """What stands there by the bot."""
        return [one for one in self.messages if one.by_bot]

    @property
    def last(self) -> Message:
        """The newest message."""
        assert self.messages, f"nothing stands in chat {self.id}"
        return self.messages[-1]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard that is shown now."""
        for message in reversed(self.from_bot):
            if message.keyboard and "keyboard" in message.keyboard:
                rows = message.keyboard["keyboard"]
                return [[key if isinstance(key, str) else key["text"] for key in row] for row in rows]
            if message.keyboard and "remove_keyboard" in message.keyboard:
                break
        return []

    def album(self, album_id: str | None) -> list[Message]:
        """The messages of one album."""
        assert album_id is not None, "the message stands in no album"
        return [one for one in self.messages if one.album == album_id]

    async def until(self, wanted: Callable[[list[Message]], Any], timeout_s: float | None = 10) -> Any:
        """Waits until `wanted(messages)` is true and returns what it gave; `messages[1]` waits for two."""
        return await self._waiters.until(lambda: wanted(self.messages), timeout_s, self.transcript)

    def changed(self) -> None:
        """Lets everybody who waits look again."""
        self._waiters.look()

    def transcript(self) -> str:
        """The chat in words, for a failure message."""
        lines = [str(one) for one in self.messages] or ["(empty)"]
        return f"chat {self.id} ({self.type}) reads:\n  " + "\n  ".join(lines)
