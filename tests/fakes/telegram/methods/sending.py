"""Messages that the bot sends, copies and forwards."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from typing import Any

from tests.fakes.telegram.chats import Chat, Message
from tests.fakes.telegram.entities import Formatted, checked_caption, checked_text, format_text
from tests.fakes.telegram.errors import broken, refused
from tests.fakes.telegram.files import Media
from tests.fakes.telegram.methods.common import flags_of, markup_of, media_of, reply_of, topic_of
from tests.fakes.telegram.world import World

ACTIONS = {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"}
ACTIONS |= {"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"}

SERVICE = {"invoice", "successful_payment", "refunded_payment", "new_chat_members", "forum_topic_created"}


async def send_message(world: World, params: dict[str, Any]) -> Any:
    """See sendMessage."""
    chat = world.open_chat(params["chat_id"])
    words = checked_text(format_text(params, "text")).fields("text", "entities")
    return _send(world, chat, params, words).show()


async def send_photo(world: World, params: dict[str, Any]) -> Any:
    """See sendPhoto."""
    return await _send_media(world, params, "photo")


async def send_document(world: World, params: dict[str, Any]) -> Any:
    """See sendDocument."""
    return await _send_media(world, params, "document")


async def send_media_group(world: World, params: dict[str, Any]) -> Any:
    """See sendMediaGroup: photos together or documents together, all or none."""
    chat = world.open_chat(params["chat_id"])
    kinds = {item["type"] for item in params["media"]}
    if len(kinds) > 1 and "document" in kinds:
        raise broken("document can't be mixed with other media types")
    items: list[tuple[Media, Formatted]] = []
    for item in params["media"]:
        media = await media_of(world, _served(item), item["media"], params, item.get("thumbnail"))
        items.append((media, caption_of(item)))
    album = {"media_group_id": world.serial()}
    world.thread(chat, params)
    reply_of(world, chat, params)
    sent = [
        _send(world, chat, params, album | flags_of(item) | words.fields("caption", "caption_entities"), media)
        for item, (media, words) in zip(params["media"], items, strict=True)
    ]
    return [message.show() for message in sent]


async def send_chat_action(world: World, params: dict[str, Any]) -> Any:
    """See sendChatAction."""
    chat = world.open_chat(params["chat_id"])
    world.thread(chat, params)
    if params["action"] not in ACTIONS:
        raise broken("wrong parameter action in request")
    chat.actions.append((time.monotonic(), params["action"]))
    chat.changed()
    return True


async def copy_message(world: World, params: dict[str, Any]) -> Any:
    """See copyMessage: the same content without its origin."""
    chat = world.open_chat(params["chat_id"])
    message = world.find(world.chat(params["from_chat_id"]), params["message_id"], "message to copy not found")
    if SERVICE & message.fields.keys():
        raise refused("message can't be copied")
    kept = _content(message)
    if "caption" in params and message.media:
        kept = {name: value for name, value in kept.items() if not name.startswith("caption")}
        kept |= caption_of(params).fields("caption", "caption_entities")
    return {"message_id": _send(world, chat, params, kept, message.media).id}


async def forward_message(world: World, params: dict[str, Any]) -> Any:
    """See forwardMessage."""
    chat = world.open_chat(params["chat_id"])
    message = world.find(world.chat(params["from_chat_id"]), params["message_id"], "message to forward not found")
    if message.fields.get("has_protected_content") or SERVICE & message.fields.keys():
        raise refused("message can't be forwarded")
    fresh = {"type": "user", "date": message.fields["date"], "sender_user": message.fields["from"]}
    origin = {"forward_origin": message.fields.get("forward_origin", fresh)}
    return _send(world, chat, params, _content(message) | origin, message.media).show()


def caption_of(params: Mapping[str, Any]) -> Formatted:
    """The caption of a request."""
    return checked_caption(format_text(params, "caption", given="caption_entities"))


async def _send_media(world: World, params: dict[str, Any], kind: str) -> Any:
    chat = world.open_chat(params["chat_id"])
    words = caption_of(params).fields("caption", "caption_entities")
    media = await media_of(world, kind, params[kind], params, params.get("thumbnail"))
    return _send(world, chat, params, words, media).show()


def _send(
    world: World, chat: Chat, params: Mapping[str, Any], content: Mapping[str, Any], media: Media | None = None
) -> Message:
    shown, keyboard = markup_of(params)
    reply = reply_of(world, chat, params)
    topic = world.thread(chat, params) or topic_of(reply)
    fields = {**topic, **reply, **flags_of(params), **content, **shown}
    return world.post(chat, world.bot, fields, media, keyboard)


def _content(message: Message) -> dict[str, Any]:
    names = {"text", "entities", "caption", "caption_entities", "show_caption_above_media", "has_media_spoiler"}
    return {name: copy.deepcopy(value) for name, value in message.fields.items() if name in names}


def _served(item: Mapping[str, Any]) -> str:
    if item["type"] not in {"photo", "document"}:
        raise broken(f"this server keeps no {item['type']}")
    return str(item["type"])


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
