"""The measures: plain functions of pictures and masks. Pictures are RGB uint8, masks bool (H, W)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.types import Image
from tests.quality.material import Flags
from tests.quality.sightings import Points

SAME_PX_VALUE = 8
"""A channel may move this far before a pixel counts as changed: JPEG noise, feathered edges."""

_SAME_COLOUR = 6.0  # CIE76: below, nobody tells two patches apart
_DETAIL_SIGMA_PX = 2.0
_MAX_PSNR_DB = 99.0
Floats = NDArray[np.float32]


def lab(photo: Image) -> Floats:
    """CIE L*a*b*, float32."""
    return np.asarray(cv2.cvtColor(photo.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)


def psnr_db(before: Image, after: Image, where: Flags) -> float:
    """Peak signal to noise of the pixels in `where`; identical ones give 99."""
    error = (before[where].astype(np.float64) - after[where].astype(np.float64)) ** 2
    mean = float(error.mean())
    return _MAX_PSNR_DB if mean == 0 else min(_MAX_PSNR_DB, float(10 * np.log10(255**2 / mean)))


def changed(before: Image, after: Image, by_more_than: int = 0) -> Flags:
    """Pixels with a channel that moved."""
    return np.asarray(np.abs(before.astype(np.int16) - after.astype(np.int16)).max(axis=2) > by_more_than)


def far_from(mask: Flags, pixels: int) -> Flags:
    """Everything more than `pixels` away from the mask."""
    distance = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(distance > pixels)


def largest(mask: Flags) -> Flags:
    """The largest connected piece of the mask."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if len(stats) < 2:
        return np.zeros_like(mask)
    return np.asarray(labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()))


def left_visible(before: Image, after: Image, clothes: Flags, garment: Flags, body: Flags) -> float:
    """Share of the old clothes that look as before and are not under the new garment.

    Before a wall of their own colour they are gone where the result is nearer to the colour of the ground beside
    them than to theirs; `body` holds all that is no ground.
    """
    off = np.linalg.norm(lab(before) - lab(after), axis=2)
    gone = np.linalg.norm(lab(after) - ground_beside(before, body), axis=2) < off
    return float(((off < _SAME_COLOUR) & ~gone & clothes & ~garment).sum() / clothes.sum())


def ground_beside(photo: Image, body: Flags) -> Floats:
    """CIE L*a*b* of the ground nearest to each pixel, calmed over a few pixels of it."""
    ground = ~np.asarray(cv2.dilate(body.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0)
    if not ground.any():
        return np.full((*body.shape, 3), np.inf, np.float32)
    weight = cv2.GaussianBlur(ground.astype(np.float32), (0, 0), 4.0)
    calm = cv2.GaussianBlur(lab(photo) * ground[..., None], (0, 0), 4.0) / np.maximum(weight, 1e-3)[..., None]
    _, labels = cv2.distanceTransformWithLabels(
        (~ground).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    colours = np.zeros((int(labels.max()) + 1, 3), np.float32)
    colours[labels[ground]] = calm[ground]
    return np.asarray(colours[labels], np.float32)


def covered(clothes: Flags, garment: Flags) -> float:
    """Share of the old clothes under the new garment."""
    return float((clothes & garment).sum() / clothes.sum())


def holes(garment: Flags, clothes: Flags) -> float:
    """Gaps enclosed by the garment, as a share of it, over old clothes: an arm on the hip encloses background."""
    contours, _ = cv2.findContours(garment.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(garment.shape, np.uint8)
    cv2.drawContours(filled, contours, -1, 1, cv2.FILLED)
    return float(((filled > 0) & ~garment & clothes).sum() / max(1, int(garment.sum())))


def colour_distance(result: Image, garment: Flags, product: Image, cloth: Flags) -> float:
    """CIE76 between the mean colours of the garment as worn and in its product photo, edges left out."""
    worn = lab(result)[inner(garment)].mean(axis=0)
    sold = lab(product)[inner(cloth)].mean(axis=0)
    return float(np.linalg.norm(worn - sold))


def inner(mask: Flags, pixels: int = 4) -> Flags:
    """The mask without its rim, where shadows and blended edges are; all of it when it is too thin for that."""
    small = cv2.erode(mask.astype(np.uint8), np.ones((2 * pixels + 1,) * 2, np.uint8)) > 0
    return np.asarray(small) if small.any() else mask


def arm_band(arm: Points, reach: float, shape: tuple[int, int], start: float = 0.08) -> Flags:
    """A narrow band along the bones from `start`, just under the shoulder, to `reach` (1 = wrist)."""
    upper, fore = np.hypot(*(arm[1] - arm[0])), np.hypot(*(arm[2] - arm[1]))
    elbow = upper / max(upper + fore, 1e-6)
    path = [_along(arm, at, elbow) for at in np.linspace(start, reach, 24)]
    canvas = np.zeros(shape, np.uint8)
    width = max(2, round(0.10 * upper))
    cv2.polylines(canvas, [np.rint(path).astype(np.int32)], isClosed=False, color=1, thickness=width)
    return canvas > 0


def _along(arm: Points, at: float, elbow: float) -> Points:
    if at <= elbow:
        return np.asarray(arm[0] + (arm[1] - arm[0]) * (at / elbow))
    return np.asarray(arm[1] + (arm[2] - arm[1]) * ((at - elbow) / (1 - elbow)))


def detail_ratio(result: Image, garment: Flags, product: Image, cloth: Flags) -> float:
    """Contrast of fine detail as worn over the same in the product photo brought to the worn size."""
    scale = float(np.sqrt(garment.sum() / cloth.sum()))
    height, width = product.shape[:2]
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    mode = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(product, size, interpolation=mode)
    small_cloth = cv2.resize(cloth.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    return _detail(result, inner(garment, 8)) / max(_detail(small, inner(np.asarray(small_cloth), 8)), 0.25)


def _detail(photo: Image, where: Flags) -> float:
    luma = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return float((luma - cv2.GaussianBlur(luma, (0, 0), _DETAIL_SIGMA_PX))[where].std())


def ssim(a: Image, b: Image, where: Flags) -> float:
    """Mean structural similarity of luma in `where` (Wang et al. 2004: Gaussian window, sigma 1.5)."""
    x, y = (cv2.cvtColor(p, cv2.COLOR_RGB2GRAY).astype(np.float64) for p in (a, b))

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(cv2.GaussianBlur(values, (11, 11), 1.5), np.float64)

    mx, my = mean(x), mean(y)
    vx, vy, vxy = mean(x * x) - mx * mx, mean(y * y) - my * my, mean(x * y) - mx * my
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    value = ((2 * mx * my + c1) * (2 * vxy + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2))
    return float(value[where].mean())


def overlap(a: Flags, b: Flags) -> float:
    """Intersection over union."""
    return float((a & b).sum() / max(1, int((a | b).sum())))
