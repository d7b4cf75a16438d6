"""A folder as the place from which weights come: a disk that was carried here, a share, a cache."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.weights.errors import WeightsError
from bot.weights.sources import Listing, SourceFile, Told
from bot.weights.store import Store, sha256_of

_CHUNK = 2**22


class Folder:
    """The published layout in a folder, with or without our record of what it should hold."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise WeightsError(f"There is no folder {folder}.")
        self._folder = folder
        self._record = Store(folder).record()

    @property
    def name(self) -> str:
        """The folder."""
        return str(self._folder)

    def close(self) -> None:
        """Nothing is held open."""

    def list(self) -> Listing:
        """What lies in it. Without a record its state has the name of the files, sizes and times in it."""
        paths = sorted(
            path.relative_to(self._folder).as_posix() for path in self._folder.glob("*/*") if path.is_file()
        )
        if self._record is not None:
            return Listing(self._record.revision, paths)
        state = hashlib.sha256()
        for path in paths:
            stat = (self._folder / path).stat()
            state.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
        return Listing(state.hexdigest()[:40], paths)

    def describe(self, revision: str, path: str) -> SourceFile:
        """Its size and its digest: what our record says it must be, or what it is."""
        del revision
        file = self._folder / path
        kept = self._record.files.get(path) if self._record else None
        return SourceFile(path, file.stat().st_size, kept.sha256 if kept else sha256_of(file))

    def fetch(self, revision: str, file: SourceFile, part: Path, told: Told) -> None:
        """Copy what `part` lacks."""
        del revision
        with (self._folder / file.path).open("rb") as source, part.open("ab") as out:
            if out.tell() > file.size:
                out.truncate(0)
            source.seek(out.seek(0, 2))
            while chunk := source.read(_CHUNK):
                out.write(chunk)
                told(len(chunk))
