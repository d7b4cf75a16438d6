"""People, and what they do: write, send pictures, press buttons, search inline, pay, block, meet in groups."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from tests.fakes.telegram.chats import PRIVATE, SUPERGROUP, Chat, Message
from tests.fakes.telegram.entities import format_text, formatted
from tests.fakes.telegram.files import Media
from tests.fakes.telegram.methods.chatting import membership
from tests.fakes.telegram.methods.common import MAX_FETCHED_BYTES
from tests.fakes.telegram.world import Query, World

CHECKOUT_LIFETIME_S = 10
INLINE_LIFETIME_S = 30
INLINE_CACHE_S = 300
OGG_VOICE = b"OggS\x00\x02" + bytes(60)


class PaymentRefused(Exception):
    """The bot has refused a checkout, with the words that the person reads."""


@dataclass(frozen=True)
class InlineAnswer:
    """What an inline query has found."""

    query: str
    results: list[dict[str, Any]]
    next_offset: str
    fields: dict[str, Any]


class Group:
    """A group chat. `chat` is what stands in it; it changes when the group becomes a supergroup."""

    def __init__(self, world: World, id: int, title: str, kind: str, topics: bool) -> None:
        assert id < 0, "the ids of groups are negative"
        self._world = world
        fields: dict[str, Any] = {"id": id, "type": kind, "title": title} | ({"is_forum": True} if topics else {})
        self.chat = Chat(id, kind, fields, bot_status="left")
        world.chats[id] = self.chat

    async def add_bot(self, by: Person, administrator: bool = False) -> None:
        """The person takes the bot in."""
        self.join(by)
        self.chat.owner = self.chat.owner or by.id
        await self._bot_becomes("administrator" if administrator else "member", by)
        note = self._world.post(self.chat, by.user, {"new_chat_members": [self._world.bot]})
        self._world.updates.push("message", note.show(), self.chat.id)

    async def kick_bot(self, by: Person) -> None:
        """The person throws the bot out."""
        await self._bot_becomes("kicked", by)

    def join(self, person: Person) -> None:
        """The person is a member from now on."""
        self.chat.members[person.id] = person.user

    async def migrate(self, new_id: int, by: Person) -> Chat:
        """The group becomes a supergroup with another id."""
        old = self.chat
        fields = {"id": new_id, "type": SUPERGROUP, "title": old.fields["title"]}
        new = Chat(
            new_id, SUPERGROUP, fields, bot_status=old.bot_status, members=dict(old.members), owner=old.owner
        )
        self._world.chats[new_id] = new
        note = self._world.post(old, by.user, {"migrate_to_chat_id": new_id})
        old.migrated_to, self.chat = new_id, new
        self._world.updates.push("message", note.show(), old.id)
        news = self._world.post(new, by.user, {"migrate_from_chat_id": old.id})
        self._world.updates.push("message", news.show(), new.id)
        return new

    async def topic(self, name: str, by: Person) -> int:
        """Opens a topic and gives its id."""
        assert self.chat.fields.get("is_forum"), "the group has no topics"
        made = {"name": name, "icon_color": 7322096}
        note = self._world.post(self.chat, by.user, {"forum_topic_created": made, "is_topic_message": True})
        note.fields["message_thread_id"] = note.id
        self.chat.topics[note.id] = name
        self._world.updates.push("message", note.show(), self.chat.id)
        return note.id

    async def _bot_becomes(self, status: str, by: Person) -> None:
        was, self.chat.bot_status = self.chat.bot_status, status
        bot = self._world.bot
        change = {"old_chat_member": membership(bot, was), "new_chat_member": membership(bot, status)}
        head = {"chat": self.chat.fields, "from": by.user, "date": int(time.time())}
        self._world.updates.push("my_chat_member", head | change, self.chat.id)


class Person:
    """Somebody with a Telegram account. `chat` is the private chat with the bot."""

    def __init__(
        self, world: World, id: int, first_name: str, language_code: str | None, username: str | None
    ) -> None:
        self._world = world
        self.id = id
        names = {"username": username, "language_code": language_code}
        self.user: dict[str, Any] = {"id": id, "is_bot": False, "first_name": first_name}
        self.user |= {name: value for name, value in names.items() if value is not None}
        world.users[id] = self.user
        fields: dict[str, Any] = {"id": id, "type": PRIVATE, "first_name": first_name}
        self.chat = Chat(id, PRIVATE, fields | ({"username": username} if username else {}), started=False)

    # --- messages -----------------------------------------------------------------

    async def write(
        self,
        text: str,
        *,
        reply_to: Message | None = None,
        chat: Group | None = None,
        thread: int | None = None,
        forward_from: Person | str | None = None,
    ) -> Message:
        """Writes to the bot, or into a group."""
        words = formatted(text)
        assert words.text, "nobody can send an empty message"
        return self._send(words.fields("text", "entities"), None, chat, thread, reply_to, forward_from)

    async def command(self, text: str, *, chat: Group | None = None, thread: int | None = None) -> Message:
        """Gives a command, such as "/start ref"."""
        assert text.startswith("/"), f"{text!r} is no command"
        return await self.write(text, chat=chat, thread=thread)

    async def send_photo(
        self,
        photo: bytes,
        *,
        caption: str = "",
        as_file: bool = False,
        album: Sequence[bytes] = (),
        file_name: str = "photo.jpg",
        reply_to: Message | None = None,
        chat: Group | None = None,
        thread: int | None = None,
        forward_from: Person | str | None = None,
    ) -> Message:
        """Sends a picture, or an album with the caption under its first picture, and gives the first message."""
        store = self._world.files
        media: list[Media] = []
        for data in (photo, *album):
            media.append(await (store.document(data, file_name) if as_file else store.photo(data)))
        shared = {"media_group_id": self._world.serial()} if album else {}
        messages = []
        for n, one in enumerate(media):
            words = formatted(caption if n == 0 else "").fields("caption", "caption_entities")
            messages.append(self._send(words | shared, one, chat, thread, reply_to, forward_from))
        return messages[0]

    async def send_file(
        self, data: bytes, file_name: str, *, caption: str = "", chat: Group | None = None
    ) -> Message:
        """Sends any file."""
        media = await self._world.files.document(data, file_name)
        return self._send(formatted(caption).fields("caption", "caption_entities"), media, chat)

    async def voice(self, *, seconds: int = 3, chat: Group | None = None) -> Message:
        """Sends a voice message."""
        media = self._world.files.other("voice", OGG_VOICE, duration=seconds, mime_type="audio/ogg")
        return self._send({}, media, chat)

    async def sticker(self, emoji: str = "👍", *, chat: Group | None = None) -> Message:
        """Sends a sticker."""
        stream = io.BytesIO()
        Image.new("RGBA", (512, 512), (200, 80, 80, 255)).save(stream, "WEBP")
        looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        media = self._world.files.other("sticker", stream.getvalue(), emoji=emoji, set_name="greetings", **looks)
        return self._send({}, media, chat)

    async def edit(self, message: Message, text: str) -> Message:
        """Changes an own message."""
        assert message.fields["from"]["id"] == self.id, "a person can only edit an own message"
        message.remember()
        name = "caption" if message.media else "text"
        kept = {key: value for key, value in message.fields.items() if not key.endswith("entities")}
        entities = "caption_entities" if message.media else "entities"
        message.fields = kept | formatted(text).fields(name, entities)
        self._world.edited(message)
        if self._reaches_bot(message):
            self._world.updates.push("edited_message", message.show(), message.chat.id)
        return message

    # --- buttons ------------------------------------------------------------------

    async def press(self, message: Message, wanted: str, *, too_old: bool = False) -> Query:
        """Presses a button by label or callback data. `too_old`: the bot is not shown the message any more."""
        button = message.button(wanted)
        assert button.data is not None, f"{button.label!r} sends nothing to the bot"
        self._seen()
        query = self._world.ask(self._world.callback_lifetime_s)
        fields: dict[str, Any] = {"id": query.id, "from": self.user, "chat_instance": str(message.chat.id * 7919)}
        if message.inline_id is not None:
            fields["inline_message_id"] = message.inline_id
        elif too_old:
            fields["message"] = {"chat": message.chat.fields, "message_id": message.id, "date": 0}
        else:
            fields["message"] = message.show()
        self._world.updates.push("callback_query", fields | {"data": button.data}, message.chat.id)
        return query

    async def react(self, message: Message, emoji: str) -> None:
        """Puts an emoji on a message."""
        reaction = {"old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": emoji}]}
        head = {"chat": message.chat.fields, "message_id": message.id, "user": self.user, "date": int(time.time())}
        self._world.updates.push("message_reaction", head | reaction, message.chat.id)

    # --- inline -------------------------------------------------------------------

    async def inline(self, query: str, *, offset: str = "", timeout_s: float = 10) -> InlineAnswer:
        """Types `@bot query` somewhere and gets the results, from Telegram's cache while that holds."""
        self._seen()
        cache = self._world.inline_cache
        for whose in (self.id, None):
            until, given = cache.get((query, offset, whose), (0.0, {}))
            if time.monotonic() < until:
                return InlineAnswer(query, given["results"], given.get("next_offset", ""), given)
        asked = self._world.ask(INLINE_LIFETIME_S)
        fields = {"id": asked.id, "from": self.user, "query": query, "offset": offset, "chat_type": "sender"}
        self._world.updates.push("inline_query", fields, self.id)
        given = await asked.answered(timeout_s)
        until = time.monotonic() + given.get("cache_time", INLINE_CACHE_S)
        cache[query, offset, self.id if given.get("is_personal") else None] = (until, given)
        return InlineAnswer(query, given["results"], given.get("next_offset", ""), given)

    async def choose(self, answer: InlineAnswer, which: int | str = 0, *, chat: Group | None = None) -> Message:
        """Sends a result, by its place or id, into a group or (None) to somebody the bot does not know."""
        result = answer.results[which] if isinstance(which, int) else None
        result = result or next(one for one in answer.results if one["id"] == which)
        friend = {"id": 10**9 + self.id, "type": PRIVATE, "first_name": "Friend"}
        where = chat.chat if chat else Chat(10**9 + self.id, PRIVATE, friend)
        content, media = await self._content_of(result)
        message = self._world.post(where, self.user, {"via_bot": self._world.bot, **content}, media)
        chosen = {"result_id": result["id"], "from": self.user, "query": answer.query}
        if "reply_markup" in result:
            message.inline_id = f"AAM{self._world.serial()}"
            message.fields["reply_markup"] = result["reply_markup"]
            self._world.inline_messages[message.inline_id] = message
            chosen["inline_message_id"] = message.inline_id
        self._world.updates.push("chosen_inline_result", chosen, self.id)
        if chat is not None and where.bot_status in {"member", "administrator"}:
            self._world.updates.push("message", message.show(), where.id)
        return message

    async def _content_of(self, result: Mapping[str, Any]) -> tuple[dict[str, Any], Media | None]:
        if content := result.get("input_message_content"):
            words = format_text(content, "message_text")
            return words.fields("text", "entities"), None
        caption = format_text(result, "caption", given="caption_entities").fields("caption", "caption_entities")
        if "photo_file_id" in result:
            return caption, self._world.files.known(result["photo_file_id"], "photo")
        picture = await self._world.fetch(result["photo_url"], MAX_FETCHED_BYTES["photo"])
        return caption, await self._world.files.photo(picture)

    # --- money --------------------------------------------------------------------

    async def pay(self, invoice: Message, *, timeout_s: float = CHECKOUT_LIFETIME_S) -> Message:
        """Pays an invoice with Stars and gives the message that says so; PaymentRefused when the bot refuses."""
        shown = invoice.fields["invoice"]
        query = self._world.ask(CHECKOUT_LIFETIME_S)
        sum_ = {"currency": shown["currency"], "total_amount": shown["total_amount"]}
        bought = sum_ | {"invoice_payload": invoice.payload}
        self._world.updates.push("pre_checkout_query", {"id": query.id, "from": self.user, **bought}, self.id)
        answer = await query.answered(timeout_s)
        if not answer["ok"]:
            raise PaymentRefused(answer["error_message"])
        charge = f"stx{self._world.serial()}"
        self._world.transact(charge, shown["total_amount"], self.user, str(invoice.payload))
        paid = bought | {"telegram_payment_charge_id": charge, "provider_payment_charge_id": self._world.serial()}
        message = self._world.post(invoice.chat, self.user, {"successful_payment": paid})
        self._world.updates.push("message", message.show(), invoice.chat.id)
        return message

    # --- the bot itself -----------------------------------------------------------

    async def block(self) -> None:
        """Blocks the bot."""
        self._becomes("kicked")

    async def unblock(self) -> None:
        """Lets the bot write again."""
        self._becomes("member")

    def _becomes(self, status: str) -> None:
        was, self.chat.bot_status = self.chat.bot_status, status
        bot = self._world.bot
        change = {"old_chat_member": membership(bot, was), "new_chat_member": membership(bot, status)}
        head = {"chat": self.chat.fields, "from": self.user, "date": int(time.time())}
        self._world.updates.push("my_chat_member", head | change, self.chat.id)

    def _send(  # noqa: PLR0917 - what makes a message
        self,
        content: Mapping[str, Any],
        media: Media | None,
        group: Group | None = None,
        thread: int | None = None,
        reply_to: Message | None = None,
        forward_from: Person | str | None = None,
    ) -> Message:
        chat = self._where(group)
        fields = dict(content)
        if thread is not None:
            assert thread in chat.topics, f"chat {chat.id} has no topic {thread}"
            fields |= {"message_thread_id": thread, "is_topic_message": True}
        if reply_to is not None:
            fields["reply_to_message"] = reply_to.show(nested=True)
        if isinstance(forward_from, Person):
            fields["forward_origin"] = {"type": "user", "sender_user": forward_from.user, "date": int(time.time())}
        elif forward_from is not None:
            origin = {"type": "hidden_user", "sender_user_name": forward_from, "date": int(time.time())}
            fields["forward_origin"] = origin
        message = self._world.post(chat, self.user, fields, media)
        if self._reaches_bot(message):
            self._world.updates.push("message", message.show(), chat.id)
        return message

    def _where(self, group: Group | None) -> Chat:
        self._seen()
        if group is not None:
            group.join(self)
            return group.chat
        assert self.chat.bot_status != "kicked", "the person has blocked the bot and cannot write to it"
        self.chat.started = True
        return self.chat

    def _seen(self) -> None:
        """From now on the bot knows the person's id, but may write only after the person did."""
        self._world.chats.setdefault(self.id, self.chat)

    def _reaches_bot(self, message: Message) -> bool:
        """In a group with privacy on, a bot sees commands, mentions of it and replies to it."""
        chat, bot = message.chat, self._world.bot
        if chat.type == PRIVATE:
            return True
        if chat.bot_status not in {"member", "administrator"}:
            return False
        if not self._world.privacy or chat.bot_status == "administrator":
            return True
        replied = message.fields.get("reply_to_message")
        if replied and replied["from"]["id"] == bot["id"]:
            return True
        words = message.words
        command = re.match(r"/\w+(@\w+)?", words)
        addressed = command is not None and command[1] in {None, f"@{bot['username']}"}
        return addressed or f"@{bot['username']}".lower() in words.lower()
