"""What each pixel of a person shows, by a small network trained on figures this repository draws itself.

See docs/models/person_parts.md. The network sees the photo, the cut-out and the skeleton, all at MODEL_SIZE.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib import resources

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.cutout import onnx_session
from pipeline.masks import Bool, Floats
from pipeline.person.frame import Skeleton
from pipeline.types import Alpha, Image

MODEL_HEIGHT, MODEL_WIDTH = 256, 192
POSE_PLANES = 5
COLOUR_PLANES = 4
PLANES = 4 + POSE_PLANES + COLOUR_PLANES
_MODEL = "person_parts.onnx"
_ALIKE = 0.16
"""Distance of colours at which likeness has fallen to 1/e; the unit is colour_planes' own."""
_FEWEST_PIXELS = 8
_LOGIT_STEP = 1.0 / 64.0  # coarser than the last bits in which machines differ


class Part(IntEnum):
    """Labels of the network; left and right are the picture's. BACKGROUND holds bags and other things, too."""

    BACKGROUND = 0
    HAIR = 1
    HEAD = 2
    LEFT_ARM = 3
    RIGHT_ARM = 4
    HANDS = 5
    LEGS = 6
    UPPER = 7
    UNDER = 8
    LOWER = 9
    DRESS = 10
    SHOES = 11


PART_MIRROR = [0, 1, 2, 4, 3, *range(5, len(Part))]
"""What each label and each plane becomes in a mirror image."""
PLANE_MIRROR = [0, 1, 2, 3, 4, 5, 7, 6, *range(8, PLANES)]


@dataclass(frozen=True, slots=True)
class Letterbox:
    """`model = work * scale + (left, top)`; the picture fills the model's input without being stretched."""

    scale: float
    left: int
    top: int
    width: int
    height: int


def letterbox(shape: tuple[int, ...]) -> Letterbox:
    """For a picture of `shape` (H, W, ...)."""
    scale = min(MODEL_HEIGHT / shape[0], MODEL_WIDTH / shape[1])
    width, height = min(MODEL_WIDTH, round(shape[1] * scale)), min(MODEL_HEIGHT, round(shape[0] * scale))
    return Letterbox(scale, (MODEL_WIDTH - width) // 2, (MODEL_HEIGHT - height) // 2, width, height)


def pose_planes(skeleton: Skeleton, scale: float, offset: tuple[float, float]) -> NDArray[np.uint8]:
    """The skeleton as pictures (POSE_PLANES, MODEL_HEIGHT, MODEL_WIDTH): trunk, head, left arm, right arm, legs.

    Bones grow brighter from the trunk outwards, so that the network can tell an upper arm from a forearm.
    Joints go to `joint * scale + offset`.
    """
    planes = np.zeros((POSE_PLANES, MODEL_HEIGHT, MODEL_WIDTH), np.uint8)
    move = np.array(offset)
    unit = max(skeleton.torso * scale, 4.0)

    def bone(plane: int, a: NDArray[np.float64], b: NDArray[np.float64], value: int, thick: float) -> None:
        ends = [tuple(np.round(np.clip(p * scale + move, -500, 900) * 8).astype(int).tolist()) for p in (a, b)]
        cv2.line(planes[plane], ends[0], ends[1], value, max(1, round(thick * unit)), cv2.LINE_AA, 3)

    arms, legs = skeleton.arms, skeleton.legs
    corners = np.stack([arms[0].shoulder, arms[1].shoulder, legs[1].hip, legs[0].hip]) * scale + move
    cv2.fillPoly(planes[0], [np.round(np.clip(corners, -500, 900) * 8).astype(np.int32)], 160, cv2.LINE_AA, 3)
    bone(0, arms[0].shoulder, arms[1].shoulder, 255, 0.06)
    bone(1, skeleton.nose, skeleton.neck, 130, 0.1)
    centre = np.round((skeleton.nose * scale + move) * 8).astype(int).tolist()
    cv2.circle(planes[1], tuple(centre), round(0.17 * unit * 8), 60 if skeleton.back else 255, -1, cv2.LINE_AA, 3)
    for k, arm in enumerate(arms):
        if not arm.seen:
            bone(2 + k, arm.shoulder, arm.elbow, 40, 0.07)
            continue
        bone(2 + k, arm.shoulder, arm.elbow, 100, 0.09)
        bone(2 + k, arm.elbow, arm.wrist, 170, 0.08)
        bone(2 + k, arm.wrist, arm.hand, 255, 0.10)
    for leg in legs:
        if not leg.seen:
            bone(4, leg.hip, leg.knee, 40, 0.1)
            continue
        bone(4, leg.hip, leg.knee, 100, 0.14)
        bone(4, leg.knee, leg.ankle, 170, 0.12)
        bone(4, leg.ankle, leg.toe, 255, 0.10)
    return planes


def _seeds(alpha: Floats, pose: NDArray[np.uint8]) -> list[Bool]:
    """Where face, hair above it, chest and hips most likely lie, by the skeleton."""
    ys, xs = np.mgrid[0 : alpha.shape[0], 0 : alpha.shape[1]].astype(np.float32)
    seeds = [np.zeros(alpha.shape, bool) for _ in range(COLOUR_PLANES)]
    face = pose[1] > 200
    if face.any():
        x, y, r = xs[face].mean(), ys[face].mean(), np.sqrt(face.sum() / np.pi)
        off = np.hypot(xs - x, ys - y) / r
        seeds[0] = off < 0.7
        seeds[1] = (off > 1.0) & (off < 1.7) & (ys < y - 0.8 * r)
    trunk = pose[0] > 120
    if trunk.any():
        x, y = xs[trunk].mean(), ys[trunk].mean()
        wide, high = xs[trunk].std(), ys[trunk].std()
        seeds[2] = (np.abs(xs - x) < 0.8 * wide) & (np.abs(ys - y) < 1.1 * high)
    thighs = np.abs(pose[4].astype(np.float32) - 100) < 12
    thighs = thighs if thighs.any() else np.abs(pose[4].astype(np.float32) - 40) < 8
    if thighs.any():
        # The upper half: shorts and skirts end above the knee.
        seeds[3] = thighs & (ys < np.median(ys[thighs]))
    return [seed & (alpha > 0.5) for seed in seeds]


def colour_planes(rgb: Floats, alpha: Floats, pose: NDArray[np.uint8]) -> Floats:
    """Likeness 0..1 (COLOUR_PLANES, H, W) to the colours of face, hair, chest and hips.

    `rgb` (H, W, 3) and `alpha` (H, W) 0..1. A plane is zero where its place is not in the picture. A small network
    compares neighbours well and distant pixels badly: these planes say at once which skin or cloth is the same.
    """
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    light, warm, yellow = (red + green + blue) * 0.2, (red - green) * 1.6, (0.5 * (red + green) - blue) * 1.1
    opponent = np.stack([light, warm, yellow], axis=2)
    planes = np.zeros((COLOUR_PLANES, *alpha.shape), np.float32)
    for plane, seed in zip(planes, _seeds(alpha, pose), strict=True):
        if seed.sum() >= _FEWEST_PIXELS:
            far = np.sqrt(((opponent - np.median(opponent[seed], axis=0)) ** 2).sum(axis=2))
            plane[:] = np.exp(-far / _ALIKE)
    return planes


class PersonParts:
    """The network; safe to call from several threads."""

    def __init__(self, model: bytes | None = None) -> None:
        data = model or resources.files("pipeline.models").joinpath(_MODEL).read_bytes()
        self._session = onnx_session(data)

    def run(self, rgb: Image, alpha: NDArray[np.uint8], pose: NDArray[np.uint8]) -> Floats:
        """Logits (len(Part), MODEL_HEIGHT, MODEL_WIDTH) of planes at the model's size, in fixed steps."""
        seen = np.concatenate([rgb.transpose(2, 0, 1), alpha[None], pose]).astype(np.float32) / 255.0
        alike = colour_planes(rgb.astype(np.float32) / 255.0, seen[3], pose)
        planes = np.ascontiguousarray(np.concatenate([seen, alike])[None], np.float32)
        raw = self._session.run(None, {"planes": planes})[0][0]
        return np.asarray(np.round(raw / _LOGIT_STEP) * _LOGIT_STEP, np.float32)

    def chances(self, image: Image, alpha: Alpha, skeleton: Skeleton) -> Floats:
        """Probabilities (len(Part), H, W) for a working frame `image` (H, W, 3) with its cut-out and skeleton."""
        box = letterbox(image.shape)
        rgb = np.full((MODEL_HEIGHT, MODEL_WIDTH, 3), 128, np.uint8)
        cover = np.zeros((MODEL_HEIGHT, MODEL_WIDTH), np.uint8)
        inside = (slice(box.top, box.top + box.height), slice(box.left, box.left + box.width))
        size = (box.width, box.height)
        rgb[inside] = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        small = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA)
        cover[inside] = np.round(np.clip(small, 0, 1) * 255).astype(np.uint8)
        found = self.run(rgb, cover, pose_planes(skeleton, box.scale, (box.left, box.top)))
        crop = found[(slice(None), *inside)]
        power = np.exp(crop - crop.max(axis=0))
        # Exponentials differ between machines in the last bits; steps of 1/1024 do not.
        chance = np.round(power / power.sum(axis=0) * 1024.0) / 1024.0
        whole = (image.shape[1], image.shape[0])
        grown = [cv2.resize(plane, whole, interpolation=cv2.INTER_LINEAR) for plane in chance.astype(np.float32)]
        return np.asarray(np.stack(grown), np.float32)


@lru_cache(maxsize=1)
def shared_parts() -> PersonParts:
    """The shipped model, loaded once a process."""
    return PersonParts()
