"""What sits round the neck: collars, lapels, stands, polo necks, hoods; and the hanger that holds it all."""

from __future__ import annotations

import numpy as np

from pipeline.garment.parts import Part
from pipeline.training.canvas import FLAT, Look, varied
from pipeline.training.fabric import Fabric, Plain, pick_colour
from pipeline.training.geometry import SIDES, Points, join, mirror, path, smooth
from pipeline.training.scene import Scene
from pipeline.training.torso import STRAPLESS, Torso


def back_height(scene: Scene, torso: Torso) -> float:
    """How far the inside of the back rises above the high points of the shoulders."""
    heights = {"shirt": (0.04, 0.22), "camp": (0.04, 0.18), "lapel": (0.03, 0.16), "shawl": (0.03, 0.16)}
    if torso.neck == "stand":
        return scene.dice.between(0.1, 0.38)
    if torso.neck in heights:
        return scene.dice.between(*heights[torso.neck])
    return -torso.back_depth


def draw_inside(scene: Scene, torso: Torso, rise: float) -> None:
    """The inside of the back, seen through the neck, with its size label."""
    dice, n = scene.dice, torso.neck_half
    if torso.from_behind:
        return
    if torso.neck in STRAPLESS:
        if dice.chance(0.6):
            y, drop = torso.neck_depth, dice.between(0.02, 0.15)
            low = torso.armpit_y + 0.2
            rim = smooth(path(-0.95, low, -0.9, y + 0.1, -0.3, y - drop, 0.3, y - drop, 0.9, y + 0.1, 0.95, low))
            scene.canvas.lay(rim, Part.INNER, scene.lining, scene.inside)
        return
    if rise > 0:
        back = smooth(path(n, 0.03, n * 0.95, -rise, 0, -rise * 1.08, -n * 0.95, -rise, -n, 0.03), 2)
    else:
        back = smooth(path(n, 0, n * 0.7, -rise, -n * 0.7, -rise, -n, 0))
    scene.canvas.lay(join(torso.front_neckline(), back), Part.INNER, scene.lining, scene.inside)
    if rise > 0 and dice.chance(0.5):
        scene.seam(smooth(path(-n, 0.02, 0, 0.07, n, 0.02)), Part.INNER)
    if dice.chance(0.5):
        at = path(dice.between(-0.04, 0.04), max(-rise, 0) + dice.between(0.05, 0.12))
        scene.tag(at, dice.between(0.04, 0.11), dice.between(0.03, 0.08))


def draw_hanger(scene: Scene, half: float, drop: float, y: float = 0.0) -> None:
    """Bar and hook, drawn before the front so that only neck and hook show; all of it is background."""
    dice = scene.dice
    material = Plain(pick_colour(dice))
    look = Look(0.05, 0.3, 0.2, 0.3)
    if dice.chance(0.85):
        w = dice.between(0.03, 0.14)
        for side in SIDES:
            arm = smooth(path(0, y - w, side * half * 0.5, y + drop * 0.3, side * half, y + drop), 2)
            scene.canvas.lay(join(arm, (arm + path(0, 2 * w))[::-1]), Part.BACKGROUND, material, look)
    stem, r = dice.between(0.1, 0.55), dice.between(0.06, 0.16)
    turn = np.linspace(np.pi / 2, -np.pi * dice.between(0.3, 0.9), 14)
    ring = np.column_stack([r * np.cos(turn), -r * np.sin(turn)]) * (1 if dice.chance(0.5) else -1, 1)
    line = join(path(0, y), path(0, y - stem), ring[::-1] + path(0, y - stem - r))
    thick = dice.between(0.012, 0.03)
    normal = np.gradient(line, axis=0)[:, ::-1] * (-1, 1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    metal = Plain(np.full(3, dice.between(0.1, 0.85), np.float32))
    rod = join(line + normal * thick, (line - normal * thick)[::-1])
    scene.canvas.lay(rod, Part.BACKGROUND, metal, FLAT)


def draw_collar(scene: Scene, torso: Torso, rise: float) -> None:
    """Whatever kind of collar the neck asks for, on top of the front."""
    dice = scene.dice
    cloth = scene.trim if dice.chance(0.85) else Fabric(dice)
    look = varied(scene.look, dice, outline=max(scene.look.outline, dice.between(0.1, 0.45)))
    neck = torso.neck
    if neck == "shirt":
        _draw_shirt_collar(scene, torso, rise, cloth, look)
    elif neck in ("lapel", "camp"):
        _draw_lapels(scene, torso, rise, cloth, look)
    elif neck == "shawl":
        _draw_shawl(scene, torso, rise, cloth, look)
    elif neck == "stand":
        _draw_stand(scene, torso, rise, cloth, look)
    elif neck == "high":
        _draw_polo_neck(scene, torso, cloth, look)
    elif neck in ("crew", "v", "scoop", "boat", "square") and dice.chance(0.7):
        _draw_neck_band(scene, torso, cloth)


def _draw_neck_band(scene: Scene, torso: Torso, cloth: Fabric) -> None:
    """A rib round the neckline: part of the body."""
    front, width = torso.front_neckline(), scene.dice.between(0.04, 0.12)
    wider = front * (1 + width / torso.neck_half * 0.6, 1) + (0, width)
    if cloth is not scene.cloth:
        scene.canvas.lay(join(front, wider[::-1]), None, cloth, varied(scene.look, scene.dice))
    scene.seam(wider, Part.BODY)


def _draw_shirt_collar(scene: Scene, torso: Torso, rise: float, cloth: Fabric, look: Look) -> None:
    dice, n, d = scene.dice, torso.neck_half, torso.neck_depth
    gap = dice.between(0, 0.05) if dice.chance(0.6) else dice.between(0.05, 0.2)
    tip_x, tip_y, round_tip = dice.between(0.06, 0.4), dice.between(0.1, 0.36), dice.chance(0.15)
    for side in SIDES:
        tip = path(gap + tip_x, d + tip_y + dice.jitter(0.02))
        roll = path(n * 1.22, dice.between(0.04, 0.18), n * 1.1, -rise * 0.5, n * 0.95, -rise)
        lower = join(path(gap, d), tip, roll[:1])
        lower = smooth(join(path(gap, d), tip, tip, roll[:1]), 2) if round_tip else lower
        leaf = join(path(n * 0.95, -rise, n * 0.55, d * 0.4), lower, roll[1:])
        turn = side * dice.between(-0.2, 0.7)
        scene.canvas.lay(leaf * (side, 1), Part.COLLAR, cloth, look, turn)


def _draw_lapels(scene: Scene, torso: Torso, rise: float, cloth: Fabric, look: Look) -> None:
    """Lapel with a notch or peak, and the collar that runs round the neck above it."""
    dice, n, d = scene.dice, torso.neck_half, torso.neck_depth
    notch_y = d * dice.between(0.22, 0.5)
    reach = dice.between(0.3, 0.75) + n * 0.3
    peak = dice.between(0.05, 0.15) if dice.chance(0.25) else -dice.between(0.0, 0.06)
    fold_x = n * 0.72
    leaf = varied(look, dice)
    for side in SIDES:
        inner = path(fold_x, notch_y * 0.6)
        point = path(reach, notch_y - peak + dice.jitter(0.02))
        belly = path(reach * 0.8, (notch_y + d) * 0.55, 0.03, d + dice.between(0, 0.08))
        lapel = join(path(0, d), inner, path(fold_x * 1.1, notch_y * 0.9), point, smooth(join(point, belly), 2))
        scene.canvas.lay(lapel * (side, 1), Part.COLLAR, cloth, leaf, side * dice.between(0, 0.5))
        gap = dice.between(0.0, 0.1)
        wing = path(fold_x + (reach - fold_x) * dice.between(0.6, 0.95), notch_y - max(peak, 0) - gap)
        top = join(
            path(n * 0.92, -rise), path(fold_x, notch_y * 0.5), path(fold_x * 1.12, notch_y * 0.9), wing,
            path(n * 1.3, dice.between(0.02, 0.12), n * 1.12, -rise * 0.6),
        )  # fmt: skip
        scene.canvas.lay(top * (side, 1), Part.COLLAR, cloth, look, side * dice.between(-0.2, 0.5))


def _draw_shawl(scene: Scene, torso: Torso, rise: float, cloth: Fabric, look: Look) -> None:
    dice, n, d = scene.dice, torso.neck_half, torso.neck_depth
    width = dice.between(0.12, 0.4)
    for side in SIDES:
        inner = smooth(path(n * 0.92, -rise, n * 0.72, d * 0.3, 0, d), 2)
        outer = smooth(path(0, d, n * 0.6 + width, d * 0.6, n + width, d * 0.25, n * 1.12, -rise * 0.6), 2)
        scene.canvas.lay(join(inner, outer) * (side, 1), Part.COLLAR, cloth, look, side * dice.between(0, 0.5))


def _draw_stand(scene: Scene, torso: Torso, rise: float, cloth: Fabric, look: Look) -> None:
    """Band, bomber rib or funnel: two ends that rise from the neckline and meet or part in front."""
    dice, n, d = scene.dice, torso.neck_half, torso.neck_depth
    gap = dice.between(0, 0.03) if dice.chance(0.6) else dice.between(0.05, 0.25)
    front_rise = dice.between(0.3, 1.0)
    band = dice.between(0.08, 0.2)
    for side in SIDES:
        top = smooth(path(n * 0.96, -rise, n * 0.75, -rise * 0.5 * front_rise, gap, d - band), 2)
        low = smooth(path(gap, d + 0.03, n * 0.6, d * 0.85, n * 1.03, 0.05), 2)
        scene.canvas.lay(join(top, low) * (side, 1), Part.COLLAR, cloth, look)


def _draw_polo_neck(scene: Scene, torso: Torso, cloth: Fabric, look: Look) -> None:
    dice, n, d = scene.dice, torso.neck_half, torso.neck_depth
    height, narrow, opening = dice.between(0.12, 0.6), dice.between(0.75, 1), dice.between(0.02, 0.08)
    rim = smooth(path(-n * narrow, -height, 0, -height + opening, n * narrow, -height))
    tube = join(smooth(path(n * 1.02, 0.03, 0, d * 1.6, -n * 1.02, 0.03)), rim)
    scene.canvas.lay(tube, Part.COLLAR, cloth, look)
    back = smooth(path(n * narrow, -height, 0, -height - opening * 0.7, -n * narrow, -height))
    scene.canvas.lay(join(rim, back), Part.INNER, scene.lining, Look(0, 0.1, 0, 0, dice.between(0.4, 0.8)))
    if dice.chance(0.4):
        y = -height * dice.between(0.2, 0.7)
        scene.seam(smooth(path(-n, y, 0, y + 0.06, n, y)), Part.COLLAR)


def draw_back_collar(scene: Scene, torso: Torso, rise: float) -> None:
    """Collar or hood seen from behind: one piece that covers the neck's inside."""
    dice, n = scene.dice, torso.neck_half
    cloth = scene.trim if dice.chance(0.85) else Fabric(dice)
    look = varied(scene.look, dice, outline=max(scene.look.outline, dice.between(0.1, 0.45)))
    if torso.neck == "hood":
        low, wide = dice.between(0.5, 1.2), n * dice.between(1.2, 1.6)
        top = dice.between(0.1, 0.3) if dice.chance(0.6) else dice.between(0.6, 1.0)
        hood = smooth(path(0, low, -wide, 0.3, -wide, -top * 0.7, -n * 0.7, -top, n * 0.7, -top, wide, -top * 0.7,
                           wide, 0.3, 0, low))  # fmt: skip
        scene.canvas.lay(hood, Part.HOOD, scene.cloth, look)
        if dice.chance(0.6):
            scene.seam(path(0, -top, 0, low), Part.HOOD)
    elif torso.neck in ("shirt", "camp", "lapel", "shawl", "stand", "high"):
        height = max(rise, 0.0) + dice.between(0.05, 0.2)
        low, flare = torso.neck_depth + dice.between(0.0, 0.16), dice.between(0.98, 1.25)
        rim = path(-n * 0.9, -height * 0.9, 0, -height, n * 0.9, -height * 0.9)
        foot = smooth(path(n * flare, 0.08, n * 0.5, low, -n * 0.5, low, -n * flare, 0.08), 2)
        scene.canvas.lay(join(smooth(rim), foot), Part.COLLAR, cloth, look)
    elif dice.chance(0.7):
        _draw_neck_band(scene, torso, cloth)


def draw_hood(scene: Scene, torso: Torso) -> float:
    """A hood standing up, lying behind the neck or turned aside; returns its height above the shoulders."""
    dice = scene.dice
    cloth = scene.cloth if dice.chance(0.85) else scene.trim
    look = varied(scene.look, dice, outline=max(scene.look.outline, dice.between(0.05, 0.4)))
    lining = scene.lining if dice.chance(0.7) else Fabric(dice)
    state = dice.pick({"up": 0.4, "down": 0.4, "aside": 0.2})
    height = dice.between(0.15, 0.45) if state == "down" else dice.between(0.65, 1.1)
    lean = 0.0 if state != "aside" else dice.between(-0.5, 0.5)
    wide, d = dice.between(1.15, 1.7), torso.neck_depth
    n = torso.neck_half
    top, low = n * dice.between(0.5, 0.9), d + dice.between(0.05, 0.2)
    shell = smooth(_hood_curve(n * wide, top, height, low=low, shoulder=0.12, lean=lean))
    scene.canvas.lay(shell, Part.HOOD, cloth, look)
    if state == "aside":
        _draw_hood_aside(scene, torso, height, lean, lining)
    else:
        inside, depth = dice.between(0.5, 0.85), dice.between(0.4, 0.85)
        opening = _hood_curve(n * inside, n * inside * 0.7, height * depth, low=d, shoulder=0.0, lean=0.0)
        scene.canvas.lay(
            smooth(opening), Part.INNER, lining, Look(scene.look.folds, 0.3, 0, 0.3, dice.between(0.3, 0.9))
        )
        if dice.chance(0.5):
            x = 0.0 if dice.chance(0.5) else n * 0.25
            for s in (-1, 1) if x else (1,):
                scene.seam(path(s * x, -height * 1.02, s * x, -height * depth), Part.HOOD, Part.INNER)
    if dice.chance(0.6):
        scene.seam(path(0, d, dice.jitter(0.04), d + 0.2), Part.BODY, Part.HOOD)
    if dice.chance(0.6):
        _draw_cords(scene, d)
    return height


def _hood_curve(wide: float, top: float, height: float, *, low: float, shoulder: float, lean: float) -> Points:
    right = path(0, low, wide, shoulder, wide, -height * 0.45, top, -height * 1.05)
    right = right + np.column_stack([lean * np.clip(-right[:, 1], 0, None), np.zeros(len(right))])
    left = mirror(path(0, low, wide, shoulder, wide, -height * 0.45, top, -height * 1.05))[::-1]
    left = left + np.column_stack([lean * np.clip(-left[:, 1], 0, None), np.zeros(len(left))])
    return join(right, left)


def _draw_hood_aside(scene: Scene, torso: Torso, height: float, lean: float, lining: Fabric) -> None:
    """Seen from the side: closed, or open toward one edge."""
    dice, n, d = scene.dice, torso.neck_half, torso.neck_depth
    if dice.chance(0.5):
        s = 1 if dice.chance(0.5) else -1
        slit = smooth(path(0, d, s * n * 0.5, -0.1, s * n * 0.8, -height * 0.5, s * n * 0.6, -height * 0.85, 0, 0))
        slit = slit + np.column_stack([lean * np.clip(-slit[:, 1], 0, None), np.zeros(len(slit))])
        scene.canvas.lay(slit, Part.INNER, lining, Look(0.1, 0.3, 0, 0.2, dice.between(0.3, 0.9)))
    scene.seam(smooth(path(0, d, dice.jitter(0.1), -height * 0.5, lean * height, -height)), Part.HOOD)


def _draw_cords(scene: Scene, d: float) -> None:
    dice, colour = scene.dice, pick_colour(scene.dice)
    width = dice.whole(1, 3)
    for side in SIDES:
        end = path(side * 0.1 + dice.jitter(0.05), d + dice.between(0.3, 0.9))
        scene.canvas.stroke(smooth(join(path(side * 0.08, d, side * 0.12, d + 0.2), end)), 0.8, width, colour)
