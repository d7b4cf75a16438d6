"""One training sample: a figure drawn, dressed, put in a photo and framed as the engine frames people."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.person.parts import MODEL_HEIGHT, MODEL_WIDTH, Part, pose_planes
from pipeline.training.geometry import SIDES, Dice
from pipeline.training.person.anatomy import Anatomy
from pipeline.training.person.canvas import Canvas
from pipeline.training.person.clothes import Clothes
from pipeline.training.person.figure import Figure
from pipeline.training.person.photo import finish, ground, matte
from pipeline.training.person.pose import guessed_skeleton
from pipeline.training.person.things import Things
from pipeline.training.person.view import View, choose_view
from pipeline.training.person.wardrobe import Outfit, pick_outfit


@dataclass(frozen=True)
class Sample:
    """uint8 at the model's size: `rgb` (H, W, 3), `alpha` and `parts` (H, W), `pose` (POSE_PLANES, H, W)."""

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8]
    pose: NDArray[np.uint8]
    parts: NDArray[np.uint8]


def render(seed: int) -> Sample:
    """The figure of this seed, always the same."""
    dice = Dice(seed)
    figure = Figure(dice)
    view = choose_view(dice, figure)
    canvas = Canvas(dice, ground(dice), view.scale, view.origin)
    _draw(dice, figure, canvas)
    skeleton = guessed_skeleton(dice, figure, view)
    return _develop(dice, canvas, view, pose_planes(skeleton, 1.0, (0.0, 0.0)))


def _draw(dice: Dice, figure: Figure, canvas: Canvas) -> None:
    anatomy, clothes = Anatomy(figure, canvas, dice), Clothes(figure, canvas, dice)
    things = Things(figure, canvas, dice)
    outfit = pick_outfit(dice, anatomy)
    things.furniture()
    anatomy.behind()
    behind = [side for side in SIDES if figure.arms[side].mode == "behind"]
    for side in behind:
        _arm(anatomy, clothes, outfit, side)
    if outfit.hood and not figure.back:
        clothes.hood(Part.UPPER, outfit.hood, outfit.look)
    _lower_half(dice, anatomy, clothes, outfit)
    for side in SIDES if dice.chance(0.5) else SIDES[::-1]:
        if side not in behind:
            _arm(anatomy, clothes, outfit, side)
    things.neck()
    anatomy.head()
    outfit.neck(clothes)
    anatomy.locks()
    things.worn()
    things.held()


def _lower_half(dice: Dice, anatomy: Anatomy, clothes: Clothes, outfit: Outfit) -> None:
    figure = anatomy.figure
    for side in SIDES:
        if figure.arms[side].mode == "pocket":
            anatomy.hand(side)
    for side in SIDES if dice.chance(0.5) else SIDES[::-1]:
        anatomy.leg(side)
        anatomy.foot(side)
    outfit.tights(clothes)
    if not outfit.boots_over:
        outfit.shoes(clothes)
    anatomy.trunk()
    outfit.below(clothes)
    if outfit.boots_over:
        outfit.shoes(clothes)
    outfit.above(clothes)


def _arm(anatomy: Anatomy, clothes: Clothes, outfit: Outfit, side: int) -> None:
    pocket = anatomy.figure.arms[side].mode == "pocket"
    first = anatomy.dice.chance(0.5)
    anatomy.arm(side)
    if first and not pocket:
        anatomy.hand(side)
    outfit.sleeves(clothes, side)
    if not first and not pocket:
        anatomy.hand(side)


def _develop(dice: Dice, canvas: Canvas, view: View, pose: NDArray[np.uint8]) -> Sample:
    photo, cover = finish(dice, canvas.rgb), matte(dice, canvas.cover)
    size = (MODEL_WIDTH, MODEL_HEIGHT)
    rgb = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    alpha = np.round(np.clip(cv2.resize(cover, size, interpolation=cv2.INTER_AREA), 0, 1) * 255).astype(np.uint8)
    parts = cv2.resize(canvas.parts, size, interpolation=cv2.INTER_NEAREST)
    rgb8 = np.round(np.clip(rgb + dice.rng.normal(0, dice.between(0, 0.015), rgb.shape), 0, 1) * 255).astype(
        np.uint8
    )
    if dice.chance(0.5):
        quality = [cv2.IMWRITE_JPEG_QUALITY, dice.whole(45, 95)]
        rgb8 = np.asarray(cv2.imdecode(cv2.imencode(".jpg", rgb8, quality)[1], cv2.IMREAD_COLOR), np.uint8)
    outside = np.ones((MODEL_HEIGHT, MODEL_WIDTH), bool)
    outside[view.top : view.bottom, view.left : view.right] = False
    rgb8[outside], alpha[outside], parts[outside] = 128, 0, Part.BACKGROUND
    return Sample(rgb8, alpha, pose, parts)
