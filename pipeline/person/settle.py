"""Which of two classes doubtful parts of a person belong to, told by the colours of this one photo."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Bool, Floats, blur, grow, shrink
from pipeline.person.parts import Part

LEAST_SEEN = 150  # pixels: fewer show no colours to compare with
COMMON = 3e-4  # share of all pixels: rarer colours tell nothing
BEARD_ODDS = 0.3  # the same, and how much rarer it may be
COLLAR_ODDS = 0.7  # log of how much commoner a colour must be among the clothes
BESIDE_COLLAR_PX = 6.0
STRAND_PX = 3.0  # half as wide, what is left of hair beside a collar is its rim
NO_SKIN = 3.2  # likeness to the skin's colour


def colour_bins(lab: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Index of each pixel's colour in a table of 32 x 64 x 64 cells: hue is told finer than light."""
    level = lab.astype(np.int32)
    return np.asarray(((level[..., 0] >> 3) << 12) | ((level[..., 1] >> 2) << 6) | (level[..., 2] >> 2), np.int32)


def colour_table(bins: NDArray[np.int32], weight: Floats) -> Floats:
    """How common each colour is where `weight` (H, W) is; sums to one, or to zero where there is nothing."""
    table = np.bincount(bins.ravel(), weights=weight.ravel(), minlength=32 * 64 * 64).astype(np.float32)
    cube = table.reshape(32, 64 * 64)
    cube = cv2.GaussianBlur(cube, (1, 5), 0.0, sigmaY=1.0, borderType=cv2.BORDER_CONSTANT)
    planes = cube.reshape(32, 64, 64)
    near = np.stack([cv2.GaussianBlur(plane, (5, 5), 1.0) if plane.any() else plane for plane in planes])
    return np.asarray(near.reshape(-1) / max(float(table.sum()), 1.0), np.float32)


def settle_neck(
    winner: NDArray[np.uint8], bins: NDArray[np.int32], likeness: Floats, above: Bool, below: Bool
) -> NDArray[np.uint8]:
    """Collars and lapels lie where hair and throat end: `below` the chin, what has the clothes' colours and not
    those of the hair or the skin `above` it is a top."""
    top = np.isin(winner, (Part.UPPER, Part.UNDER, Part.DRESS))
    cloth = shrink(top, 2.0)
    out = winner.copy()
    if cloth.sum() < LEAST_SEEN:
        return out
    worn = colour_table(bins, cloth.astype(np.float32))[bins]
    for part in (Part.HAIR, Part.HEAD):
        own = winner == part
        # Hair's rim shows the ground.
        sure = shrink(own, 3.0) & above
        doubt = own & below
        if sure.sum() < LEAST_SEEN or not doubt.any():
            continue
        usual = colour_table(bins, sure.astype(np.float32))[bins]
        odds = np.log((worn + COMMON) / (usual + COMMON))
        if part is Part.HEAD:
            # A beard is no collar: its colour is common above the chin, too.
            strange = (likeness > NO_SKIN) & (odds > -BEARD_ODDS)
            odds = np.where(strange, np.maximum(odds, np.float32(2 * COLLAR_ODDS)), odds)
        # Single strands and shadows say little: a collar is a patch.
        within = own.astype(np.float32)
        odds = np.clip(odds, -2.0, 4.0) * within

        def calmed(sigma: float, odds: Floats = odds, within: Floats = within) -> Floats:
            return np.asarray(blur(odds, sigma) / np.maximum(blur(within, sigma), 0.05), np.float32)

        calm = calmed(1.5)
        collar = doubt & (calm > COLLAR_ODDS)
        if part is Part.HAIR and collar.any():
            # What may be either is what is beside it.
            collar |= doubt & (calm > -COLLAR_ODDS) & (calmed(BESIDE_COLLAR_PX) > 0.5 * COLLAR_ODDS)
            # Neither is the rim of a collar, where its colour mixes with others, a strand.
            rest = own & ~collar
            thin = doubt & rest & ~grow(shrink(rest, STRAND_PX), STRAND_PX + 1.0)
            collar |= thin & ((calm > 0.0) | grow(collar, 2.0 * STRAND_PX))
        out[collar] = Part.UPPER
    return out
