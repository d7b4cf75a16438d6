"""What an update means: somebody wrote, pressed, sent a picture. Pure; unknown kinds mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from telegram import Message, PhotoSize, Update, User

from bot.channels.telegram import words
from bot.channels.telegram.menus import ACTIONS
from bot.channels.telegram.places import Place
from bot.dialogue.actions import look_id
from bot.dialogue.language import Text, spoken
from bot.dialogue.types import MAX_ACTION_BYTES, Choice
from bot.dialogue.types import Message as Said
from bot.handling import OTHER, PHOTO, PRESS, SAY, START, TEXT
from bot.messages import body_of

KINDS = ("message", "edited_message", "callback_query", "inline_query", "pre_checkout_query", "my_chat_member")
"""What we ask Telegram for."""

SMALL_SIDE = 1000
"""Pixels: a photo whose long side is below this shows it in the result."""

CORRECTION_S = 300
"""An edit within this time corrects what was said; a later one changes old history."""

_OTHERS = {
    "voice": "voice", "video_note": "video", "video": "video", "audio": "audio", "animation": "animation",
    "sticker": "sticker", "contact": "contact", "location": "location", "venue": "location", "document": "file",
    "poll": "poll", "dice": "sticker", "story": "story", "paid_media": "file", "game": "game", "checklist": "list",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as getMe tells."""

    id: int
    username: str
    hears_all: bool
    """Whether it is shown everything that is said in groups, not only what is meant for it."""

    inline: bool = False

    def link(self, start: str) -> str:
        """The deep link that opens the private chat."""
        return f"https://t.me/{self.username}?start={start}"

    def try_link(self, products: Iterable[str]) -> str | None:
        """The deep link that tries these on as one outfit; None where a link cannot carry it."""
        start = f"try_{'_'.join(products)}"
        return self.link(start) if re.fullmatch("[A-Za-z0-9_-]{1,64}", start) else None


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event to be stored. `ours` is the message of ours that it refers to, as (chat, message id)."""

    place: Place
    kind: str
    payload: dict[str, Any] = field(default_factory=dict)
    ours: tuple[str, str] | None = None
    album: str | None = None
    small: bool = False
    asker: int | None = None
    """Who the pressed message answered, as far as Telegram says."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A group has another id from now on."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment of Stars came, or (`back`) was returned."""

    place: Place
    charge: str
    stars: int
    offer: str
    back: bool = False


def language_of_app(update: Update) -> dict[str, str]:
    """What the person's Telegram is set to, as events carry it."""
    user = update.effective_user
    return {} if user is None or not user.language_code else {"language": user.language_code}


def read(update: Update, me: Me) -> Incoming | Moved | Paid | None:
    """What is to be stored of an update; None for nothing. Sentences are in the language spoken now."""
    if update.message is not None:
        return _message(update.message, me)
    if update.edited_message is not None:
        return _edited(update.edited_message, me)
    if update.callback_query is not None:
        return _pressed(update, me)
    if update.my_chat_member is not None:
        return _taken_in(update, me)
    return None


def say(place: Place, text: str | Text, *choices: Choice, message: int | None = None, **body: Any) -> Incoming:
    """An event that makes the channel say something, in order with everything else."""
    cause = {} if message is None else {"message": str(message)}
    return Incoming(place, SAY, {"body": {**body_of(Said(str(text), choices, lang=spoken())), **body}, **cause})


def link(label: Text, url: str) -> Choice:
    """A button that opens an address."""
    return Choice(label(), f"url:{url}")


def _place(message: Message, user: User) -> Place:
    if message.chat.type == "private":
        return Place(user.id, user.id)
    return Place(message.chat.id, user.id, message.message_thread_id if message.is_topic_message else None)


def _message(message: Message, me: Me) -> Incoming | Moved | Paid | None:
    if message.migrate_to_chat_id is not None:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    if (back := message.refunded_payment) is not None and message.chat.type == "private":
        # It is the bot itself who says so.
        whose = Place(message.chat.id, message.chat.id)
        return Paid(whose, back.telegram_payment_charge_id, back.total_amount, back.invoice_payload, back=True)
    user = message.from_user
    if user is None or user.is_bot or message.chat.type == "channel":
        return None
    place = _place(message, user)
    if (paid := message.successful_payment) is not None:
        return Paid(place, paid.telegram_payment_charge_id, paid.total_amount, paid.invoice_payload)
    if message.via_bot is not None and message.via_bot.id == me.id:
        return None
    return _private(message, place, me) if place.private else _in_group(message, place, me)


def _private(message: Message, place: Place, me: Me) -> Incoming | None:
    ours = _replied(message, me)
    cause = {"message": str(message.message_id)}
    if picture := _picture(message):
        small = bool(message.photo) and max(picture["width"], picture["height"]) < SMALL_SIDE
        payload: dict[str, Any] = {"attachments": [picture], **cause}
        if message.caption:
            payload["text"] = _clean(message.caption)
        return Incoming(place, PHOTO, payload, ours, message.media_group_id, small)
    if message.text is not None:
        return _said(_clean(message.text), place, cause, ours, me)
    if what := _other(message):
        return Incoming(place, OTHER, {"what": what, **cause})
    return None


def _said(text: str, place: Place, cause: dict[str, Any], ours: tuple[str, str] | None, me: Me) -> Incoming | None:
    command = re.match(r"/(\w+)(?:@(\w+))?(?:\s+|$)", text)
    if command is None:
        return Incoming(place, TEXT, {"text": text, **cause}, ours)
    name, addressed, rest = command[1].lower(), command[2], text[command.end() :].strip()
    if addressed is not None and addressed.lower() != me.username.lower():
        return None
    if name == "start":
        return _started(rest, place, cause)
    if name in ACTIONS:
        return Incoming(place, PRESS, {"action": ACTIONS[name], "turn": None, **cause})
    if name == "search":
        return Incoming(place, TEXT, {"text": rest, **cause}, ours)
    if name == "credits":
        return Incoming(place, "credits", cause)
    return Incoming(place, TEXT, {"text": f"{name.replace('_', ' ')} {rest}".strip(), **cause}, ours)


def _started(rest: str, place: Place, cause: dict[str, Any]) -> Incoming:
    """/start, perhaps with what a deep link carried."""
    verb, _, argument = rest.partition("_")
    action = f"{verb}:{look_id(argument.split('_'))}"
    if verb == "try" and argument and len(action.encode()) <= MAX_ACTION_BYTES:
        return Incoming(place, PRESS, {"action": action, "turn": None, **cause})
    if verb == "result" and re.fullmatch("[0-9a-f]{32}", argument):
        return Incoming(place, "result", {"turn": argument, **cause})
    if rest == "photo":
        return Incoming(place, PRESS, {"action": "photo", "turn": None, **cause})
    return Incoming(place, START, cause)


def _in_group(message: Message, place: Place, me: Me) -> Incoming | None:
    if message.new_chat_members and any(one.id == me.id for one in message.new_chat_members):
        return None  # my_chat_member tells the same, once
    ours, text = _replied(message, me), message.text or message.caption or ""
    cause = {"message": str(message.message_id)}
    said = _without_mention(text, me)
    command = text.startswith("/") and _is_our_command(text, me)
    if said is None and ours is None and not command:
        return None
    to_private = link(words.OPEN_PRIVATE, me.link("photo"))
    if message.photo or _picture(message):
        reason = words.PHOTO_OF_OTHERS if _forwarded(message, place) else words.SEND_IN_PRIVATE
        return say(place, reason, to_private, message=message.message_id)
    replied = message.reply_to_message
    if ours is None and replied is not None and _picture(replied):
        mine = replied.from_user is not None and replied.from_user.id == place.account
        reason = words.SEND_IN_PRIVATE if mine and not _forwarded(replied, place) else words.PHOTO_OF_OTHERS
        return say(place, reason, to_private, message=message.message_id)
    if command:
        return _said(text, place, cause, ours, me)
    if message.text is None:
        what = _other(message)
        return Incoming(place, OTHER, {"what": what, **cause}) if what else None
    said = _clean(text if said is None else said)
    if not said and ours is None:
        return Incoming(place, START, cause)
    return Incoming(place, TEXT, {"text": said, **cause}, ours)


def _edited(message: Message, me: Me) -> Incoming | None:
    """Words that were corrected right after they were said are said again."""
    if message.text is None or message.edit_date is None:
        return None
    late = (message.edit_date - message.date).total_seconds() > CORRECTION_S
    found = None if late else _message(message, me)
    return found if isinstance(found, Incoming) and found.kind == TEXT else None


def _pressed(update: Update, me: Me) -> Incoming | None:
    query = update.callback_query
    if query is None or query.message is None or not query.data or query.from_user.is_bot:
        return None
    message, user = query.message, query.from_user
    if message.chat.type == "private":
        place, asker = Place(user.id, user.id), None
    else:
        full = message if isinstance(message, Message) else None
        thread = full.message_thread_id if full is not None and full.is_topic_message else None
        place = Place(message.chat.id, user.id, thread)
        replied = full.reply_to_message if full is not None else None
        asker = replied.from_user.id if replied is not None and replied.from_user is not None else None
    del me
    ours = (place.name, str(message.message_id))
    payload = {"action": _clean(query.data), "turn": None, "message": str(message.message_id)}
    return Incoming(place, PRESS, payload, ours, asker=asker)


def _taken_in(update: Update, me: Me) -> Incoming | None:
    """The bot was taken into a group: it says what it does there."""
    change = update.my_chat_member
    if change is None or change.chat.type not in {"group", "supergroup"} or change.from_user.is_bot:
        return None
    there = {"member", "administrator", "restricted"}
    if change.old_chat_member.status in there or change.new_chat_member.status not in there:
        return None
    place = Place(change.chat.id, change.from_user.id)
    text = words.HELLO_GROUP(mention=f"@{me.username}")
    return say(place, text, link(words.OPEN_PRIVATE, me.link("photo")))


# --- parts of a message -------------------------------------------------------------------------------


def _picture(message: Message) -> dict[str, Any] | None:
    """The picture of a message as an attachment: the largest size, or the file as it is."""
    if message.photo:
        largest: PhotoSize = max(message.photo, key=lambda size: size.width * size.height)
        size = {"width": largest.width, "height": largest.height}
        return {"file_id": largest.file_id, "bytes": largest.file_size, **size}
    document = message.document
    if document is None or message.animation is not None:
        return None
    name = (document.file_name or "").lower()
    if (document.mime_type or "").startswith("image/") or name.endswith(
        (".heic", ".heif", ".jpg", ".jpeg", ".png")
    ):
        return {"file_id": document.file_id, "bytes": document.file_size, "width": 0, "height": 0}
    return None


def _other(message: Message) -> str | None:
    return next((what for name, what in _OTHERS.items() if getattr(message, name, None)), None)


def _replied(message: Message, me: Me) -> tuple[str, str] | None:
    """The message of ours that is answered."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != me.id:
        return None
    return str(message.chat.id), str(replied.message_id)


def _forwarded(message: Message, place: Place) -> bool:
    """Whether the picture is somebody else's."""
    origin = message.forward_origin
    if origin is None:
        return False
    sender = getattr(origin, "sender_user", None)
    return sender is None or sender.id != place.account


def _without_mention(text: str, me: Me) -> str | None:
    """The words without our name, or None when it is not among them."""
    mention = re.compile(rf"@{re.escape(me.username)}\b[,:]?", re.IGNORECASE)
    return mention.sub(" ", text).strip() if mention.search(text) else None


def _is_our_command(text: str, me: Me) -> bool:
    """A command with our name, or one of ours which only we were shown."""
    command = re.match(r"/(\w+)(@\w+)?", text)
    if command is None:
        return False
    if command[2]:
        return command[2][1:].lower() == me.username.lower()
    return not me.hears_all and command[1].lower() in {*ACTIONS, "start", "search", "credits"}


def _clean(text: str) -> str:
    # PostgreSQL keeps no NUL, and nobody types one.
    return text.replace("\x00", "")
