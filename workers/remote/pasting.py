"""What a server that is none of ours makes of a photo, brought back onto the photo.

It gets the person alone and gives a picture of its own size, every pixel of which was drawn or packed anew. Where
that shows nothing new the photo's own pixels stay: faces are sharp, and neighbours themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.errors import EngineUnavailable
from pipeline.masks import Bool, blur, grow
from pipeline.person import FoundPerson
from pipeline.types import Box, Image, Mask

ROOM = 0.12
"""Of the person's box, on each side of it, where others are in the photo."""

SQUASHED = 0.03
"""A picture whose aspect differs by more shows another part of the photo."""

DIFFERENT = 14.0
"""Levels of 255, of pictures blurred against grain and packing."""

GROWN, FEATHER = 0.012, 0.006
"""Of the picture's longer side."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a photo (H, W, 3) that is sent, and who else is in it."""

    rows: slice
    columns: slice
    others: tuple[Box, ...] = ()
    chosen: Box | None = None

    def picture(self, photo: Image) -> Image:
        """That part."""
        return photo[self.rows, self.columns]


def excerpt_of(photo: Image, people: list[FoundPerson], chosen: FoundPerson) -> Excerpt:
    """All of the photo, or the chosen one of several people with some room."""
    height, width = photo.shape[:2]
    if len(people) == 1:
        return Excerpt(slice(0, height), slice(0, width))
    box = chosen.box
    wide, tall = round(ROOM * (box.right - box.left)), round(ROOM * (box.bottom - box.top))
    return Excerpt(
        slice(max(0, box.top - tall), min(height, box.bottom + tall)),
        slice(max(0, box.left - wide), min(width, box.right + wide)),
        tuple(one.box for one in people if one.index != chosen.index),
        box,
    )


def pasted(photo: Image, mask: Mask, drawn: Image, excerpt: Excerpt) -> tuple[Image, Mask]:
    """The photo with what is new in `drawn`, and `mask` with it. Raises EngineUnavailable when that is no such
    picture."""
    before = excerpt.picture(photo)
    height, width = before.shape[:2]
    aspect = (drawn.shape[1] / drawn.shape[0]) / (width / height)
    if abs(aspect - 1) > SQUASHED:
        raise EngineUnavailable("remote_answer", "Its picture has another aspect than the photo.")
    way = cv2.INTER_AREA if drawn.shape[1] > width else cv2.INTER_CUBIC
    new = np.asarray(cv2.resize(drawn, (width, height), interpolation=way), np.float32)
    side = max(height, width)
    share = blur(grow(_different(before, drawn), GROWN * side), FEATHER * side)
    share = np.where(share < 1 / 512, np.float32(0.0), np.clip(share, 0.0, 1.0))
    share[_foreign(photo, excerpt)] = 0.0
    if not share.any():
        raise EngineUnavailable("remote_answer", "Its picture shows nothing new.")
    image, changed = photo.copy(), mask.copy()
    mixed = new * share[..., None] + before * (1.0 - share[..., None])
    image[excerpt.rows, excerpt.columns] = np.clip(np.rint(mixed), 0, 255).astype(np.uint8)
    changed[excerpt.rows, excerpt.columns] |= np.where(share > 0, np.uint8(255), np.uint8(0))
    return image, changed


def _different(before: Image, drawn: Image) -> Bool:
    """Where something new was drawn. Compared at the smaller size: what it cannot show is nothing new."""
    height, width = before.shape[:2]
    share = min(1.0, drawn.shape[0] / height)
    size = (max(1, round(share * width)), max(1, round(share * height)))
    calm = max(1.5, max(size) / 400)
    both = [cv2.resize(one, size, interpolation=cv2.INTER_AREA).astype(np.float32) for one in (before, drawn)]
    old, new = (cv2.GaussianBlur(one, (0, 0), calm) for one in both)
    found = (np.abs(new - old).max(axis=2) > DIFFERENT).astype(np.uint8)
    return np.asarray(cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST) > 0)


def _foreign(photo: Image, excerpt: Excerpt) -> Bool:
    """Where somebody else is and the chosen one is not, within the excerpt."""
    theirs = np.zeros(photo.shape[:2], bool)
    for box in excerpt.others:
        theirs[box.top : box.bottom, box.left : box.right] = True
    if excerpt.chosen is not None:
        theirs[excerpt.chosen.top : excerpt.chosen.bottom, excerpt.chosen.left : excerpt.chosen.right] = False
    return theirs[excerpt.rows, excerpt.columns]
