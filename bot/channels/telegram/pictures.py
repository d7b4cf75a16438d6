"""Pictures on their way out: what Telegram has already, or bytes within its limits. Files on their way in."""

from __future__ import annotations

import asyncio
import io
import logging
from typing import Any

import httpx
from PIL import Image as PillowImage
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.base import AttachmentGone
from bot.channels.telegram import words
from storage.errors import MediaMissing
from storage.products import SHOP_PICTURE
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

MAX_PHOTO_BYTES = 10 * 1000 * 1000
MAX_SIDES = 10_000
"""Width and height together."""

MAX_RATIO = 20
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
DOWNLOAD_S = 60.0

Source = str | bytes
"""A file id of Telegram, an address that Telegram fetches, or the bytes of a JPEG."""


class Pictures:
    """The pictures of one bot: file ids belong to the bot that got them."""

    def __init__(self, bot: Bot, database: Database) -> None:
        self._bot = bot
        self._database = database
        self._name = f"telegram:{bot.id}"
        # One for all downloads: to make a client is to read the certificates, which takes longer than a photo.
        self._client = httpx.AsyncClient(timeout=15)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def sources(self, keys: list[str], *, fresh: bool = False) -> dict[str, Source]:
        """What to send for each media key; those that are not kept any more are left out.

        `fresh`: the bytes, whatever Telegram is said to have.
        """

        def load(uow: UnitOfWork) -> dict[str, Source]:
            found: dict[str, Source] = {}
            for key in keys:
                if key.startswith(SHOP_PICTURE):
                    if (link := uow.products.picture_link(key)) is not None:
                        found[key] = link
                    continue
                known = None if fresh else uow.outbox.file_id(self._name, key)
                if known is not None:
                    found[key] = known
                    continue
                try:
                    found[key] = uow.media.read(key)
                except MediaMissing:
                    log.info("a picture of a message is no longer kept")
            return found

        found = await self._database.run(load)
        for key, source in found.items():
            if isinstance(source, bytes):
                found[key] = await asyncio.to_thread(fitting, source)
        return found

    async def known(self, keys: list[str]) -> dict[str, str]:
        """The file ids of those that Telegram has."""

        def load(uow: UnitOfWork) -> dict[str, str]:
            found = {key: uow.outbox.file_id(self._name, key) for key in keys}
            return {key: file_id for key, file_id in found.items() if file_id is not None}

        return await self._database.run(load)

    async def remember(self, ids: dict[str, str]) -> None:
        """Telegram has these (media key to file id) from now on."""

        def keep(uow: UnitOfWork) -> None:
            for key, file_id in ids.items():
                uow.outbox.keep_file_id(self._name, key, file_id)

        await self._database.run(keep)

    async def fetch(self, attachment: dict[str, Any]) -> bytes:
        """See bot.channels.base.FetchesAttachments."""
        if (attachment.get("bytes") or 0) > MAX_DOWNLOAD_BYTES:
            raise AttachmentGone("too_large", _too_large())
        try:
            file = await self._bot.get_file(attachment["file_id"])
        except BadRequest as error:
            if "too big" in str(error).lower():
                raise AttachmentGone("too_large", _too_large()) from error
            raise AttachmentGone("gone", words.FILE_GONE()) from error
        if file.file_path is None:
            raise AttachmentGone("gone", words.FILE_GONE())
        return await self._download(file.file_path)

    async def _download(self, url: str) -> bytes:
        """The bytes behind a link, which lives for an hour. Raises httpx errors for "try again"."""
        taken = bytearray()
        async with asyncio.timeout(DOWNLOAD_S), self._client.stream("GET", url) as answer:
            if answer.status_code in {400, 404, 410}:
                raise AttachmentGone("gone", words.FILE_GONE())
            if answer.status_code != 200:
                # Not raise_for_status: its message has the URL with the token in it.
                raise TelegramError(f"the file was answered with {answer.status_code}")
            async for piece in answer.aiter_bytes():
                taken += piece
                if len(taken) > MAX_DOWNLOAD_BYTES:
                    raise AttachmentGone("too_large", _too_large())
        return bytes(taken)


def _too_large() -> str:
    return words.TOO_LARGE(megabytes=MAX_DOWNLOAD_BYTES // 2**20)


def fitting(data: bytes) -> bytes:
    """The picture as a JPEG that Telegram takes as a photo: the same bytes when they are one."""
    image = PillowImage.open(io.BytesIO(data))
    width, height = image.size
    ratio = max(width, height) / max(1, min(width, height))
    small = len(data) <= MAX_PHOTO_BYTES and width + height <= MAX_SIDES and ratio <= MAX_RATIO
    if small and image.format == "JPEG":
        return data
    flat = _flat(image)
    if ratio > MAX_RATIO:
        # A strip that Telegram would refuse: on a white ground it is a picture again.
        side = -(-max(width, height) // MAX_RATIO)
        ground = PillowImage.new("RGB", (max(width, side), max(height, side)), "white")
        ground.paste(flat, ((ground.width - width) // 2, (ground.height - height) // 2))
        flat = ground
    if sum(flat.size) > MAX_SIDES:
        scale = MAX_SIDES / sum(flat.size)
        flat = flat.resize((max(1, int(flat.width * scale)), max(1, int(flat.height * scale))))
    for quality in (92, 85, 75, 60):
        out = io.BytesIO()
        flat.save(out, "JPEG", quality=quality)
        if out.tell() <= MAX_PHOTO_BYTES:
            break
    return out.getvalue()


def _flat(image: PillowImage.Image) -> PillowImage.Image:
    """Without transparency, which a JPEG does not have: cut-outs of garments stand on white."""
    if image.mode in {"RGBA", "LA", "P"}:
        layered = image.convert("RGBA")
        ground = PillowImage.new("RGB", image.size, "white")
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    return image.convert("RGB")
