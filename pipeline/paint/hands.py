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
IN_DOUBT = (0.38, 0.55)
"""How much of the way from the clothes' colour to the hand's is hand: within the parsed hand and outside it."""


def hand_matte(photo: Image, hands: Bool, skin: Floats, others: Bool, unit: float) -> Floats:
    """Soft mask (H, W) of the parsed `hands` and what they hold.

    `skin` (H, W) 0..1; `others` marks what is surely no hand; `unit` the shoulder width in pixels. Where hand and
    clothes have different colours the colours decide, elsewhere and for things in the hand the parse does.
    """
    matte = np.zeros(hands.shape, np.float32)
    margin = round(1.2 * REACH * unit) + 2
    _, _, stats, _ = cv2.connectedComponentsWithStats(hands.astype(np.uint8), connectivity=8)
    for x, y, width, height, area in stats[1:].tolist():
        if area < FEWEST:
            continue
        box = (slice(max(0, y - margin), y + height + margin), slice(max(0, x - margin), x + width + margin))
        found = _in_box(np.ascontiguousarray(photo[box]), hands[box], skin[box], others[box], unit)
        matte[box] = np.maximum(matte[box], found)
    return matte


def _in_box(photo: Image, part: Bool, skin: Floats, others: Bool, unit: float) -> Floats:
    """The matte in a rectangle round one hand."""
    parsed = blur(part * np.clip(1.5 * skin, 0.0, 1.0), 0.6)
    core = shrink(part & (skin > 0.8), CORE * unit)
    beside = others & ~grow(part, CORE * unit)
    if core.sum() < FEWEST or beside.sum() < FEWEST:
        return parsed
    lab = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB) * np.array([0.5, 1.0, 1.0], np.float32)
    own, far = nearest_colour(lab, core, 1.5)
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
    return np.asarray(np.clip(parsed + (blur(share, 0.5) - parsed) * told, 0.0, 1.0), np.float32)
