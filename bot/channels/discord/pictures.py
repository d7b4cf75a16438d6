"""Pictures made to fit what a place on Discord takes."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image

from bot.channels.discord.rest import Upload

DEFAULT_LIMIT = 10 * 1024 * 1024
"""What every place takes: the limit of servers without boosts and of people without a subscription."""

_ROOM = 64 * 1024
"""Bytes left for the rest of the request."""
_QUALITIES = (92, 85, 75)
_SCALES = (1.0, 0.75, 0.5, 0.35, 0.25)


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
