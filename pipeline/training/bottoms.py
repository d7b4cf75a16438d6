"""Trousers, jeans, leggings, shorts and skirts, in units of half the hip; the waist's middle is the origin."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pipeline.garment.parts import Part
from pipeline.training.canvas import FLAT, Look, varied
from pipeline.training.details import draw_closure, draw_creases, draw_damage, draw_pocket, draw_print
from pipeline.training.fabric import Fabric, Plain, pick_colour
from pipeline.training.geometry import SIDES, Dice, Points, join, path, smooth, toward
from pipeline.training.scene import Scene
from pipeline.training.wearer import Wearer, perhaps_cut_away

LEG_PART = {-1: Part.LEFT_LEG, 1: Part.RIGHT_LEG}
INSEAMS = {"hot": (0.1, 0.35), "shorts": (0.35, 1.1), "capri": (1.4, 2.4), "long": (2.4, 3.5)}
"""From the crotch to the hem."""

WORN = 0.1
"""Share of bottoms on a person."""

KINDS = {"hot": 0.1, "shorts": 0.2, "capri": 0.1, "long": 0.6}
CUTS = {"skinny": (0.22, 0.32), "straight": (0.33, 0.48), "wide": (0.48, 0.85)}
"""Half the width of the leg's hem."""


@dataclass(frozen=True)
class Leg:
    """One half of a pair of trousers, hip included, and its hem corners."""

    outline: Points
    outer_hem: Points
    inner_hem: Points
    direction: Points
    knee: Points


@dataclass
class Trousers:
    """The cut of a pair of trousers or shorts; `scale` and `top` place it below a bodice (jumpsuits)."""

    dice: Dice
    kind: str
    waist_half: float
    scale: float = 1.0
    top: float = 0.0
    legs: dict[int, Leg] = field(init=False)

    def __post_init__(self) -> None:
        dice = self.dice
        self.rise = dice.between(0.85, 1.5)
        self.inseam = dice.between(*INSEAMS[self.kind])
        long = self.kind in ("long", "capri")
        self.cut = dice.pick({"skinny": 0.35, "straight": 0.4, "wide": 0.25})
        self.hem_half = dice.between(*CUTS[self.cut]) if long else dice.between(0.42, 0.66)
        self.band = dice.between(0.1, 0.32) if dice.chance(0.8) else dice.between(0.32, 0.6)
        self.sag = dice.between(-0.04, 0.12)
        spread = dice.between(-2, 8) if dice.chance(0.7) else dice.between(8, 20)
        lean = 0.0 if dice.chance(0.75) else dice.between(-22, 22)
        self.legs = {side: self._cut_leg(side, spread, lean) for side in SIDES}

    def place(self, points: Points) -> Points:
        return points * self.scale + (0, self.top)

    def waistline(self, depth: float = 0.0) -> Points:
        """Left to right, `depth` below the upper edge."""
        share = min(depth / (0.7 * self.rise), 1)
        width = self.waist_half + (1 - self.waist_half) * share**1.5
        ends = path(-width, depth, width, depth)
        return smooth(
            join(ends[:1], path(-width * 0.5, depth + self.sag, width * 0.5, depth + self.sag), ends[1:])
        )

    def _cut_leg(self, side: int, spread: float, lean: float) -> Leg:
        dice = self.dice
        angle = np.radians(spread + side * lean + dice.jitter(2))
        bend = np.radians(dice.jitter(4) if dice.chance(0.85) else dice.jitter(25))
        thigh, shin = toward(float(angle), side), toward(float(angle + bend), side)
        out1, out2 = (np.array([abs(d[1]), -d[0] * side]) * (side, side) for d in (thigh, shin))
        crotch = path(dice.jitter(0.02), self.rise + dice.jitter(0.02))
        root = path(side * 0.52, self.rise)
        knee = root + thigh * self.inseam * 0.5
        hem = knee + shin * self.inseam * 0.5
        long = self.kind in ("long", "capri")
        middle = (0.52 + self.hem_half) / 2 * (dice.between(0.72, 0.95) if self.cut != "wide" and long else 1)
        outer = smooth(
            join(path(side * self.waist_half, 0, side * 1.02, self.rise * 0.62), knee + out1 * middle,
                 hem + out2 * self.hem_half)
        )  # fmt: skip
        slant = shin * dice.jitter(0.03)
        inner_hem = hem - out2 * self.hem_half + slant
        inner = smooth(join(inner_hem, knee - out1 * middle * 0.95, crotch + path(0, 0.06), crotch), 2)
        front = path(0, self.sag * 0.75)
        line = self.waistline()
        waist = line[line[:, 0] * side > 0]
        waist = waist if side == 1 else waist[::-1]
        return Leg(join(inner, front, waist, outer), hem + out2 * self.hem_half, inner_hem, shin, knee)

    @property
    def extent(self) -> Points:
        return self.place(join(*(leg.outline for leg in self.legs.values())))


def draw_trousers(scene: Scene, trousers: Trousers, with_waist: bool = True) -> None:
    """Inside of the back, both legs, waistband and details, with their landmarks."""
    dice, canvas, place = scene.dice, scene.canvas, trousers.place
    if with_waist:
        _draw_back_waist(scene, place(trousers.waistline()))
    cloth = scene.cloth if with_waist or dice.chance(0.7) else Fabric(dice)
    look = varied(scene.look, dice)
    for side in SIDES[:: 1 if dice.chance(0.5) else -1]:
        leg = trousers.legs[side]
        canvas.lay(place(leg.outline), LEG_PART[side], cloth, look, -side * 0.05)
        _draw_leg_details(scene, trousers, side)
    if dice.chance(0.65):
        hip = join(
            trousers.waistline(),
            path(0.97, trousers.rise * 0.6, 0, trousers.rise * 0.95, -0.97, trousers.rise * 0.6),
        )
        canvas.lay(place(hip), None, cloth, varied(look, dice, cast=0, outline=0, edge=0))
    _draw_fly(scene, trousers)
    if with_waist:
        _draw_waistband(scene, place(trousers.waistline()), place(trousers.waistline(trousers.band)), cloth)
        for side in SIDES:
            scene.mark_pair("waist", side, place(trousers.waistline()[0 if side == -1 else -1]))
    scene.mark("crotch", place(path(0, trousers.rise)))
    for side in SIDES:
        scene.mark_pair("leg_hem_outer", side, place(trousers.legs[side].outer_hem))
        scene.mark_pair("leg_hem_inner", side, place(trousers.legs[side].inner_hem))


def _draw_back_waist(scene: Scene, line: Points) -> None:
    """The inside of the back that shows above the front edge, with a label now and then."""
    dice = scene.dice
    if dice.chance(0.3):
        return
    rise = dice.between(0.01, 0.2)
    ends = line[[-1, 0]]
    back = smooth(join(ends[:1], (ends - (0, rise)) * (0.9, 1), ends[1:]))
    scene.canvas.lay(join(line, back), Part.INNER, scene.lining, scene.inside)
    if dice.chance(0.4):
        scene.tag(line[len(line) // 2] - (0, rise * 0.3), dice.between(0.06, 0.16), dice.between(0.03, 0.07))


def _draw_leg_details(scene: Scene, trousers: Trousers, side: int) -> None:
    dice, leg, place, part = scene.dice, trousers.legs[side], trousers.place, LEG_PART[side]
    hem = join(leg.outer_hem, leg.inner_hem)
    up = -leg.direction
    if dice.chance(0.12):
        depth = dice.between(0.08, 0.25)
        widened = (hem - hem.mean(0)) * 1.04 + hem.mean(0)
        fabric = scene.cloth if dice.chance(0.5) else scene.trim
        band = join(widened, (widened + up * depth)[::-1])
        scene.canvas.lay(place(band), part, fabric, varied(scene.look, dice))
    for _ in range(dice.whole(0, 3)):
        scene.seam(place(hem + up * dice.between(0.03, 0.2)), part)
    if dice.chance(0.2):
        crease = smooth(join(path(side * 0.45, trousers.rise * 0.4), leg.knee, hem.mean(0)))
        scene.seam(place(crease), part)
    if dice.chance(0.15):
        pocket = place(leg.knee + path(side * 0.1, -0.4))[0]
        draw_pocket(scene, pocket[0], pocket[1], part)
    low, high = place(leg.outline.min(0)[None]), place(leg.outline.max(0)[None])
    draw_creases(scene, low, high)
    if dice.chance(0.08):
        draw_damage(scene, low, high)


def _draw_fly(scene: Scene, trousers: Trousers) -> None:
    dice, place, legs = scene.dice, trousers.place, (Part.LEFT_LEG, Part.RIGHT_LEG)
    if dice.chance(0.7):
        scene.seam(place(path(0, 0, 0, trousers.rise)), *legs)
    if dice.chance(0.5):
        s = 1 if dice.chance(0.5) else -1
        scene.seam(
            place(smooth(path(s * 0.14, 0.1, s * 0.14, trousers.rise * 0.55, 0, trousers.rise * 0.7))), *legs
        )
    for side in SIDES:
        if dice.chance(0.55):
            a = path(
                side * 0.45, trousers.band * 0.9, side * 0.6, trousers.band + 0.2, side * 0.98, trousers.rise * 0.6
            )
            scene.seam(place(smooth(a)), *legs)
        if dice.chance(0.25):
            pocket = place(path(side * dice.between(0.4, 0.6), trousers.rise * 0.45))[0]
            draw_pocket(scene, pocket[0], pocket[1], *legs)
    if dice.chance(0.1):
        at = place(path(dice.between(-0.5, 0.5), trousers.rise * 0.7))
        draw_print(scene, at, dice.between(0.1, 0.3), dice.between(0.1, 0.3), Part.LEFT_LEG)


def _draw_waistband(scene: Scene, top: Points, bottom: Points, cloth: Fabric) -> None:
    """Band with loops, button, belt, elastic or cords."""
    dice, canvas = scene.dice, scene.canvas
    fabric = scene.trim if dice.chance(0.4) else cloth
    band = varied(scene.look, dice, cast=dice.between(0, 0.3))
    canvas.lay(join(top, bottom[::-1]), Part.WAISTBAND, fabric, band)
    middle = (len(top) - 1) // 2
    kind = dice.pick({"loops": 0.45, "elastic": 0.25, "belt": 0.1, "plain": 0.2})
    if kind in ("loops", "belt"):
        if kind == "belt":
            a, b = dice.between(0.1, 0.25), dice.between(0.75, 0.95)
            belt = join(top * (1 - a) + bottom * a, (top * (1 - b) + bottom * b)[::-1])
            canvas.lay(belt, Part.WAISTBAND, Plain(pick_colour(dice)), Look(0, 0.3, 0.2, 0.2))
        for at in {int(len(top) * share) for share in (0.15, 0.33, 0.67, 0.85)}:
            canvas.stroke(join(top[at], bottom[at]), dice.between(0.2, 0.6), dice.whole(1, 4))
        canvas.spot(((top + bottom) / 2)[middle][None], dice.between(1, 3.5), pick_colour(dice), (Part.WAISTBAND,))
    elif kind == "elastic":
        for at in range(0, len(top), dice.whole(1, 3)):
            canvas.stroke(join(top[at], bottom[at]), dice.between(0.1, 0.35))
    if kind != "belt" and dice.chance(0.2):
        colour, start = pick_colour(dice), ((top + bottom) / 2)[middle]
        for side in SIDES:
            end = start + path(side * dice.between(0.05, 0.3), dice.between(0.2, 0.8))
            canvas.stroke(smooth(join(start, start + path(side * 0.1, 0.1), end)), 0.85, dice.whole(1, 3), colour)


def draw_clip_hanger(scene: Scene, half: float, top: float) -> None:
    """A bar with two clips and a hook, in front of the garment; all of it is background."""
    dice, canvas = scene.dice, scene.canvas
    metal = Plain(np.full(3, dice.between(0.1, 0.8), np.float32))
    clip = Plain(pick_colour(dice))
    y = top - dice.between(0.08, 0.3)
    t = dice.between(0.015, 0.04)
    reach = half * dice.between(0.7, 1.15)
    canvas.lay(path(-reach, y - t, reach, y - t, reach, y + t, -reach, y + t), Part.BACKGROUND, metal, FLAT)
    canvas.lay(path(-t, y, -t, y - 0.5, t, y - 0.5, t, y), Part.BACKGROUND, metal, FLAT)
    at, w = half * dice.between(0.5, 0.9), dice.between(0.04, 0.1)
    for side in SIDES:
        box = path(-w, y - 0.05, w, y - 0.05, w, top + dice.between(0.05, 0.25), -w, top + 0.15) + path(
            side * at, 0
        )
        canvas.lay(box, Part.BACKGROUND, clip, Look(0, 0.3, 0.3, 0.3))


@dataclass
class Skirt:
    """A skirt's front between a waist at `top` and its hem."""

    dice: Dice
    waist_half: float
    hem_half: float
    length: float
    top: float = 0.0
    hips: bool = True

    def __post_init__(self) -> None:
        dice = self.dice
        self.sag = dice.between(-0.02, 0.1)
        self.hem_curve = dice.between(-0.05, 0.25) * max(self.hem_half, 0.5)
        self.hip_y = min(0.75, self.length * 0.5)
        self.hip_half = max(self.waist_half + 0.05, min(1.0, (self.waist_half + self.hem_half) / 2 + 0.15))
        self.corners = {
            side: path(side * (self.hem_half + dice.jitter(0.03)), self.top + self.length + dice.jitter(0.03))
            for side in SIDES
        }

    def waistline(self, depth: float = 0.0) -> Points:
        share = min(depth / self.hip_y, 1)
        goal = self.hip_half if self.hips else self.waist_half + (self.hem_half - self.waist_half) * 0.3
        w, y = self.waist_half + (goal - self.waist_half) * share, self.top + depth
        return smooth(path(-w, y, -w * 0.5, y + self.sag, w * 0.5, y + self.sag, w, y))

    def hem(self) -> Points:
        """From the right corner to the left one, wavy on wide skirts."""
        n = 15
        x = np.linspace(self.corners[1][0, 0], self.corners[-1][0, 0], n)
        base = np.linspace(self.corners[1][0, 1], self.corners[-1][0, 1], n)
        bow = self.hem_curve * (1 - np.linspace(-1, 1, n) ** 2)
        waves = self.dice.between(0, 0.05) * np.sin(np.arange(n) * self.dice.between(1, 3)) * (self.hem_half > 1.1)
        line = np.column_stack([x, base + bow + waves])
        line[0], line[-1] = self.corners[1][0], self.corners[-1][0]
        return smooth(line, 1)

    def outline(self, hem: Points) -> Points:
        sides = {}
        for side in SIDES:
            hip = path(side * self.hip_half, self.top + self.hip_y) if self.hips else self.corners[side]
            waist = path(side * self.waist_half, self.top)
            sides[side] = smooth(join(waist, hip, self.corners[side]))
        return join(self.waistline(), sides[1], hem, sides[-1][::-1])


def draw_skirt(scene: Scene, skirt: Skirt, cloth: Fabric | None = None) -> Fabric:
    """The skirt's cloth with pleats, tiers, slits and seams; returns the cloth."""
    dice, canvas = scene.dice, scene.canvas
    cloth, hem = cloth or scene.cloth, skirt.hem()
    if dice.chance(0.1):
        behind = skirt.outline(hem + path(0, dice.between(0.03, 0.3)))
        canvas.lay(behind, Part.INNER, scene.lining, scene.inside)
    canvas.lay(skirt.outline(hem), Part.SKIRT, cloth, varied(scene.look, dice))
    kind = dice.pick({"plain": 0.45, "pleats": 0.25, "tiers": 0.1, "wrap": 0.08, "buttons": 0.12})
    bottom = skirt.top + skirt.length + skirt.hem_curve
    if kind == "pleats":
        strength = dice.between(0.1, 0.5)
        for share in np.linspace(-0.95, 0.95, dice.whole(5, 26)):
            top = path(share * skirt.waist_half, skirt.top)
            foot = path(share * skirt.hem_half + dice.jitter(0.03), bottom)
            canvas.stroke(join(top, foot), strength * dice.between(0.5, 1), dice.whole(1, 4), only=(Part.SKIRT,))
    elif kind == "tiers":
        for share in np.linspace(0, 1, dice.whole(3, 5))[1:-1]:
            y = skirt.top + skirt.length * share
            scene.seam(smooth(path(-3, y, 0, y + 0.1, 3, y)), Part.SKIRT)
    elif kind == "wrap":
        x = dice.between(-0.5, 0.5)
        scene.seam(smooth(path(x, skirt.top, x * 0.8, bottom - 0.5, x + dice.jitter(0.4), bottom)), Part.SKIRT)
    elif kind == "buttons":
        draw_closure(scene, skirt.top, bottom, Part.SKIRT)
    if dice.chance(0.5):
        scene.seam(hem - (0, dice.between(0.04, 0.25)), Part.SKIRT)
    for side in SIDES:
        if dice.chance(0.2):
            draw_pocket(scene, side * skirt.waist_half * 0.6, skirt.top + dice.between(0.2, 0.7), Part.SKIRT)
        scene.mark_pair("hem", side, skirt.corners[side])
        scene.mark_pair("waist", side, skirt.waistline()[0 if side == -1 else -1])
    scene.mark("hem_middle", (0, bottom))
    draw_creases(scene, path(-1, skirt.top), path(1, bottom))
    return cloth


def draw_bottom(dice: Dice) -> Scene:
    """One pair of trousers or shorts, or one skirt."""
    if dice.chance(0.66):
        trousers = Trousers(dice, dice.pick(KINDS), dice.between(0.62, 1.0))
        wearer = Wearer(dice) if dice.chance(WORN) else None
        scene = Scene(dice, _with_wearer(trousers.extent, wearer))
        _draw_wearer(scene, wearer, trousers.waist_half, trousers.extent[:, 1].max())
        if dice.chance(0.25):
            scene.cloth.weave = "denim"
        draw_trousers(scene, trousers)
        half = trousers.waist_half
    else:
        half = dice.between(0.55, 0.95)
        flare = dice.between(0.75, 1.2) if dice.chance(0.5) else dice.between(1.2, 2.2)
        skirt = Skirt(dice, half, flare, dice.between(1.1, 2.4) if dice.chance(0.65) else dice.between(2.4, 4.2))
        wearer = Wearer(dice) if dice.chance(WORN) else None
        extent = join(skirt.outline(skirt.hem()), path(0, -0.1))
        scene = Scene(dice, _with_wearer(extent, wearer))
        _draw_wearer(scene, wearer, half, skirt.length)
        _draw_back_waist(scene, skirt.waistline())
        cloth = draw_skirt(scene, skirt)
        if dice.chance(0.85):
            _draw_waistband(scene, skirt.waistline(), skirt.waistline(dice.between(0.08, 0.35)), cloth)
    if wearer:
        perhaps_cut_away(scene)
    elif dice.chance(0.12):
        draw_clip_hanger(scene, half, 0.0)
    return scene


def _with_wearer(extent: Points, wearer: Wearer | None) -> Points:
    if wearer is None:
        return extent
    return join(extent, path(0, -wearer.head_room, 0, extent[:, 1].max() + wearer.leg_room))


def _draw_wearer(scene: Scene, wearer: Wearer | None, waist_half: float, hem_y: float) -> None:
    if wearer is not None:
        wearer.draw_legs(scene, hem_y, 1.0, bare=True)
        wearer.draw_trunk(scene, waist_half)


def draw_waist_seam(scene: Scene, top: Points, bottom: Points) -> None:
    """The waistband or belt of a dress, between two lines from left to right."""
    _draw_waistband(scene, top, bottom, scene.cloth)
