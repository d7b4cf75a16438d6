"""Details that must not be mistaken for parts: prints, pockets, seams, buttons, zips, creases, holes."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.garment.parts import Part
from pipeline.training.canvas import Look
from pipeline.training.fabric import WHOLE, Fabric, Plain, noise, pick_colour
from pipeline.training.geometry import CANVAS, SIDES, Points, join, path, smooth
from pipeline.training.scene import Scene


def draw_print(scene: Scene, centre: Points, half_width: float, half_height: float, part: Part) -> None:
    """A motif on the cloth: blobs in a frame, a star, lines of text, a block of colour."""
    dice = scene.dice
    kind = dice.pick({"blobs": 0.4, "star": 0.15, "text": 0.3, "block": 0.15})
    if kind == "text":
        _draw_text(scene, centre, half_width, part)
        return
    if kind == "star":
        turn = np.linspace(0, 2 * np.pi, 2 * dice.whole(4, 8) + 1)[:-1] + dice.between(0, 1)
        radius = np.where(np.arange(len(turn)) % 2, dice.between(0.4, 0.8), 1.0)
        shape = np.column_stack([np.cos(turn) * radius * half_width, np.sin(turn) * radius * half_height])
    else:
        shape = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (half_width, half_height)
        if dice.chance(0.4):
            shape = smooth(join(shape, shape[:1]))
    weave = "patches" if kind == "blobs" else "solid"
    scene.canvas.lay(centre + shape, None, Fabric(dice, weave), Look(0.05, 0.0, 0.0, 0.1))


def _draw_text(scene: Scene, centre: Points, half_width: float, part: Part) -> None:
    dice, canvas = scene.dice, scene.canvas
    words = "".join(chr(dice.whole(65, 91)) for _ in range(dice.whole(3, 9)))
    ink = np.zeros((CANVAS, CANVAS), np.uint8)
    x, y = scene.view.project(centre)[0]
    size = max(0.25, half_width * scene.view.scale / (9 * len(words)))
    for line in range(dice.whole(1, 4)):
        at = (int(x - 9 * size * len(words)), int(y + line * 26 * size))
        cv2.putText(ink, words, at, dice.whole(0, 5), size, 255, dice.whole(1, 4), cv2.LINE_AA)
    weight = ink.astype(np.float32)[..., None] / 255 * (canvas.parts == part)[..., None]
    canvas.rgb += weight * (pick_colour(dice) - canvas.rgb)


def draw_pocket(scene: Scene, x: float, y: float, *parts: Part) -> None:
    """Patch, slanted, flap or welt pocket."""
    dice = scene.dice
    w, h = dice.between(0.12, 0.28), dice.between(0.1, 0.38)
    kind = dice.pick({"patch": 0.5, "slant": 0.3, "welt": 0.2})
    if kind == "slant":
        lean = np.sign(x) * dice.between(0.08, 0.3)
        scene.seam(path(x - lean, y, x + lean, y + h), *parts)
    elif kind == "welt":
        scene.seam(path(x - w, y, x + w, y + dice.jitter(0.04)), *parts)
    else:
        scene.seam(path(x - w, y, x + w, y, x + w, y + h, x, y + h * 1.1, x - w, y + h, x - w, y), *parts)
        if dice.chance(0.4):
            scene.seam(path(x - w, y + h * 0.3, x, y + h * 0.45, x + w, y + h * 0.3), *parts)


def draw_creases(scene: Scene, low: Points, high: Points) -> None:
    """A few random wrinkles anywhere between two corners."""
    dice = scene.dice
    for _ in range(dice.whole(0, 6)):
        start = path(dice.between(low[0, 0], high[0, 0]), dice.between(low[0, 1], high[0, 1]))
        bend = start + dice.rng.normal(0, 0.2, 2)
        line = smooth(join(start, bend, bend + dice.rng.normal(0, 0.25, 2)))
        light = np.ones(3, np.float32) if dice.chance(0.3) else None
        scene.canvas.stroke(line, dice.between(0.05, 0.28), dice.whole(1, 4), light)


def draw_damage(scene: Scene, low: Points, high: Points) -> None:
    """Holes, studs, badges: small spots that are no part."""
    dice = scene.dice
    colour = pick_colour(dice)
    wearable = tuple(part for part in Part if part is not Part.BACKGROUND)
    for _ in range(dice.whole(4, 24)):
        at = path(dice.between(low[0, 0], high[0, 0]), dice.between(low[0, 1], high[0, 1]))
        scene.canvas.spot(at, dice.between(0.5, 3.5), colour, wearable)


def draw_closure(scene: Scene, top: float, bottom: float, *parts: Part) -> None:
    """Placket with buttons, or a zip, straight down the front."""
    dice, canvas = scene.dice, scene.canvas
    x, half = dice.jitter(0.03), dice.between(0.04, 0.1)
    if dice.chance(0.5):
        for dx in (-half, half):
            scene.seam(path(x + dx, top, x + dx, bottom), *parts)
    colour = pick_colour(dice) if dice.chance(0.4) else None
    canvas.stroke(path(x, top, x, bottom), dice.between(0.1, 0.6), dice.whole(1, 3), colour, parts)
    if dice.chance(0.65):
        button = Plain(pick_colour(dice)).colours[0]
        columns = (x - 0.25, x + 0.25) if dice.chance(0.12) else (x,)
        radius, step = dice.between(0.7, 2.2), dice.between(0.18, 0.5)
        for y in np.arange(top + 0.12, bottom - 0.1, step):
            for column in columns:
                canvas.spot(path(column, float(y)), radius, button, parts)


def draw_shading(scene: Scene) -> None:
    """Large soft light and shade over everything worn, as on a body or a ghost mannequin."""
    dice, canvas = scene.dice, scene.canvas
    whole = scene.canvas.rgb.shape[0]
    y, x = np.mgrid[0:whole, 0:whole].astype(np.float32) / whole - 0.5
    swell = 1 - dice.between(0, 0.5) * (x * x + 0.3 * y * y)
    from_side = 1 + dice.between(-0.25, 0.25) * x + dice.between(-0.2, 0.2) * y
    canvas.rgb *= (swell * from_side)[..., None].astype(np.float32)


def draw_quilting(scene: Scene, length: float) -> None:
    """Horizontal or diamond lines of a puffer."""
    dice = scene.dice
    step = dice.between(0.15, 0.4)
    slope = dice.between(0.4, 1) if dice.chance(0.3) else 0.0
    strength = dice.between(0.2, 0.5)
    for y in np.arange(0.2, length + 2, step):
        for tilt in (slope, -slope) if slope else (0.0,):
            scene.canvas.stroke(path(-2, float(y) - tilt, 2, float(y) + tilt), strength, dice.whole(1, 3))


def draw_panel_seams(scene: Scene, armpit: float, length: float, part: Part) -> None:
    """Princess seams, yokes."""
    dice = scene.dice
    if dice.chance(0.15):
        y = dice.between(0.35, 0.9)
        scene.seam(path(-1.2, y, 1.2, y + dice.jitter(0.04)), part)
    if dice.chance(0.18):
        for side in SIDES:
            top = path(side * dice.between(0.4, 0.75), armpit * dice.between(0.4, 1))
            low = path(side * 0.5, armpit + 0.4, side * dice.between(0.4, 0.7), length)
            scene.seam(smooth(join(top, low)), part)


def tie_dye(scene: Scene, part: Part) -> None:
    """Large soft clouds of another colour over one part."""
    dice, canvas = scene.dice, scene.canvas
    box_noise = noise(dice.rng, WHOLE, dice.between(2, 6), dice.between(2, 6))
    weight = np.clip(box_noise + 0.3, 0, 1) * dice.between(0.3, 0.9) * (canvas.parts == part)
    canvas.rgb += weight[..., None].astype(np.float32) * (pick_colour(dice) - canvas.rgb)
