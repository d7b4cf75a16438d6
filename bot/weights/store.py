"""The folder in which weights lie, and the record in it of what they must be."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.weights.errors import WeightsError
from bot.weights.sources import Told

RECORD = "weights.json"
_PARTS = ".parts"
_LOCK = ".lock"
_CHUNK = 2**22


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was when it was checked. `made_from` are the digests which its source gave; of several files
    where it was converted."""

    size: int
    sha256: str
    made_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a folder holds, by path, and where that came from."""

    source: str
    revision: str
    pulled_at: str
    files: Mapping[str, KeptFile]

    def having(self, path: str, file: KeptFile) -> Record:
        """The same with one more file."""
        return replace(self, files={**self.files, path: file})


class Store:
    """A folder of weights."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / _PARTS

    def record(self) -> Record | None:
        """None where nothing was pulled yet. Raises WeightsError."""
        try:
            stored = json.loads((self.folder / RECORD).read_text("utf-8"))
            files = {
                str(path): KeptFile(each["size"], each["sha256"], tuple(each["made_from"]))
                for path, each in stored.pop("files").items()
            }
            return Record(**stored, files=files)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise WeightsError(
                f"{self.folder / RECORD} cannot be read ({error}). Delete it, and pull the weights again: files"
                " that are whole are not fetched twice."
            ) from error

    def write(self, record: Record) -> None:
        """Replace the record, whole or not at all."""
        writing = self.folder / f".{RECORD}"
        with writing.open("w", encoding="utf-8") as out:
            json.dump(asdict(record), out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        writing.replace(self.folder / RECORD)

    def present(self, path: str, kept: KeptFile) -> bool:
        """Whether a file is there in its size: what can be said at once."""
        file = self.folder / path
        return file.is_file() and file.stat().st_size == kept.size

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """One process at a time changes the folder; the others wait for it, having said so."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def sha256_of(file: Path, told: Told = lambda _: None) -> str:
    """SHA-256 of a file in hex."""
    return _read(hashlib.sha256(), file, told)


def is_what(file: Path, digest: str, told: Told = lambda _: None) -> bool:
    """Whether a file is what `digest` names: SHA-256, or git's name of a blob."""
    if len(digest) == 64:
        return sha256_of(file, told) == digest
    name = hashlib.sha1(f"blob {file.stat().st_size}\0".encode(), usedforsecurity=False)
    return _read(name, file, told) == digest


def _read(total: hashlib._Hash, file: Path, told: Told) -> str:
    with file.open("rb") as source:
        while chunk := source.read(_CHUNK):
            total.update(chunk)
            told(len(chunk))
    return total.hexdigest()
