"""From a drawing to what the model gets: ground, light, camera, and a cut-out with the faults real ones have."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.garment.parts import MODEL_SIZE, Square, crop_square, garment_square, model_input
from pipeline.training.canvas import Canvas
from pipeline.training.fabric import WHOLE, Fabric, noise, pick_colour
from pipeline.training.geometry import CANVAS, Dice

Plane = NDArray[np.float32]


def photograph(dice: Dice, canvas: Canvas) -> Plane:
    """The drawing on a ground, with its shadow, light and camera; RGB 0..1, shape (CANVAS, CANVAS, 3)."""
    ground = _ground(dice)
    offset = (dice.whole(0, 9), dice.whole(-6, 7))
    shadow = cv2.GaussianBlur(np.roll(canvas.coverage, offset, (0, 1)), (0, 0), dice.between(2, 9))
    ground = ground * (1 - dice.between(0, 0.5) * shadow)[..., None]
    photo = ground + canvas.coverage[..., None] * (canvas.rgb - ground)
    if dice.chance(0.35):
        photo = cv2.GaussianBlur(photo, (0, 0), dice.between(0.4, 1.1))
    photo = photo * dice.between(0.85, 1.12) + dice.between(-0.03, 0.06)
    tint = 1 + dice.rng.uniform(-0.06, 0.06, 3)
    return np.asarray(np.clip(photo * tint, 0, 1) ** dice.between(0.75, 1.3), np.float32)


def _ground(dice: Dice) -> Plane:
    kind = dice.pick({"studio": 0.5, "colour": 0.25, "textile": 0.25})
    if kind == "studio":
        return np.full((CANVAS, CANVAS, 3), dice.between(0.8, 1), np.float32)
    if kind == "colour":
        plane = np.broadcast_to(pick_colour(dice), (CANVAS, CANVAS, 3)).astype(np.float32)
        return np.asarray(plane + 0.08 * noise(dice.rng, WHOLE, 5, 5)[..., None], np.float32)
    return Fabric(dice).paint(WHOLE, dice.between(-2, 2))


def cut_out(dice: Dice, coverage: Plane) -> Plane:
    """An imperfect alpha: grown or shrunk, soft, gaps bridged, shadow kept, bites, blobs and half-lost areas."""
    alpha = coverage
    grow = dice.whole(-2, 4)
    if grow:
        kernel = np.ones((abs(grow) + 1,) * 2, np.uint8)
        alpha = (cv2.dilate if grow > 0 else cv2.erode)(alpha, kernel)
    if dice.chance(0.22):
        size = dice.whole(5, 25)
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        alpha = np.maximum(alpha, cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, kernel) * dice.between(0.4, 1))
    if dice.chance(0.15):
        shifted = np.roll(coverage, (dice.whole(1, 10), dice.whole(-8, 9)), (0, 1))
        alpha = np.maximum(alpha, cv2.GaussianBlur(shifted, (0, 0), 2) * dice.between(0.3, 1))
    alpha = cv2.GaussianBlur(alpha, (0, 0), dice.between(0.4, 1.9))
    y, x = np.mgrid[0:CANVAS, 0:CANVAS]
    if dice.chance(0.14):
        cx, cy, spread = dice.between(0, CANVAS), dice.between(0, CANVAS), dice.between(60, 500)
        blob = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / spread)
        alpha = alpha + (1 if dice.chance(0.5) else -1) * blob
    if dice.chance(0.08):
        alpha = alpha * (1 - np.clip(noise(dice.rng, WHOLE, 5, 5) - 0.2, 0, 0.7))
    return np.asarray(np.clip(alpha, 0, 1), np.float32)


def develop(
    dice: Dice, photo: Plane, alpha: Plane, parts: NDArray[np.uint8], landmarks: Plane
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8], Plane]:
    """Crop as the loader does (with a little freedom), add grain and JPEG; picture, alpha, labels, landmarks."""
    tight = garment_square(alpha, dice.between(0.01, 0.08))
    square = Square(tight.left + dice.whole(-3, 4), tight.top + dice.whole(-3, 4), tight.side)
    planes = model_input(photo, alpha, square, MODEL_SIZE)[0]
    rgb = planes[:3].transpose(1, 2, 0) + dice.rng.normal(0, dice.between(0, 0.02), (MODEL_SIZE, MODEL_SIZE, 3))
    rgb8 = np.round(np.clip(rgb, 0, 1) * 255).astype(np.uint8)
    if dice.chance(0.6):
        quality = [cv2.IMWRITE_JPEG_QUALITY, dice.whole(40, 95)]
        rgb8 = cv2.imdecode(cv2.imencode(".jpg", rgb8, quality)[1], cv2.IMREAD_COLOR)
    labels = _crop_labels(parts, square)
    scaled = ((landmarks + 0.5 - (square.left, square.top)) * MODEL_SIZE / square.side - 0.5).astype(np.float32)
    return rgb8, np.round(planes[3] * 255).astype(np.uint8), labels, scaled


def _crop_labels(parts: NDArray[np.uint8], square: Square) -> NDArray[np.uint8]:
    exact = crop_square(parts.astype(np.float32), square, 0.0, square.side)
    at = np.minimum(((np.arange(MODEL_SIZE) + 0.5) * square.side / MODEL_SIZE).astype(int), square.side - 1)
    return exact[np.ix_(at, at)].astype(np.uint8)
