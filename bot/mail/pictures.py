"""Pictures as mail carries them: small JPEGs, made once for as long as they are asked for again and again."""

from __future__ import annotations

import io
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from threading import Lock
from uuid import UUID

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageOps

from bot.mail.letter import Attached
from bot.mail.page import Shot
from storage.errors import MediaMissing
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

MAX_BYTES = 100_000
"""Of one picture: some providers cut mails off that are long in all."""

KEPT_BYTES = 64_000_000
"""Of pictures in memory, those asked for last."""

TILE = (4, 5)
TALLEST = 1.6
"""Shape of a product's tile, and how many times its width a photo is high at most."""

GROUND = (255, 255, 255)
_QUALITIES = (84, 76, 66, 54)


class Pictures:
    """Shared by all letters of a process, from any thread."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept: OrderedDict[Shot, Attached] = OrderedDict()
        self._room = kept_bytes
        self._used = 0
        self._lock = Lock()

    def attach(self, uow: UnitOfWork, wanted: Mapping[UUID, Iterable[Shot]]) -> dict[UUID, dict[Shot, Attached]]:
        """For each person the pictures that there still are and that this person may see."""
        # Asked each time: what is in memory may have been forgotten since.
        seen = uow.media.seen_by_each({person: {shot.media for shot in shots} for person, shots in wanted.items()})
        return {
            person: {
                shot: small
                for shot in shots
                if shot.media in seen[person] and (small := self._small(uow, shot)) is not None
            }
            for person, shots in wanted.items()
        }

    def _small(self, uow: UnitOfWork, shot: Shot) -> Attached | None:
        key = replace(shot, alt="", caption="")
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept
        try:
            data = shrunk(uow.media.read(shot.media), shot.width, tile=shot.tile)
        except (MediaMissing, OSError, PillowImage.DecompressionBombError) as error:
            log.warning("a picture is left out of a letter: %s", type(error).__name__)
            return None
        made = Attached(f"{shot.media[:24]}-{shot.width}@fashioncore", data)
        with self._lock:
            # Another thread may have been quicker.
            if self._kept.setdefault(key, made) is made:
                self._used += _size(made)
            while self._used > self._room:
                self._used -= _size(self._kept.popitem(last=False)[1])
        return made


def _size(picture: Attached) -> int:
    """Bytes that it takes, also as mail carries it."""
    return len(picture.data) + len(picture.encoded)


def shrunk(data: bytes, width: int, *, tile: bool = False) -> bytes:
    """A JPEG of at most MAX_BYTES and this width. Raises OSError when the bytes are no picture."""
    with PillowImage.open(io.BytesIO(data)) as picture:
        # A JPEG is read at half or a quarter of its size, whichever is still large enough.
        picture.draft("RGB", (2 * width, 2 * width))
        plain = _flat(picture)
    edge = _edge(plain) if tile else GROUND
    size = (width, width * TILE[1] // TILE[0]) if tile else (width, int(width * TALLEST))
    while True:
        fitted = ImageOps.pad(plain, size, color=edge) if tile else ImageOps.contain(plain, size)
        for quality in _QUALITIES:
            out = io.BytesIO()
            fitted.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= MAX_BYTES:
                return out.getvalue()
        size = (size[0] * 3 // 4, size[1] * 3 // 4)


def _flat(picture: PillowImage.Image) -> PillowImage.Image:
    """Without transparency, on the ground of the tiles."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = PillowImage.new("RGBA", layer.size, GROUND)
    return PillowImage.alpha_composite(ground, layer).convert("RGB")


def _edge(picture: PillowImage.Image) -> tuple[int, ...]:
    """The colour along its upper and lower edge, which what is added to a tile goes on in."""
    pixels = np.asarray(picture)
    return tuple(int(value) for value in np.median(np.concatenate([pixels[0], pixels[-1]]), axis=0))
