"""Sleeves: hanging, spread, bent, folded over the body; plain, puffed, belled, cuffed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.garment.parts import Part
from pipeline.training.canvas import varied
from pipeline.training.fabric import Fabric
from pipeline.training.geometry import SIDES, Dice, Points, join, smooth, toward
from pipeline.training.scene import Scene
from pipeline.training.torso import Torso

SLEEVE_PART = {-1: Part.LEFT_SLEEVE, 1: Part.RIGHT_SLEEVE}

ARM_ANGLES = {
    "hang": (5, 22),
    "close": (-8, 8),
    "mid": (20, 42),
    "spread": (40, 80),
    "fold": (2, 25),
    "hips": (25, 50),
}
ELBOW_BENDS = {
    "hang": (-16, 8), "close": (-8, 10), "mid": (-25, 12), "spread": (-30, 12), "fold": (-140, -40),
    "hips": (-90, -30),
}  # fmt: skip
"""Degrees from straight down, outward; the elbow's bend is added for the forearm."""

LENGTHS = {"cap": (0.2, 0.4), "short": (0.4, 1.05), "mid": (1.1, 1.8), "long": (1.95, 2.7)}
"""From the middle of the armhole to the cuff."""


@dataclass(frozen=True)
class Sleeve:
    """One sleeve's pieces in garment units, `turn` in radians counter-clockwise on the picture."""

    side: int
    upper: Points
    forearm: Points | None
    cuff_outer: Points
    cuff_inner: Points
    direction: Points
    turn: float


@dataclass(frozen=True)
class SleeveStyle:
    """Both sleeves' common cut."""

    kind: str
    length: float
    width: float
    elbow_width: float
    wrist_width: float
    cuff_width: float
    puff: float
    cuff_band: float


def pick_style(dice: Dice, kind: str) -> SleeveStyle:
    """A cut for sleeves of `kind` (a key of LENGTHS)."""
    width = dice.between(0.24, 0.42) if kind == "long" else dice.between(0.3, 0.48)
    cuff = width * (dice.between(0.5, 1.0) if kind in ("long", "mid") else dice.between(0.8, 1.15))
    cut = dice.pick({"plain": 0.74, "puff": 0.09, "balloon": 0.1, "bell": 0.07})
    elbow, wrist, puff = width, cuff, dice.between(0.02, 0.1)
    band = dice.between(0.08, 0.3) if dice.chance(0.45) else 0.0
    if cut == "puff":
        puff, band = dice.between(0.12, 0.3), dice.between(0.08, 0.2)
        elbow = width * (1.3 if kind != "long" else 1.0)
    elif cut == "balloon":
        elbow, wrist = width * dice.between(1.0, 1.3), width * dice.between(1.1, 1.6)
        cuff, band = width * dice.between(0.45, 0.7), dice.between(0.1, 0.35)
    elif cut == "bell":
        wrist = cuff = width * dice.between(1.1, 1.8)
    return SleeveStyle(kind, dice.between(*LENGTHS[kind]), width, elbow, wrist, cuff, puff, band)


def pick_pose(dice: Dice, kind: str) -> str:
    if kind == "long":
        return dice.pick({"hang": 0.28, "close": 0.22, "mid": 0.15, "spread": 0.13, "fold": 0.16, "hips": 0.06})
    return dice.pick({"hang": 0.3, "close": 0.2, "mid": 0.25, "spread": 0.25})


def cut_sleeves(dice: Dice, torso: Torso, kind: str) -> dict[int, Sleeve]:
    """Both sleeves in one pose, each a little different; a folded pose may fold one side only."""
    style, pose = pick_style(dice, kind), pick_pose(dice, kind)
    arm, bend = dice.between(*ARM_ANGLES[pose]), dice.between(*ELBOW_BENDS[pose])
    lone = dice.whole(-1, 2) if pose == "fold" and dice.chance(0.35) else 0
    sleeves = {}
    for side in SIDES:
        straight = lone == side
        upper = np.radians((10 if straight else arm) + dice.jitter(4 if dice.chance(0.85) else 12))
        elbow = np.radians((-4 if straight else bend) + dice.jitter(6))
        sleeves[side] = _cut(torso, side, style, (float(upper), float(elbow)))
    return sleeves


def _cut(torso: Torso, side: int, style: SleeveStyle, angles: tuple[float, float]) -> Sleeve:
    """`angles`: the upper arm's from straight down, outward, and the elbow's bend; radians."""
    (arm, bend), dice = angles, torso.dice
    corner = torso.corners[side]
    shoulder, armpit = corner.shoulder[0], corner.armpit[0]
    d1, d2 = toward(arm, side), toward(arm + bend, side)
    out1, out2 = side * np.array([d1[1], -d1[0]]), side * np.array([d2[1], -d2[0]])
    out1, out2 = out1 * np.sign(out1[0] * side or 1), out2 * np.sign((out1 @ out2) or 1)
    middle = (shoulder + armpit) / 2 + (side * dice.between(-0.04, 0.06), dice.between(-0.1, 0.05))
    first = style.length * (0.48 if style.kind == "long" else 0.4)
    elbow = middle + d1 * first
    cuff = elbow + d2 * (style.length - first)
    wrist = cuff - d2 * max(style.cuff_band, 0.12) * 1.4
    we = style.elbow_width + dice.jitter(0.015)
    outer_cuff, inner_cuff = cuff + out2 * style.cuff_width, cuff - out2 * style.cuff_width
    start = shoulder * 0.75 + (elbow + out1 * we) * 0.25 + out1 * style.puff
    seam = torso.sleeve_seam(side)[::-1]
    elbow_out, elbow_in = elbow + out1 * we, elbow - out1 * we * dice.between(0.8, 1)
    turn = -side * (arm + bend / 2)
    if bend < np.radians(-55):
        upper = join(
            seam,
            smooth(join(shoulder, start, elbow_out, elbow + d1 * we * 0.7)),
            smooth(join(elbow + d1 * we * 0.7, elbow_in, armpit)),
        )
        side_out = out2 if out2 @ d1 > 0 else -out2
        low, high = side_out * style.wrist_width, side_out * style.cuff_width
        forearm = join(
            smooth(join(elbow + out1 * we * 0.5, elbow + side_out * we, wrist + low, cuff + high)),
            smooth(join(cuff - high, wrist - low, elbow - side_out * we * 0.8)),
        )
        return Sleeve(side, upper, forearm, cuff + high, cuff - high, d2, turn)
    inner = [inner_cuff, wrist - out2 * style.wrist_width, elbow_in, armpit]
    if (elbow_in - armpit) @ d1 < 0.05:
        inner.pop(2)
    outer = smooth(join(shoulder, start, elbow_out, wrist + out2 * style.wrist_width, outer_cuff))
    return Sleeve(side, join(seam, outer, smooth(join(*inner))), None, outer_cuff, inner_cuff, d2, turn)


def draw_sleeve(scene: Scene, sleeve: Sleeve, fabric: Fabric) -> None:
    """Cloth, cuff and seams of one sleeve; its landmarks."""
    dice, canvas, part = scene.dice, scene.canvas, SLEEVE_PART[sleeve.side]
    look = varied(scene.look, dice, cast=dice.between(0.05, 0.5), gain=dice.between(0.88, 1.08))
    canvas.lay(sleeve.upper, part, fabric, look, sleeve.turn)
    if sleeve.forearm is not None:
        canvas.lay(sleeve.forearm, part, fabric, varied(look, dice), sleeve.turn)
    outer, inner, back = sleeve.cuff_outer, sleeve.cuff_inner, -sleeve.direction
    if scene.trim is not scene.cloth and dice.chance(0.6):
        depth = dice.between(0.06, 0.3)
        band = join(outer, inner, inner + back * depth, outer + back * depth)
        canvas.lay(band, None, scene.trim, varied(look, dice), sleeve.turn)
    for _ in range(dice.whole(0, 3)):
        shift = back * dice.between(0.03, 0.28)
        scene.seam(join(outer + shift, inner + shift), part)
    if dice.chance(0.12):
        _draw_gathers(scene, sleeve, part)
    scene.mark_pair("cuff_outer", sleeve.side, outer)
    scene.mark_pair("cuff_inner", sleeve.side, inner)


def _draw_gathers(scene: Scene, sleeve: Sleeve, part: Part) -> None:
    """Short pleats that run up from the cuff."""
    back = -sleeve.direction
    for share in np.linspace(0.05, 0.95, scene.dice.whole(4, 10)):
        foot = sleeve.cuff_outer * share + sleeve.cuff_inner * (1 - share)
        scene.canvas.stroke(
            join(foot + back * 0.1, foot + back * scene.dice.between(0.25, 0.7)), scene.dice.between(0.1, 0.4),
            only=(part,),
        )  # fmt: skip
