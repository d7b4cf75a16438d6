"""The part of a photo that the networks see: upright, in their own aspect, not squashed; and the way back."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from pipeline.masks import Floats, Points
from pipeline.person import landmarks as lm
from pipeline.person.detect import FoundPerson
from pipeline.person.frame import Frame
from pipeline.types import Category, Image, Mask

ROOM = 0.35
"""Torsos beside the joints, for wide clothes."""
BELOW_HIPS = 0.75
"""Torsos below the hips that are shown with an upper garment: VITON-HD's pictures end at the thighs."""
MOST_WHOLE = 1.4
"""A photo of the right aspect is taken whole, as the reference does, unless a part so much smaller will do."""


@dataclass(frozen=True, slots=True)
class Framing:
    """A rectangle of the photo, which may reach beyond it, and the size (width, height) at which it is drawn."""

    left: int
    top: int
    width: int
    height: int
    size: tuple[int, int]

    @property
    def scale(self) -> float:
        """Drawn pixels a pixel of the photo."""
        return self.size[0] / self.width

    def picture(self, photo: Image) -> Image:
        """The rectangle at `size`; beyond the photo its edge goes on."""
        height, width = photo.shape[:2]
        right, bottom = self.left + self.width, self.top + self.height
        inside = photo[max(0, self.top) : min(height, bottom), max(0, self.left) : min(width, right)]
        padded = cv2.copyMakeBorder(
            inside,
            *(max(0, -self.top), max(0, bottom - height), max(0, -self.left), max(0, right - width)),
            cv2.BORDER_REPLICATE,
        )
        return np.asarray(Pillow.fromarray(padded).resize(self.size, Pillow.Resampling.BICUBIC), np.uint8)

    def points(self, points: Points, size: tuple[int, int]) -> Points:
        """Points of the photo on a canvas of `size`."""
        moved = (points - [self.left, self.top]) * (np.array(size) / [self.width, self.height])
        return np.asarray(moved, np.float64)

    def from_frame(self, values: NDArray[np.generic], frame: Frame, size: tuple[int, int]) -> NDArray[np.generic]:
        """A map (H, W) of a working frame on a canvas of `size`: labels by the nearest, floats between pixels."""
        scale = frame.scale * self.width / size[0]
        origin = frame.to_work(np.array([[self.left, self.top]], np.float64))[0]
        matrix = np.array([[scale, 0.0, origin[0]], [0.0, scale, origin[1]]])
        nearest = values.dtype == np.uint8
        way = cv2.INTER_NEAREST if nearest else cv2.INTER_LINEAR
        warped = cv2.warpAffine(values, matrix, size, flags=way | cv2.WARP_INVERSE_MAP)
        return np.asarray(warped, values.dtype)

    def paste(self, photo: Image, drawn: Image, share: Floats, foreign: Floats) -> tuple[Image, Mask]:
        """The photo with a `share` of what was `drawn` (both on the canvas), and every pixel that may have
        changed. `foreign` (H, W) of the photo stays as it is."""
        height, width = photo.shape[:2]
        rows = slice(max(0, self.top), min(height, self.top + self.height))
        columns = slice(max(0, self.left), min(width, self.left + self.width))
        here = (
            slice(rows.start - self.top, rows.stop - self.top),
            slice(columns.start - self.left, columns.stop - self.left),
        )
        rectangle = (self.width, self.height)
        large = np.asarray(Pillow.fromarray(drawn).resize(rectangle, Pillow.Resampling.BICUBIC), np.float32)[here]
        shares = cv2.resize(share, rectangle, interpolation=cv2.INTER_LINEAR)[here]
        shares = shares * (1.0 - foreign[rows, columns])
        shares[shares < 1 / 512] = 0.0
        image, changed = photo.copy(), np.zeros((height, width), np.uint8)
        mixed = large * shares[..., None] + image[rows, columns] * (1.0 - shares[..., None])
        image[rows, columns] = np.clip(np.rint(mixed), 0, 255).astype(np.uint8)
        changed[rows, columns] = np.where(shares > 0.0, np.uint8(255), np.uint8(0))
        return image, changed


def frame_person(
    person: FoundPerson, shape: tuple[int, ...], category: Category, size: tuple[int, int]
) -> Framing:
    """Where to look in a photo of `shape` to dress `person`, drawn at `size` (width, height)."""
    height, width = shape[:2]
    aspect = size[0] / size[1]
    low, high = _region(person, category)
    wide, tall = high - low
    wide = max(wide, tall * aspect)
    tall = wide / aspect
    if abs(width / height / aspect - 1) < 0.01 and width / wide < MOST_WHOLE:
        return Framing(0, 0, width, height, size)
    left = _within((low[0] + high[0] - wide) / 2, wide, width)
    top = _within(low[1] - 0.25 * (tall - (high[1] - low[1])), tall, height)
    return Framing(left, top, max(1, round(wide)), max(1, round(tall)), size)


def _within(start: float, length: float, limit: int) -> int:
    """Moved into the photo where it fits, else centred on it."""
    if length >= limit:
        return round((limit - length) / 2)
    return round(min(max(start, 0.0), limit - length))


def _region(person: FoundPerson, category: Category) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Upper left and lower right corner of what must be seen."""
    points, seen = person.pose.points, person.pose.visibility > 0.4
    shoulders, hips = points[list(lm.SHOULDERS)].mean(axis=0), points[list(lm.HIPS)].mean(axis=0)
    torso = float(np.hypot(*(hips - shoulders)))
    low = np.array([person.box.left, person.box.top], np.float64)
    high = np.array([person.box.right, person.box.bottom], np.float64)
    if category is Category.UPPER:
        joints = [*lm.SHOULDERS, *lm.HIPS, *(joint for joint in (*lm.ELBOWS, *lm.WRISTS) if seen[joint])]
        low[0] = points[joints, 0].min() - ROOM * torso
        high[0] = points[joints, 0].max() + ROOM * torso
        hands = max(points[joint, 1] for joint in joints) + ROOM * torso
        high[1] = min(high[1], max(float(hips[1]) + BELOW_HIPS * torso, hands))
    else:
        low[0], high[0] = low[0] - ROOM * torso, high[0] + ROOM * torso
    return low - [0.0, 0.1 * torso], high
