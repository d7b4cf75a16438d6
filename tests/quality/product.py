"""The garment in its product photo: our own mask of it, and the same photo in a colour nothing else has.

Where the new garment lies in a result is found by that colour: a *probe*, the product photo recoloured to one hue
that is absent from the person's photo, is tried on as well, and the pixels of that hue are the garment. No mask of
the engine is needed, and nothing about its way of painting is assumed.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.types import Image
from tests.quality.material import Flags, Garment, load, load_classes

HUES_DEG = (120, 300, 240, 180)
"""Green, magenta, blue, cyan: far from skin and from each other."""

_NEAR_HUE_DEG = 24
_MIN_SATURATION = 0.42
_MIN_VALUE = 30


def product_mask(garment: Garment, photo: Image) -> Flags:
    """Where the cloth is: the data set's mask where there is one, else all that is not the even ground."""
    if garment.mask is not None:
        classes = load_classes(garment.mask)
        return np.asarray((classes if classes.ndim == 2 else classes[..., 0]) > 127)
    return off_the_ground(photo, garment.tolerance)


def off_the_ground(photo: Image, tolerance: float) -> Flags:
    """The largest thing that the border's own colour (CIE76 below `tolerance`) does not connect with the border.

    Holds for the product photos of labels.toml, each looked at; a white garment on white is found by its edge.
    """
    soft = cv2.GaussianBlur(photo, (0, 0), 1.0)
    lab = cv2.cvtColor(soft.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    rim = np.concatenate([part.reshape(-1, 3) for part in (lab[:4], lab[-4:], lab[:, :4], lab[:, -4:])])
    near = np.linalg.norm(lab - np.median(rim, axis=0), axis=2) < tolerance
    _, parts = cv2.connectedComponents(near.astype(np.uint8), connectivity=4)
    border = np.unique(np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]]))
    things = (~np.isin(parts, border[border > 0])).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(things)
    return np.asarray(labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA])))


def has_hue(photo: Image, hue_deg: int) -> Flags:
    """Pixels clearly of that hue, in light and in shade."""
    hsv = cv2.cvtColor(photo.astype(np.float32) / 255, cv2.COLOR_RGB2HSV)
    away = np.abs((hsv[..., 0] - hue_deg + 180) % 360 - 180)
    return np.asarray((away < _NEAR_HUE_DEG) & (hsv[..., 1] > _MIN_SATURATION) & (hsv[..., 2] * 255 > _MIN_VALUE))


def rarest_hue(photo: Image) -> int:
    """The hue of HUES_DEG that fewest pixels of a photo have; the first of them when none is there."""
    return min(HUES_DEG, key=lambda hue: int(has_hue(photo, hue).sum()))


def recoloured(photo: Image, cloth: Flags, hue_deg: int) -> Image:
    """The product photo with its cloth in one strong hue; light and dark keep their order, the ground stays."""
    hsv = cv2.cvtColor(photo.astype(np.float32) / 255, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = hue_deg
    hsv[..., 1] = 0.85
    hsv[..., 2] = 0.42 + 0.45 * hsv[..., 2]
    painted = np.rint(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB) * 255).clip(0, 255)
    soft = cv2.GaussianBlur(cloth.astype(np.float32), (0, 0), 0.8)[..., None]
    return np.asarray(np.rint(painted * soft + photo * (1 - soft)), np.uint8)


def load_product(garment: Garment) -> tuple[Image, Flags]:
    """The photo and its mask."""
    photo = load(garment.file, garment.sample)
    return photo, product_mask(garment, photo)
