"""A body in a pose: joints, widths and the map from the trunk to the picture.

The unit is the torso (middle of the shoulder joints to middle of the hip joints), x to the right, y down, the
origin between the shoulder joints. Trunk coordinates (u, v): u across, v = 0 at the shoulders, 1 at the hips.
Sides are -1 for the picture's left and +1 for its right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.training.geometry import SIDES, Dice, Points, path

Point = NDArray[np.float64]
"""(2,), torsos."""

ARM_MODES = {
    "hang": 0.34, "hip": 0.1, "pocket": 0.12, "raised": 0.1, "front": 0.14, "behind": 0.06, "free": 0.13,
    "low front": 0.04,
}  # fmt: skip
LEG_MODES = {"stand": 0.58, "apart": 0.1, "crossed": 0.08, "walk": 0.12, "seated": 0.12}


@dataclass
class Limb:
    """Joints from the trunk outwards: shoulder, elbow, wrist, fingertips or hip, knee, ankle, toes."""

    joints: Points
    mode: str


class Figure:
    """One body; everything random about it is decided here."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.back = dice.chance(0.09)
        self.yaw = float(np.radians(dice.jitter(9 if dice.chance(0.6) else 22)))
        self.yaw = float(np.clip(self.yaw, -0.85, 0.85))
        female = dice.chance(0.58)
        heavy = max(0.0, dice.jitter(0.16)) if dice.chance(0.45) else 0.0
        self.bulk = 1 + 1.1 * heavy
        self.shoulder = (dice.between(0.29, 0.37) if female else dice.between(0.33, 0.43)) * (1 + 0.2 * heavy)
        chest = self.shoulder * dice.between(0.88, 1.02) * (1 + 0.7 * heavy)
        waist = chest * (dice.between(0.74, 0.9) if female else dice.between(0.84, 0.98)) * (1 + 0.45 * heavy)
        hip = max(waist * 1.02, self.shoulder * (dice.between(0.94, 1.14) if female else dice.between(0.82, 0.98)))
        self.halves = (self.shoulder + 0.03, self.shoulder + 0.05, chest, waist, hip * (1 + 0.4 * heavy), hip)
        self.levels = (-0.05, 0.1, 0.26, dice.between(0.56, 0.68), 0.97, 1.18)
        lean = dice.jitter(0.06)
        self.pelvis = np.array([lean, np.sqrt(1 - min(lean * lean, 0.5))])
        self.bend = dice.jitter(0.03)
        self.tilts = (dice.jitter(0.05), dice.jitter(0.05))
        self.arm_width = dice.between(0.075, 0.1) * (1 + 0.6 * heavy)
        self.leg_width = dice.between(0.155, 0.2) * (1 + 0.6 * heavy)
        turn = self.yaw * dice.between(0.3, 1.6) + dice.jitter(0.1)
        self.head_turn = float(np.clip(turn, -1.1, 1.1))
        self.head_tilt = dice.jitter(0.1)
        self.head_size = dice.between(0.9, 1.1)
        self.chin = self.trunk(0.35 * np.sin(self.yaw) * 0.25, dice.between(-0.27, -0.17))
        up = np.array([np.sin(self.head_tilt), -np.cos(self.head_tilt)])
        self.head_up = up
        self.head = self.chin + up * 0.235 * self.head_size + (0.06 * np.sin(self.head_turn), 0)
        self.crossed_arms = dice.chance(0.06)
        self.arms = {side: self._arm(side) for side in SIDES}
        legs = dice.pick(LEG_MODES)
        self.legs = {side: self._leg(side, legs) for side in SIDES}

    def side_half(self, v: NDArray[np.float64]) -> NDArray[np.float64]:
        """Half the trunk's width at `v`, torsos; a turned trunk shows its depth."""
        depth = np.sqrt(np.cos(self.yaw) ** 2 + (0.62 * np.sin(self.yaw)) ** 2)
        return np.asarray(np.interp(v, self.levels, self.halves) * depth, np.float64)

    def half_at(self, v: float) -> float:
        return float(self.side_half(np.array([v]))[0])

    def front(self) -> float:
        """Where the middle of the front (or back) lies across the turned trunk."""
        return float(0.2 * np.sin(self.yaw))

    def trunk(self, u: float, v: float) -> Point:
        return np.asarray(self.on_trunk(path(u, v))[0], np.float64)

    def on_trunk(self, uv: Points) -> Points:
        """(N, 2) trunk coordinates to (N, 2) torsos in the picture."""
        u, v = uv[:, 0], uv[:, 1]
        tilt = self.tilts[0] + (self.tilts[1] - self.tilts[0]) * np.clip(v, 0, 1)
        spine = v[:, None] * self.pelvis + (self.bend * 4 * np.clip(v, 0, 1) * (1 - np.clip(v, 0, 1)))[:, None] * (
            1,
            0,
        )
        place: Points = spine + u[:, None] * np.column_stack([np.cos(tilt), np.sin(tilt)])
        return place

    def _arm(self, side: int) -> Limb:
        dice = self.dice
        mode = "crossed" if self.crossed_arms else dice.pick(ARM_MODES)
        shoulder = self.trunk(side * self.shoulder * np.cos(self.yaw), dice.jitter(0.015))
        upper, lower = dice.between(0.52, 0.64), dice.between(0.44, 0.54)
        hip = self.half_at(0.95)
        if mode == "hang":
            out = dice.between(0.0, 0.4)
            elbow = shoulder + upper * _way(out, side)
            wrist = elbow + lower * _way(out + dice.between(-0.5, 0.15), side)
        elif mode == "raised":
            out = dice.between(1.5, 3.0)
            elbow = shoulder + upper * dice.between(0.6, 1) * _way(out, side)
            wrist = elbow + lower * dice.between(0.6, 1) * _way(out + dice.between(-0.2, 2.4), side)
        elif mode == "free":
            out = dice.between(-0.15, 1.5)
            elbow = shoulder + upper * dice.between(0.6, 1) * _way(out, side)
            wrist = elbow + lower * dice.between(0.5, 1) * _way(out + dice.between(-2.6, 1.2), side)
        else:
            wrist = {
                "hip": lambda: self.trunk(side * (hip + dice.between(-0.02, 0.06)), dice.between(0.68, 0.98)),
                "pocket": lambda: self.trunk(side * hip * dice.between(0.86, 1.08), dice.between(0.93, 1.12)),
                "front": lambda: self.trunk(side * dice.between(-0.3, 0.32), dice.between(0.1, 0.95)),
                "low front": lambda: self.trunk(side * dice.between(-0.08, 0.12), dice.between(0.9, 1.12)),
                "behind": lambda: self.trunk(side * dice.between(0, 0.25), dice.between(0.75, 1.0)),
                "crossed": lambda: self.trunk(-side * dice.between(0.12, 0.34), dice.between(0.34, 0.52)),
            }[mode]()
            elbow = _elbow(shoulder, wrist, upper, lower, side)
        hand = wrist + dice.between(0.26, 0.36) * self._hand_way(mode, side, elbow, wrist)
        return Limb(np.stack([shoulder, elbow, wrist, hand]), mode)

    def _hand_way(self, mode: str, side: int, elbow: Point, wrist: Point) -> Point:
        dice = self.dice
        if mode == "pocket":
            return _way(dice.between(-0.7, 0.0), side)
        if mode == "hip":
            return _way(dice.between(-1.5, -0.4), side) * 0.8
        along = wrist - elbow
        angle = float(np.arctan2(along[1], along[0])) + dice.jitter(0.25 if mode == "hang" else 0.5)
        return np.array([np.cos(angle), np.sin(angle)]) * dice.between(0.7, 1)

    def _leg(self, side: int, mode: str) -> Limb:
        dice = self.dice
        hip = self.trunk(side * 0.19 * np.cos(self.yaw) * self.bulk**0.3, 1.0)
        thigh, shin = dice.between(0.82, 0.95), dice.between(0.78, 0.92)
        if mode == "seated":
            out = dice.between(-0.3, 1.2)
            knee = hip + thigh * dice.between(0.3, 0.85) * _way(out, side)
            ankle = knee + shin * dice.between(0.8, 1) * _way(dice.between(-0.7, 0.4), side)
        else:
            out = {"stand": 0.0, "apart": 0.2, "crossed": -0.14, "walk": 0.0}[mode] + dice.jitter(0.05)
            knee = hip + thigh * dice.between(0.92, 1) * _way(out, side)
            shrink = dice.between(0.6, 1) if mode == "walk" else dice.between(0.95, 1)
            ankle = knee + shin * shrink * _way(out * 0.5 + dice.jitter(0.06), side)
        toe = ankle + dice.between(0.16, 0.3) * _way(dice.between(-0.1, 0.9), side)
        return Limb(np.stack([hip, knee, ankle, toe]), mode)


def by(x: float, y: float) -> Point:
    return np.array([x, y], np.float64)


def _way(out: float, side: int) -> Point:
    """Unit vector `out` radians outwards from straight down."""
    return np.array([side * np.sin(out), np.cos(out)])


def _elbow(shoulder: Point, wrist: Point, upper: float, lower: float, side: int) -> Point:
    """The elbow that bends outwards and down; bones look shorter when the hand is near (they point at us)."""
    gap = wrist - shoulder
    length = max(float(np.hypot(*gap)), 1e-3)
    if length >= upper + lower:
        return np.asarray(shoulder + gap * upper / (upper + lower), np.float64)
    short = max(length / (upper + lower), 0.75)
    a, b = upper * short, lower * short
    along = (a * a - b * b + length * length) / (2 * length)
    rise = np.sqrt(max(a * a - along * along, 0.0))
    normal = np.array([-gap[1], gap[0]]) / length
    options = [shoulder + gap / length * along + sign * rise * normal for sign in (-1, 1)]
    return np.asarray(max(options, key=lambda p: side * p[0] + 0.4 * p[1]), np.float64)
