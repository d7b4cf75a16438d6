"""Is the print of the garment still there? SIFT matches between product photo and result, minus chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.types import Image
from tests.quality.material import Flags

MIN_INLIERS = 25
TIMES_THE_NULL = 3
MAX_ANISOTROPY = 1.35
_RATIO = 0.8
_REPROJECTION_PX = 8.0
_NEEDED = 6


@dataclass(frozen=True, slots=True)
class Print:
    """`inliers` product to result, `null` product to the photo before; the map is judged at the print's centre."""

    inliers: int
    null: int
    mirrored: bool
    anisotropy: float

    @property
    def kept(self) -> bool:
        """Within all bars."""
        enough = self.inliers - self.null >= MIN_INLIERS and self.inliers >= TIMES_THE_NULL * self.null
        return enough and not self.mirrored and self.anisotropy <= MAX_ANISOTROPY


def compare(product: Image, cloth: Flags, before: Image, after: Image) -> Print:
    """Find the product's print in the result and, as the null, in the photo before."""
    sift = cv2.SIFT.create(nfeatures=4000, contrastThreshold=0.02)
    wanted = cv2.erode(cloth.astype(np.uint8), np.ones((7, 7), np.uint8))
    marks, words = sift.detectAndCompute(product, wanted)
    inliers, mapping, centre = _match(sift, marks, words, after)
    null, _, _ = _match(sift, marks, words, before)
    if mapping is None:
        return Print(inliers, null, mirrored=False, anisotropy=float("inf"))
    jacobian = _jacobian(mapping, centre)
    large, small = np.linalg.svd(jacobian, compute_uv=False)
    mirrored = bool(np.linalg.det(jacobian) <= 0)
    return Print(inliers, null, mirrored, float(large / max(small, 1e-9)))


def _match(
    sift: cv2.SIFT, marks: Sequence[cv2.KeyPoint], words: NDArray[np.float32] | None, photo: Image
) -> tuple[int, NDArray[np.float64] | None, NDArray[np.float64]]:
    there, found = sift.detectAndCompute(photo, None)
    nothing = (0, None, np.zeros(2))
    if words is None or found is None or len(found) < 2:
        return nothing
    pairs = cv2.BFMatcher().knnMatch(words, found, k=2)
    good = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < _RATIO * pair[1].distance]
    if len(good) < _NEEDED:
        return nothing
    source = np.array([marks[match.queryIdx].pt for match in good], np.float64)
    target = np.array([there[match.trainIdx].pt for match in good], np.float64)
    mapping, hit = cv2.findHomography(source, target, cv2.RANSAC, _REPROJECTION_PX, maxIters=4000)
    if mapping is None or hit is None or hit.sum() < _NEEDED:
        return nothing
    inside = hit[:, 0] > 0
    # Several marks on one spot are one witness.
    spots = {tuple(np.rint(point / 3).astype(int)) for point in target[inside]}
    return len(spots), np.asarray(mapping, np.float64), np.asarray(source[inside].mean(axis=0))


def _jacobian(mapping: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """How the homography stretches around a point, (2, 2)."""
    u, v, w = mapping @ np.array([at[0], at[1], 1.0])
    rows = [(mapping[0, :2] * w - mapping[2, :2] * u) / w**2, (mapping[1, :2] * w - mapping[2, :2] * v) / w**2]
    return np.stack(rows)
