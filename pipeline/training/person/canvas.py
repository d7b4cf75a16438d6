"""A drawing of a person that knows, for every pixel, what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.person.parts import Part
from pipeline.training.fabric import Box, Fabric, noise
from pipeline.training.geometry import Dice, Points, smooth

HEIGHT, WIDTH = 320, 240
"""Pixels of the drawing: a quarter more than the model sees."""
SUBPIXEL_BITS = 3
WHOLE = Box(0, 0, WIDTH, HEIGHT)

Plane = NDArray[np.float32]
Shape = Sequence[Points]
"""Polygons in torsos whose union is one piece."""


@dataclass(frozen=True)
class Look:
    """How a piece meets the light, in shares of brightness.

    folds: creases; round: shading of a round body of `radius` torsos, darker away from the light; cast: its shadow
    on what lies below; outline: a dark seam; gain: brightness.
    """

    folds: float = 0.14
    round: float = 0.3
    radius: float = 0.14
    cast: float = 0.25
    outline: float = 0.1
    gain: float = 1.0


SKIN_LOOK = Look(folds=0.03, round=0.3, radius=0.1, cast=0.2, outline=0.0)


def limb(line: Points, radii: Sequence[float] | NDArray[np.float64], *, bend: int = 2) -> list[Points]:
    """The union of discs of `radii` (at the points of `line`) strung along the line, as polygons.

    `bend`: rounds of corner cutting, 0 for a straight-jointed limb.
    """
    chain = np.column_stack([line, np.asarray(radii, np.float64)])
    # Corner cutting keeps the ends and rounds the joints between.
    if bend and len(chain) > 2:
        widths = smooth(np.column_stack([chain[:, 2], chain[:, 2]]), bend)[:, :1]
        chain = np.hstack([smooth(chain[:, :2], bend), widths])
    dense = chain
    if len(dense) == 2:
        dense = np.linspace(dense[0], dense[1], 4)
    turn = np.linspace(0, 2 * np.pi, 15)[:-1]
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    pieces = [ring * r + (x, y) for x, y, r in dense]
    for a, b in pairwise(dense):
        way = b[:2] - a[:2]
        across = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1e-6)
        pieces.append(
            np.stack([a[:2] + across * a[2], b[:2] + across * b[2], b[:2] - across * b[2], a[:2] - across * a[2]])
        )
    return pieces


def oval(  # noqa: PLR0917  (an ellipse and its wobble: read in order everywhere)
    centre: Points,
    half_width: float,
    half_height: float,
    tilt: float = 0.0,
    rough: float = 0.0,
    dice: Dice | None = None,
) -> Points:
    """An ellipse turned by `tilt` radians; `rough` is the share by which its outline wanders."""
    turn = np.linspace(0, 2 * np.pi, 33)[:-1]
    radius = np.ones_like(turn)
    if rough and dice is not None:
        for k in range(2, 9):
            radius += rough * dice.jitter(0.35) * np.sin(k * turn + dice.between(0, 7))
    flat = np.column_stack([np.cos(turn) * half_width, np.sin(turn) * half_height]) * radius[:, None]
    c, s = np.cos(tilt), np.sin(tilt)
    out: Points = flat @ np.array([[c, s], [-s, c]]) + centre
    return out


class Canvas:
    """RGB 0..1, `cover` (what a cut-out should keep) 0..1 and part labels, all (HEIGHT, WIDTH).

    `scale` pixels a torso, `origin` the pixel of the origin between the shoulder joints.
    """

    def __init__(self, dice: Dice, ground: Plane, scale: float, origin: Points) -> None:
        self.dice, self.scale, self.origin = dice, scale, origin
        self.rgb = ground
        self.cover = np.zeros((HEIGHT, WIDTH), np.float32)
        self.parts = np.zeros((HEIGHT, WIDTH), np.uint8)
        angle = dice.between(-2.6, -0.5)
        self.light = np.array([np.cos(angle), np.sin(angle)], np.float32)
        self.contrast = dice.between(0.4, 1.5)

    def project(self, points: Points) -> Points:
        out: Points = np.atleast_2d(points) * self.scale + self.origin
        return out

    def _box(self, shape: Shape, margin: int) -> Box | None:
        points = self.project(np.concatenate([np.atleast_2d(piece) for piece in shape]))
        x0, y0 = np.floor(points.min(0)).astype(int) - margin
        x1, y1 = np.ceil(points.max(0)).astype(int) + margin + 1
        box = Box(max(int(x0), 0), max(int(y0), 0), min(int(x1), WIDTH), min(int(y1), HEIGHT))
        return box if box.right - box.left > 2 and box.bottom - box.top > 2 else None

    def _mask(self, shape: Shape, box: Box) -> NDArray[np.uint8]:
        mask = np.zeros((box.bottom - box.top, box.right - box.left), np.uint8)
        for piece in shape:
            cv2.fillPoly(mask, [self._local(piece, box)], 255, cv2.LINE_AA, SUBPIXEL_BITS)
        return mask

    def _local(self, points: Points, box: Box) -> NDArray[np.int32]:
        local = np.clip(self.project(points) - (box.left, box.top), -3000, 3000)
        return np.round(local * (1 << SUBPIXEL_BITS)).astype(np.int32)

    def lay(self, shape: Shape, part: Part | None, fabric: Fabric, look: Look, angle: float = 0.0, *,
            only: tuple[Part, ...] = (), cut: bool = True) -> None:  # fmt: skip
        """Put one piece on top. `part` None keeps the labels (prints, features); `only`: on these parts alone.

        `cut` False: a cut-out would not keep it (furniture). `angle` turns grain and folds, radians.
        """
        box = self._box(shape, 10)
        if box is None:
            return
        area = box.slices
        mask8 = self._mask(shape, box)
        if only:
            mask8[~np.isin(self.parts[area], only)] = 0
        mask = np.asarray(mask8 / 255, np.float32)
        if look.cast > 0:
            self._cast_shadow(mask, area, look.cast)
        top = self.project(np.concatenate([np.atleast_2d(piece) for piece in shape])).min(0)
        cloth = fabric.paint(box, angle, (float(top[0]), float(top[1])))
        cloth = self._lit(cloth, mask8, box, look, angle)
        if look.outline > 0:
            edge = cv2.morphologyEx(mask8, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
            cloth *= (1 - look.outline * edge.astype(np.float32) / 255)[..., None]
        self.rgb[area] += mask[..., None] * (cloth - self.rgb[area])
        if part is not None:
            if cut:
                self.cover[area] = np.maximum(self.cover[area], mask)
            self.parts[area][mask8 > 127] = part

    def _cast_shadow(self, mask: Plane, area: tuple[slice, slice], strength: float) -> None:
        move = (-self.light * self.scale * self.dice.between(0.005, 0.04)).round().astype(int)
        shifted = np.roll(mask, (int(move[1]), int(move[0])), (0, 1))
        shadow = cv2.GaussianBlur(shifted, (0, 0), self.scale * self.dice.between(0.01, 0.035))
        strength *= self.dice.between(0.3, 1.5)
        self.rgb[area] *= (1 - np.clip(strength * shadow * (self.cover[area] > 0.5), 0, 0.8))[..., None]

    def _lit(self, cloth: Plane, mask8: NDArray[np.uint8], box: Box, look: Look, angle: float) -> Plane:
        dice, light = self.dice, np.full(mask8.shape, look.gain, np.float32)
        if look.round > 0:
            reach = np.float32(max(look.radius * self.scale, 2.0))
            inside = (mask8 > 127).astype(np.uint8)
            depth = np.minimum(cv2.distanceTransform(inside, cv2.DIST_L2, 3) / reach, 1)
            height = cv2.GaussianBlur(np.sqrt(np.clip(2 * depth - depth * depth, 0, 1)), (0, 0), 1.5) * reach
            slope_x = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=0.125)
            slope_y = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=0.125)
            lean = -(slope_x * self.light[0] + slope_y * self.light[1])
            light += look.round * self.contrast * np.clip(lean, -1, 0.5)
            light *= 1 - 0.5 * look.round * self.contrast * (1 - depth) ** 2
        if look.folds > 0:
            per = 380 / self.scale  # folds keep their size on the body
            folds = noise(dice.rng, box, dice.between(4, 16) * 2 / per, dice.between(2, 5) * 2 / per, angle)
            fine = noise(
                dice.rng, box, dice.between(8, 40) / per * 2, dice.between(6, 24) / per * 2, dice.between(-2, 2)
            )
            light *= 1 + self.contrast * look.folds * (folds + 0.6 * fine)
            if dice.chance(0.4):
                cells = dice.between(6, 24) * 2 / per
                ridge = np.abs(
                    noise(dice.rng, box, cells, cells * dice.between(0.3, 1.2), angle + dice.jitter(0.7))
                )
                light *= 1 + self.contrast * look.folds * dice.between(0.5, 1.8) * (0.3 - np.sqrt(ridge))
        return np.asarray(np.clip(cloth * np.clip(light, 0.15, 2)[..., None], 0, 1), np.float32)

    def stroke(self, line: Points, strength: float, width: int, colour: Plane, only: tuple[Part, ...]) -> None:
        """A seam, zip or crease in `colour`; labels stay, drawn on the parts in `only`."""
        box = self._box([line], 4)
        if box is None:
            return
        area = box.slices
        ink = np.zeros((box.bottom - box.top, box.right - box.left), np.uint8)
        cv2.polylines(ink, [self._local(line, box)], False, 255, width, cv2.LINE_AA, SUBPIXEL_BITS)
        weight = strength * ink.astype(np.float32) / 255 * np.isin(self.parts[area], only)
        self.rgb[area] += weight[..., None] * (colour - self.rgb[area])


def varied(look: Look, dice: Dice, **changes: float) -> Look:
    """The look of a neighbouring piece of the same cloth."""
    return replace(look, **({"folds": look.folds * dice.between(0.7, 1.4)} | changes))
