"""What a product photo shows: outline, parts, and the measures that fit it on a body."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.cutout import Cutout
from pipeline.errors import GarmentError
from pipeline.garment.bottom import Bottom, read_bottom, with_stripes, without_ground, without_hollow, without_rim
from pipeline.garment.dress import Straps, cut_bodice, is_dungarees, read_skirt, read_straps, without_back
from pipeline.garment.ground import without_gaps, without_shadow
from pipeline.garment.kind import kind_of
from pipeline.garment.neck import NECK_SIZE, SIDE, find_opening
from pipeline.garment.parts import GarmentParts, Part, PartsPrediction, Square
from pipeline.garment.top import LEAST_HOOD, Top, TopReader, not_a_garment
from pipeline.masks import (
    Bool,
    Floats,
    blur,
    box_of,
    components,
    depth,
    grow,
    guided,
    largest,
    like_first,
    pixels_of,
    push_pull,
    ramp,
    shrink,
    touching,
)
from pipeline.types import Alpha, Category, Image

TO_COLLAR, PLAIN_NECK, MOST_STRIP = 14.0, 30.0, 0.2
"""Pixels beyond a seen opening where the inside of the back may go on; 8-bit lightness between which a plain
inside and a plain front lie; and how much of the opening such a strip can be."""
NECK_EDGE = 4.0
"""Pixels of a garment's picture within which a neckline has no teeth."""
WORK_SIDE = 900
"""Garments are measured at this long side of their outline's box, pixels; the drawn texture is this fine too."""

NECK_BORDER = 0.08
"""Share of the close-up's side over which it gives way to the part model."""

HOOD_NECK = 0.55
"""How far down the close-up the opening of a hood may reach."""

HOOD_UP, HOOD_RIM = 0.35, 0.02
"""Chests: how far above the collar points the tip of a hood is that is photographed up, and how much of it goes
round a neck."""

NARROWEST = 0.4
"""Share of the way from collar to collar that an opening must span, else the close-up has missed it."""

MOST_NOTCHES = 1.5
"""How much larger an opening may be without its notches."""

SPOT = 0.3
"""Of the opening's largest piece: smaller ones are something else."""

WIDEST_DEEP = 0.38
"""Share of the close-up's width, below its middle: no neck is so wide so deep, a chest was taken for it."""

SURE_NECK, WEAKEST_NECK, PART_DOUBT, WHOLE_NECK = 0.75, 0.15, 0.30, 0.7
"""What the close-up says, 0..1, of an opening that it sees well, and at least of one that it hardly sees; how much
less the part model is believed then; share of the way from collar to collar that such an opening must span."""

_PAD = 24


@dataclass(frozen=True, slots=True)
class Garment:
    """A cut-out garment.

    `image` (H, W, 3) with the ground replaced by the garment's own colours, `alpha` (H, W) its outline without
    the inside of the back, `inner` (H, W) 0..1 that inside; `top` the measures of an upper garment or a bodice,
    `bottom` those of a lower garment or the lower part of a dress; `over_top` says that it is worn over a top
    (dungarees); `straps` measures what hangs on straps instead of shoulders.
    """

    image: Image
    alpha: Alpha
    inner: Floats
    category: Category
    top: Top | None
    mean_lab: NDArray[np.float32]
    bottom: Bottom | None = None
    over_top: bool = False
    straps: Straps | None = None


def normalised(image: Image, alpha: Alpha) -> tuple[Image, Alpha, float, NDArray[np.float64]]:
    """Crop to the outline, pad, and scale its long side to WORK_SIDE; `point * scale + move` is where things go.

    Raises GarmentError when the outline is empty.
    """
    solid = alpha > 0.5
    if np.count_nonzero(solid) < 500:
        raise not_a_garment()
    box = box_of(solid)
    crop, mask = image[box], alpha[box]
    scale = WORK_SIDE / max(crop.shape[:2])
    size = (max(8, round(crop.shape[1] * scale)), max(8, round(crop.shape[0] * scale)))
    mode = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    crop = cv2.resize(crop, size, interpolation=mode)
    mask = cv2.resize(mask, size, interpolation=cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR)
    # A small picture's soft edge would become a wide one.
    mask = np.clip((mask - 0.5) * max(1.0, 2.0 * scale) + 0.5, 0.0, 1.0)
    edge = dict(top=_PAD, bottom=_PAD, left=_PAD, right=_PAD)
    crop = cv2.copyMakeBorder(crop, **edge, borderType=cv2.BORDER_REPLICATE)
    mask = cv2.copyMakeBorder(mask, **edge, borderType=cv2.BORDER_CONSTANT, value=0.0)
    move = np.array([_PAD - box[1].start * scale, _PAD - box[0].start * scale], np.float64)
    return np.asarray(crop, np.uint8), np.asarray(mask, np.float32), float(scale), move


def _bleed(image: Image, alpha: Alpha) -> Image:
    """Replace the ground and the mixed rim by the colours just inside, so that no light fringe is drawn."""
    inside = depth(alpha > 0.9) > 2.5
    # What lies outside is drawn a few pixels wide at the most: half the size will do.
    size = (max(1, image.shape[1] // 2), max(1, image.shape[0] // 2))
    known = cv2.resize(inside.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.99
    half = push_pull(cv2.resize(image, size, interpolation=cv2.INTER_AREA), known)
    filled = cv2.resize(half, image.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    weight = blur(np.asarray(inside, np.float32), 0.8)
    rim = pixels_of((weight > 0.0) & ~inside)
    share = weight[rim][:, None]
    filled[rim] = image[rim].astype(np.float32) * share + filled[rim] * (1.0 - share)
    filled += 0.5
    out = np.asarray(np.clip(filled, 0, 255, out=filled), np.uint8)
    cv2.copyTo(image, inside.astype(np.uint8), out)
    return out


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


def _opening(work: Image, mask: Alpha, parts: PartsPrediction, neck: tuple[Square, float] | None) -> Floats:
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
    return _smooth(_to_collar(work, _without_spots(opening), mask), mask, hood)


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


def _hood_behind(parts: PartsPrediction, top: Top) -> Floats:
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


def _without_specks(solid: Bool) -> Bool:
    """A cut-out's outline without what is small beside it. Raises GarmentError."""
    count = np.count_nonzero(solid)
    if count / solid.size < 0.02:
        raise not_a_garment()
    labels, areas = components(solid)
    if areas.max() < 0.55 * count:
        raise GarmentError(
            "several_things",
            "There are several things in this picture. Please send one that shows only the garment.",
        )
    return np.asarray((areas >= 0.05 * areas.max())[labels])


def outline_of(image: Image, cutout: Cutout) -> tuple[Image, Alpha]:
    """The garment cut out, its box scaled to WORK_SIDE: picture and outline. Raises GarmentError."""
    alpha = cutout.product(image)
    alpha = np.where(touching(alpha > 0.02, _without_specks(alpha > 0.5)), alpha, np.float32(0.0))
    work, mask, _, _ = normalised(image, alpha)
    return work, mask


def analyse_garment(image: Image, cutout: Cutout, parts: GarmentParts, category: Category | None) -> Garment:
    """Cut the garment out and measure it. Raises GarmentError with code no_garment or several_things."""
    work, mask = outline_of(image, cutout)
    kind = category or kind_of(work, mask)
    if category is None and kind is Category.LOWER and read_straps(mask > 0.5) is not None:
        kind = Category.DRESS  # no skirt hangs on straps
    if kind is Category.LOWER:
        mask = without_rim(work, without_hollow(work, without_ground(work, with_stripes(mask))))
        return garment_of(work, mask, np.zeros_like(mask), kind, bottom=read_bottom(mask > 0.5))
    top_mask, bottom, straps, dungarees = mask, None, None, False
    if kind is Category.DRESS:
        mask = without_hollow(work, mask)
        bodice = cut_bodice(work, mask, parts)
        prediction, top_mask = bodice.prediction, bodice.alpha
        bottom = read_skirt(mask > 0.5, bodice.seam)
        dungarees = bottom is not None and is_dungarees(mask > 0.5, bottom)
        straps = read_straps(top_mask > 0.5, bib=dungarees)
        if straps is not None and straps.bib:
            mask = without_back(mask, straps)
    else:
        mask = without_shadow(work, mask)
        prediction = parts.predict(work, mask, Category.UPPER)
        mask = top_mask = without_gaps(work, mask, prediction)
    reader = None if straps is not None else TopReader(top_mask, prediction)
    inner = _opening(work, mask, prediction, None if reader is None else reader.neck())
    top = None if reader is None else reader.read(inner)
    if top is not None:
        inner = np.maximum(inner, _hood_behind(prediction, top) * mask)
    return garment_of(work, mask, inner, kind, top=top, bottom=bottom, straps=straps, over_top=dungarees)


def garment_of(
    work: Image,
    mask: Alpha,
    inner: Floats,
    category: Category,
    *,
    top: Top | None = None,
    bottom: Bottom | None = None,
    straps: Straps | None = None,
    over_top: bool = False,
) -> Garment:
    """A garment out of its normalised picture (H, W, 3), its outline, the inside of its back and its measures."""
    lab = cv2.mean(cv2.cvtColor(work, cv2.COLOR_RGB2LAB), (mask > 0.9).astype(np.uint8))
    return Garment(
        image=_bleed(work, mask),
        alpha=np.asarray(mask * (1.0 - inner), np.float32),
        inner=np.asarray(inner * mask, np.float32),
        category=category,
        top=top,
        mean_lab=np.asarray(lab[:3], np.float32),
        bottom=bottom,
        over_top=over_top,
        straps=straps,
    )
