"""Cloth: colours, weaves and prints, painted by the box."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.training.geometry import CANVAS, Dice

Texture = NDArray[np.float32]
"""RGB 0..1, shape (h, w, 3)."""

WEAVES = {
    "solid": 0.4, "stripes across": 0.08, "stripes along": 0.05, "check": 0.08, "tartan": 0.04, "flowers": 0.09,
    "patches": 0.05, "denim": 0.06, "knit": 0.06, "cable": 0.02, "leather": 0.04, "melange": 0.04, "dots": 0.04,
    "satin": 0.05, "cord": 0.02,
}  # fmt: skip


class Box(NamedTuple):
    """Canvas pixels, right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def slices(self) -> tuple[slice, slice]:
        return slice(self.top, self.bottom), slice(self.left, self.right)


WHOLE = Box(0, 0, CANVAS, CANVAS)


def noise(
    rng: np.random.Generator, box: Box, across: float, down: float, angle: float = 0.0
) -> NDArray[np.float32]:
    """Smooth noise about -1..1; `across` and `down` are cells over the whole canvas, turned by `angle` radians."""
    columns, rows = max(3, int(across * 1.5) + 2), max(3, int(down * 1.5) + 2)
    grid = rng.standard_normal((rows, columns)).astype(np.float32)
    c, s = np.cos(angle), np.sin(angle)
    scale = np.array([[across / CANVAS], [down / CANVAS]])
    turn = scale * np.array([[c, s], [-s, c]])
    shift = np.array([columns / 2, rows / 2]) + turn @ (np.array([box.left, box.top]) - CANVAS / 2)
    matrix = np.column_stack([turn, shift]).astype(np.float32)
    size = (box.right - box.left, box.bottom - box.top)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    out = cv2.warpAffine(grid, matrix, size, flags=flags, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(out * 0.6, -1, 1), np.float32)


def pick_colour(dice: Dice) -> NDArray[np.float32]:
    """A colour as clothes have them: a third white or black, the rest greys and hues."""
    kind = dice.pick({"white": 0.2, "black": 0.2, "grey": 0.1, "beige": 0.08, "hue": 0.42})
    if kind == "white":
        rgb = dice.between(0.85, 1) - dice.rng.uniform(0, 0.06, 3)
    elif kind == "black":
        rgb = dice.between(0.03, 0.2) + dice.rng.uniform(0, 0.05, 3)
    elif kind == "grey":
        rgb = dice.between(0.25, 0.8) + dice.rng.uniform(-0.03, 0.03, 3)
    elif kind == "beige":
        rgb = np.array([0.8, 0.68, 0.52]) * dice.between(0.5, 1.2)
    else:
        hsv = np.array([[[dice.whole(0, 180), dice.whole(40, 255), dice.whole(50, 255)]]], np.uint8)
        rgb = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)[0, 0] / 255
    return np.clip(rgb, 0, 1).astype(np.float32)


class Fabric:
    """One cloth. `paint` gives it turned with a limb; the same fabric always paints the same print."""

    def __init__(self, dice: Dice, weave: str | None = None) -> None:
        self.colours = [pick_colour(dice) for _ in range(3)]
        self.weave = weave or dice.pick(WEAVES)
        self.frequency = dice.between(0.1, 0.65)
        self.duty = dice.between(-0.6, 0.6)
        self.seed = dice.whole(0, 1 << 30)

    def paint(self, box: Box, angle: float = 0.0, origin: tuple[float, float] = (CANVAS / 2, 0.0)) -> Texture:
        """The cloth in `box`, its grain turned by `angle` radians round `origin` (canvas pixels)."""
        dice = Dice(self.seed)
        y, x = np.mgrid[box.top : box.bottom, box.left : box.right].astype(np.float32)
        c, s = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        u = (x - origin[0]) * c + (y - origin[1]) * s
        v = (y - origin[1]) * c - (x - origin[0]) * s
        base, second, third = self.colours
        cloth = np.broadcast_to(base, (*x.shape, 3)).astype(np.float32)
        if self.weave in ("stripes across", "stripes along", "check", "tartan", "dots", "cord"):
            return self._regular(cloth, u, v)
        if self.weave in ("flowers", "patches"):
            cells = dice.between(14, 55) if self.weave == "flowers" else dice.between(4, 12)
            for colour in (second, third):
                ink = np.clip((noise(dice.rng, box, cells, cells) - dice.between(0.05, 0.45)) * 8, 0, 1)
                cloth += ink[..., None] * (colour - cloth)
        elif self.weave == "denim":
            blue = np.array([0.2, 0.3, 0.5], np.float32) * np.float32(dice.between(0.4, 1.9))
            grain = dice.rng.normal(0, 0.04, (*x.shape, 1)).astype(np.float32)
            cloth = np.asarray(blue + 0.12 * noise(dice.rng, box, 4, 4)[..., None] + grain, np.float32)
        elif self.weave == "knit":
            cloth *= (1 + 0.12 * np.sin(u * 2.2 * self.frequency + 2 * np.sin(v)) * np.sin(v * 1.5))[..., None]
        elif self.weave == "cable":
            rope = np.sin(u * self.frequency + 0.8 * np.sin(v * self.frequency * 0.8))
            cloth *= (1 - 0.2 * np.clip(rope, 0, 1))[..., None]
        elif self.weave in ("leather", "satin"):
            cells, depth = (25, 0.28) if self.weave == "leather" else (dice.between(5, 10), 0.5)
            shine = np.clip(noise(dice.rng, box, cells, cells * 0.7, dice.between(-1, 1)) - 0.05, 0, 1)
            cloth *= 0.75 if self.weave == "satin" else 0.6
            cloth += depth * shine[..., None]
        elif self.weave == "melange":
            cloth += 0.12 * noise(dice.rng, box, 90, 60)[..., None]
        return np.asarray(np.clip(cloth, 0, 1), np.float32)

    def _regular(self, cloth: Texture, u: NDArray[np.float32], v: NDArray[np.float32]) -> Texture:
        """Weaves that repeat: stripes, checks, tartans, dots, corduroy."""
        base, second, third = self.colours
        f = self.frequency

        def band(along: NDArray[np.float32], rate: float) -> NDArray[np.float32]:
            return np.asarray(np.clip((np.sin(along * rate) - self.duty) * 4, 0, 1)[..., None], np.float32)

        if self.weave == "stripes across":
            cloth += band(v, f) * (second - base)
        elif self.weave == "stripes along":
            cloth += band(u, f) * (second - base)
        elif self.weave == "cord":
            cloth *= (1 - 0.18 * np.clip(np.sin(u * (1.2 + f)), 0, 1))[..., None]
        elif self.weave == "dots":
            spots = np.clip((np.sin(u * f) * np.sin(v * f) - 0.4) * 5, 0, 1)[..., None]
            cloth += spots * (second - base)
        else:
            cloth += 0.5 * (band(u, f) + band(v, f)) * (second - base)
            if self.weave == "tartan":
                cloth += 0.4 * (band(u, f * 0.5) + band(v, f * 0.37)) * (third - cloth)
        return np.asarray(np.clip(cloth, 0, 1), np.float32)


class Plain(Fabric):
    """One flat colour: labels, hangers, skin, metal."""

    def __init__(self, colour: NDArray[np.float32]) -> None:
        self.colours = [colour] * 3
        self.weave, self.frequency, self.duty, self.seed = "solid", 0.1, 0.0, 0
