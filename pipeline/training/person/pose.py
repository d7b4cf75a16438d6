"""The skeleton as a pose model would report it: near the truth, sometimes wrong, sometimes missing."""

from __future__ import annotations

import numpy as np

from pipeline.person.frame import Arm, Leg, Skeleton
from pipeline.person.parts import MODEL_HEIGHT, MODEL_WIDTH
from pipeline.training.geometry import SIDES, Dice, Points
from pipeline.training.person.canvas import HEIGHT
from pipeline.training.person.figure import Figure, by
from pipeline.training.person.view import View


def guessed_skeleton(dice: Dice, figure: Figure, view: View) -> Skeleton:
    """Joints in pixels of the model's input, with errors of a few percent of the torso."""
    scale, origin = view.scale * MODEL_HEIGHT / HEIGHT, view.origin * MODEL_HEIGHT / HEIGHT
    # Pose models err by the limb, not only by the joint.
    spread = abs(dice.jitter(0.02)) + 0.008

    def place(points: Points, worse: float = 1.0) -> Points:
        moved: Points = (points + dice.rng.normal(0, spread * worse, points.shape)) * scale + origin
        return moved

    arms, legs = [], []
    for side in SIDES:
        shoulder, elbow, wrist = place(figure.arms[side].joints[:3], 1.2)
        tip = figure.arms[side].joints[2:]
        # The engine's "hand" is the mean of wrist and knuckles.
        hand = place(tip[:1] + (tip[1:] - tip[:1]) * 0.45, 1.2)[0]
        arms.append(Arm(shoulder, elbow, wrist, hand, _seen(dice, np.stack([elbow, wrist]), 0.04)))
        chain = place(figure.legs[side].joints, 1.3)
        legs.append(Leg(chain[0], chain[1], chain[2], chain[3], _seen(dice, chain[1:3], 0.03)))
    neck = np.asarray((arms[0].shoulder + arms[1].shoulder) / 2, np.float64)
    pelvis = np.asarray((legs[0].hip + legs[1].hip) / 2, np.float64)
    torso = max(float(np.hypot(*(pelvis - neck))), 1.0)
    down = np.asarray((pelvis - neck) / torso, np.float64)
    nose = figure.head + by(0.1 * np.sin(figure.head_turn), 0) - figure.head_up * 0.04
    breadth = float(np.hypot(*(arms[0].shoulder - arms[1].shoulder)))
    return Skeleton(
        arms=(arms[0], arms[1]),
        legs=(legs[0], legs[1]),
        nose=place(nose[None])[0],
        neck=neck,
        pelvis=pelvis,
        down=down,
        right=np.array([down[1], -down[0]]),
        torso=torso,
        shoulder_width=max(breadth, 0.42 * torso),
        back=figure.back and dice.chance(0.9),
    )


def _seen(dice: Dice, points: Points, missing: float) -> bool:
    x, y = points[:, 0], points[:, 1]
    inside = (x > -0.05 * MODEL_WIDTH) & (x < 1.05 * MODEL_WIDTH) & (y > -0.05 * MODEL_HEIGHT)
    return bool((inside & (y < 1.02 * MODEL_HEIGHT)).all()) and not dice.chance(missing)
