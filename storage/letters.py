"""Letters that no mail server takes lie in a folder, as files named by their mails' `ref`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_LETTER = "letter:"


def folder_of(data: Path) -> Path:
    """Where mails are put when there is no server."""
    return data / "mail" / "outgoing"


def letter_of(ref: str) -> str:
    """What a letter is called among what is forgotten after a commit, where all else are media keys."""
    return f"{_LETTER}{ref}"


def ref_of(name: str) -> str | None:
    """The mail whose letter that is; None when it is no letter."""
    return name.removeprefix(_LETTER) if name.startswith(_LETTER) else None


def path_of(folder: Path, ref: str) -> Path:
    """Where the letter of a mail lies."""
    return folder / f"{ref}.eml"


def refs_in(folder: Path) -> Iterator[str]:
    """The mails whose letters lie in the folder."""
    return (path.stem for path in folder.glob("*.eml"))
