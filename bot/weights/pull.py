"""Brings a folder of weights to what its source has, from whatever state it is in."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.weights.errors import WeightsError
from bot.weights.sources import Source, SourceFile
from bot.weights.store import KeptFile, Record, Store, is_what, sha256_of
from pipeline.engines.idm.layout import AROUND, COMPONENTS, HALVED, needed_files, weights_among

Say = Callable[[str], None]
Halve = Callable[[Path, Callable[[], None]], Path | None]
"""pipeline.engines.idm.convert.halve, which needs torch."""

Bar = Callable[[str, float | None, int], None]
"""Shows how far a work is: what, its fraction, megabytes."""

_RESERVE = 2**30
"""Left free for everything else."""

PULL_AGAIN = "./fashioncore weights pull"


@dataclass(frozen=True, slots=True)
class _Component:
    """Files of one folder; `weights` are converted together."""

    name: str
    beside: tuple[SourceFile, ...]
    weights: tuple[SourceFile, ...]

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return self.beside + self.weights

    @property
    def digests(self) -> tuple[str, ...]:
        """What a conversion of the weights was made from."""
        return tuple(sorted(file.digest for file in self.weights))


class _Bytes:
    """Counts the bytes of one kind of work for the bar."""

    def __init__(self, bar: Bar, what: str, total: int, done: int = 0) -> None:
        self._bar, self._what, self._total, self._done = bar, what, total, done

    def __call__(self, more: int) -> None:
        self._done += more
        self._bar(self._what, min(1.0, self._done / self._total) if self._total else None, self._done // 10**6)


class Puller:
    """One pull from a source into a folder."""

    def __init__(self, source: Source, folder: Path, say: Say, bar: Bar, halve: Halve | None = None) -> None:
        """`halve` None: keep the weights as they are published."""
        self._source, self._store = source, Store(folder)
        self._folder = folder
        self._say, self._bar, self._halve = say, bar, halve

    def run(self, components: Sequence[str] = COMPONENTS, around: Sequence[str] = AROUND) -> Record:
        """Fetch, check, convert and record what is needed. Raises WeightsError, PipelineError."""
        with _on_disk(self._store, self._say):
            return self._run(components, around)

    def _run(self, components: Sequence[str], around: Sequence[str]) -> Record:
        self._say(f"Asking {self._source.name} what there is.")
        listing = self._source.list()
        wanted = needed_files(listing.paths, (*components, *around))
        missing = [name for name in components if not wanted[name]]
        if missing:
            raise WeightsError(f"{self._source.name} holds no IDM-VTON: it has no {', '.join(missing)}.")
        described = [self._describe(listing.revision, name, paths) for name, paths in wanted.items() if paths]
        before = self._store.record()
        kept: dict[str, KeptFile] = {}
        for component in described:
            kept |= self._already(component, before)
        left = [_left(component, kept) for component in described]
        self._check_space(left)
        coming = [file for component in left for file in component.files]
        told = _Bytes(self._bar, "fetching", sum(file.size for file in coming), sum(map(self._held, coming)))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        record = Record(self._source.name, listing.revision, now, kept)
        for component in left:
            for file in component.files:
                record = record.having(file.path, self._bring(listing.revision, file, told))
                self._store.write(record)
            if self._halve is not None:
                record = _converted(self._store, record, component.name, self._say, self._halve)
        self._store.write(record)
        # Of another revision, which would be taken for weights.
        for path in (before.files.keys() if before else set()) - record.files.keys():
            (self._folder / path).unlink(missing_ok=True)
        shutil.rmtree(self._store.parts, ignore_errors=True)
        return record

    def _describe(self, revision: str, name: str, paths: Iterable[str]) -> _Component:
        files = {path: self._source.describe(revision, path) for path in paths}
        names = {path: path.rpartition("/")[2] for path in files}
        chosen = set(weights_among(names.values()))
        return _Component(
            name,
            tuple(file for path, file in files.items() if names[path] not in chosen),
            tuple(file for path, file in files.items() if names[path] in chosen),
        )

    # -- what is there

    def _already(self, component: _Component, before: Record | None) -> dict[str, KeptFile]:
        """Files of a component which need not come: whole ones, and what was made of its weights."""
        kept = {}
        converted = {
            path: file
            for path, file in (before.files if before else {}).items()
            if path.startswith(f"{component.name}/") and component.weights and file.made_from == component.digests
        }
        told = _Bytes(self._bar, f"checking {component.name}", 0)
        for path, file in converted.items():
            target = self._folder / path
            if self._store.present(path, file) and sha256_of(target, told) == file.sha256:
                kept[path] = file
        for source in component.files:
            target = self._folder / source.path
            if source.path in kept or not target.is_file() or target.stat().st_size != source.size:
                continue
            if is_what(target, source.digest, told):
                kept[source.path] = _kept(target, source)
        return kept

    def _held(self, file: SourceFile) -> int:
        """Bytes that an earlier try left."""
        part = self._part(file)
        return min(part.stat().st_size, file.size) if part.is_file() else 0

    def _part(self, file: SourceFile) -> Path:
        # By content: the beginning of another revision is never gone on with.
        return self._store.parts / file.digest

    def _check_space(self, left: Sequence[_Component]) -> None:
        """Before the first byte. Each component is converted as soon as it is there, so that only one of them ever
        lies there twice."""
        used = most = 0
        for component in left:
            used += sum(file.size - self._held(file) for file in component.files)
            most = max(most, used)
            if self._halve is not None and component.name in HALVED:
                half = sum(file.size for file in component.weights) // 2
                most = max(most, used + half)
                used -= half
        free = shutil.disk_usage(self._folder).free
        if most and most + _RESERVE > free:
            raise WeightsError(
                f"The disk of {self._folder} has {_gb(free)} free, and {_gb(most + _RESERVE)} are needed (in the"
                f" end {_gb(used)} are taken). Free some space, or choose another folder: --dir, or"
                " FASHIONCORE_IDM_WEIGHTS."
            )
        if most:
            self._say(f"{_gb(used)} will be taken, {_gb(most)} for a while; {_gb(free)} are free.")

    # -- what comes

    def _bring(self, revision: str, file: SourceFile, told: _Bytes) -> KeptFile:
        part, target = self._part(file), self._folder / file.path
        self._store.parts.mkdir(parents=True, exist_ok=True)
        for again in (False, True):
            self._source.fetch(revision, file, part, told)
            checking = _Bytes(self._bar, "checking", file.size)
            if part.stat().st_size == file.size and is_what(part, file.digest, checking):
                break
            told(-part.stat().st_size)
            part.unlink()
            if again:
                raise WeightsError(
                    f"{self._source.name} sent {file.path} twice with other bytes than it announces. Is it a"
                    " mirror to be trusted, or a proxy that changes what passes?"
                )
            self._say(f"{file.path} came with a wrong checksum; fetching it once more.")
        with part.open("rb") as whole:
            os.fsync(whole.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
        if file.size >= 10**7:
            self._say(f"{file.path}: {_gb(file.size)}, checksum right.")
        return _kept(target, file)


@contextmanager
def _on_disk(store: Store, say: Say) -> Iterator[None]:
    """The folder to ourselves; what its disk refuses becomes a sentence."""
    try:
        with store.locked(lambda: say(f"Another process is at {store.folder}; waiting for it.")):
            yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise WeightsError(
                f"The disk of {store.folder} is full. What is there is kept; free some space, and the same command"
                " goes on where it was."
            ) from error
        raise WeightsError(f"{error.filename or store.folder}: {error.strerror or error}.") from error


def _converted(store: Store, record: Record, name: str, say: Say, halve: Halve) -> Record:
    """The record after half precision took the place of a component's weights, which go when it is written."""
    names = [path.rpartition("/")[2] for path in record.files if path.startswith(f"{name}/")]
    old = [f"{name}/{each}" for each in weights_among(names)] if name in HALVED else []
    target = halve(store.folder / name, lambda: say(f"Converting {name} to half precision.")) if old else None
    if target is None:
        return record
    files = {path: file for path, file in record.files.items() if path not in old}
    made_from = tuple(sorted(digest for path in old for digest in record.files[path].made_from))
    path = target.relative_to(store.folder).as_posix()
    files[path] = KeptFile(target.stat().st_size, sha256_of(target), made_from)
    record = replace(record, files=files)
    store.write(record)
    for each in old:
        (store.folder / each).unlink()
    return record


def _left(component: _Component, kept: Mapping[str, KeptFile]) -> _Component:
    """What is left to fetch of a component."""
    converted = any(
        file.made_from == component.digests and path not in {each.path for each in component.weights}
        for path, file in kept.items()
        if path.startswith(f"{component.name}/")
    )
    weights = () if converted else tuple(file for file in component.weights if file.path not in kept)
    return replace(
        component, beside=tuple(file for file in component.beside if file.path not in kept), weights=weights
    )


def _kept(target: Path, source: SourceFile) -> KeptFile:
    sha256 = source.digest if len(source.digest) == 64 else sha256_of(target)
    return KeptFile(source.size, sha256, (source.digest,))


def _gb(size: float) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 5e7 else f"{size / 1e6:.1f} MB"


# -- without a source


def convert(folder: Path, say: Say, halve: Halve) -> None:
    """Convert what was pulled as published. Raises WeightsError, PipelineError."""
    store = Store(folder)
    record = store.record()
    if record is None:
        raise WeightsError(
            f"{folder} was not pulled, and converting would replace its files. To convert files of your own into a"
            f" folder of ours: {PULL_AGAIN} --from {folder}."
        )
    with _on_disk(store, say):
        for name in COMPONENTS:
            record = _converted(store, record, name, say, halve)


def verify(folder: Path, bar: Bar) -> Iterator[tuple[str, str | None]]:
    """Every file on record, with what is wrong with it or None. Raises WeightsError where there is no record."""
    record = Store(folder).record()
    if record is None:
        raise WeightsError(
            f"{folder} has no record of what it should hold: nothing was pulled there. To check files of your own"
            f" while they are copied: {PULL_AGAIN} --from FOLDER."
        )
    told = _Bytes(bar, "checking", sum(file.size for file in record.files.values()))
    for path, file in sorted(record.files.items()):
        target = folder / path
        if not target.is_file():
            yield path, "is missing"
        elif target.stat().st_size != file.size:
            yield path, f"has {target.stat().st_size:,} bytes instead of {file.size:,}"
        else:
            yield path, None if sha256_of(target, told) == file.sha256 else "has another checksum"


def lacking(folder: Path, components: Sequence[str] = COMPONENTS) -> list[str]:
    """What a folder lacks before networks can be loaded from it, by a look at names and sizes."""
    store = Store(folder)
    record = store.record()
    if record is not None:
        gone = [path for path, file in record.files.items() if not store.present(path, file)]
        there = {path.partition("/")[0] for path in record.files}
        return gone + [name for name in components if name not in there]
    # Not pulled: a folder that somebody made, which must speak for itself.
    return [name for name in components if not (folder / name).is_dir()]
