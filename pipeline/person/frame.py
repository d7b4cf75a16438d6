"""The working frame: a crop round one person at one body size, and the joints in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Points
from pipeline.person import landmarks as lm
from pipeline.person.detect import FoundPerson
from pipeline.types import Image

TORSO_PX = 230.0
"""Shoulders to hips in the working frame: what the constants of parsing and warping were chosen for."""
HEM_ROOM = 0.38
"""Torsos below the hips that the frame has at least: seen hips have it in the person's box."""
CUT_ELBOW = 0.2
"""Visibility of an elbow from which an arm that leaves the picture is where its joints say."""

Vector: TypeAlias = NDArray[np.float64]
"""(2,), x then y, pixels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """`work = (photo - offset) * scale`; `image` is the crop in working pixels."""

    left: int
    top: int
    right: int
    bottom: int
    scale: float
    image: Image

    def to_work(self, points: Points) -> Points:
        """Photo pixels to working pixels."""
        return (points - np.array([self.left, self.top], np.float64)) * self.scale


@dataclass(frozen=True, slots=True)
class Arm:
    """Joints of one arm; `seen` says whether they are believable, with the wrist in the picture or below its lower
    border: where an arm leaves the photo its joints are as good, only less visible."""

    shoulder: Vector
    elbow: Vector
    wrist: Vector
    hand: Vector
    seen: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """Joints of one leg; `seen` says whether knee and ankle are in the picture and believable."""

    hip: Vector
    knee: Vector
    ankle: Vector
    toe: Vector
    seen: bool


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Joints in the working frame, picture left first in every pair.

    `down` and `right` are unit vectors of the trunk; `torso` its length in pixels; `shoulder_width` the distance
    of the shoulder joints, never below what the torso allows (a turned body shows less). `back` is True when the
    person shows their back.
    """

    arms: tuple[Arm, Arm]
    legs: tuple[Leg, Leg]
    nose: Vector
    neck: Vector
    pelvis: Vector
    down: Vector
    right: Vector
    torso: float
    shoulder_width: float
    back: bool

    def along(self, xs: NDArray[np.floating], ys: NDArray[np.floating]) -> NDArray[np.float32]:
        """0 at the shoulder joints, 1 at the hip joints."""
        d = (xs - self.neck[0]) * self.down[0] + (ys - self.neck[1]) * self.down[1]
        return np.asarray(d / self.torso, np.float32)

    def across(self, xs: NDArray[np.floating], ys: NDArray[np.floating]) -> NDArray[np.float32]:
        """Pixels to the picture's right of the trunk's axis."""
        return np.asarray((xs - self.neck[0]) * self.right[0] + (ys - self.neck[1]) * self.right[1], np.float32)

    def at(self, along: float, across: float) -> Vector:
        """The working pixel at trunk coordinates (torsos, pixels)."""
        return np.asarray(self.neck + self.down * along * self.torso + self.right * across, np.float64)


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / max(float(np.hypot(*vector)), 1e-6), np.float64)


def make_frame(image: Image, person: FoundPerson) -> Frame:
    """Crop with room for wide clothes, scaled so that the torso measures TORSO_PX."""
    pose = person.pose
    shoulders = pose.points[list(lm.SHOULDERS)].mean(axis=0)
    torso = float(np.hypot(*(pose.points[list(lm.HIPS)].mean(axis=0) - shoulders)))
    height, width = image.shape[:2]
    side, above = 0.40 * torso, 0.25 * torso
    left = max(0, int(person.box.left - side))
    right = min(width, int(person.box.right + side) + 1)
    top = max(0, int(person.box.top - above))
    # In a photo that ends at the chest the hips are a guess, and in no box; the clothes reach down to them.
    low = max(person.box.bottom + 0.3 * torso, pose.points[list(lm.HIPS), 1].mean() + HEM_ROOM * torso)
    bottom = min(height, int(low) + 1)
    scale = float(np.clip(TORSO_PX / max(torso, 1.0), 0.05, 4.0))
    size = (max(8, round((right - left) * scale)), max(8, round((bottom - top) * scale)))
    mode = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    work = cv2.resize(image[top:bottom, left:right], size, interpolation=mode)
    return Frame(left, top, right, bottom, size[0] / (right - left), np.asarray(work, np.uint8))


def make_skeleton(frame: Frame, person: FoundPerson) -> Skeleton:
    """Joints of `person` in `frame`, sorted into picture left and right."""
    pose = person.pose
    points = frame.to_work(pose.points)
    height, width = frame.image.shape[:2]
    swapped = points[lm.SHOULDERS[0], 0] < points[lm.SHOULDERS[1], 0]
    back = bool(swapped and person.face is None)
    order = (0, 1) if points[lm.SHOULDERS[0], 0] <= points[lm.SHOULDERS[1], 0] else (1, 0)

    def seen(joints: tuple[int, ...], level: float) -> bool:
        inside = [
            -0.05 * width <= points[j, 0] <= 1.05 * width and -0.05 * height <= points[j, 1] <= 1.02 * height
            for j in joints
        ]
        return all(inside) and min(pose.visibility[j] for j in joints) >= level

    def cut_off(elbow: int, wrist: int) -> bool:
        (x, y), (_, end) = points[elbow], points[wrist]
        inside = 0.0 <= x <= width and 0.0 <= y <= 1.02 * height and pose.visibility[elbow] >= CUT_ELBOW
        return bool(inside and end > 1.02 * height)

    arms, legs = [], []
    for k in order:
        hand = points[[lm.WRISTS[k], lm.INDEXES[k], lm.PINKIES[k], lm.THUMBS[k]]].mean(axis=0)
        joints = (points[lm.SHOULDERS[k]], points[lm.ELBOWS[k]], points[lm.WRISTS[k]])
        ends = (lm.ELBOWS[k], lm.WRISTS[k])
        arms.append(Arm(*joints, hand, seen(ends, 0.25) or cut_off(*ends)))
        chain = (points[lm.HIPS[k]], points[lm.KNEES[k]], points[lm.ANKLES[k]], points[lm.TOES[k]])
        legs.append(Leg(*chain, seen((lm.KNEES[k], lm.ANKLES[k]), 0.3)))
    neck = points[list(lm.SHOULDERS)].mean(axis=0)
    pelvis = points[list(lm.HIPS)].mean(axis=0)
    down = _unit(pelvis - neck)
    right = np.array([down[1], -down[0]])
    torso = float(np.hypot(*(pelvis - neck)))
    breadth = float(np.hypot(*(points[lm.SHOULDERS[0]] - points[lm.SHOULDERS[1]])))
    return Skeleton(
        arms=(arms[0], arms[1]),
        legs=(legs[0], legs[1]),
        nose=points[lm.NOSE],
        neck=neck,
        pelvis=pelvis,
        down=down,
        right=right,
        torso=torso,
        shoulder_width=max(breadth, 0.42 * torso),
        back=back,
    )
