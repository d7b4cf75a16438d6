"""Which pixels are repainted, from a parse of the person and their joints: what TryonNet was trained to be given.

Two rules: the demo's, made for VITON-HD's upper garments, and DressCode's, on whose masks the second TryonNet was
trained. Joints are always given for a picture of 384 x 512.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from pipeline.masks import Bool, Points
from pipeline.types import Category, Mask

Parse = NDArray[np.uint8]
"""(H, W) of labels."""

# Labels of the ATR data set, as a human parser gives them; 18 is the neck, split off the head.
HAT, HAIR, SUNGLASSES, UPPER, SKIRT, TROUSERS, DRESS, BELT, LEFT_SHOE, RIGHT_SHOE, HEAD = range(1, 12)
LEFT_LEG, RIGHT_LEG, LEFT_ARM, RIGHT_ARM, BAG, SCARF, NECK = range(12, 19)

# Joints in OpenPose's order of 18, (0, 0) where not seen.
RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST, LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST = range(2, 8)
_ARMS = (
    (RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST, RIGHT_ARM),
    (LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST, LEFT_ARM),
)


def _are(parse: Parse, labels: Iterable[int]) -> Bool:
    return np.isin(parse, list(labels))


def _dilate(mask: Bool, side: int, times: int) -> Bool:
    """By a square of `side` pixels, `times` over."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8), iterations=times) > 0)


def _resized(parse: Parse, size: tuple[int, int]) -> Parse:
    """To (width, height) as Pillow picks the nearest pixels."""
    return np.asarray(Pillow.fromarray(parse).resize(size, Pillow.Resampling.NEAREST), np.uint8)


def _line(shape: tuple[int, ...], points: Sequence[NDArray[np.float64]], width: int) -> Pillow.Image:
    """A canvas with a line along `points`, its corners round. Pillow's line depends on its direction."""
    canvas = Pillow.new("L", (shape[1], shape[0]))
    corners = [(float(x), float(y)) for x, y in np.trunc(points)]
    ImageDraw.Draw(canvas).line(corners, fill=255, width=width, joint="curve")
    return canvas


def _seen(joint: NDArray[np.float64]) -> bool:
    """A joint that was not found lies in the corner."""
    return bool((joint > 1.0).any())


def _as_mask(mask: Bool) -> Mask:
    return np.where(mask, np.uint8(255), np.uint8(0))


# -- the demo's

_DEMO_SIZE = (384, 512)
_ARM_WIDTHS = {"hd": 60, "dc": 45}
_WRIST_BEYOND = 1.2  # the hand belongs to the arm up to here, in forearms
_DEMO_CLOTHES = {
    Category.UPPER: (UPPER, DRESS),
    Category.LOWER: (SKIRT, TROUSERS, LEFT_LEG, RIGHT_LEG),
    Category.DRESS: (UPPER, SKIRT, TROUSERS, DRESS),
}
_KEPT_BESIDE: dict[Category, tuple[int, ...]] = {
    Category.UPPER: (SKIRT, TROUSERS),
    Category.LOWER: (UPPER, LEFT_ARM, RIGHT_ARM),
    Category.DRESS: (),
}


def demo_mask(parse: Parse, joints: Points, category: Category, model: Literal["hd", "dc"] = "hd") -> Mask:
    """What the published demo repaints, (512, 384). `model` says how broad an arm is drawn."""
    parse = _resized(parse, _DEMO_SIZE)
    head = _are(parse, (HAT, SUNGLASSES, HEAD))
    kept = head | _are(parse, (LEFT_SHOE, RIGHT_SHOE, BAG, *_KEPT_BESIDE[category]))
    changed = _dilate(_are(parse, _DEMO_CLOTHES[category]), 5, 5)
    if category is not Category.LOWER:
        arms = np.zeros(parse.shape, bool)
        for shoulder, elbow, wrist, label in _ARMS:
            parsed = parse == label
            arm = _demo_arm(parse.shape, joints[[shoulder, elbow, wrist]], label, _ARM_WIDTHS[model])
            if arm is not None:
                kept |= parsed & ~arm
            arms |= parsed if arm is None else arm
        changed |= _dilate(arms, 5, 4) | (_dilate(parse == NECK, 5, 1) & ~head)
    return _as_mask(_one_piece(changed & ~kept))


def _demo_arm(shape: tuple[int, ...], joints: Points, label: int, width: int) -> Bool | None:
    """An arm from shoulder to wrist with a ring about the shoulder; None where the wrist was not found."""
    shoulder, elbow, wrist = joints
    if not _seen(wrist):
        return None
    chain = [shoulder, elbow, elbow + _WRIST_BEYOND * (wrist - elbow)]
    canvas = _line(shape, chain[::-1] if label == LEFT_ARM else chain, width)
    x, y = shoulder
    radius = width // 2
    ImageDraw.Draw(canvas).arc((x - radius, y - radius, x + radius, y + radius), 0, 360, 255, width // 2)
    return np.asarray(canvas) > 0


def _one_piece(mask: Bool) -> Bool:
    """The largest piece, its holes filled. Its outline is the reference's: a polygon close to the pixels' (Teh and
    Chin 1989), which takes a pixel more or less."""
    outside = np.pad(mask, 1).astype(np.uint8)
    cv2.floodFill(outside, None, (0, 0), 2)
    filled = (outside[1:-1, 1:-1] != 2).astype(np.uint8)
    outlines, _ = cv2.findContours(filled, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_TC89_L1)
    piece = np.zeros_like(filled)
    if outlines:
        largest = int(np.argmax([cv2.contourArea(outline) for outline in outlines]))
        cv2.drawContours(piece, outlines, largest, 1, cv2.FILLED)
    return np.asarray(piece > 0)


# -- DressCode's

_ARM_WIDTH = 30
_NECK_ABOVE_SHOULDERS = 20.0  # pixels of 512
_DRESSCODE_CLOTHES = {
    Category.UPPER: (UPPER,),
    Category.LOWER: (TROUSERS, LEFT_LEG, RIGHT_LEG),
    Category.DRESS: (DRESS, LEFT_LEG, RIGHT_LEG),
}


def dresscode_mask(
    parse: Parse, joints: Points, category: Category, size: tuple[int, int] = (768, 1024), *, flawed: bool = False
) -> Mask:
    """What DressCode's masks repaint, at `size` (width, height) above 256.

    `flawed`: as published also where neither wrist was found, when an arm is drawn from the picture's corner.
    """
    # Neck and head are told apart by the shoulders, not by the parse.
    parse = _resized(np.where(parse == NECK, np.uint8(HEAD), parse), size)
    joints = joints * (size[1] / 512)
    large = size[1] > 512
    beside = _KEPT_BESIDE[category]
    kept = _are(parse, (HAT, HAIR, SUNGLASSES, LEFT_SHOE, RIGHT_SHOE, BAG, SCARF, *beside))
    changed = _are(parse, _DRESSCODE_CLOTHES[category])
    if category is not Category.LOWER:
        canvas = _line(parse.shape, _arm_to_arm(joints, flawed), _ARM_WIDTH)
        arms = _dilate(np.asarray(canvas) > 0, 10 if large else 5, 5)
        head = _are(parse, (HAT, HAIR, SUNGLASSES, HEAD))
        neck = head & ~_above_shoulders(parse.shape, joints)
        kept |= (head & ~neck) | (_are(parse, (LEFT_ARM, RIGHT_ARM)) & ~arms)
        changed |= arms | neck
    return _as_mask(_dilate(changed, 20 if large else 10, 5) & ~kept)


def _arm_to_arm(joints: Points, flawed: bool) -> list[NDArray[np.float64]]:
    """From the left hand over the shoulders to the right one, as far as each arm was found."""
    left = [LEFT_WRIST, LEFT_ELBOW, LEFT_SHOULDER]
    right = [RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST]
    if _seen(joints[RIGHT_WRIST]) or not flawed:
        while not _seen(joints[left[0]]) and len(left) > 1:
            del left[0]
    while not _seen(joints[right[-1]]) and len(right) > 1:
        del right[-1]
    return [joints[place] for place in left + right]


def _above_shoulders(shape: tuple[int, ...], joints: Points) -> Bool:
    """Above a line through the shoulders, somewhat raised."""
    shoulders = joints[[LEFT_SHOULDER, RIGHT_SHOULDER]]
    through = np.stack([shoulders[:, 0], np.ones(2)], axis=1)
    slope, start = np.linalg.lstsq(through, shoulders[:, 1], rcond=None)[0]
    height, width = shape
    line = (np.arange(width) * slope + start - _NECK_ABOVE_SHOULDERS * (height / 512)).astype(int)
    return np.asarray(np.arange(height)[:, None] < line[None])
