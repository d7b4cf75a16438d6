"""The garment in its product photo: our own mask of it, and the same photo in a colour nothing else has.

Where the new garment lies in a result is found by that colour: a *probe*, the product photo recoloured to one hue
that is absent from the person's photo, is tried on as well, and the pixels of that hue are the garment. No mask of
the engine is needed, and nothing about its way of painting is assumed. Colour can decide how the engine cuts the
garment out, so as sold it must show its own colours in the same place as well (`in_its_colours`).
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.types import Image
from tests.quality.material import Flags, Garment, load, load_classes
from tests.quality.measures import lab

HUES_DEG = (120, 300, 240, 180)
"""Green, magenta, blue, cyan: far from skin and from each other."""

_NEAR_HUE_DEG = 24
_MIN_SATURATION = 0.42
_MIN_VALUE = 30

_PALETTE = 16
_SAMPLED = 4000
_LIGHT_COUNTS = 0.35  # shading moves lightness far more than hue
_SAME_CLOTH = 14.0  # CIE76 with lightness so weighted; skin is 20 away from black and from white


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
    colours = lab(soft)
    rim = [part.reshape(-1, 3) for part in (colours[:4], colours[-4:], colours[:, :4], colours[:, -4:])]
    near = np.linalg.norm(colours - np.median(np.concatenate(rim), axis=0), axis=2) < tolerance
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


def in_its_colours(image: Image, product: Image, cloth: Flags) -> Flags:
    """Pixels that could be the garment: near one of the colours that make it up, in whatever light."""
    colours = lab(product)[cloth]
    sample = np.ascontiguousarray(colours[:: max(1, len(colours) // _SAMPLED)])
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    cv2.setRNGSeed(1)
    _, _, palette = cv2.kmeans(sample, _PALETTE, np.empty(0, np.int32), stop, 1, cv2.KMEANS_PP_CENTERS)
    weight = np.array([_LIGHT_COUNTS, 1, 1], np.float32)
    pixels = lab(image) * weight
    nearest = np.min([np.linalg.norm(pixels - colour * weight, axis=2) for colour in palette], axis=0)
    strange = cv2.morphologyEx((nearest > _SAME_CLOTH).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return np.asarray(strange == 0)


def load_product(garment: Garment) -> tuple[Image, Flags]:
    """The photo and its mask."""
    photo = load(garment.file, garment.sample)
    return photo, product_mask(garment, photo)
