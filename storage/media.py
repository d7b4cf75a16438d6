"""The media store: blobs named by the SHA-256 of their bytes.

A name never changes its bytes, so blobs may be cached for ever and writing one twice is harmless. Who may
see a blob and how long it is kept is said by the `media` table, not here.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from storage.errors import MediaMissing, MediaUnavailable

_KEY = re.compile(r"[0-9a-f]{64}")


def media_key(data: bytes) -> str:
    """The name of these bytes: 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


class MediaStore(Protocol):
    """Blobs by content. Calls block; run them off the event loop. Raises MediaUnavailable from all."""

    def put(self, data: bytes) -> str:
        """Keep the bytes, durably, and return their key. Idempotent."""
        ...

    def get(self, key: str) -> bytes:
        """The bytes. Raises MediaMissing."""
        ...

    def delete(self, key: str) -> None:
        """Forget the bytes; no error when they are not there."""
        ...

    def listing(self) -> Iterator[tuple[str, datetime]]:
        """Every key with the time (UTC) it was last written, in no order."""
        ...


class LocalMediaStore:
    """A folder: root/ab/cd/<key>. Files are written aside, synced and renamed, so no reader sees a part."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes) -> str:
        """See MediaStore."""
        key = media_key(data)
        path = self._path(key)
        try:
            if path.exists():
                # Touched, so that the sweeper of orphans gives this writer its full hour too.
                os.utime(path)
                return key
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, part = tempfile.mkstemp(dir=path.parent, prefix=".part-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                Path(part).replace(path)
            except BaseException:
                Path(part).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise MediaUnavailable(f"cannot write to the media folder {self._root}: {error.strerror}") from error
        return key

    def get(self, key: str) -> bytes:
        """See MediaStore."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise MediaMissing(key) from error
        except OSError as error:
            raise MediaUnavailable(f"cannot read the media folder {self._root}: {error.strerror}") from error

    def delete(self, key: str) -> None:
        """See MediaStore."""
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise MediaUnavailable(f"cannot delete in the media folder {self._root}: {error.strerror}") from error

    def listing(self) -> Iterator[tuple[str, datetime]]:
        """See MediaStore."""
        for path in self._root.glob("??/??/*"):
            if _KEY.fullmatch(path.name):
                try:
                    written = path.stat().st_mtime
                except FileNotFoundError:
                    continue
                yield path.name, datetime.fromtimestamp(written, UTC)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            # A key comes from our own tables; anything else would be a path out of the folder.
            raise MediaMissing(key)
        return self._root / key[:2] / key[2:4] / key
