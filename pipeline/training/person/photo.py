"""Ground, light, camera and the faults of a cut-out."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.training.fabric import Fabric, noise, pick_colour
from pipeline.training.geometry import Dice
from pipeline.training.person.canvas import HEIGHT, WHOLE, WIDTH, Plane


def ground(dice: Dice) -> Plane:
    """RGB 0..1, (HEIGHT, WIDTH, 3): studio, wall, textile or clutter."""
    kind = dice.pick({"studio": 0.45, "wall": 0.2, "textile": 0.08, "clutter": 0.27})
    if kind == "textile":
        return Fabric(dice).paint(WHOLE, dice.between(-2, 2)).copy()
    base = np.full(3, dice.between(0.7, 1), np.float32) if kind == "studio" else pick_colour(dice)
    plane = np.broadcast_to(base, (HEIGHT, WIDTH, 3)).astype(np.float32)
    slope = np.linspace(-1, 1, HEIGHT, dtype=np.float32)[:, None, None] * dice.jitter(0.08)
    plane = plane + slope + dice.between(0, 0.06) * noise(dice.rng, WHOLE, 4, 4)[..., None]
    plane = np.ascontiguousarray(plane, np.float32)
    if kind == "clutter":
        blur = dice.between(0.5, 9)
        for _ in range(dice.whole(4, 22)):
            x, y = dice.whole(-40, WIDTH), dice.whole(-40, HEIGHT)
            w, h = dice.whole(8, 140), dice.whole(8, 220)
            colour = tuple(float(v) for v in pick_colour(dice))
            if dice.chance(0.6):
                cv2.rectangle(plane, (x, y), (x + w, y + h), colour, -1)
            else:
                cv2.ellipse(plane, (x, y), (w // 2, h // 2), dice.between(0, 180), 0, 360, colour, -1)
        plane = cv2.GaussianBlur(plane, (0, 0), blur)
    return np.asarray(np.clip(plane, 0, 1), np.float32)


def finish(dice: Dice, picture: Plane) -> Plane:
    """Light across the scene, tint, contrast, softness."""
    out = picture.copy()
    if dice.chance(0.4):
        blurred = cv2.GaussianBlur(out, (0, 0), dice.between(0.4, 1.6))
        out = blurred
    angle = dice.between(0, 2 * np.pi)
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j].astype(np.float32)
    out *= (1 + dice.jitter(0.1) * (x * np.cos(angle) + y * np.sin(angle)))[..., None]
    out = out * (dice.between(0.85, 1.3) if dice.chance(0.75) else dice.between(0.5, 0.85)) + dice.between(
        -0.02, 0.05
    )
    tint = 1 + dice.rng.normal(0, 0.045, 3)
    return np.asarray(np.clip(out * tint, 0, 1) ** dice.between(0.7, 1.2), np.float32)


def matte(dice: Dice, cover: Plane) -> Plane:
    """A cut-out with the faults real ones have: grown, shrunk, soft, bites out, lumps on, gaps filled."""
    alpha = cover.copy()
    grow = dice.whole(-2, 4)
    if grow:
        alpha = (cv2.dilate if grow > 0 else cv2.erode)(alpha, np.ones((abs(grow) + 1,) * 2, np.uint8))
    if dice.chance(0.25):
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (dice.whole(5, 31),) * 2)
        alpha = np.maximum(alpha, cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, disc) * dice.between(0.4, 1))
    alpha = cv2.GaussianBlur(alpha, (0, 0), dice.between(0.5, 2.2))
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    for _ in range(dice.whole(0, 3) if dice.chance(0.4) else 0):
        cx, cy, spread = dice.between(0, WIDTH), dice.between(0, HEIGHT), dice.between(80, 1500)
        alpha += (1 if dice.chance(0.45) else -1) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / spread)
    if dice.chance(0.06):
        alpha *= 1 - np.clip(noise(dice.rng, WHOLE, 5, 5) - 0.2, 0, 0.8)
    return np.asarray(np.clip(alpha, 0, 1), np.float32)
