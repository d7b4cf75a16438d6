"""A drawing that knows, for every pixel, which part of the garment it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.garment.parts import Part
from pipeline.training.fabric import Box, Fabric, noise
from pipeline.training.geometry import CANVAS, Dice, Points, View

SUBPIXEL_BITS = 3


@dataclass(frozen=True)
class Look:
    """How one layer meets the light; all are shares of brightness.

    folds: depth of creases; edge: darkening toward its outline; cast: its shadow on what lies below;
    outline: a dark seam along its outline; gain: its brightness.
    """

    folds: float = 0.15
    edge: float = 0.2
    cast: float = 0.3
    outline: float = 0.2
    gain: float = 1.0


FLAT = Look(folds=0, edge=0.05, cast=0, outline=0)


def _subpixels(points: Points) -> NDArray[np.int32]:
    return np.round(np.clip(points, -4 * CANVAS, 4 * CANVAS) * (1 << SUBPIXEL_BITS)).astype(np.int32)


def _box_round(points: Points, margin: int) -> Box | None:
    x0, y0 = np.floor(points.min(0)).astype(int) - margin
    x1, y1 = np.ceil(points.max(0)).astype(int) + margin + 1
    box = Box(max(int(x0), 0), max(int(y0), 0), min(int(x1), CANVAS), min(int(y1), CANVAS))
    return box if box.right - box.left > 1 and box.bottom - box.top > 1 else None


class Canvas:
    """RGB 0..1, coverage 0..1 and part labels, all (CANVAS, CANVAS). Points are garment units."""

    def __init__(self, dice: Dice, view: View) -> None:
        self.dice = dice
        self.view = view
        self.rgb = np.ones((CANVAS, CANVAS, 3), np.float32)
        self.coverage = np.zeros((CANVAS, CANVAS), np.float32)
        self.parts = np.zeros((CANVAS, CANVAS), np.uint8)

    def lay(self, outline: Points, part: Part | None, fabric: Fabric, look: Look, angle: float = 0.0) -> None:
        """Put one piece of cloth on top. `part` None keeps the labels (and covers nothing new): appliqué, tags.

        `angle` turns grain and folds, radians counter-clockwise on the picture.
        """
        points = self.view.project(outline)
        box = _box_round(points, 12)
        if box is None:
            return
        area = box.slices
        mask8 = np.zeros((box.bottom - box.top, box.right - box.left), np.uint8)
        local = _subpixels(points - (box.left, box.top))
        cv2.fillPoly(mask8, [local], 255, cv2.LINE_AA, SUBPIXEL_BITS)
        if part is None:
            mask8[self.coverage[area] <= 0.5] = 0
        mask = np.asarray(mask8 / 255, np.float32)
        if look.cast > 0:
            self._cast_shadow(mask, area, look.cast)
        cloth = fabric.paint(box, angle, (float(points[:, 0].mean()), float(points[0, 1])))
        cloth = self._lit(cloth, mask8, box, look, angle)
        if look.outline > 0:
            seam = np.zeros_like(mask8)
            cv2.polylines(seam, [local], True, 255, self.dice.whole(1, 3), cv2.LINE_AA, SUBPIXEL_BITS)
            cloth *= (1 - look.outline * seam.astype(np.float32) / 255)[..., None]
        self.rgb[area] += mask[..., None] * (cloth - self.rgb[area])
        if part is not None:
            self.coverage[area] = np.maximum(self.coverage[area], mask)
            self.parts[area][mask8 > 127] = part

    def _cast_shadow(self, mask: NDArray[np.float32], area: tuple[slice, slice], strength: float) -> None:
        shifted = np.roll(mask, (self.dice.whole(0, 4), self.dice.whole(-2, 3)), (0, 1))
        shadow = cv2.GaussianBlur(shifted, (0, 0), self.dice.between(1.2, 5))
        self.rgb[area] *= (1 - strength * shadow * (self.coverage[area] > 0.5))[..., None]

    def _lit(
        self, cloth: NDArray[np.float32], mask8: NDArray[np.uint8], box: Box, look: Look, angle: float
    ) -> NDArray[np.float32]:
        dice = self.dice
        distance = cv2.distanceTransform((mask8 > 127).astype(np.uint8), cv2.DIST_L2, 3)
        light = look.gain * (1 - look.edge * np.exp(-distance / dice.between(2.5, 14)))
        if look.folds > 0:
            long_folds = noise(dice.rng, box, dice.between(4, 16), dice.between(2, 5), angle)
            creases = noise(
                dice.rng, box, dice.between(10, 34), dice.between(4, 14), angle + dice.between(-0.6, 0.6)
            )
            light *= 1 + look.folds * (long_folds + 0.5 * creases)
            if dice.chance(0.35):
                cells = dice.between(5, 22)
                ridges = np.abs(
                    noise(dice.rng, box, cells, cells * dice.between(0.4, 1.2), angle + dice.jitter(0.6))
                )
                light *= 1 + look.folds * dice.between(0.5, 1.5) * (0.3 - np.sqrt(ridges))
        slope = np.linspace(-0.5, 0.5, box.right - box.left, dtype=np.float32)
        light *= 1 + dice.between(-0.2, 0.2) * slope
        return np.asarray(np.clip(cloth * light[..., None], 0, 1), np.float32)

    def relabel(self, outline: Points, old: Part, new: Part) -> None:
        """Inside `outline`, `old` becomes `new`; the picture stays (a seamless dress)."""
        inside = np.zeros_like(self.parts)
        cv2.fillPoly(inside, [_subpixels(self.view.project(outline))], 255, cv2.LINE_8, SUBPIXEL_BITS)
        self.parts[(inside > 0) & (self.parts == old)] = new

    def stroke(
        self,
        line: Points,
        strength: float,
        width: int = 1,
        colour: NDArray[np.float32] | None = None,
        only: tuple[Part, ...] = (),
    ) -> None:
        """A seam, zip, stitch or crease: labels stay. Drawn on any cloth, or on the parts in `only`."""
        points = self.view.project(line)
        box = _box_round(points, 4)
        if box is None:
            return
        area = box.slices
        ink = np.zeros((box.bottom - box.top, box.right - box.left), np.uint8)
        local = _subpixels(points - (box.left, box.top))
        cv2.polylines(ink, [local], False, 255, width, cv2.LINE_AA, SUBPIXEL_BITS)
        allowed = np.isin(self.parts[area], only) if only else self.parts[area] > 0
        weight = strength * ink.astype(np.float32) / 255 * allowed
        target = np.zeros(3, np.float32) if colour is None else colour
        self.rgb[area] += weight[..., None] * (target - self.rgb[area])

    def spot(self, centre: Points, radius: float, colour: NDArray[np.float32], only: tuple[Part, ...]) -> None:
        """A button, rivet or hole of `radius` canvas pixels; labels stay."""
        x, y = self.view.project(centre)[0]
        reach = int(radius * 2) + 2
        box = _box_round(np.array([[x, y]]), reach)
        if box is None:
            return
        area = box.slices
        rows, columns = np.mgrid[box.top : box.bottom, box.left : box.right]
        weight = np.clip(radius + 0.5 - np.hypot(columns - x, rows - y), 0, 1) * np.isin(self.parts[area], only)
        self.rgb[area] += weight[..., None].astype(np.float32) * (colour - self.rgb[area])


def varied(look: Look, dice: Dice, **changes: float) -> Look:
    """The look of a neighbouring piece: same light, slightly different folds; `changes` are set as given."""
    drift = {"folds": look.folds * dice.between(0.8, 1.6), "edge": look.edge * dice.between(0.7, 1.4)}
    return replace(look, **(drift | changes))
