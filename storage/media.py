"""The media store: blobs named by the SHA-256 of their bytes.

A name never changes its picture, so blobs may be cached for ever and writing one twice is harmless. Who may see a
blob, how long it is kept and what opens it is said by the `media` table, not here: people's are sealed before they
come here (storage/seals.py).
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from storage.errors import MediaMissing, MediaUnavailable

_KEY = re.compile(r"[0-9a-f]{64}")
_PART = ".part-"
_PART_KEPT_S = 3600.0
"""Nobody writes for so long: what is older was left by a process that died while it wrote."""

_PROBE_BYTES = 2**20
"""As much as a picture: a disk that is full still takes a line."""


def media_key(data: bytes) -> str:
    """The name of these bytes: 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def is_media_key(key: str) -> bool:
    """Whether it is the name of any bytes. Keys come from our own tables; anything else names nothing."""
    return _KEY.fullmatch(key) is not None


class MediaStore(Protocol):
    """Blobs by content. Calls block; run them off the event loop. Raises MediaUnavailable from all."""

    def put(self, data: bytes, key: str | None = None) -> str:
        """Keep the bytes, durably, and return their key. Idempotent.

        With a key they are kept under that one, in place of what was: a copy of another store's, or the same
        picture, sealed. Raises MediaMissing when it is none.
        """
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

    def link(self, key: str, mime: str) -> str | None:
        """A signed address that shows a browser the blob for some minutes; None where there is no such thing."""
        ...


def probe(store: MediaStore) -> None:
    """Write, read and delete what nobody needs. Raises MediaUnavailable, which says why it does not work."""
    data = os.urandom(16) + bytes(_PROBE_BYTES)
    try:
        key = store.put(data)
        came_back = store.get(key)
        store.delete(key)
    except MediaMissing as error:
        raise MediaUnavailable("what was written to the media store did not come back") from error
    if came_back != data:
        raise MediaUnavailable("what was written to the media store came back as something else")


class LocalMediaStore:
    """A folder: root/ab/cd/<key>. Files are written aside, synced and renamed, so no reader sees a part."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes, key: str | None = None) -> str:
        """See MediaStore."""
        named, key = key is not None, key or media_key(data)
        path = self._path(key)
        try:
            if not named and path.exists():
                # Touched, so that the sweeper of orphans gives this writer its full hour too.
                os.utime(path)
                return key
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, part = tempfile.mkstemp(dir=path.parent, prefix=_PART)
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
        """See MediaStore. Parts that were never finished go in passing: no key names them."""
        for path in self._root.glob("??/??/*"):
            try:
                written = path.stat().st_mtime
                if path.name.startswith(_PART) and written < time.time() - _PART_KEPT_S:
                    path.unlink()
            except FileNotFoundError:
                continue
            if is_media_key(path.name):
                yield path.name, datetime.fromtimestamp(written, UTC)

    def link(self, key: str, mime: str) -> None:
        """See MediaStore. A folder has no addresses."""

    def _path(self, key: str) -> Path:
        if not is_media_key(key):
            # It could be a path out of the folder.
            raise MediaMissing(key)
        return self._root / key[:2] / key[2:4] / key


class MovingMediaStore:
    """See MediaStore. What is new goes into the store that is chosen; what the other one still has is found, too.

    So media move from one to the other while programs that read and write run.
    """

    def __init__(self, chosen: MediaStore, other: MediaStore) -> None:
        self._chosen = chosen
        self._other = other

    def put(self, data: bytes, key: str | None = None) -> str:
        """See MediaStore."""
        return self._chosen.put(data, key)

    def get(self, key: str) -> bytes:
        """See MediaStore."""
        try:
            return self._chosen.get(key)
        except MediaMissing:
            pass
        try:
            return self._other.get(key)
        except MediaMissing:
            # It may just have been moved.
            return self._chosen.get(key)

    def delete(self, key: str) -> None:
        """See MediaStore."""
        self._other.delete(key)
        self._chosen.delete(key)

    def listing(self) -> Iterator[tuple[str, datetime]]:
        """See MediaStore."""
        seen = dict(self._other.listing())
        for key, written in self._chosen.listing():
            yield key, max(written, seen.pop(key, written))
        yield from seen.items()

    def link(self, key: str, mime: str) -> None:
        """See MediaStore. A link could not look into the other store."""

    def left(self) -> Iterator[str]:
        """Keys that the other store has, to be moved."""
        return (key for key, _ in self._other.listing())

    def move(self, key: str) -> None:
        """From the other store to the chosen one; no error when it went meanwhile."""
        try:
            data = self._other.get(key)
        except MediaMissing:
            return
        self._chosen.put(data, key)
        self._other.delete(key)
