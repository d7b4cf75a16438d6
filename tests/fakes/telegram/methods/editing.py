"""Messages that the bot changes, takes back and reacts to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fakes.telegram.chats import PRIVATE, Message
from tests.fakes.telegram.entities import checked_text, format_text
from tests.fakes.telegram.errors import broken, refused
from tests.fakes.telegram.files import Media
from tests.fakes.telegram.methods.common import flags_of, markup_of, media_of
from tests.fakes.telegram.methods.sending import caption_of
from tests.fakes.telegram.world import World

WORDS = {"text", "entities", "link_preview_options"}
CAPTION = {"caption", "caption_entities", "show_caption_above_media"}
MEDIA = {"photo", "document", "has_media_spoiler"}
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


async def edit_text(world: World, params: dict[str, Any]) -> Any:
    """See editMessageText."""
    message = _editable(world, params)
    if "text" not in params:
        raise broken("message text is empty")
    words = checked_text(format_text(params, "text")).fields("text", "entities")
    if message.text is None:
        raise refused("there is no text in the message to edit")
    return _change(world, message, params, WORDS, words | flags_of(params))


async def edit_caption(world: World, params: dict[str, Any]) -> Any:
    """See editMessageCaption."""
    message = _editable(world, params)
    words = caption_of(params).fields("caption", "caption_entities")
    if message.media is None:
        raise refused("there is no caption in the message to edit")
    return _change(world, message, params, CAPTION, words | flags_of(params))


async def edit_media(world: World, params: dict[str, Any]) -> Any:
    """See editMessageMedia: replaces the media of a message, or adds one to a text."""
    message = _editable(world, params)
    item = params["media"]
    if message.text is None and message.media is None:
        raise refused("message can't be edited")
    if item["type"] not in {"photo", "document"}:
        raise broken(f"this server keeps no {item['type']}")
    if message.inline_id is not None and item["media"].startswith("attach://"):
        raise broken("wrong file identifier/HTTP URL specified")  # no upload for an inline message
    if message.album is not None and message.media is not None and message.media.kind != item["type"]:
        raise refused("MEDIA_GROUPED_INVALID")
    words = caption_of(item).fields("caption", "caption_entities")
    media = await media_of(world, item["type"], item["media"], params, item.get("thumbnail"))
    if message.deleted_at is not None:  # while the picture was on its way
        raise refused("message to edit not found")
    fields = {media.kind: media.fields(), **words, **flags_of(item)}
    return _change(world, message, params, WORDS | CAPTION | MEDIA, fields, media)


async def edit_markup(world: World, params: dict[str, Any]) -> Any:
    """See editMessageReplyMarkup."""
    return _change(world, _editable(world, params), params, set(), {})


async def delete_message(world: World, params: dict[str, Any]) -> Any:
    """See deleteMessage."""
    chat = world.open_chat(params["chat_id"])
    message = world.find(chat, params["message_id"], "message to delete not found")
    if not _may_delete(message):
        raise refused("message can't be deleted for everyone")
    world.delete(message)
    return True


async def delete_messages(world: World, params: dict[str, Any]) -> Any:
    """See deleteMessages: those that are gone or not the bot's are passed over."""
    chat = world.open_chat(params["chat_id"])
    for message_id in params["message_ids"]:
        message = chat.everything.get(message_id)
        if message is not None and message.deleted_at is None and _may_delete(message):
            world.delete(message)
    return True


async def set_reaction(world: World, params: dict[str, Any]) -> Any:
    """See setMessageReaction. A bot sets one reaction at most."""
    chat = world.open_chat(params["chat_id"])
    message = world.find(chat, params["message_id"], "message to react not found")
    reactions = params.get("reaction") or []
    if len(reactions) > 1:
        raise broken("REACTIONS_TOO_MANY")
    if any(one["type"] == "paid" for one in reactions):
        raise broken("REACTION_INVALID")
    message.reactions = [one.get("emoji") or one["custom_emoji_id"] for one in reactions]
    chat.changed()
    return True


def _may_delete(message: Message) -> bool:
    return message.by_bot or message.chat.type == PRIVATE or message.chat.bot_status == "administrator"


def _editable(world: World, params: Mapping[str, Any]) -> Message:
    if inline_id := params.get("inline_message_id"):
        if inline_id not in world.inline_messages:
            raise refused("MESSAGE_ID_INVALID")
        return world.inline_messages[inline_id]
    if "chat_id" not in params:
        raise broken("chat_id is empty")
    chat = world.open_chat(params["chat_id"])
    if "message_id" not in params:
        raise broken("message identifier is not specified")
    message = world.find(chat, params["message_id"], "message to edit not found")
    if not message.by_bot or "forward_origin" in message.fields:
        raise refused("message can't be edited")
    return message


def _change(  # noqa: PLR0917 - what an edit is made of
    world: World,
    message: Message,
    params: Mapping[str, Any],
    replaced: set[str],
    content: Mapping[str, Any],
    media: Media | None = None,
) -> Any:
    """Puts the new content in the place of the fields named; a keyboard that is not given again is taken away."""
    markup, keyboard = markup_of(params)
    if keyboard is not None:
        raise broken("inline keyboard expected")
    gone = replaced | {"reply_markup"}
    fields = {name: value for name, value in message.fields.items() if name not in gone} | {**content, **markup}
    if fields == message.fields:
        raise refused(UNCHANGED)
    message.remember()
    message.fields = fields
    message.media = media or message.media
    world.edited(message)
    return True if message.inline_id is not None else message.show()


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_reaction,
}
