"""Dresses, jumpsuits and dungarees: a bodice with a skirt or legs below the waist."""

from __future__ import annotations

import numpy as np

from pipeline.garment.parts import Part
from pipeline.training.bottoms import Skirt, Trousers, draw_skirt, draw_trousers, draw_waist_seam
from pipeline.training.canvas import varied
from pipeline.training.details import draw_pocket
from pipeline.training.fabric import Fabric
from pipeline.training.geometry import SIDES, Dice, Points, join, path, smooth
from pipeline.training.scene import Scene
from pipeline.training.tops import Bodice, cut_bodice, draw_bodice
from pipeline.training.torso import Torso
from pipeline.training.wearer import perhaps_cut_away

NECKS = {
    "crew": 0.25, "v": 0.18, "scoop": 0.13, "boat": 0.07, "square": 0.06, "straps": 0.11, "bare": 0.04,
    "shirt": 0.08, "high": 0.05, "stand": 0.02, "camp": 0.01,
}  # fmt: skip
SLEEVES = {"none": 0.42, "cap": 0.07, "short": 0.2, "mid": 0.13, "long": 0.18}


def draw_dress(dice: Dice) -> Scene:
    """One dress or one-piece."""
    kind = dice.pick({"sheath": 0.42, "seamed": 0.38, "jumpsuit": 0.13, "dungarees": 0.07})
    if kind == "dungarees":
        return _draw_dungarees(dice)
    waist_y, waist = dice.between(1.3, 2.0), dice.between(0.68, 1.0)
    neck, sleeves = dice.pick(NECKS), dice.pick(SLEEVES)
    if kind == "sheath":
        length = dice.between(3.7, 5.2) if dice.chance(0.75) else dice.between(5.2, 6.8)
        hem = dice.between(0.8, 1.2) if dice.chance(0.6) else dice.between(1.2, 1.9)
        waist = max(waist, 0.55 * hem + 0.1)
        cut = cut_bodice(dice, neck, sleeves, length=length, widths=(waist, hem), waist_y=waist_y)
        return _draw_sheath(dice, cut)
    bodice = cut_bodice(
        dice, neck, sleeves, length=waist_y + 0.1, widths=(waist * 0.98, waist), waist_y=waist_y * 0.8
    )
    if kind == "jumpsuit":
        return _draw_jumpsuit(dice, bodice, waist)
    return _draw_seamed(dice, bodice, waist)


def _draw_sheath(dice: Dice, bodice: Bodice) -> Scene:
    """Cut in one from shoulder to hem; the skirt begins at the narrowest place or where a belt sits."""
    torso = bodice.torso
    scene = Scene(dice, bodice.extent)
    if bodice.wearer:
        bodice.wearer.draw_legs(scene, torso.length, torso.hem_width, bare=True)
    draw_bodice(scene, bodice)
    ends = [_width_at(torso, side, torso.waist_at) for side in SIDES]
    line = smooth(join(ends[0], ends[0] * (0.5, 1) + (0, 0.04), ends[1] * (0.5, 1) + (0, 0.04), ends[1]))
    below = path(4, torso.waist_at, 4, torso.length + 2, -4, torso.length + 2, -4, torso.waist_at)
    scene.canvas.relabel(join(line, below), Part.BODY, Part.SKIRT)
    if dice.chance(0.2):
        half = dice.between(0.04, 0.14)
        draw_waist_seam(scene, line - (0, half), line + path(0, half))
    for side, end in zip(SIDES, ends, strict=True):
        scene.mark_pair("waist", side, end)
    if bodice.wearer:
        perhaps_cut_away(scene)
    return scene


def _width_at(torso: Torso, side: int, y: float) -> Points:
    """The flank's point at height `y`."""
    flank = torso.flank(side)
    return path(float(np.interp(y, flank[:, 1], flank[:, 0])), y)


def _draw_seamed(dice: Dice, bodice: Bodice, waist: float) -> Scene:
    """A bodice with a skirt set in at the waist."""
    top = bodice.torso.length - 0.1
    flare = dice.between(0.85, 1.3) if dice.chance(0.4) else dice.between(1.3, 2.4)
    length = dice.between(1.3, 2.6) if dice.chance(0.6) else dice.between(2.6, 4.2)
    skirt = Skirt(dice, waist * dice.between(0.97, 1.05), flare, length, top, hips=dice.chance(0.5))
    scene = Scene(dice, join(bodice.extent, skirt.outline(skirt.hem())))
    cloth = scene.cloth if dice.chance(0.8) else Fabric(dice)
    if bodice.wearer:
        bodice.wearer.draw_legs(scene, top + length, min(skirt.hem_half, 1.1), bare=True)
    skirt_first = dice.chance(0.35)
    if skirt_first:
        draw_skirt(scene, skirt, cloth)
    draw_bodice(scene, bodice)
    if not skirt_first:
        _keep_sleeves_on_top(scene, skirt, cloth)
    if dice.chance(0.4):
        half = dice.between(0.03, 0.14)
        line = skirt.waistline()
        draw_waist_seam(scene, line - (0, half), line + path(0, half))
    elif dice.chance(0.7):
        scene.seam(skirt.waistline())
    _mark_skirt(scene, skirt)
    if bodice.wearer:
        perhaps_cut_away(scene)
    return scene


def _keep_sleeves_on_top(scene: Scene, skirt: Skirt, cloth: Fabric) -> None:
    """Draw the skirt after the bodice, then put back the sleeves it covered."""
    canvas = scene.canvas
    sleeves = np.isin(canvas.parts, (Part.LEFT_SLEEVE, Part.RIGHT_SLEEVE))
    rgb, parts = canvas.rgb[sleeves].copy(), canvas.parts[sleeves].copy()
    draw_skirt(scene, skirt, cloth)
    canvas.rgb[sleeves], canvas.parts[sleeves] = rgb, parts


def _mark_skirt(scene: Scene, skirt: Skirt) -> None:
    for side in SIDES:
        scene.mark_pair("hem", side, skirt.corners[side])
        scene.mark_pair("waist", side, skirt.waistline()[0 if side == -1 else -1])
    scene.mark("hem_middle", (0, skirt.top + skirt.length + skirt.hem_curve))


def _draw_jumpsuit(dice: Dice, bodice: Bodice, waist: float) -> Scene:
    top = bodice.torso.length - 0.1
    scale = dice.between(0.92, 1.15)
    kind = dice.pick({"hot": 0.12, "shorts": 0.23, "capri": 0.1, "long": 0.55})
    trousers = Trousers(dice, kind, waist / scale, scale, top)
    scene = Scene(dice, join(bodice.extent, trousers.extent))
    draw_trousers(scene, trousers, with_waist=False)
    draw_bodice(scene, bodice)
    line = trousers.place(trousers.waistline())
    if dice.chance(0.5):
        half = dice.between(0.03, 0.14)
        draw_waist_seam(scene, line - (0, half), line + path(0, half))
    _unmark_hem(scene)
    for side in SIDES:
        scene.mark_pair("waist", side, line[0 if side == -1 else -1])
    return scene


def _unmark_hem(scene: Scene) -> None:
    for name in ("hem_left", "hem_right", "hem_middle"):
        scene.unmark(name)


def _draw_dungarees(dice: Dice) -> Scene:
    """A bib on two straps over trousers; the straps cross behind."""
    top, bib = dice.between(1.5, 1.9), dice.between(0.42, 0.7)
    trousers = Trousers(
        dice, dice.pick({"shorts": 0.25, "capri": 0.2, "long": 0.55}), dice.between(0.8, 1.0), 1.0, top
    )
    scene = Scene(dice, join(trousers.extent, path(-0.5, 0, 0.5, 0)))
    if dice.chance(0.4):
        scene.cloth.weave = "denim"
    canvas, look, at = scene.canvas, varied(scene.look, dice), dice.between(0.25, 0.5)
    bib_top, width = dice.between(0.65, 0.9), dice.between(0.06, 0.12)
    for side in SIDES:
        back = path(side * at - width, 0, side * at + width, 0, -side * 0.1 + width, top, -side * 0.1 - width, top)
        canvas.lay(back, Part.INNER, scene.lining, scene.inside)
    low = top - dice.between(0.05, 0.4)
    panel = smooth(path(-0.9, low, -0.6, low + 0.05, 0.6, low + 0.05, 0.9, low))
    canvas.lay(join(panel, path(0.9, top, -0.9, top)), Part.INNER, scene.lining, scene.inside)
    draw_trousers(scene, trousers, with_waist=False)
    hip = dice.between(0.75, 0.95)
    curve = smooth(path(bib, bib_top, bib * 1.02, top - 0.25, hip, top, hip, top + 0.02))
    canvas.lay(join(curve, (curve * (-1, 1))[::-1]), Part.BODY, scene.cloth, look)
    for side in SIDES:
        foot = side * bib * 0.85
        strap = path(
            side * at - width, 0, side * at + width, 0, foot + width, bib_top + 0.15, foot - width, bib_top + 0.15
        )
        canvas.lay(strap, Part.BODY, scene.cloth, look)
        scene.mark_pair("collar", side, (side * at, 0))
        scene.mark_pair("waist", side, trousers.place(path(side * trousers.waist_half, 0)))
    if dice.chance(0.7):
        draw_pocket(scene, 0.0, bib_top + 0.25, Part.BODY)
    line = trousers.place(trousers.waistline())
    if dice.chance(0.6):
        draw_waist_seam(scene, line - (0, 0.08), line + path(0, 0.08))
    scene.mark("neck_front", (0, bib_top))
    return scene
