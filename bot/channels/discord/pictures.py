"""The pictures of a message, made to fit what a place on Discord takes."""

from __future__ import annotations

import io
import logging
from dataclasses import replace

from PIL import Image

from bot.channels.discord.rendering import Shown
from bot.channels.discord.rest import Json, Upload
from storage.errors import MediaMissing
from storage.products import SHOP_PICTURE
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

DEFAULT_LIMIT = 10 * 1024 * 1024
"""What every place takes: the limit of servers without boosts and of people without a subscription."""

_ROOM = 64 * 1024
"""Bytes left for the rest of the request."""
_QUALITIES = (92, 85, 75)
_SCALES = (1.0, 0.75, 0.5, 0.35, 0.25)


async def uploads_of(database: Database, shown: Shown) -> tuple[list[Upload], dict[str, str]]:
    """What to send with a message, and by the names of the other files the addresses of pictures that only their
    shop may keep.
    """

    def read(uow: UnitOfWork) -> tuple[list[Upload], dict[str, str]]:
        found, links = [], {}
        for file in shown.files:
            if file.media.startswith(SHOP_PICTURE):
                if (link := uow.products.picture_link(file.media)) is not None:
                    links[file.name] = link
                continue
            try:
                found.append(Upload(file.name, uow.media.read(file.media), file.alt))
            except MediaMissing:
                # Deleted since: the words still tell what it was.
                log.info("a picture of a turn is gone")
        return found, links

    return await database.run(read) if shown.files else ([], {})


def with_files(shown: Shown, files: list[Upload], links: dict[str, str]) -> Json:
    """The message, whose cards have pictures only where there is one."""
    there = {f"attachment://{file.name}": f"attachment://{file.name}" for file in files}
    there |= {f"attachment://{name}": link for name, link in links.items()}
    embeds = []
    for embed in shown.embeds:
        url = there.get(embed.get("thumbnail", {}).get("url", ""))
        rest = {k: v for k, v in embed.items() if k != "thumbnail"}
        embeds.append(rest if url is None else {**rest, "thumbnail": {"url": url}})
    return {**shown.body(), "embeds": embeds}


def fitted(uploads: list[Upload], limit: int) -> list[Upload]:
    """The pictures so that all of them together take at most `limit` bytes. Blocks; run it in a thread."""
    whole = limit - _ROOM
    if sum(len(upload.data) for upload in uploads) <= whole:
        return uploads
    share = whole // len(uploads)
    # What is below its share leaves its rest to the others.
    large = [upload for upload in uploads if len(upload.data) > share]
    left = whole - sum(len(upload.data) for upload in uploads if len(upload.data) <= share)
    return [replace(u, data=shrunk(u.data, left // len(large))) if u in large else u for u in uploads]


def shrunk(data: bytes, limit: int) -> bytes:
    """A JPEG of the picture of at most `limit` bytes: first at lower quality, then smaller."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    smallest = data
    for scale in _SCALES:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        scaled = picture if scale == 1.0 else picture.resize(size, Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            out = io.BytesIO()
            scaled.save(out, "JPEG", quality=quality, optimize=True)
            smallest = min(smallest, out.getvalue(), key=len)
            if len(smallest) <= limit:
                return smallest
    return smallest
