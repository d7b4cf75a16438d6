"""DensePose's picture of a body: 24 parts in their published colours; drawn from joints where no network found it.

DensePose sees the body under the clothes, as smooth limbs. So do these drawings, which are made of the joints and
of a body's usual proportions, and end where the person does.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.engines.idm.framing import Framing
from pipeline.masks import Bool, Points, distance, grow, polygon, tube
from pipeline.person.body import trunk_half
from pipeline.person.wearer import Wearer
from pipeline.types import Image

Parts = NDArray[np.uint8]
"""(H, W) of labels 0..24."""

BACK, FRONT, RIGHT_HAND, LEFT_HAND, LEFT_FOOT, RIGHT_FOOT = range(1, 7)
# Of each limb the two labels that show: towards the other side of the body and away from it; or one.
LEFT_UPPER_ARM, RIGHT_UPPER_ARM = (15, 17), (16, 18)
LEFT_LOWER_ARM, RIGHT_LOWER_ARM = (19, 21), (20, 22)
THIGHS = {"front": (10, 9), "back": (8, 7)}  # left, right
SHINS = {"front": (14, 13), "back": (12, 11)}
RIGHT_HEAD, LEFT_HEAD = 23, 24

# Half widths in shoulder widths, and torsos from the shoulders to where thighs begin, beside the trunk and in the
# middle; read off the public DensePose pictures.
ARM = (0.16, 0.13, 0.09)
HAND = 0.10
LEG = (0.31, 0.20, 0.11)
THIGH_AT_SIDE, THIGH_AT_MIDDLE = 0.98, 1.22
OUTLINE_ROOM = 0.03


def _palette() -> NDArray[np.uint8]:
    """Parula over the labels, none of it on the ground."""
    values = (np.arange(25) * 255.0 / 24).astype(np.uint8)
    colours = cv2.applyColorMap(values[:, None], cv2.COLORMAP_PARULA)[:, 0, ::-1].copy()
    colours[0] = 0
    return np.asarray(colours, np.uint8)


PALETTE = _palette()
"""(25, 3), RGB."""


def coloured(parts: Parts) -> Image:
    """As DensePose's visualiser paints labels."""
    return np.asarray(PALETTE[parts], np.uint8)


def draw_parts(wearer: Wearer, framing: Framing) -> Parts:
    """Labels (H, W) on the frame's canvas."""
    working = _BodyDrawing(wearer).parts
    return np.asarray(framing.from_frame(working, wearer.frame, framing.size), np.uint8)


class _BodyDrawing:
    """Parts in the working frame, those behind first."""

    def __init__(self, wearer: Wearer) -> None:
        self._wearer = wearer
        self._skeleton = wearer.skeleton
        self._shape = wearer.parse.alpha.shape
        self._side = "back" if self._skeleton.back else "front"
        # Picture left first: of who shows the front that is the person's right.
        self._first_is_left = self._skeleton.back
        self.parts = np.zeros(self._shape, np.uint8)
        self._legs()
        self._trunk()
        self._head()
        self._arms()
        outline = grow(wearer.parse.alpha > 0.5, OUTLINE_ROOM * self._skeleton.torso) & ~wearer.foreign
        self.parts[~outline] = 0

    def _is_left(self, k: int) -> bool:
        return (k == 0) == self._first_is_left

    def _limb(self, chain: Sequence[NDArray[np.float64]], radii: Sequence[float]) -> Bool:
        unit = self._skeleton.shoulder_width
        return tube(self._shape, np.stack(chain), [unit * radius for radius in radii])

    def _split(self, limb: Bool, start: Points, end: Points, labels: tuple[int, int]) -> None:
        """The half towards the trunk's axis and the half away from it."""
        ys, xs = np.mgrid[0 : self._shape[0], 0 : self._shape[1]].astype(np.float32)
        along = (end - start) / max(float(np.hypot(*(end - start))), 1e-6)
        across = (xs - start[0]) * along[1] - (ys - start[1]) * along[0]
        middle = self._skeleton.at(0.5, 0.0) - start
        inner = (across > 0) == (middle[0] * along[1] - middle[1] * along[0] > 0)
        self.parts[limb & inner] = labels[0]
        self.parts[limb & ~inner] = labels[1]

    def _arms(self) -> None:
        for k, arm in enumerate(self._skeleton.arms):
            if not arm.seen:
                continue
            left = self._is_left(k)
            lower = self._limb([arm.elbow, arm.wrist], ARM[1:])
            self._split(lower, arm.elbow, arm.wrist, LEFT_LOWER_ARM if left else RIGHT_LOWER_ARM)
            upper = self._limb([arm.shoulder, arm.elbow], ARM[:2])
            self._split(upper, arm.shoulder, arm.elbow, LEFT_UPPER_ARM if left else RIGHT_UPPER_ARM)
            tip = arm.wrist + 1.6 * (arm.hand - arm.wrist)
            hand = self._limb([arm.hand, tip], (HAND, 0.8 * HAND)) | self._limb(
                [arm.wrist, arm.hand], (ARM[2], HAND)
            )
            beyond = (self._grid() - arm.wrist) @ (arm.wrist - arm.elbow) > 0
            self.parts[hand & beyond] = LEFT_HAND if left else RIGHT_HAND

    def _grid(self) -> NDArray[np.float64]:
        ys, xs = np.mgrid[0 : self._shape[0], 0 : self._shape[1]].astype(np.float64)
        return np.stack([xs, ys], axis=2)

    def _trunk(self) -> None:
        """From the neck to where the thighs begin, in an arch."""
        skeleton, body = self._skeleton, self._wearer.body
        rows = np.linspace(0.0, THIGH_AT_SIDE, 24).astype(np.float32)
        left = trunk_half(body, rows, left=True)
        right = trunk_half(body, rows, left=False)
        # Loose clothes are wider than who wears them.
        usual = 0.5 * skeleton.shoulder_width
        left, right = np.minimum(left, 1.1 * usual), np.minimum(right, 1.1 * usual)
        edge = [skeleton.at(float(row), float(half)) for row, half in zip(rows, right, strict=True)]
        crotch = [skeleton.at(THIGH_AT_MIDDLE, 0.06 * usual), skeleton.at(THIGH_AT_MIDDLE, -0.06 * usual)]
        other = [skeleton.at(float(row), -float(half)) for row, half in zip(rows, left, strict=True)][::-1]
        top = [
            body.tip[0],
            *body.shoulder[0][::-1],
            body.neck_side[0],
            body.neck_side[1],
            *body.shoulder[1],
            body.tip[1],
        ]
        trunk = polygon(self._shape, np.array([*top, *edge[1:], *crotch, *other[:-1]]))
        self.parts[trunk] = BACK if skeleton.back else FRONT

    def _head(self) -> None:
        parse = self._wearer.parse
        head = parse.head
        up = (head.centre - head.chin) / max(float(np.hypot(*(head.centre - head.chin))), 1e-6)
        crown = head.centre + up * 0.42 * head.height
        skull = tube(self._shape, np.stack([crown, head.centre]), (0.42 * head.height, 0.43 * head.height))
        jaw = tube(self._shape, np.stack([head.centre, head.chin]), (0.40 * head.height, 0.16 * head.height))
        sides = np.stack(self._wearer.body.neck_side)
        half = self._wearer.body.neck_half
        neck = tube(self._shape, np.stack([head.chin, sides.mean(axis=0)]), (half, half))
        whole = skull | jaw | head.face | neck
        axis = self._grid() - head.chin
        picture_left = axis[..., 0] * -up[1] + axis[..., 1] * up[0] < 0
        left, right = (LEFT_HEAD, RIGHT_HEAD) if self._first_is_left else (RIGHT_HEAD, LEFT_HEAD)
        self.parts[whole & picture_left] = left
        self.parts[whole & ~picture_left] = right

    def _legs(self) -> None:
        skeleton = self._skeleton
        from_hips = skeleton.torso * 0.05
        masks = []
        for k, leg in enumerate(skeleton.legs):
            place = 0 if self._is_left(k) else 1
            start = leg.hip + skeleton.down * from_hips
            thigh = self._limb([start, leg.knee], LEG[:2])
            shin = self._limb([leg.knee, leg.ankle], LEG[1:])
            foot = self._limb([leg.ankle, leg.toe], (LEG[2], 0.8 * LEG[2]))
            masks.append((thigh, THIGHS[self._side][place], leg.hip, leg.knee))
            # Joints out of the picture are guesses, but what is drawn there is cut off with it.
            masks.append((shin & ~thigh, SHINS[self._side][place], leg.knee, leg.ankle))
            masks.append((foot & ~shin, LEFT_FOOT if place == 0 else RIGHT_FOOT, leg.ankle, leg.toe))
        claims = np.stack([np.where(mask, self._off(a, b), np.inf) for mask, _, a, b in masks])
        labels = np.array([label for _, label, _, _ in masks], np.uint8)
        drawn = np.isfinite(claims.min(axis=0))
        self.parts[drawn] = labels[claims.argmin(axis=0)][drawn]

    def _off(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float32]:
        """Pixels from the bone: thighs that touch are parted half-way."""
        bone = tube(self._shape, np.stack([start, end]), (1.0, 1.0))
        return np.asarray(distance(bone), np.float32)
