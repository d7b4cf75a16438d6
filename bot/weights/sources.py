"""What a place offers from which weights come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Told = Callable[[int], None]
"""Told how many bytes more are there; fewer than none when some had to be thrown away."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as its place describes it. `digest` has 64 hex digits (SHA-256 of the bytes) or 40 (git's name of
    them)."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All files of one revision; `revision` names their state for ever, as a commit does."""

    revision: str
    paths: Sequence[str]


class Source(Protocol):
    """A hub, or a folder."""

    @property
    def name(self) -> str:
        """Where it is, for people."""
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...

    def list(self) -> Listing:
        """What there is. Raises WeightsError."""
        ...

    def describe(self, revision: str, path: str) -> SourceFile:
        """Size and digest of a file. Raises WeightsError."""
        ...

    def fetch(self, revision: str, file: SourceFile, part: Path, told: Told) -> None:
        """Bring `part` to the file's size, going on behind what it holds. Raises WeightsError, OSError."""
        ...
