"""What several methods need: files, keyboards, replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.errors import broken, refused
from tests.fakes.telegram.files import Media
from tests.fakes.telegram.spec import Upload
from tests.fakes.telegram.world import World

MAX_BUTTONS = 100
MAX_FETCHED_BYTES = {"photo": 5 * 1024 * 1024, "document": 20 * 1024 * 1024}  # of what a URL names
BUTTON_LOOKS = {"text", "icon_custom_emoji_id", "style"}


@dataclass(frozen=True)
class Described:
    """A result that the server comments on."""

    result: Any
    description: str


async def media_of(world: World, kind: str, given: Any, params: Mapping[str, Any], thumbnail: Any = None) -> Media:
    """The photo or document of a request: an upload, `attach://`, a URL, or the id of what was sent before."""
    upload = _upload(given, params)
    small = _upload(thumbnail, params) if thumbnail is not None else None
    if upload is None and given.startswith(("http://", "https://")):
        name = urlsplit(given).path.rpartition("/")[2] or "file"
        upload = Upload("url", name, "", await world.fetch(given, MAX_FETCHED_BYTES[kind]))
    if upload is None:
        return world.files.known(given, kind)
    if kind == "photo":
        return await world.files.photo(upload.data)
    preview = small.data if small else None
    return await world.files.document(upload.data, upload.file_name, upload.mime_type, preview)


def _upload(given: Any, params: Mapping[str, Any]) -> Upload | None:
    if isinstance(given, Upload):
        return given
    if not given:
        raise broken("file must be non-empty")
    if given.startswith("attach://"):
        found = params.get(given.removeprefix("attach://"))
        if not isinstance(found, Upload):
            raise broken("can't parse InputMedia: Media not found")
        return found
    return None


def markup_of(params: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The reply markup as (fields of the message, reply keyboard): messages only show inline keyboards."""
    markup = params.get("reply_markup")
    if markup is None:
        return {}, None
    if "inline_keyboard" not in markup:
        return {}, markup
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise broken("reply markup is too long")
    for button in (button for row in rows for button in row):
        check_button(button)
    return ({"reply_markup": {"inline_keyboard": rows}} if rows else {}), None


def check_button(button: Mapping[str, Any]) -> None:
    """One thing to do for each button, and a link that Telegram would open."""
    deeds = button.keys() - BUTTON_LOOKS
    if not deeds:
        raise broken("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(deeds) > 1:
        raise broken(f"can't parse inline keyboard button: exactly one of {', '.join(sorted(deeds))} is allowed")
    if not button["text"].strip():
        raise broken("can't parse inline keyboard button: Button text must be non-empty")
    if "url" in button:
        parts = urlsplit(button["url"] if "//" in button["url"] else f"http://{button['url']}")
        if parts.scheme not in {"http", "https", "tg", "ton"}:
            raise broken(f"inline keyboard button URL '{button['url']}' is invalid: Unsupported URL protocol")
        if parts.scheme in {"http", "https"} and "." not in (parts.hostname or ""):
            raise broken(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def reply_of(world: World, chat: Chat, params: Mapping[str, Any]) -> dict[str, Any]:
    """The message that is replied to, as fields."""
    reply = params.get("reply_parameters")
    if not reply:
        return {}
    other = reply.get("chat_id")
    where = chat if other is None else world.chat(other)
    message = where.everything.get(reply.get("message_id", 0))
    if message is None or message.deleted_at is not None:
        if reply.get("allow_sending_without_reply"):
            return {}
        raise refused("message to be replied not found")
    if where is not chat:
        origin = {"type": "user", "date": message.fields["date"], "sender_user": message.fields["from"]}
        return {"external_reply": {"origin": origin, "chat": where.fields, "message_id": message.id}}
    quoted = {}
    if quote := reply.get("quote"):
        if quote not in message.words:
            raise refused("QUOTE_TEXT_INVALID")
        quoted = {"quote": {"text": quote, "position": message.words.index(quote), "is_manual": True}}
    return {"reply_to_message": message.show(nested=True)} | quoted


def topic_of(reply: Mapping[str, Any]) -> dict[str, Any]:
    """An answer stands in the topic of what it answers."""
    replied = reply.get("reply_to_message", {})
    return {name: replied[name] for name in ("message_thread_id", "is_topic_message") if name in replied}


def flags_of(params: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that a message takes over from the request as they are."""
    fields: dict[str, Any] = {}
    if params.get("protect_content"):
        fields["has_protected_content"] = True
    if params.get("has_spoiler"):
        fields["has_media_spoiler"] = True
    if params.get("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    if params.get("link_preview_options"):
        fields["link_preview_options"] = params["link_preview_options"]
    return fields
