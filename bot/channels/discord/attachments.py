"""Fetches what people attached, from Discord's own hosts only, within limits of bytes and time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.channels.base import AttachmentGone
from bot.channels.discord import texts

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
MAX_BYTES = 20 * 1024 * 1024
"""As many as the intake takes; Discord lets some people send far more."""
TIMEOUT_S = 20.0


class Attachments:
    """`api_base` is another server of Discord's interface, whose host is then trusted as well."""

    def __init__(self, api_base: str | None = None) -> None:
        self._own = None if api_base is None else urlsplit(api_base).netloc

    async def fetch(self, attachment: dict[str, Any]) -> bytes:
        """The bytes. Raises AttachmentGone; anything else that is raised may pass."""
        url, size = str(attachment["url"]), int(attachment.get("size", 0))
        address = urlsplit(url)
        ours = address.scheme == "https" and address.netloc in HOSTS
        if not ours and (self._own is None or address.netloc != self._own):
            raise AttachmentGone("attachment_elsewhere", texts.PICTURE_GONE())
        if size > MAX_BYTES:
            raise _too_large()
        client = httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False, follow_redirects=False)
        async with client, client.stream("GET", url) as answer:
            if answer.status_code in {403, 404, 410}:
                raise AttachmentGone("attachment_gone", texts.PICTURE_GONE())
            answer.raise_for_status()
            data = bytearray()
            async for chunk in answer.aiter_bytes():
                data += chunk
                if len(data) > MAX_BYTES:
                    raise _too_large()
            return bytes(data)


def _too_large() -> AttachmentGone:
    text = texts.PICTURE_TOO_LARGE(megabytes=MAX_BYTES // 2**20)
    return AttachmentGone("attachment_too_large", text)
