"""Copies of pictures for a terminal, which cannot show them: files that nobody else can read."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import UUID

from storage.unit_of_work import UnitOfWork

_NAME_CHARS = 16
"""Digits of a picture's key in its file's name."""

_FRESH_S = 60.0
"""A copy as young as this may still be in writing by another chat."""


class Album:
    """One person's folder. In one that is `ours`, copies go with what they are copies of."""

    def __init__(self, folder: Path, *, ours: bool) -> None:
        """Raises OSError when the folder cannot be made."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._ours = ours

    def save(self, uow: UnitOfWork, role: str, key: str, person_id: UUID) -> str | None:
        """Save a picture that this person may see, once; its path, or None when it is gone. Of one that only its
        shop may keep, the address.

        Raises OSError, MediaMissing.
        """
        found = uow.media.visible(key, person_id)
        if found is None:
            return uow.products.picture_link(key)
        path = self._folder / f"{role}-{key[:_NAME_CHARS]}{'.png' if found.mime == 'image/png' else '.jpg'}"
        if not path.exists():
            data = uow.media.read(key)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(data)
        return str(path)

    def erase(self) -> None:
        """The person had everything deleted."""
        for path in self._folder.iterdir() if self._ours else ():
            path.unlink(missing_ok=True)


def tidy(uow: UnitOfWork, channel: str, root: Path) -> None:
    """Delete copies of what is not kept any more, in the folders below `root`, each named after an account."""
    for path in root.glob("*/*"):
        talk = uow.conversations.find(channel, path.parent.name)
        key = path.stem.rpartition("-")[2]
        kept = talk is not None and uow.media.holds_one_like(key, talk.person_id)
        if not kept and time.time() - path.stat().st_mtime > _FRESH_S:
            path.unlink(missing_ok=True)
