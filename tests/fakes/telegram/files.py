"""Files as Telegram keeps them: pictures in several sizes, ids that belong to one bot, links that expire."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import itertools
import mimetypes
import time
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from tests.fakes.telegram.errors import Refusal, broken, refused

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_PHOTO_SIDES = 10_000  # width and height together
MAX_PHOTO_RATIO = 20
LONGER_SIDES = (90, 320, 800, 1280, 2560)  # what Telegram calls s, m, x, y and w
THUMBNAIL_SIDE = 320
PREFIX = {"photo": "AgACAgIAAxkB", "document": "BQACAgIAAxkB", "voice": "AwACAgIAAxkB", "sticker": "CAACAgIAAxkB"}


@dataclass(frozen=True)
class Blob:
    """One stored file: a document, or one size of a picture."""

    file_id: str
    unique_id: str
    data: bytes
    width: int = 0
    height: int = 0
    suffix: str = ".jpg"

    def size_fields(self) -> dict[str, Any]:
        """As a PhotoSize."""
        return {**self.fields(), "width": self.width, "height": self.height}

    def fields(self) -> dict[str, Any]:
        """The fields that every file has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


@dataclass(frozen=True)
class Media:
    """What a message carries: a photo in its sizes (small to large), or one file."""

    kind: str
    blobs: tuple[Blob, ...]
    uploaded: bytes
    details: tuple[tuple[str, Any], ...] = ()
    thumbnail: Blob | None = None

    def fields(self) -> Any:
        """What stands under `kind` in a message."""
        if self.kind == "photo":
            return [blob.size_fields() for blob in self.blobs]
        thumbnail = {"thumbnail": self.thumbnail.size_fields()} if self.thumbnail else {}
        return {**self.blobs[0].fields(), **dict(self.details), **thumbnail}

    @property
    def data(self) -> bytes:
        """What a person sees: the largest size of a photo, the file itself otherwise."""
        return self.blobs[-1].data


class FileStore:
    """The files that one bot may know. Equal pictures are encoded once."""

    def __init__(self, bot_id: int, link_lifetime_s: float = 3600) -> None:
        self.link_lifetime_s = link_lifetime_s
        self._bot_id = bot_id
        self._media: dict[str, Media] = {}  # by every file id that stands for it
        self._blobs: dict[str, Blob] = {}
        self._pictures: dict[str, list[tuple[bytes, int, int]]] = {}
        self._links: dict[str, tuple[Blob, float]] = {}
        self._numbers = itertools.count(1)

    async def photo(self, data: bytes) -> Media:
        """A picture, decoded for real and kept in Telegram's sizes."""
        if len(data) > MAX_PHOTO_BYTES:
            text = f"file of size {len(data)} bytes is too big for a photo; the maximum size is {MAX_PHOTO_BYTES}"
            raise broken(f"{text} bytes")
        if not data:
            raise broken("file must be non-empty")
        key = hashlib.sha256(data).hexdigest()
        if key not in self._pictures:
            self._pictures[key] = await asyncio.to_thread(_sizes, data)
        blobs = [self._blob("photo", *size, seed=key) for size in self._pictures[key]]
        return self._keep(Media("photo", tuple(blobs), data))

    async def document(
        self, data: bytes, file_name: str, mime_type: str | None = None, thumbnail: bytes | None = None
    ) -> Media:
        """A file as it is. A picture gets a thumbnail unless one is given."""
        if len(data) > MAX_FILE_BYTES:
            raise Refusal(413, violation=True)
        if not data:
            raise broken("file must be non-empty")
        mime_type = mimetypes.guess_type(file_name)[0] or mime_type or "application/octet-stream"
        small = None
        if thumbnail is not None or mime_type.startswith("image/"):
            small = await asyncio.to_thread(_thumbnail, thumbnail or data)
        details = (("file_name", file_name), ("mime_type", mime_type))
        blob = replace(self._blob("document", data), suffix=PurePosixPath(file_name).suffix)
        self._blobs[blob.file_id] = blob
        return self._keep(Media("document", (blob,), data, details, small and self._blob("photo", *small)))

    def other(self, kind: str, data: bytes, **details: Any) -> Media:
        """A voice message or a sticker."""
        return self._keep(Media(kind, (self._blob(kind, data),), data, tuple(details.items())))

    def known(self, file_id: str, kind: str) -> Media:
        """What was sent before, to be sent again under the same id."""
        media = self._media.get(file_id)
        if media is None:
            raise broken("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        if media.kind != kind:
            raise broken(f"can't use file of type {media.kind.capitalize()} as {kind.capitalize()}")
        return media

    def describe(self, file_id: str) -> dict[str, Any]:
        """The answer to getFile, with a link that lives for `link_lifetime_s`."""
        blob = self._blobs.get(file_id)
        if blob is None:
            raise broken("invalid file_id")
        if len(blob.data) > MAX_DOWNLOAD_BYTES:
            raise refused("file is too big")
        folder = "photos" if blob.width else "documents"
        path = f"{folder}/file_{next(self._numbers)}{blob.suffix}"
        self._links[path] = (blob, time.monotonic() + self.link_lifetime_s)
        return {**blob.fields(), "file_path": path}

    def open(self, path: str) -> bytes | None:
        """The bytes behind a link; None when it never was one or has expired."""
        blob, until = self._links.get(path, (None, 0.0))
        return blob.data if blob and time.monotonic() < until else None

    def expire_links(self) -> None:
        """No link that was given until now works any more."""
        self._links.clear()

    def _keep(self, media: Media) -> Media:
        for blob in media.blobs:
            self._media[blob.file_id] = media
        return media

    def _blob(self, kind: str, data: bytes, width: int = 0, height: int = 0, seed: str = "") -> Blob:
        """The same content keeps its unique id; every upload has a file id of its own."""
        digest = hashlib.sha256(f"{kind}{seed}{width}".encode() + (b"" if seed else data)).digest()
        unique = "AQAD" + base64.urlsafe_b64encode(digest[:9]).decode()
        serial = f"{self._bot_id}:{next(self._numbers)}".encode()
        token = base64.urlsafe_b64encode(hashlib.sha256(serial + digest).digest()).decode().rstrip("=")
        blob = Blob(PREFIX[kind] + token, unique, data, width, height)
        self._blobs[blob.file_id] = blob
        return blob


def _sizes(data: bytes) -> list[tuple[bytes, int, int]]:
    picture = _decoded(data)
    width, height = picture.size
    if width + height > MAX_PHOTO_SIDES or max(width, height) > MAX_PHOTO_RATIO * min(width, height):
        raise broken("PHOTO_INVALID_DIMENSIONS")
    longest = max(width, height)
    sides = [side for side in LONGER_SIDES if side < longest] + [min(longest, LONGER_SIDES[-1])]
    return [_jpeg(picture, side) for side in sorted(set(sides))]


def _thumbnail(data: bytes) -> tuple[bytes, int, int] | None:
    try:
        return _jpeg(_decoded(data), THUMBNAIL_SIDE)
    except Exception:  # a file that only claims to be a picture is still a file
        return None


def _decoded(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data)) as opened:
            return ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise broken("IMAGE_PROCESS_FAILED") from None


def _jpeg(picture: Image.Image, longer_side: int) -> tuple[bytes, int, int]:
    scaled = picture.copy()
    scaled.thumbnail((longer_side, longer_side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    stream = io.BytesIO()
    scaled.save(stream, "JPEG", quality=87)
    return stream.getvalue(), *scaled.size
