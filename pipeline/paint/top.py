"""Put the drawn garment into the photo: old clothes out, light carried over, what is in front back in front."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.fit.top import Fit
from pipeline.masks import (
    Bool,
    Floats,
    blur,
    box_of,
    distance,
    grow,
    mirrored,
    push_pull,
    ramp,
    shrink,
    touching,
)
from pipeline.masks import over as _over
from pipeline.paint.light import Light
from pipeline.paint.removal import Removal
from pipeline.paint.scene import Layer, Scene
from pipeline.paint.skin import Skin
from pipeline.person.wearer import Wearer
from pipeline.types import Alpha, Image

SIDE_RIM, BESIDE, ABOVE_PIT = 0.10, 2.5, 0.2
"""Shoulder widths of old cloth between the new trunk and a bare arm up to which the trunk takes the old outline;
how near the arm is (bare radii from its axis); from how many torsos above the armpits, where sleeves hide them."""
INSIDE, INSIDE_CALM = 0.82, 0.04
"""Light of the inside of a collar, and shoulder widths over which its colours run into each other."""
ARMHOLE = (0.10, 0.42)
"""Of the upper arm: where the armhole of sleeveless cloth crosses its outer and its inner side."""
SMOOTH_SIDE, SIDE_BEGINS = 0.05, 0.2
"""Shoulder widths: the least radius of a bulge of that outline; torsos over which it sets in."""


@dataclass(frozen=True, slots=True)
class Painted:
    """`image` the new crop (H, W, 3) uint8; `changed` (H, W) True where it may differ from the photo;
    `drawn` (H, W) 0..1 how much of a pixel is new garment."""

    image: Image
    changed: Bool
    drawn: Alpha


class Composer(Removal, Skin, Light):
    """One composition; see `paint`."""

    def paint(self) -> Painted:
        """The finished crop."""
        if self.skeleton.back:
            self._close_back()
        if not self.over:
            self._fill_sides()
        s = self.s
        drawn = self.new_alpha()
        self.old = self.old_cloth()
        remove = (self.old | self._beside_sleeves(drawn)) & (drawn < 0.98)
        self.removed = remove
        out, arms = self._undressed(drawn, remove)
        light = self.light() * self.sidelight()
        off = np.clip(np.abs(s.across), 0.0, 1.2)
        roundness = 1.0 - 0.13 * (off * off * off)
        shade = light * roundness * self._rim(drawn, 0.10, 0.02 * s.unit) * self._sleeve_shadow()
        # Shade gives form; all in all the cloth keeps the colour it is sold in.
        worn = self.trunk_alpha > 0.5
        level = float(np.clip(1.0 / max(float(shade[worn].mean()), 0.5), 1.0, 1.08)) if worn.any() else 1.0
        out = _over(out, s.trunk.colour * (shade * level)[..., None], self.trunk_alpha)
        out = self._bare_arms(out, arms)
        for k in self._back_first():
            sleeve, alpha = s.sleeves[k], self.sleeve_alpha[k]
            if sleeve is None or alpha is None:
                continue
            alpha = alpha * self._in_one_piece
            off = np.clip(np.abs(sleeve.around), 0.0, 1.0)
            turned = 1.0 - 0.16 * (off * off * np.sqrt(off))
            inner_side = 1.0 - 0.10 * np.clip(-sleeve.around, 0.0, 1.0) ** 2
            fade = ramp(s.arm_arc[k], 0.0, 0.5 * s.unit)
            shade = level * light * (1.0 + (turned * inner_side - 1.0) * fade)
            out = _over(out, sleeve.layer.colour * shade[..., None], alpha)
        out = self._in_front(out)
        return self._finish(out, drawn, remove, arms)

    def _undressed(self, drawn: Floats, remove: Bool) -> tuple[Floats, list[Floats]]:
        """The photo with what the old clothes hid instead of them, and each painted arm's soft mask."""
        fill, arms = self.skin_under(self.background(), remove)
        soft_remove = blur(remove.astype(np.float32), 0.8)
        base = _over(self.photo, fill, np.where(remove, np.maximum(soft_remove, 0.97), soft_remove))
        if not self.over:
            base = _over(base, self.neck_colour, self.seam(remove))
            base = self.stretch_bottom(base, remove)
        base = self._inner_collar(base)
        return self._contact_shadow(base, drawn, self._ground(remove, arms)), arms

    def _close_back(self) -> None:
        """From behind no neckline is deep: what a front shows of the inside of its back is cloth like the rest."""
        s = self.s
        solid = s.trunk.alpha > 0.95
        colour = _over(s.trunk.colour, push_pull(s.trunk.colour, solid), s.inner.alpha)
        self.s = replace(s, trunk=Layer(colour, np.minimum(s.trunk.alpha + s.inner.alpha, 1.0)))

    def _fill_sides(self) -> None:
        """Cloth is no narrower than the body: where the old top looks out a little beside the new trunk, the new
        one takes its outline, and its texture goes on mirrored."""
        s, half = self.s, (slice(None, None, 2), slice(None, None, 2))
        drawn = self.s.trunk.alpha[half] > 0.5
        pits = [
            self._height(self.fit.pits[k]) - (0.0 if self.fit.sleeves[k] is None else ABOVE_PIT) for k in (0, 1)
        ]
        below = s.along[half] > np.where(s.across[half] < 0, *pits)
        rest = (s.cloth[half] > 0.5) & ~drawn & below & (s.along[half] < self.fit.hem - 0.02)
        beside, begun = np.zeros(rest.shape, bool), np.zeros(rest.shape, np.float32)
        for k, arm in enumerate(self.body.arms):
            # Of a sleeved arm's cloth nobody knows where the trunk's begins.
            sleeve, laid, unit = self.sleeve_alpha[k], self.fit.sleeves[k], self.skeleton.shoulder_width
            # An old cuff further down hangs off its arm.
            hangs = laid is None or laid.end < arm.bare_from - 0.1 * unit
            bare = s.arm_arc[k][half] - (arm.bare_from + (0.15 if hangs else -0.05) * unit) * s.ratio
            near = (bare > 0.0) & (s.arm_share[k][half] < 0.0) & (s.arm_share[k][half] > -BESIDE)
            begun = np.maximum(begun, near * ramp(bare, 0.0, SIDE_BEGINS * s.torso))
            beside |= near
            if sleeve is not None:
                rest &= sleeve[half] < 0.5
        rest &= beside
        rest &= ~s.foreign[half] & (np.abs(s.across[half]) > 0.5) & (np.abs(s.across[half]) < 1.3)
        unit = s.unit / 2.0
        broad = grow(shrink(rest, SIDE_RIM / 2 * unit), SIDE_RIM / 2 * unit + 1.0)
        # Smooth as a side: no flaps and no spikes.
        rim = shrink((rest & ~broad) | drawn, SMOOTH_SIDE * unit)
        rim = rest & grow(rim, SMOOTH_SIDE * unit)
        # It begins at nothing, not with a ledge.
        begun = begun * ramp(s.along[half] - np.where(s.across[half] < 0, *pits), 0.0, SIDE_BEGINS)
        rim &= distance(drawn) < SIDE_RIM * unit * begun
        if not rim.any():
            return
        whole = cv2.resize(rim.astype(np.float32), self.shape[::-1], interpolation=cv2.INTER_LINEAR)
        solid = s.trunk.alpha > 0.95
        colour, sure = mirrored(s.trunk.colour, solid, 0.02 * s.unit)
        colour = _over(push_pull(s.trunk.colour, solid), colour, sure > 0.95)
        added = np.clip(whole * 2.0, 0.0, 1.0) * np.clip(s.cloth * 2.0 - 0.5, 0.0, 1.0)
        mixed = _over(colour, s.trunk.colour, s.trunk.alpha)
        alpha = np.maximum(s.trunk.alpha, np.asarray(added, np.float32))
        self.s = replace(s, trunk=Layer(np.where((added > 0)[..., None], mixed, s.trunk.colour), alpha))

    def _inner_collar(self, base: Floats) -> Floats:
        """The inside of the back shows beside the neck, behind it."""
        s = self.s
        behind = s.inner.alpha * (1.0 - np.clip(np.maximum(s.skin, s.hair), 0.0, 1.0))
        neck = self.neck_zone
        behind = behind * ~neck * ~grow(s.face, 1.0) * grow(neck, 0.07 * s.unit)
        front = self.trunk_alpha > 0.3
        behind = behind * touching(front | (behind > 0.05), front)
        box = box_of(behind > 0.0)
        if not behind[box].size:
            return base
        # In its own shade nobody sees labels and loops, nor how dark the shop's picture has it.
        colour = s.inner.colour.copy()
        colour[box] = INSIDE * blur(colour[box], INSIDE_CALM * s.unit)
        return _over(base, colour, blur(behind, 0.6))

    def _bare_arms(self, out: Floats, painted: list[Floats]) -> Floats:
        """Arms hang in front of the trunk: seen skin comes back, painted skin comes over."""
        s = self.s
        for k in self._back_first():
            if not self.skeleton.arms[k].seen:
                continue
            arm = self.body.arms[k]
            sleeve = self.fit.sleeves[k]
            start = 0.25 * arm.elbow if sleeve is None else sleeve.end - 0.1 * self.skeleton.shoulder_width
            zone = self.arm_zone(k, start, 1.5)
            low = self._past_armhole(k) if sleeve is None else np.ones(self.shape, np.float32)
            zone = zone * low
            # The shadow under an old cuff looks like skin, too.
            cuff = self.removed & (s.arm_arc[k] < arm.bare_from * s.ratio + 0.12 * s.unit)
            seen = zone * np.clip(s.skin * 1.4 - 0.3, 0.0, 1.0) * ((s.likeness < 3.2) & ~cuff)
            self.old_cuff[k] = self._cuff(k)
            seen = blur(np.asarray(seen * self.old_cuff[k], np.float32), 0.5)
            out = _over(out, self.photo, seen)
            if k in self.arm_colour:
                skin = painted[k] * (1.0 - seen) * low
                if self.before[k]:
                    out = out * (1.0 - 0.30 * blur(skin, 0.03 * s.unit))[..., None]
                out = _over(out, self.arm_colour[k], skin)
        return out

    def _past_armhole(self, k: int) -> Floats:
        """Where an arm lies over sleeveless cloth, 0..1: past the armhole, which runs from the outer side of the
        shoulder down to the armpit."""
        arc = self.s.arm_arc[k] / (self.body.arms[k].elbow * self.s.ratio)
        edge = np.interp(arc, ARMHOLE, (1.1, -1.1)).astype(np.float32)
        return ramp(self.s.arm_share[k] - edge, -0.1, 0.1)

    def _back_first(self) -> tuple[int, int]:
        """The arms in the order they are drawn: of two folded ones the one with more hand in sight is in front."""
        s = self.s
        nearer = np.abs(s.arm_share[0]) <= np.abs(s.arm_share[1])
        first = int((s.hands & nearer).sum())
        return (0, 1) if first <= int((s.hands & ~nearer).sum()) else (1, 0)

    def _in_front(self, out: Floats) -> Floats:
        s = self.s
        hands = self.hands
        for cuff in self.old_cuff.values():
            hands = hands * cuff  # its edge is taken for the hand's beginning
        out = _over(out, self.photo, hands)
        hair = np.clip(s.hair * 1.15 - 0.08, 0.0, 1.0) * np.clip(s.alpha * 1.2, 0.0, 1.0)
        out = _over(out, self.photo, np.asarray(hair, np.float32))
        face = blur(grow(s.face, 0.012 * s.unit).astype(np.float32), max(0.7, 0.006 * s.unit))
        face = np.where(s.face, 1.0, face)
        return _over(out, self.photo, np.asarray(face, np.float32))

    def _finish(self, out: Floats, drawn: Floats, remove: Bool, arms: list[Floats]) -> Painted:
        s = self.s
        touched = (drawn > 0.01) | remove
        for arm in arms:
            touched |= arm > 0.01
        zone = grow(touched, 0.10 * s.unit)
        # The photo's own edge ends nothing: what is dressed goes on behind it.
        soft = np.clip(distance(~zone) / max(2.0, 0.03 * s.unit), 0.0, 1.0)
        # Outside the person only garment and filled ground may change: no veil over the background.
        soft = np.where((s.alpha < 0.05) & ~grow(touched, 2.0), 0.0, soft)
        out = _over(self.photo, out, np.asarray(soft, np.float32))
        image = np.clip(out + 0.5, 0, 255).astype(np.uint8)
        image[s.foreign] = s.photo[s.foreign]
        image[shrink(s.face, 1.0)] = s.photo[shrink(s.face, 1.0)]
        moved = cv2.absdiff(image, s.photo)
        changed = (moved[..., 0] | moved[..., 1] | moved[..., 2]) > 0
        return Painted(image, changed, drawn)


def compose(scene: Scene, wearer: Wearer, fit: Fit, *, over: bool) -> Painted:
    """Paint the garment into the scene; `over` the old top instead of in its place."""
    return Composer(scene, wearer, fit, over=over).paint()
