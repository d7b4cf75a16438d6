"""Ground that a cut-out takes for the garment: between a sleeve and the side it lies against, or in its shadow."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.cutout import in_shade
from pipeline.garment.parts import Part, PartsPrediction
from pipeline.masks import Bool, blur, components, distance, grow, largest, length, shrink, touching
from pipeline.types import Alpha, Image

LIKE_GROUND = 10.0
"""8-bit Lab from the ground's colour."""
SHADE_HUE = 4.0
"""The same scale: how far a shadow on the ground may be from its hue."""
MOST_ALIKE = 0.05
"""Share of a garment that may have such colours: one that has more may be made of them."""
SMALLEST, LARGEST = 0.001, 0.04
"""Shares of the garment: smaller ones are no gaps, larger ones no ground."""
SEEN = 0.25
"""Score of an armpit's landmark that is believed."""
MIDDLE, ABOVE_PIT = 0.3, 0.25
"""Chests from the middle, and above the armpits, where no gap is."""
LEAST_TEXTURE, EVEN_TEXTURE, SMOOTH = 1.2, 0.5, 0.35
"""Detail of cloth, of 255, that has a texture; share of it that nearly all of the cloth has, and that ground in
shade has at the most."""
DEEPEST_SHADOW = 0.035
"""Of the picture's long side: how far inside the outline a shadow's ground may reach."""
BESIDE = 3.5
"""Pixels, at half the size, from the seam as the part model has it."""


def without_shadow(work: Image, mask: Alpha) -> Alpha:
    """`mask` (H, W) 0..1 without the shadow next to evenly textured cloth: it is smooth, the cloth is not."""
    solid = mask > 0.5
    luma = cv2.cvtColor(work, cv2.COLOR_RGB2GRAY).astype(np.float32)
    detail = blur(np.abs(luma - blur(luma, 1.2)), 2.5)
    inside = detail[shrink(solid, 10.0)]
    usual = float(np.median(inside)) if len(inside) else 0.0
    if usual < LEAST_TEXTURE or float(np.percentile(inside, 10)) < EVEN_TEXTURE * usual:
        return mask
    near = distance(~solid) < DEEPEST_SHADOW * max(solid.shape)
    smooth = ~solid | ((detail < SMOOTH * usual) & near)
    rim = touching(smooth, ~solid) & solid
    rim = grow(shrink(rim, 2.5), 3.0) & rim
    if rim.sum() > LARGEST * solid.sum():
        return mask
    # What is left is as smooth as a hem.
    ground = 2.0 * blur(grow(rim, 2.0).astype(np.float32), 2.5) - 0.5
    return np.asarray(mask * (1.0 - np.clip(ground, 0.0, 1.0)), np.float32)


def without_gaps(work: Image, mask: Alpha, parts: PartsPrediction) -> Alpha:
    """`mask` (H, W) 0..1 without the ground between sleeves and trunk; `work` (H, W, 3) the garment's picture."""
    # Every second pixel tells it.
    half = (slice(None, None, 2), slice(None, None, 2))
    labels, outside, solid = parts.labels[half], mask[half] < 0.02, mask[half] > 0.5
    sleeves = largest((labels == Part.LEFT_SLEEVE) & solid) | largest((labels == Part.RIGHT_SLEEVE) & solid)
    pits = (parts.landmarks["armpit_left"], parts.landmarks["armpit_right"])
    if not outside.any() or not sleeves.any() or min(pit.score for pit in pits) < SEEN:
        return mask
    lab = cv2.cvtColor(np.ascontiguousarray(work[half]), cv2.COLOR_RGB2LAB)
    off = cv2.subtract(lab, (*np.median(lab[outside], axis=0).tolist(), 0.0), dtype=cv2.CV_32F)
    inside = ((length(off) < LIKE_GROUND) | in_shade(off, SHADE_HUE)) & solid
    if np.count_nonzero(inside) > MOST_ALIKE * np.count_nonzero(solid):
        return mask
    patches = grow(shrink(inside, 1.0), 1.0) & inside
    rows, columns = (2 * grid for grid in np.ogrid[: len(solid), : solid.shape[1]])
    chest = pits[1].x - pits[0].x
    middle = np.abs(columns - (pits[0].x + pits[1].x) / 2) < MIDDLE * chest
    trunk = middle | (rows < min(pit.y for pit in pits) - ABOVE_PIT * chest)
    gaps = _beside_seam(patches, sleeves, solid, trunk)
    if not gaps.any():
        return mask
    # With the mixed colours of its edge.
    open_ = cv2.resize(grow(gaps, 1.5).astype(np.float32), mask.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(mask * (1.0 - blur(open_, 0.8)), np.float32)


def _beside_seam(patches: Bool, sleeves: Bool, solid: Bool, chest: Bool) -> Bool:
    """The `patches` (H, W) that lie between sleeve and trunk; a print, which reaches the `chest`, does not."""
    area = np.count_nonzero(solid)
    labels, areas = components(patches)
    fits = (areas > SMALLEST * area) & (areas < LARGEST * area)
    fits[0] = False
    if not fits.any():
        return np.zeros_like(patches)
    seam = grow(sleeves, BESIDE) & grow(solid & ~sleeves & ~patches, BESIDE)
    met = np.bincount(labels[seam].ravel(), minlength=len(areas)) > 0
    met &= np.bincount(labels[chest].ravel(), minlength=len(areas)) == 0
    return np.asarray((fits & met)[labels])
