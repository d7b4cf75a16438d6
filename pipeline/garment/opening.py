"""Where the inside of a top's back shows in the opening of its neck: there the wearer's own neck is seen."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.garment.neck import NECK_SIZE, SIDE, find_opening
from pipeline.garment.neckline import along_front
from pipeline.garment.parts import Part, PartsPrediction, Square
from pipeline.garment.top import LEAST_HOOD, Top
from pipeline.masks import Bool, Floats, blur, box_of, grow, guided, largest, like_first, ramp, shrink, touching
from pipeline.types import Alpha, Image

SURE_NECK, WEAKEST_NECK, PART_DOUBT, WHOLE_NECK = 0.75, 0.15, 0.30, 0.7
"""What the close-up says, 0..1, of an opening that it sees well, and at least of one that it hardly sees; how much
less the part model is believed then; share of the way from collar to collar that such an opening must span."""

NECK_BORDER = 0.08
"""Share of the close-up's side over which it gives way to the part model."""

NARROWEST = 0.4
"""Share of the way from collar to collar that an opening must span, else the close-up has missed it."""

WIDEST_DEEP = 0.38
"""Share of the close-up's width, below its middle: no neck is so wide so deep, a chest was taken for it."""

HOOD_NECK = 0.55
"""How far down the close-up the opening of a hood may reach."""

HOOD_UP, HOOD_RIM = 0.35, 0.02
"""Chests: how far above the collar points the tip of a hood is that is photographed up, and how much of it goes
round a neck."""

MOST_NOTCHES = 1.5
"""How much larger an opening may be without its notches."""

SPOT = 0.3
"""Of the opening's largest piece: smaller ones are something else."""

TO_COLLAR, PLAIN_NECK, MOST_STRIP = 14.0, 30.0, 0.2
"""Pixels beyond a seen opening where the inside of the back may go on; 8-bit lightness between which a plain
inside and a plain front lie; and how much of the opening such a strip can be."""

NECK_EDGE = 4.0
"""Pixels of a garment's picture within which a neckline has no teeth."""


def find_inside(work: Image, mask: Alpha, parts: PartsPrediction, neck: tuple[Square, float] | None) -> Floats:
    """The inside of the back (H, W) 0..1: what the part model sees of it, and the closer look at the `neck`."""
    inner, hood = blur(parts.probability(Part.INNER), 4.0), parts.probability(Part.HOOD) > 0.5
    if neck is not None:
        (left, top, side), gap = neck
        y0, x0 = max(top, 0), max(left, 0)
        y1, x1 = min(top + side, mask.shape[0]), min(left + side, mask.shape[1])
        cut = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
        part = np.zeros((side, side), np.float32)
        part[cut] = inner[y0:y1, x0:x1]
        near = _clear(blur(find_opening(work, mask, neck[0]), 0.6 * side / NECK_SIZE), part, gap)
        # The look is believed except at its sides and below, where a front may go on open.
        from_end = np.clip(np.arange(side)[::-1] / (NECK_BORDER * side), 0.0, 1.0).astype(np.float32)
        trust = np.minimum(np.minimum(from_end, from_end[::-1])[None], from_end[:, None])
        if hood.sum() > LEAST_HOOD * (side / SIDE) ** 2:
            # Between the cords of a hood there is no opening, though it looks like one.
            trust[round(HOOD_NECK * side) :] = 0.0
        seen = largest(near > 0.5)
        deep = (seen[round(0.6 * side) : round(0.7 * side)]).mean() > WIDEST_DEEP
        if deep or seen.any(axis=0).sum() < NARROWEST * gap:
            trust[...] = 0.0
        # The bands of a closed front look like a second one.
        near *= touching(near > 0.35, seen)
        inner[y0:y1, x0:x1] += (near[cut] - inner[y0:y1, x0:x1]) * trust[cut]
    inner = _convex(_behind_neck(inner * mask, mask, hood)) * mask
    # Let the collar's edge have its way.
    inner = guided(work, inner, 5.0, 1e-3)
    opening = np.asarray(np.clip((inner - 0.38) / 0.24, 0.0, 1.0), np.float32)
    opening = _to_collar(work, _without_spots(opening), mask)
    if not hood.any():
        opening = along_front(work, opening, mask)
    return _smooth(opening, mask, hood)


def _clear(near: Floats, part: Floats, gap: float) -> Floats:
    """The close-up's word `near` (side, side) 0..1; a weak one is raised, with the part model's `part` if need be.

    It must have the shape of a neck: alike on both sides of the middle, from collar to collar, `gap` pixels apart.
    """

    def alike(chance: Floats) -> Floats:
        even = np.sqrt(chance * chance[:, ::-1])
        return np.asarray(even / max(float(np.percentile(even, 99.5)), WEAKEST_NECK), np.float32)

    if not WEAKEST_NECK < float(near.max()) < SURE_NECK:
        return near
    own = np.minimum(alike(near), 1.0)
    for raised in (own, np.clip(alike(part) - PART_DOUBT, own, 1.0)):
        seen = largest(raised > 0.5)
        if int(seen.any(axis=0).sum()) > WHOLE_NECK * gap and int(seen.sum(axis=0).max()) < gap:
            return np.asarray(raised, np.float32)
    return near


def _behind_neck(inner: Floats, mask: Alpha, hood: Bool) -> Floats:
    """The band of collar above the inside of the back belongs to the back too: it lies behind the neck.

    What stands up of a `hood` does not: its rim goes round the neck.
    """
    seen = (inner > 0.5) & (np.arange(inner.shape[0])[:, None] < 0.5 * inner.shape[0])
    seen = largest(seen)
    columns = np.flatnonzero(seen.any(axis=0))
    if len(columns) < 4:
        return inner
    lowest = inner.shape[0] - np.argmax(seen[::-1, columns], axis=0)
    above = (np.arange(inner.shape[0])[:, None] < lowest[None]) & ~hood[:, columns]
    filled = inner.copy()
    filled[:, columns] = np.maximum(filled[:, columns], above * mask[:, columns])
    return filled


def _convex(inner: Floats) -> Floats:
    """The opening without notches: stripes and prints hide where the front ends, and necklines have no teeth."""
    seen = largest(inner > 0.5, 0.1)
    if not seen.any():
        return inner
    hull = np.zeros(inner.shape, np.uint8)
    cv2.fillConvexPoly(hull, cv2.convexHull(cv2.findNonZero(seen.astype(np.uint8))), 1)
    # Lapels and what is open to the hem are meant to be hollow.
    if int(hull.sum()) > MOST_NOTCHES * int(seen.sum()):
        return inner
    return np.asarray(np.maximum(inner, hull), np.float32)


def _without_spots(opening: Floats) -> Floats:
    """A spot elsewhere, as below the last button of a dark band, is the front."""
    return np.asarray(opening * touching(opening > 0.02, largest(opening > 0.5, SPOT)), np.float32)


def _to_collar(work: Image, inner: Floats, mask: Alpha) -> Floats:
    """The opening as far as the inside's own shade goes: a strip of it would lie along the neckline."""
    seen = inner > 0.5
    if not seen.any():
        return inner
    edge = round(2.0 * TO_COLLAR) + 2
    rows, columns = box_of(seen)
    box = (
        slice(max(0, rows.start - edge), rows.stop - 1 + edge),
        slice(max(0, columns.start - edge), columns.stop - 1 + edge),
    )
    part, cloth = seen[box], mask[box] > 0.9
    near = grow(part, TO_COLLAR) & cloth
    front = grow(part, 2.0 * TO_COLLAR) & cloth & ~near
    light = cv2.cvtColor(np.ascontiguousarray(work[box]), cv2.COLOR_RGB2LAB)[..., 0]
    for plain in (shrink(part, TO_COLLAR) & cloth, front):
        if not plain.any() or float(np.ptp(np.percentile(light[plain], (10, 90)))) > PLAIN_NECK:
            return inner
    # Where a front closes, its own shade begins: much further down only the point of a V is open.
    last = int(np.flatnonzero(part.any(axis=1))[-1])
    off = np.abs(np.arange(part.shape[1]) - np.flatnonzero(part[last]).mean())
    below = np.arange(last + 1, len(part))[:, None] - last
    near[last + 1 :] &= (below < 0.7 * TO_COLLAR) | (off < 2.0 * (TO_COLLAR - below))
    alike = like_first(np.ascontiguousarray(work[box]), shrink(part, 3.0) & cloth, front, 0.7) & near
    # Threads along a seam are none of it.
    alike = touching(grow(shrink(alike | part, 2.0), 2.0), part) & (alike | part)
    if (alike & ~part).sum() > MOST_STRIP * part.sum():
        return inner
    whole = inner.copy()
    whole[box] = np.maximum(whole[box], blur(alike.astype(np.float32), 0.8))
    return whole


def _smooth(inner: Floats, mask: Alpha, hood: Bool) -> Floats:
    """The opening with an edge as smooth as a neckline, not as the stripes and ribs beside it.

    Nothing of the collar stays above it.
    """
    seen = largest(inner > 0.5)
    columns = np.flatnonzero(seen.any(axis=0))
    if len(columns) < 4:
        return inner
    first = np.argmax(seen[:, columns], axis=0)
    open_above = (np.arange(len(inner))[:, None] < first[None] + 1) & ~hood[:, columns]
    open_above &= (np.arange(len(inner))[:, None] > first[None] - 4.0 * NECK_EDGE) | (mask[:, columns] < 0.5)
    whole = inner.copy()
    whole[:, columns] = np.maximum(whole[:, columns], open_above)
    soft = blur(whole, NECK_EDGE)
    return np.asarray(np.clip((soft - 0.5) * NECK_EDGE + 0.5, 0.0, 1.0), np.float32)


def hood_behind(parts: PartsPrediction, top: Top) -> Floats:
    """What of a hood photographed up (H, W) 0..1 lies on the back when it is worn: all but its rim."""
    hood = parts.probability(Part.HOOD) > 0.5
    chest = float(top.armpit[1][0] - top.armpit[0][0])
    level = float(top.collar[0][1] + top.collar[1][1]) / 2
    stands = np.flatnonzero(hood.any(axis=1))
    if hood.sum() < LEAST_HOOD * chest**2 or level - stands[0] < HOOD_UP * chest:
        return np.zeros(hood.shape, np.float32)
    rows = np.arange(hood.shape[0], dtype=np.float32)[:, None]
    above = ramp(rows, level - HOOD_RIM * chest, level - (HOOD_RIM + 0.01) * chest)
    return np.asarray(np.broadcast_to(above, hood.shape), np.float32)
