"""A feed file as text: unpacked, decoded and counted while it is read, so that nothing grows with the file.

Shops send gzip under any name, byte order marks or none, and Latin-1 in what says it is UTF-8. All of it is read
in one pass: bytes that are not UTF-8 are taken for what western spreadsheets write.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.errors import FeedError

MAX_PACKED_BYTES = 4_000_000_000
"""Of a feed as it comes: a million items are a fifth of it."""

FREE_BYTES, MAX_RATIO = 100_000_000, 200
"""A packed feed may unpack to this much in any case, and beyond it to so many times its packed size. Honest
feeds repeat themselves 5 to 50 times; a bomb a thousand times.
"""

_CHUNK = 1 << 16
_FALLBACK = "western-where-not-utf-8"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{2,30})["']""")


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if error.encoding.lower().replace("_", "-") != "utf-8":
        return "\ufffd", error.end
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK, _western)


class FeedStream(io.RawIOBase):
    """The unpacked bytes. `fraction` says how much of the file has been read."""

    def __init__(self, path: Path) -> None:
        self._size = path.stat().st_size
        if self._size > MAX_PACKED_BYTES:
            raise FeedError("feed_too_large", f"{path.name} is larger than {MAX_PACKED_BYTES / 1e9:.0f} GB.")
        self._name = path.name
        self._file = path.open("rb")
        packed = self._file.read(2) == b"\x1f\x8b"
        self._file.seek(0)
        self._most = FREE_BYTES + MAX_RATIO * self._size if packed else self._size
        self._source: io.BufferedIOBase = gzip.GzipFile(fileobj=self._file) if packed else self._file
        self._read = 0

    @property
    def fraction(self) -> float:
        """From 0 to 1, by the bytes of the file itself."""
        return min(1.0, self._file.tell() / self._size) if self._size else 1.0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    # The buffer's type differs between the versions of the standard library's annotations.
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """See RawIOBase. Raises FeedError when the archive is broken or a bomb."""
        try:
            data = self._source.read1(min(len(buffer), _CHUNK))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise FeedError("feed_broken", f"The archive {self._name} is broken or was cut off.") from error
        self._read += len(data)
        if self._read > self._most:
            raise FeedError("feed_too_large", f"{self._name} unpacks to far more than any feed does.")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


@contextmanager
def open_text(path: Path, encoding: str | None = None) -> Iterator[tuple[str, io.TextIOWrapper, FeedStream]]:
    """How a feed begins, its text from the beginning with line ends as they are, and the stream below.

    Raises FeedError.
    """
    try:
        stream = FeedStream(path)
    except OSError as error:
        raise FeedError("feed_unreadable", f"The feed {path.name} cannot be opened. Check the path.") from error
    with stream:
        buffered = io.BufferedReader(stream, 1 << 18)
        head = buffered.peek(1)[:4096]
        try:
            name = codecs.lookup(encoding or _encoding(head)).name
        except LookupError as error:
            raise FeedError("feed_encoding", f"{encoding} is no encoding. Usual ones: utf-8, cp1252.") from error
        with io.TextIOWrapper(buffered, encoding=name, errors=_FALLBACK, newline="") as text:
            yield codecs.getincrementaldecoder(name)(_FALLBACK).decode(head), text, stream


def _encoding(head: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    # Markup and headings are ASCII: a zero beside each letter is UTF-16 without its mark.
    for at, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) >= 4 and head[at] == head[at + 2] == 0 and head[1 - at] and head[3 - at]:
            return name
    if declared := _DECLARED.match(head):
        try:
            found = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            return "utf-8"
        # Text encodings only; one that says UTF-16 and is not is taken for UTF-8.
        if found.startswith(("iso8859", "cp", "koi8", "mac", "shift", "euc", "gb", "big5")):
            return found
    return "utf-8"
