"""A media store in memory. Passes the same contract suite as the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from storage.errors import MediaMissing
from storage.media import is_media_key, media_key


class MemoryMediaStore:
    """See storage.media.MediaStore."""

    def __init__(self) -> None:
        self._blobs: dict[str, tuple[bytes, datetime]] = {}

    def put(self, data: bytes, key: str | None = None) -> str:
        """See MediaStore."""
        key = key or media_key(data)
        if not is_media_key(key):
            raise MediaMissing(key)
        self._blobs[key] = (data, datetime.now(UTC))
        return key

    def get(self, key: str) -> bytes:
        """See MediaStore."""
        if key not in self._blobs:
            raise MediaMissing(key)
        return self._blobs[key][0]

    def delete(self, key: str) -> None:
        """See MediaStore."""
        self._blobs.pop(key, None)

    def listing(self) -> Iterator[tuple[str, datetime]]:
        """See MediaStore."""
        yield from ((key, written) for key, (_, written) in self._blobs.items())

    def link(self, key: str, mime: str) -> None:
        """See MediaStore."""
