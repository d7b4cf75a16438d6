"""Which pixels are repainted for a garment: the published rule, cut and widened by the new garment's lengths.

The published rule follows the outline of what is worn, and the network then draws the new garment with the old
one's hem. So the mask reaches to where the old or the new garment ends, whichever is further, in few steps that
tell neither; and bare forearms or shins that neither covers are kept as photographed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.engines.idm import agnostic as atr
from pipeline.garment.analysis import Garment
from pipeline.masks import Bool, Floats, Points, blur, grow, polygon
from pipeline.types import Category, Mask

# Shares of an arm from the shoulder, torsos below the shoulders: where a mask may end.
ARM_ENDS = (0.35, 0.6, 2.0)
HEM_ENDS = (1.1, 1.35, 1.7, 2.2, 3.5)
PAST = 0.08
"""Beyond the end of a garment that its mask reaches at the least."""
CLOSED = 14
"""Pixels of 512 over which the outline is closed: what is narrower tells of the old garment."""
SLEEVE_OF_CHEST, SLEEVES = (0.30, 0.75, 1.15, 1.40), (0.12, 0.31, 0.64, 0.95)
"""Lengths of a flat sleeve in chest widths, and the share of the arm it covers; as pipeline.fit.top has them."""

FEATHER, EDGE = 0.008, 0.0012
"""Of a canvas' height, over which what was drawn gives way to the photo, and at the edge of what stays."""
_PARTS = (
    *((atr.LEFT_ARM,), (atr.RIGHT_ARM,), (atr.LEFT_LEG,), (atr.RIGHT_LEG,), (atr.HAIR,), (atr.NECK,), (atr.BAG,)),
    *((atr.HAT, atr.SUNGLASSES, atr.HEAD), (atr.LEFT_SHOE, atr.RIGHT_SHOE)),
)
"""What of the person is no cloth."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Of a garment on a body: `sleeve` as share of the arm, `hem` in torsos below the shoulders."""

    sleeve: float
    hem: float


def lengths_of(garment: Garment) -> Lengths:
    """What the picture of a garment tells; long where it tells nothing."""
    top, bottom = garment.top, garment.bottom
    sleeve = 0.0 if top is not None else 1.0
    hem = 1.1
    if top is not None:
        chest = max(float(top.armpit[1][0] - top.armpit[0][0]), 1.0)
        for each in top.sleeves:
            if each is not None:
                share = float(np.interp(each.length / chest, SLEEVE_OF_CHEST, SLEEVES))
                sleeve = max(sleeve, share if each.covers is None else each.covers)
        shoulder = (top.shoulder[0][1] + top.shoulder[1][1]) / 2
        # A chest is about 0.6 torsos wide.
        hem = float(top.rows[-1] - shoulder) / chest * 0.6 if top.worn_hem is None else top.worn_hem
    if garment.category is not Category.UPPER:
        # Hips are about 0.7 torsos wide, and waists 0.85 torsos below the shoulders.
        hem = 3.0 if bottom is None else 0.85 + 0.7 * bottom.length / max(bottom.hip, 1.0)
    return Lengths(sleeve, hem)


def repaint(parse: atr.Parse, joints: Points, category: Category, new: Lengths, *, dresscode: bool) -> Mask:
    """The mask (512, 384) for a garment of `new` lengths; by DressCode's rule for networks trained on that."""
    if category is Category.LOWER:
        # The lower half of a dress goes with it.
        below = np.arange(parse.shape[0])[:, None] > _hips(joints)[1]
        parse = np.where((parse == atr.DRESS) & below, np.uint8(atr.SKIRT), parse)
    if dresscode:
        mask = atr.dresscode_mask(parse, joints, category, (parse.shape[1], parse.shape[0])) > 0
    else:
        mask = atr.demo_mask(parse, joints, category) > 0
    kept = np.isin(parse, (atr.HAT, atr.SUNGLASSES, atr.HEAD, atr.LEFT_SHOE, atr.RIGHT_SHOE, atr.BAG))
    hem = _end(max(new.hem, _old_hem(parse, joints, category)), HEM_ENDS)
    mask |= _trunk(parse, joints, category, hem)
    square = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * CLOSED + 1, 2 * CLOSED + 1))
    mask = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, square) > 0
    if category is not Category.LOWER:
        kept |= _bare_arms(parse, joints, new.sleeve)
    if category is not Category.UPPER:
        kept |= np.isin(parse, (atr.LEFT_LEG, atr.RIGHT_LEG)) & (_along(parse.shape, joints) > hem)
    return np.where(mask & ~kept, np.uint8(255), np.uint8(0))


def shares_of(mask: Mask, parse: atr.Parse, size: tuple[int, int]) -> Floats:
    """How much of each pixel of a canvas of `size` comes from what was drawn (H, W), 0..1: everything within
    `mask`, less and less beyond.

    Of the body it goes on only where the same part was repainted: a forearm before a shirt stays as photographed.
    """
    inside = cv2.resize(mask, size, interpolation=cv2.INTER_LINEAR) > 127
    labels = cv2.resize(parse, size, interpolation=cv2.INTER_NEAREST)
    shares = _feathered(inside, size)
    for part in _PARTS:
        own = np.isin(labels, part)
        beyond = own & ~inside
        if beyond.any():
            shares = np.where(beyond, _feathered(inside & own, size), shares)
    return np.clip(blur(shares, EDGE * size[1]), 0.0, 1.0)


def _feathered(inside: Bool, size: tuple[int, int]) -> Floats:
    feather = FEATHER * size[1]
    return blur(grow(inside, 2 * feather), feather)


def _end(length: float, ends: tuple[float, ...]) -> float:
    return next((end for end in ends if end >= length + PAST), ends[-1])


def _shoulders(joints: Points) -> Points:
    return np.asarray(joints[[atr.RIGHT_SHOULDER, atr.LEFT_SHOULDER]], np.float64)


def _hips(joints: Points) -> Points:
    """The middle of the hips; below the shoulders where they are not seen."""
    hips = joints[[8, 11]]
    if (hips > 0).any(axis=1).all():
        return np.asarray(hips.mean(axis=0), np.float64)
    shoulders = _shoulders(joints)
    wide = abs(float(shoulders[0, 0] - shoulders[1, 0]))
    return np.asarray(shoulders.mean(axis=0) + np.array([0.0, 1.6 * wide]), np.float64)


def _along(shape: tuple[int, ...], joints: Points) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Torsos below the shoulders (H, W)."""
    start = _shoulders(joints).mean(axis=0)
    down = _hips(joints) - start
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]]
    return np.asarray(((xs - start[0]) * down[0] + (ys - start[1]) * down[1]) / max(float(down @ down), 1.0))


def _old_hem(parse: atr.Parse, joints: Points, category: Category) -> float:
    """Where the old garment ends, torsos below the shoulders."""
    labels = {
        Category.UPPER: (atr.UPPER, atr.DRESS),
        Category.LOWER: (atr.TROUSERS, atr.SKIRT),
        Category.DRESS: (atr.UPPER, atr.DRESS, atr.TROUSERS, atr.SKIRT),
    }[category]
    cloth = _along(parse.shape, joints)[np.isin(parse, labels)]
    return float(np.percentile(cloth, 98)) if len(cloth) else 0.0


def _trunk(parse: atr.Parse, joints: Points, category: Category, hem: float) -> Bool:
    """Where a garment hangs that ends at `hem`: a trapezium below the shoulders, or below the waist."""
    shoulders, hips = _shoulders(joints), _hips(joints)
    middle = shoulders.mean(axis=0)
    down = hips - middle
    half = np.array([abs(float(shoulders[0, 0] - shoulders[1, 0])) / 2, 0.0])
    start = middle + down * (0.85 if category is Category.LOWER else 0.05)
    end = middle + down * hem
    corners = np.stack([start - half, start + half, end + 1.25 * half, end - 1.25 * half])
    shape = polygon(parse.shape, corners)
    if category is Category.LOWER:
        shape &= ~np.isin(parse, (atr.UPPER, atr.LEFT_ARM, atr.RIGHT_ARM))
    return np.asarray(shape)


def _bare_arms(parse: atr.Parse, joints: Points, sleeve: float) -> Bool:
    """What of bare arms neither the old nor the new sleeve covers."""
    kept = np.zeros(parse.shape, bool)
    ys, xs = np.mgrid[0 : parse.shape[0], 0 : parse.shape[1]]
    for places, label in (
        ((atr.RIGHT_SHOULDER, atr.RIGHT_ELBOW, atr.RIGHT_WRIST), atr.RIGHT_ARM),
        ((atr.LEFT_SHOULDER, atr.LEFT_ELBOW, atr.LEFT_WRIST), atr.LEFT_ARM),
    ):
        chain = joints[list(places)]
        if not (chain > 0).any(axis=1).all():
            continue
        share = _share_along(np.stack([xs, ys], axis=2).astype(np.float64), chain)
        old = share[(parse == atr.UPPER) & grow(parse == label, 4.0)]
        covered = float(np.percentile(old, 90)) if len(old) else 0.0
        kept |= (parse == label) & (share > _end(max(sleeve, covered), ARM_ENDS))
    return kept


def _share_along(points: np.ndarray[tuple[int, ...], np.dtype[np.float64]], chain: Points) -> Points:
    """Share of the arm shoulder, elbow, wrist at which each point (H, W, 2) lies beside it."""
    upper, lower = chain[1] - chain[0], chain[2] - chain[1]
    lengths = float(np.hypot(*upper)), float(np.hypot(*lower))
    total = max(sum(lengths), 1.0)
    on_upper = (points - chain[0]) @ upper / max(lengths[0], 1.0)
    on_lower = (points - chain[1]) @ lower / max(lengths[1], 1.0)
    return np.asarray(np.where(on_lower > 0, lengths[0] + on_lower, np.minimum(on_upper, lengths[0])) / total)
