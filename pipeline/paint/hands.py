"""Where exactly a hand ends that lies on clothes: a matte from the colours on both sides of its edge."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.masks import Bool, Floats, blur, grow, length, nearest_colour, ramp, shrink, touching
from pipeline.types import Image

CORE, REACH = 0.022, 0.12
"""Shoulder widths: how far inside its parsed edge a hand is sure, and how far outside it may go on: fingers do."""
APART = (10.0, 22.0)
"""8-bit Lab, light halved: colours nearer than the first tell nothing, those further apart than the second all."""
FEWEST = 30
FINGER = 0.7
"""How much nearer to the hand's colour than to the cloth's what passes for cloth is a finger on it."""
CELL, CELLS, COMMON = 8.0, 32, 0.01
"""Steps of Lab, and how many, in which colours are counted, and the share of cloth from which one is its own."""
IN_DOUBT = (0.38, 0.55)
"""How much of the way from the clothes' colour to the hand's is hand: within the parsed hand and outside it."""


def hand_matte(photo: Image, hands: Bool, skin: Floats, others: tuple[Bool, Bool], unit: float) -> Floats:
    """Soft mask (H, W) of the parsed `hands` and what they hold.

    `skin` (H, W) 0..1; `others` marks the ground, which is surely no hand, and what passes for clothes; `unit` is
    the shoulder width in pixels. Where hand and clothes have different colours the colours decide, elsewhere and
    for things in the hand the parse does.
    """
    ground, cloth = others
    matte = np.zeros(hands.shape, np.float32)
    margin = round(1.2 * REACH * unit) + 2
    _, _, stats, _ = cv2.connectedComponentsWithStats(hands.astype(np.uint8), connectivity=8)
    for x, y, width, height, area in stats[1:].tolist():
        if area < FEWEST:
            continue
        box = (slice(max(0, y - margin), y + height + margin), slice(max(0, x - margin), x + width + margin))
        found = _in_box(np.ascontiguousarray(photo[box]), hands[box], skin[box], (ground[box], cloth[box]), unit)
        matte[box] = np.maximum(matte[box], found)
    return matte


def _in_box(photo: Image, part: Bool, skin: Floats, others: tuple[Bool, Bool], unit: float) -> Floats:
    """The matte in a rectangle round one hand."""
    ground, cloth = others
    parsed = blur(part * np.clip(1.5 * skin, 0.0, 1.0), 0.6)
    core = shrink(part & (skin > 0.8), CORE * unit)
    around = ~grow(part, CORE * unit)
    beside = (ground | cloth) & around
    if core.sum() < FEWEST or beside.sum() < FEWEST:
        return parsed
    lab = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB) * np.array([0.5, 1.0, 1.0], np.float32)
    own, far = nearest_colour(lab, core, 1.5)
    # Next to a tip may be the shade between two fingers: the hand's usual colour is its own, too.
    usual = np.median(lab[core], axis=0).astype(np.float32)
    usual = np.where((length(lab - usual) < length(lab - own))[..., None], usual, own)
    fingers = _fingers(lab, usual, cloth & around, far > (CORE + REACH) * unit)
    own = np.where(grow(fingers, 2.0)[..., None], usual, own)
    beside &= ~fingers
    if beside.sum() < FEWEST:
        return parsed
    other, _ = nearest_colour(lab, beside, 1.5)
    to_own, to_other = (length(lab - colour) for colour in (own, other))
    apart = length(own - other)
    # A thing in the hand is like neither.
    told = ramp(apart, *APART) * ramp(np.minimum(to_own, to_other) / np.maximum(apart, 1.0), 0.9, 0.6)
    told = told * ~core
    # In doubt the parse is right: fingers lie in their own shade.
    share = to_other / np.maximum(to_own + to_other, 1e-3) - np.where(part, IN_DOUBT[0], IN_DOUBT[1])
    share = np.clip(share * 2.5 + 0.5, 0.0, 1.0)
    joined = grow(touching((share * told > 0.5) | core, core), 1.0) & (far < (CORE + REACH) * unit)
    share = np.where(part, share, share * joined * ramp(told, 0.5, 0.9))
    matte = np.clip(parsed + (blur(share, 0.5) - parsed) * told, 0.0, 1.0)
    # Between two found fingers is their shade.
    solid, reach = matte > 0.5, 2.0 * CORE * unit
    whole = shrink(grow(solid, reach), reach) & grow(fingers & solid, 2.0 * reach) & ~ground
    shade = grow(whole & ~solid, 2.0) & whole
    return np.asarray(np.maximum(matte, blur(shade, 0.5)), np.float32)


def _fingers(lab: Floats, own: Floats, cloth: Bool, away: Bool) -> Bool:
    """What of the parsed `cloth` has the hand's colour, `own`, and none of the cloth `away` from it."""
    sure = cloth & away
    if sure.sum() < FEWEST:
        return np.zeros(cloth.shape, bool)
    other, _ = nearest_colour(lab, sure, 1.5)
    to_own, to_other = (blur(length(lab - colour), 0.7) for colour in (own, other))
    rest = cloth & ~away & (to_own < to_other) & (to_own < APART[1])
    # Stripes and prints have more colours than the nearest.
    cells = np.ravel_multi_index(tuple((lab[..., i] / CELL).astype(int) for i in range(3)), (CELLS,) * 3)
    common = np.bincount(cells[sure], minlength=CELLS**3) > COMMON * sure.sum()
    own_only = (to_own < APART[0]) & (to_own < FINGER * to_other) & ~common[cells]
    # Shades between both are fingers where they hang on one.
    return touching(rest, rest & own_only)
