"""Tops: tees, shirts, knitwear, hoodies, jackets and coats, open and closed, on a hanger or a ghost mannequin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.garment.parts import Part
from pipeline.training.canvas import Look, varied
from pipeline.training.collars import (
    back_height,
    draw_back_collar,
    draw_collar,
    draw_hanger,
    draw_hood,
    draw_inside,
)
from pipeline.training.details import (
    draw_closure,
    draw_creases,
    draw_damage,
    draw_panel_seams,
    draw_pocket,
    draw_print,
    draw_quilting,
    tie_dye,
)
from pipeline.training.fabric import Fabric
from pipeline.training.geometry import SIDES, Dice, Points, join, path
from pipeline.training.scene import Scene
from pipeline.training.sleeves import Sleeve, cut_sleeves, draw_sleeve
from pipeline.training.torso import STRAPLESS, Torso
from pipeline.training.wearer import Wearer, perhaps_cut_away

NECKS = {
    "crew": 0.21, "v": 0.08, "scoop": 0.05, "boat": 0.03, "square": 0.02, "shirt": 0.18, "camp": 0.04,
    "high": 0.07, "stand": 0.08, "lapel": 0.11, "shawl": 0.02, "hood": 0.13, "straps": 0.03, "bare": 0.01,
}  # fmt: skip
SLEEVES = {"none": 0.12, "cap": 0.03, "short": 0.25, "mid": 0.09, "long": 0.51}
WORN, BEHIND = 0.1, 0.14
"""Shares of garments on a person and of backs."""

WARM_NECKS = ("hood", "lapel", "shawl", "stand", "high")
OPENABLE = ("shirt", "camp", "stand", "lapel", "shawl", "hood", "v", "crew")


@dataclass
class Bodice:
    """Torso, sleeves and collar of a top or of a dress's upper half."""

    torso: Torso
    sleeves: dict[int, Sleeve]
    open_front: tuple[float, float] | None
    wearer: Wearer | None

    @property
    def extent(self) -> Points:
        high = {"hood": -0.9, "high": -0.4}.get(self.torso.neck, -0.2)
        pieces = [self.torso.outline(), path(0, high)]
        if self.wearer:
            pieces.append(path(0, -self.wearer.head_room, 0, self.torso.length + self.wearer.leg_room))
        for sleeve in self.sleeves.values():
            pieces += [sleeve.upper] if sleeve.forearm is None else [sleeve.upper, sleeve.forearm]
        return join(*pieces)


def cut_bodice(
    dice: Dice,
    neck: str,
    kind: str,
    *,
    length: float,
    widths: tuple[float, float],
    waist_y: float | None = None,
    from_behind: bool = False,
) -> Bodice:
    """`kind` names the sleeves; `widths` are half the waist and half the hem in units of half the chest."""
    sleeved = kind != "none" and neck not in STRAPLESS
    raglan = sleeved and dice.chance(0.12)
    torso = Torso(dice, neck, sleeved, length, *widths, waist_y=waist_y, raglan=raglan, from_behind=from_behind)
    sleeves = cut_sleeves(dice, torso, kind) if sleeved else {}
    return Bodice(torso, sleeves, None, Wearer(dice) if dice.chance(WORN) else None)


def cut_top(dice: Dice, necks: Mapping[str, float] = NECKS) -> Bodice:
    """A top at random, its neck one of `necks` by their shares; open fronts only where the neck allows it."""
    neck, kind = dice.pick(necks), dice.pick(SLEEVES)
    if neck in WARM_NECKS and dice.chance(0.8):
        kind = "long"
    length = dice.between(2.1, 3.5) if dice.chance(0.86) else dice.between(1.25, 2.1)
    if neck in ("lapel", "shawl", "stand", "hood") and dice.chance(0.15):
        length = dice.between(3.4, 4.6)
    widths = (dice.between(0.8, 1.05), dice.between(0.82, 1.2))
    behind = neck not in STRAPLESS and dice.chance(BEHIND)
    bodice = cut_bodice(dice, neck, kind, length=length, widths=widths, from_behind=behind)
    if neck in OPENABLE and not behind and dice.chance(0.28 if neck in WARM_NECKS else 0.12):
        gap = dice.between(0.0, 0.15)
        bodice.open_front = (gap if dice.chance(0.6) else 0.02, gap + dice.between(-0.1, 0.35))
    return bodice


def draw_bodice(scene: Scene, bodice: Bodice, part: Part = Part.BODY) -> None:
    """Inside, hanger, sleeves, front and collar from back to front, with the landmarks of tops."""
    dice, torso = scene.dice, bodice.torso
    rise = back_height(scene, torso)
    _draw_behind(scene, bodice, rise)
    arms = scene.trim if scene.trim is not scene.cloth and dice.chance(0.7) else scene.cloth
    over = dice.chance(0.78) or any(sleeve.forearm is not None for sleeve in bodice.sleeves.values())
    order = list(bodice.sleeves)[:: 1 if dice.chance(0.5) else -1]
    for side in () if over else order:
        draw_sleeve(scene, bodice.sleeves[side], arms)
    _draw_front(scene, bodice, 0.0 if over else dice.between(0.1, 0.5), part)
    _draw_decoration(scene, bodice, part)
    for side in order if over else ():
        draw_sleeve(scene, bodice.sleeves[side], arms)
    if bodice.sleeves and dice.chance(0.75):
        for side in SIDES:
            scene.seam(torso.sleeve_seam(side))
    if torso.from_behind:
        draw_back_collar(scene, torso, rise)
    elif torso.neck == "hood":
        draw_hood(scene, torso)
    else:
        draw_collar(scene, torso, rise)
    if bodice.wearer and dice.chance(0.3):
        bodice.wearer.draw_locks(scene)
    _mark_bodice(scene, torso)


def _draw_behind(scene: Scene, bodice: Bodice, rise: float) -> None:
    """What lies behind the front: arms, the inside of the back, a hanger or a head."""
    dice, torso, canvas = scene.dice, bodice.torso, scene.canvas
    if bodice.wearer:
        bodice.wearer.draw_arms(scene, torso, bodice.sleeves)
    if bodice.open_front:
        back = varied(scene.inside, dice)
        canvas.lay(torso.outline() * (0.97, 0.99) + path(0, 0.02), Part.INNER, scene.lining, back)
    elif dice.chance(0.1) and torso.neck not in STRAPLESS and not torso.from_behind:
        tail = torso.outline() * (0.97, 1 + dice.between(0.01, 0.06))
        canvas.lay(tail, Part.INNER, scene.lining, scene.inside)
    draw_inside(scene, torso, rise)
    if bodice.wearer:
        bodice.wearer.draw_head(scene, torso)
    elif dice.chance(0.14):
        draw_hanger(scene, torso.shoulder_x * dice.between(0.8, 1), torso.shoulder_y + 0.05, -max(rise, 0) * 0.3)


def _draw_front(scene: Scene, bodice: Bodice, cast: float, part: Part) -> None:
    look = varied(scene.look, scene.dice, cast=cast)
    torso = bodice.torso
    if bodice.open_front:
        for side in SIDES[:: 1 if scene.dice.chance(0.5) else -1]:
            scene.canvas.lay(torso.half(side, *bodice.open_front), part, scene.cloth, look)
    else:
        scene.canvas.lay(torso.outline(), part, scene.cloth, look)
    if torso.neck == "straps":
        for strap in torso.straps():
            scene.canvas.lay(strap, part, scene.cloth, Look(0, 0.1, 0.2, 0.2))


def _draw_decoration(scene: Scene, bodice: Bodice, part: Part) -> None:
    """Prints, pockets, seams and closures of the front; sleeves and collar come over them."""
    dice, torso = scene.dice, bodice.torso
    low, high = path(-1, 0.3), path(1, torso.length)
    if dice.chance(0.08):
        tie_dye(scene, part)
    if dice.chance(0.35):
        at = path(dice.jitter(0.15), torso.neck_depth + dice.between(0.4, 1.1))
        draw_print(scene, at, dice.between(0.2, 0.75), dice.between(0.15, 0.7), part)
    if dice.chance(0.06):
        y = dice.between(0.5, 1.6)
        block = path(-2, y, 2, y, 2, torso.length + 1, -2, torso.length + 1)
        scene.canvas.lay(block, None, Fabric(dice), varied(scene.look, dice, cast=0, outline=0))
    if dice.chance(0.6):
        scene.seam(torso.hem() - (0, dice.between(0.04, 0.3)), part)
    draw_panel_seams(scene, torso.armpit_y, torso.length, part)
    for side in SIDES:
        if dice.chance(0.28):
            draw_pocket(scene, side * dice.between(0.35, 0.65), dice.between(0.6, 2.1), part)
    if dice.chance(0.05):
        draw_quilting(scene, torso.length)
    draw_creases(scene, low, high)
    if dice.chance(0.07):
        draw_damage(scene, low - (0.8, 0), high + path(0.8, 0))
    buttoned = torso.neck in ("shirt", "camp", "stand", "lapel", "shawl", "hood")
    closed = not bodice.open_front and not torso.from_behind
    if closed and dice.chance(0.75 if buttoned else 0.06):
        full = (
            torso.length + 0.1 if dice.chance(0.7) else min(torso.length, torso.neck_depth + dice.between(0.4, 1))
        )
        draw_closure(scene, torso.neck_depth, full, part)


def _mark_bodice(scene: Scene, torso: Torso) -> None:
    for side in SIDES:
        corner = torso.corners[side]
        if torso.neck != "bare":
            scene.mark_pair("collar", side, corner.neck)
        if torso.neck not in STRAPLESS:
            scene.mark_pair("shoulder", side, corner.shoulder)
        scene.mark_pair("armpit", side, corner.armpit)
        scene.mark_pair("hem", side, corner.hem)
    scene.mark("neck_front", (0, torso.neck_depth))
    scene.mark("hem_middle", (0, torso.length + torso.hem_curve * 0.75))


def draw_top(dice: Dice) -> Scene:
    """One top, drawn."""
    bodice = cut_top(dice)
    scene = Scene(dice, bodice.extent)
    if bodice.wearer:
        bodice.wearer.draw_legs(scene, bodice.torso.length, bodice.torso.hem_width, bare=False)
    draw_bodice(scene, bodice)
    if bodice.wearer:
        perhaps_cut_away(scene)
    return scene
