"""Close-ups of necks with known truth, for the model that finds their opening: one seed, one neck."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.garment.neck import NECK_SIZE, neck_square
from pipeline.garment.parts import Part, Square, crop_square, model_input
from pipeline.training.canvas import Canvas, Look, varied
from pipeline.training.details import draw_shading
from pipeline.training.fabric import Fabric, Plain, pick_colour
from pipeline.training.geometry import CANVAS, Dice, Points, join, path, smooth
from pipeline.training.photo import cut_out, photograph
from pipeline.training.scene import Scene
from pipeline.training.tops import cut_top, draw_bodice
from pipeline.training.torso import STRAPLESS, Torso

NECKS = {
    "crew": 0.22, "v": 0.13, "scoop": 0.07, "boat": 0.04, "square": 0.02, "shirt": 0.24, "camp": 0.05,
    "high": 0.04, "stand": 0.07, "lapel": 0.06, "shawl": 0.01, "hood": 0.05,
}  # fmt: skip
SHARD = 500
FRONT, OPENING, GROUND = 0, 1, 2
"""Labels of a close-up's pixels."""

CLOSE_UP = path(-0.95, -0.55, 0.95, 1.35)


class CloseUp(NamedTuple):
    """`planes` uint8 (128, 128, 4), RGB on white and alpha; `labels` uint8 (128, 128)."""

    planes: NDArray[np.uint8]
    labels: NDArray[np.uint8]


def _draw_inside(scene: Scene, torso: Torso) -> None:
    """What is to be seen inside a neck: the band at the back, the yoke's seam, a loop, a label with its print."""
    dice, canvas, n = scene.dice, scene.canvas, torso.neck_half
    inside = (canvas.parts == Part.INNER)[..., None]
    before = canvas.rgb.copy()
    top = -0.2 if torso.neck in ("shirt", "stand", "camp", "lapel", "shawl") else -0.05
    band = dice.between(0.05, 0.14) + max(0.0, -top - 0.05)
    if dice.chance(0.6):
        cloth = scene.trim if dice.chance(0.7) else Fabric(dice)
        low = smooth(path(-n, top + band * 0.6, -n * 0.6, top + band, n * 0.6, top + band, n, top + band * 0.6))
        strip = join(path(-n, top - 0.2), low, path(n, top - 0.2))
        canvas.lay(strip, None, cloth, varied(scene.inside, dice, outline=dice.between(0.0, 0.4)))
    if dice.chance(0.4):
        y = top + band + dice.between(0.0, 0.3)
        scene.seam(smooth(path(-n, y - 0.04, 0, y + dice.jitter(0.03), n, y - 0.04)), Part.INNER)
    y = top + band + dice.between(-0.02, 0.1)
    if dice.chance(0.2):
        loop = smooth(path(-0.08, y, -0.05, y + 0.05, 0.05, y + 0.05, 0.08, y))
        canvas.stroke(loop, 0.7, dice.whole(2, 5), pick_colour(dice), (Part.INNER,))
    if dice.chance(0.65):
        _draw_label(scene, path(dice.jitter(0.02), y + 0.04))
    if dice.chance(0.3):
        scene.tag(path(n * dice.between(-0.8, 0.8), y), dice.between(0.02, 0.04), dice.between(0.03, 0.05))
    canvas.rgb[...] = np.where(inside, canvas.rgb, before)


def _draw_label(scene: Scene, centre: Points) -> None:
    dice, canvas = scene.dice, scene.canvas
    w, h = dice.between(0.06, 0.17), dice.between(0.02, 0.09)
    if dice.chance(0.75):
        corners = centre + np.array([[-w, -h], [w, -h], [w, h], [-w, h]])
        colour = np.full(3, dice.between(0.85, 1.0) if dice.chance(0.5) else dice.between(0.0, 0.2), np.float32)
        cloth = Plain(colour if dice.chance(0.7) else pick_colour(dice))
        canvas.lay(corners, None, cloth, Look(0, 0.05, dice.between(0.0, 0.3), dice.between(0.0, 0.3)))
    if dice.chance(0.6):
        ink = np.zeros((CANVAS, CANVAS), np.uint8)
        words = "".join(chr(dice.whole(65, 91)) for _ in range(dice.whole(3, 9)))
        x, y = scene.view.project(centre)[0]
        size = 1.6 * w * scene.view.scale / (18 * len(words))
        at = (int(x - 9 * size * len(words)), int(y + 6 * size))
        cv2.putText(ink, words, at, dice.whole(0, 5), size, 255, dice.whole(1, 3), cv2.LINE_AA)
        canvas.rgb += ink.astype(np.float32)[..., None] / 255 * (pick_colour(dice) - canvas.rgb)


def _labels(canvas: Canvas) -> NDArray[np.uint8]:
    ground = canvas.coverage < 0.5
    # A hanger lies inside the neck, too: whatever is no front goes.
    opening = np.isin(canvas.parts, (Part.INNER, Part.BACKGROUND)) & ~ground
    return np.where(ground, GROUND, np.where(opening, OPENING, FRONT)).astype(np.uint8)


def render_neck(seed: int) -> CloseUp:
    """The neck of this seed."""
    dice = Dice([seed, 7])
    bodice = cut_top(dice, NECKS)
    bodice.wearer = None
    torso = bodice.torso
    scene = Scene(dice, CLOSE_UP)
    if dice.chance(0.35):
        # The back is as light as the front: only its edge tells.
        scene.inside = varied(scene.inside, dice, gain=dice.between(0.9, 1.0))
    draw_bodice(scene, bodice)
    if torso.neck not in STRAPLESS and not torso.from_behind:
        _draw_inside(scene, torso)
    draw_shading(scene)
    canvas = scene.canvas
    photo = photograph(dice, canvas)
    alpha = cut_out(dice, canvas.coverage)
    collar = scene.view.project(join(*(torso.corners[side].neck for side in (-1, 1))))
    pits = scene.view.project(join(*(torso.corners[side].armpit for side in (-1, 1))))
    chest = float(np.hypot(*(pits[1] - pits[0]))) * float(np.exp(dice.jitter(0.12)))
    middle = collar.mean(axis=0) + dice.rng.normal(0, 0.03, 2) * chest
    return _develop(dice, photo, alpha, _labels(canvas), neck_square(middle, chest))


def _develop(
    dice: Dice, photo: NDArray[np.float32], alpha: NDArray[np.float32], labels: NDArray[np.uint8], square: Square
) -> CloseUp:
    planes = model_input(photo, alpha, square, NECK_SIZE)[0].transpose(1, 2, 0)
    rgb = planes[..., :3] + dice.rng.normal(0, dice.between(0, 0.02), (NECK_SIZE, NECK_SIZE, 3))
    if dice.chance(0.25):
        # Small pictures are enlarged.
        rgb = cv2.GaussianBlur(rgb, (0, 0), dice.between(0.5, 1.5))
    rgb8 = np.round(np.clip(rgb, 0, 1) * 255).astype(np.uint8)
    if dice.chance(0.6):
        quality = [cv2.IMWRITE_JPEG_QUALITY, dice.whole(40, 95)]
        rgb8 = cv2.imdecode(cv2.imencode(".jpg", rgb8, quality)[1], cv2.IMREAD_COLOR)
    exact = crop_square(labels.astype(np.float32), square, float(GROUND), square.side)
    at = np.minimum(((np.arange(NECK_SIZE) + 0.5) * square.side / NECK_SIZE).astype(int), square.side - 1)
    return CloseUp(
        np.dstack([rgb8, np.round(planes[..., 3] * 255).astype(np.uint8)]), exact[np.ix_(at, at)].astype(np.uint8)
    )


def _make_shard(first: int, target: Path) -> Path:
    cv2.setNumThreads(1)
    made = [render_neck(seed) for seed in range(first, first + SHARD)]
    partial = target.with_suffix(".part.npz")
    np.savez(partial, planes=np.stack([m.planes for m in made]), labels=np.stack([m.labels for m in made]))
    return partial.replace(target)


def load_or_render_necks(folder: Path, count: int, first_seed: int, workers: int) -> CloseUp:
    """`count` necks (rounded up to whole shards), stacked along a new first axis; missing shards are rendered.

    Empty `folder` after changing the renderer: shards are known by their seeds only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    firsts = range(first_seed, first_seed + count, SHARD)
    paths = {first: folder / f"necks_{first}.npz" for first in firsts}
    missing = {first: path for first, path in paths.items() if not path.exists()}
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_make_shard, missing.keys(), missing.values()))
    shards = [np.load(path) for path in paths.values()]
    return CloseUp(*(np.concatenate([shard[name] for shard in shards]) for name in CloseUp._fields))
