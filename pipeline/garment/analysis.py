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
from pipeline.garment.opening import find_inside, hood_behind
from pipeline.garment.parts import GarmentParts
from pipeline.garment.top import Top, TopReader, not_a_garment
from pipeline.masks import Bool, Floats, blur, box_of, components, depth, pixels_of, push_pull, touching
from pipeline.types import Alpha, Category, Image

WORK_SIDE = 900
"""Garments are measured at this long side of their outline's box, pixels; the drawn texture is this fine too."""

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
        mask = without_rim(work, without_shadow(work, mask))
        prediction = parts.predict(work, mask, Category.UPPER)
        mask = top_mask = without_gaps(work, mask, prediction)
    reader = None if straps is not None else TopReader(top_mask, prediction)
    inner = find_inside(work, mask, prediction, None if reader is None else reader.neck())
    top = None if reader is None else reader.read(inner)
    if top is not None:
        inner = np.maximum(inner, hood_behind(prediction, top) * mask)
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
