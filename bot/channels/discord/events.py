"""What Discord's events mean: rows of the inbox. Reads the library's objects, touches nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import discord

from bot.channels.discord import texts
from bot.channels.discord.channel import ASKED
from bot.channels.discord.rendering import FORM, LIST, PRESS, SHARE
from bot.channels.discord.replies import Incoming, Reply
from bot.dialogue.types import MAX_ACTION_BYTES
from bot.handling import OTHER, PHOTO, TEXT
from bot.handling import PRESS as PRESSED

MAX_TEXT = 4000
"""Characters; the dialogue reads fewer and says so."""
MAX_PICTURES = 4

_LINK = re.compile(r"https?://[^\s<>]+")

Row = tuple[str, dict[str, Any]]
"""Kind and payload of an event; its id and message are those of what it came with."""


def press(action: str, **more: Any) -> Row:
    """The person pressed something, or named it by a command."""
    fits = 0 < len(action.encode()) <= MAX_ACTION_BYTES and "\x00" not in action
    return PRESSED, {"action": action if fits else "?", **more}


def words(text: str) -> Row:
    """The person said something."""
    return TEXT, {"text": _clean(text)}


def command(text: str) -> Row:
    """The person chose something that stands for these words of ours, which tell nothing about their language."""
    kind, payload = words(text)
    return kind, {**payload, "ours": True}


def item(chosen: str) -> Row:
    """An item to try on: its id, as a suggestion gives it, or else words to look for (reception.py tells)."""
    kind, payload = press(f"try:{chosen}")
    return kind, {**payload, "or": _clean(chosen)}


def pictures(
    attachments: list[discord.Attachment], text: str = "", garment: discord.Attachment | None = None
) -> Row:
    """Pictures, perhaps with words; `garment` was put where a garment was asked for."""
    sent = [_attachment(attachment) for attachment in attachments[:MAX_PICTURES]]
    if garment is not None:
        sent.append({**_attachment(garment), "as": "garment"})
    payload: dict[str, Any] = {"attachments": sent}
    return PHOTO, payload | ({"text": _clean(text)} if text.strip() else {})


def of_message(message: discord.Message, me: int) -> Incoming | None:
    """A message to us: in private, or one that mentions us; None when there is nothing for us in it."""
    text = re.sub(rf"<@!?{me}>", " ", message.content).strip()
    seen = [a for a in message.attachments if is_picture(a)]
    if seen:
        row = pictures(seen, text)
    elif text:
        row = words(text)
    elif (what := _other(message)) is not None:
        row = OTHER, {"what": what}
    elif message.guild is not None:
        # Called by name and nothing else.
        row = press("help")
    else:
        return None
    place, account, number = str(message.channel.id), str(message.author.id), str(message.id)
    reference = message.reference
    kind, payload = row
    return Incoming(
        id=number,
        account=account,
        address=account if message.guild is None else f"{place}:{account}",
        channel=place,
        rows=((number, kind, {**payload, "message": number}),),
        about=None if reference is None or reference.message_id is None else str(reference.message_id),
    )


def of_command(interaction: discord.Interaction[Any], *rows: Row) -> Incoming:
    """A command, or a form that was filled in."""
    number, asked = str(interaction.id), reply_of(interaction)
    account, language = str(interaction.user.id), {"language": interaction.locale.value}
    events = tuple(
        (number if n == 0 else f"{number}:{n}", kind, {**payload, "message": f"{ASKED}{number}", **language})
        for n, (kind, payload) in enumerate(rows)
    )
    return Incoming(
        id=number,
        account=account,
        address=f"{asked.channel}:{account}" if asked.private else account,
        channel=asked.channel,
        rows=events,
        reply=asked,
    )


def of_component(interaction: discord.Interaction[Any]) -> Incoming | None:
    """A button, a choice in a list, or a filled form of ours; None when it is none of ours."""
    data: dict[str, Any] = dict(interaction.data or {})
    custom_id = custom_id_of(interaction)
    message = None if interaction.message is None else str(interaction.message.id)
    rows: tuple[Row, ...]
    if interaction.type is discord.InteractionType.modal_submit:
        if not custom_id.startswith(FORM):
            return None
        rows = (_filled(custom_id.removeprefix(FORM), data),)
    elif custom_id == SHARE:
        rows = ()
    elif custom_id.startswith(LIST):
        rows = (press(str((data.get("values") or ["?"])[0])),)
    elif custom_id.startswith(PRESS):
        rows = (press(custom_id.removeprefix(PRESS)),)
    else:
        return None
    incoming = of_command(interaction, *rows)
    share = custom_id == SHARE and incoming.reply is not None
    if share:
        # On a server everybody shall see the picture, so the answer to the press is for everybody.
        public = interaction.guild_id is not None
        incoming = replace(incoming, reply=replace(reply_of(interaction), private=not public))
    return replace(incoming, about=message, owned=message is not None, share=share)


def custom_id_of(interaction: discord.Interaction[Any]) -> str:
    """The name that we gave to the button, list or form."""
    data: dict[str, Any] = dict(interaction.data or {})
    return str(data.get("custom_id", ""))


def reply_of(interaction: discord.Interaction[Any]) -> Reply:
    """The right to answer it."""
    return Reply(
        interaction=str(interaction.id),
        application=str(interaction.application_id),
        token=interaction.token,
        channel=str(interaction.channel_id),
        private=not with_us_alone(interaction),
        limit=interaction.filesize_limit,
        few=interaction.is_user_integration() and not interaction.is_guild_integration(),
    )


def with_us_alone(interaction: discord.Interaction[Any]) -> bool:
    """Whether it came in the private chat of the person with us, where nobody else reads."""
    if interaction.guild_id is not None:
        return False
    return interaction.context.dm_channel or not interaction.context.private_channel


def of_marked(message: discord.Message) -> tuple[Row, ...]:
    """What "Try this on" means for somebody's message: its pictures, or its link; empty when it has neither."""
    seen = [a for a in message.attachments if is_picture(a)]
    if seen:
        return (pictures([], texts.SAY_TRY_THIS, garment=seen[0]),)
    links = _LINK.findall(message.content) + [embed.url for embed in message.embeds if embed.url]
    return (command(texts.SAY_LINK.format(url=links[0])),) if links else ()


def about(incoming: Incoming, message: discord.Message) -> Incoming:
    """The same, said about this message."""
    return replace(incoming, about=str(message.id))


def is_picture(attachment: discord.Attachment) -> bool:
    """Whether it says that it is one; the intake looks for itself."""
    kind = attachment.content_type or ""
    if kind:
        return kind.startswith("image/")
    return attachment.filename.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif"))


def _attachment(attachment: discord.Attachment) -> dict[str, Any]:
    return {"id": str(attachment.id), "url": attachment.url, "size": attachment.size, "name": attachment.filename}


def _other(message: discord.Message) -> str | None:
    if message.stickers:
        return "sticker"
    if not message.attachments:
        return None
    first = message.attachments[0]
    kind = (first.content_type or "").partition("/")[0]
    if first.is_voice_message():
        return "voice"
    return kind if kind in {"audio", "video"} else "file"


def _filled(kind: str, data: dict[str, Any]) -> Row:
    """What was written into a form. The fields stand in rows or labels, whichever Discord uses now."""
    found: list[str] = []

    def look(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("custom_id") == "text" and isinstance(part.get("value"), str):
                found.append(part["value"])
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(data.get("components"))
    text = found[0] if found else ""
    return command(texts.SAY_BUDGET.format(amount=text)) if kind == "budget" else words(text)


def _clean(text: str) -> str:
    # PostgreSQL keeps no NUL, and nobody types one.
    return text.replace("\x00", "").strip()[:MAX_TEXT]
