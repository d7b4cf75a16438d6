"""Chance, outlines and the view of a rendered garment.

Garments are described in units of half their chest (or hip) width, x to the right, y down. Sides are numbered
-1 for the picture's left and +1 for its right.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Shape (n, 2), x and y."""

SIDES = (-1, 1)
CANVAS = 256
"""Pixels a side of the drawing, before the photo is cropped to the model's size."""


class Dice:
    """A seeded source of chance with the few questions the renderer asks."""

    def __init__(self, seed: int | list[int]) -> None:
        self.rng = np.random.default_rng(seed)

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """low <= n < high."""
        return int(self.rng.integers(low, high))

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def jitter(self, spread: float) -> float:
        return float(self.rng.normal(0, spread))

    def pick(self, weights: Mapping[str, float]) -> str:
        share = np.fromiter(weights.values(), float)
        return list(weights)[int(self.rng.choice(len(share), p=share / share.sum()))]


def path(*coordinates: float) -> Points:
    """Points from x0, y0, x1, y1, ..."""
    return np.asarray(coordinates, np.float64).reshape(-1, 2)


def join(*paths: Points) -> Points:
    return np.vstack([np.atleast_2d(piece) for piece in paths])


def smooth(line: Points, rounds: int = 3) -> Points:
    """Chaikin's corner cutting; both ends stay."""
    for _ in range(rounds):
        cut = np.empty((2 * len(line), 2))
        cut[0], cut[-1] = line[0], line[-1]
        cut[1:-1:2] = 0.75 * line[:-1] + 0.25 * line[1:]
        cut[2:-1:2] = 0.25 * line[:-1] + 0.75 * line[1:]
        line = cut
    return line


def mirror(line: Points) -> Points:
    return line * (-1, 1)


def toward(angle: float, side: int) -> Points:
    """Unit direction `angle` radians out from straight down, to the given side."""
    return np.array([side * np.sin(angle), np.cos(angle)])


class View:
    """From garment units to canvas pixels: a small turn, shear, perspective, the wobble of cloth laid by hand."""

    def __init__(self, dice: Dice, extent: Points) -> None:
        low, high = extent.min(0), extent.max(0)
        self.centre = (low + high) / 2
        self.scale = CANVAS * dice.between(0.78, 0.9) / float((high - low).max())
        turn = np.radians(dice.jitter(4 if dice.chance(0.85) else 12))
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        # A ghost mannequin shows a narrow front, a garment laid flat its whole width.
        shear = np.array([[dice.between(0.72, 1.1), dice.jitter(0.03)], [0, 1]])
        self.matrix = rotation @ shear * self.scale
        self.perspective = dice.rng.normal(0, 0.025, 2) / max(1.0, float((high - low).max()) / 3)
        strength = dice.between(0, 0.02) if dice.chance(0.6) else dice.between(0.02, 0.05)
        self.wave = dice.rng.normal(0, 2.2, (3, 2, 2))
        self.phase = dice.between(0, 7)
        self.wobble = strength

    def project(self, points: Points) -> Points:
        bent = np.atleast_2d(points).astype(np.float64)
        for wave in self.wave:
            bent = bent + self.wobble * np.sin(bent @ wave + self.phase)
        bent = bent - self.centre
        shrink = 1 + bent @ self.perspective
        result: Points = (bent @ self.matrix.T) / shrink[:, None] + CANVAS / 2
        return result
