"""The colours that cloth has in a photo: named, and as CIE Lab (D65), to be told and to be compared.

Names are the catalogue's. On every second photo of the catalogue they agree with the label in three of five, and
are one step away (navy and black, white and beige) in most of the rest: rooms are dim and lamps are yellow.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.types import Alpha, Image

_ANY = (0.0, 360.0)
COLOURS: tuple[tuple[str, tuple[float, float], tuple[float, float], tuple[float, float]], ...] = (
    # name, lightness from and to, chroma from and to, hue from and to: the first row that fits names the colour
    ("black", (0, 24), (0, 10), _ANY),
    ("black", (24, 33), (0, 6), _ANY),
    ("white", (72, 101), (0, 9), _ANY),
    ("grey", (33, 72), (0, 6), _ANY),
    ("beige", (56, 101), (0, 32), (40, 100)),
    ("brown", (0, 56), (0, 200), (48, 82)),
    ("brown", (0, 45), (0, 200), (38, 48)),
    ("olive", (0, 58), (0, 200), (82, 118)),
    ("yellow", (0, 101), (0, 200), (72, 118)),
    ("orange", (0, 101), (0, 200), (45, 72)),
    ("turquoise", (56, 101), (14, 200), (172, 220)),
    ("teal", (0, 56), (14, 200), (178, 220)),
    ("green", (0, 101), (0, 200), (118, 215)),
    ("navy", (0, 31), (0, 200), (215, 300)),
    ("light blue", (64, 101), (0, 200), (215, 300)),
    ("blue", (0, 101), (0, 200), (215, 300)),
    ("purple", (0, 101), (0, 200), (300, 335)),
    ("burgundy", (0, 31), (0, 200), _ANY),
    ("pink", (58, 101), (0, 200), _ANY),
    ("pink", (45, 101), (0, 200), (335, 360)),
    ("red", (0, 101), (0, 200), _ANY),
)

ENOUGH = 0.18
"""Share of a garment that a second colour must have to be worth a word."""

_SAMPLE = 4000
_SURE = 0.9
_LEAST_PIXELS = 200


@dataclass(frozen=True, slots=True)
class Shade:
    """One colour of a garment: its name, its middle in CIE Lab (lightness 0..100, a, b), and its share 0..1."""

    name: str
    lab: tuple[float, float, float]
    share: float


def name_of(lab: tuple[float, float, float]) -> str:
    """The name of one colour in CIE Lab."""
    return COLOURS[int(_rows(np.array([lab], np.float64))[0])][0]


def shades_of(image: Image, alpha: Alpha) -> tuple[Shade, ...]:
    """The one or two colours that most of what `alpha` (H, W) marks has, the larger first; `image` (H, W, 3).

    Empty when there is too little of it to tell.
    """
    inside = np.flatnonzero(alpha > _SURE)
    if len(inside) < _LEAST_PIXELS:
        return ()
    sample = image.reshape(-1, 3)[inside[:: max(1, len(inside) // _SAMPLE)]]
    # Of floats in 0..1 OpenCV makes Lab in its true units.
    lab = cv2.cvtColor(sample[None].astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB)[0].astype(np.float64)
    names = [COLOURS[row][0] for row in _rows(lab).tolist()]
    found: list[Shade] = []
    for name, count in Counter(names).most_common(2):
        share = count / len(names)
        if not found or share >= ENOUGH:
            middle = np.median(lab[np.array([one == name for one in names])], axis=0)
            l_star, a, b = (round(float(value), 1) for value in middle)
            found.append(Shade(name, (l_star, a, b), round(share, 2)))
    return tuple(found)


def _rows(lab: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each colour (N, 3) the row of the table that names it."""
    light, a, b = lab.T
    values = (light, np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360.0)
    rows = np.full(len(lab), -1)
    for row, (_, *ranges) in enumerate(COLOURS):
        fits = rows < 0
        for value, (low, high) in zip(values, ranges, strict=True):
            fits &= (value >= low) & (value < high)
        rows[fits] = row
    return rows
