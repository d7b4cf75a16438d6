"""Put a drawn dress or jumpsuit into the photo: the top's composition with one garment to the hem."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import cv2
import numpy as np

from pipeline.fit.dress import DressFit
from pipeline.fit.legs import Legs
from pipeline.garment.analysis import Garment
from pipeline.masks import Bool, Floats, blur, distance, grow, over, polygon, ramp
from pipeline.paint.bottom import BottomComposer
from pipeline.paint.scene import Layer, Scene
from pipeline.paint.top import Composer, Painted
from pipeline.person.wearer import Wearer

CHEST_TO_FACE = (0.95, 0.93, 0.92)
"""A bare chest against the lit half of the same person's face, channel by channel."""
CHEST_ENOUGH = 0.15  # square shoulder widths of bare chest that show its colour
ABOVE_NECK, ABOVE_TIP = 0.05, 0.04  # torsos above neck and shoulder joints that shoulders may reach
BELOW_CHIN = 0.05  # torsos of shade below the chin
BONES_AT = 0.05  # torsos below neck and shoulders where the collarbones lie


class DressComposer(BottomComposer):
    """One composition of a dress; see `paint`."""

    def __init__(self, scene: Scene, wearer: Wearer, laid: DressFit, legs: Legs, garment: Garment) -> None:
        super().__init__(
            scene, wearer, laid.bodice, laid=laid.lower, legs=legs, garment=garment, whole=not garment.over_top
        )
        self.over_top = garment.over_top
        share = ramp(scene.along, *laid.blend)
        self.s = replace(scene, trunk=self._joined(scene, share), across=self._across(scene, share))

    def _joined(self, scene: Scene, share: Floats) -> Layer:
        """Bodice above, skirt or legs below, one layer."""
        colour, alpha = self.layers[0].colour, self.layers[0].alpha
        for layer in self.layers[1:]:
            colour = over(colour, layer.colour, layer.alpha)
            alpha = np.maximum(alpha, layer.alpha)
        return Layer(
            over(scene.trunk.colour, colour, share),
            np.asarray(scene.trunk.alpha * (1.0 - share) + alpha * share, np.float32),
        )

    def _across(self, scene: Scene, share: Floats) -> Floats:
        """Below the hips cloth is round about its own middle, not the trunk's."""
        around = self.panels[0].around
        for panel in self.panels[1:]:
            around = np.where(panel.cover > 0.5, panel.around, around)
        return np.asarray(scene.across * (1.0 - share) + around * share, np.float32)

    def old_cloth(self) -> Bool:
        """Top and bottom go; under dungarees the top stays."""
        lower = self.old_bottom(self.front())
        return lower if self.over_top else lower | Composer.old_cloth(self)

    def skin_under(self, fill: Floats, remove: Bool) -> tuple[Floats, list[Floats]]:
        """Legs, then neck and arms as for tops. Under dungarees the top keeps hiding those."""
        fill = self.paint_legs(fill, remove)
        if self.over_top:
            nothing = np.zeros(self.shape, np.float32)
            return fill, [nothing, nothing]
        if self._bare_chest:
            fill = self._chest(fill)
        return super().skin_under(fill, remove)

    @property
    def _bare_chest(self) -> bool:
        """Whether straps or nothing carry it, so that shoulders and chest show."""
        return not self.over_top and self.fit.sleeves == (None, None)

    def _chest(self, fill: Floats) -> Floats:
        """Shoulders and chest that a sleeveless dress leaves bare."""
        s, body, up = self.s, self.body, self.skeleton.down * -self.skeleton.torso
        lows = [
            self.skeleton.at(0.42, sign * float(np.interp(0.42, body.rows, edge)))
            for sign, edge in ((1.0, body.edge_right), (-1.0, body.edge_left))
        ]
        corners = np.stack(
            [
                body.neck_side[0] + ABOVE_NECK * up,
                body.neck_side[1] + ABOVE_NECK * up,
                body.tip[1] + ABOVE_TIP * up,
                *lows,
                body.tip[0] + ABOVE_TIP * up,
            ]
        )
        zone = polygon(self.shape, self._to_scene(corners)) & (s.alpha > 0.6) & ~s.face
        soft = blur(zone.astype(np.float32), max(0.8, 0.005 * s.unit))
        colour = self.chest_colour * self._bare_form[..., None] + self.noise[..., None]
        return over(fill, np.asarray(colour, np.float32), soft)

    @cached_property
    def chest_colour(self) -> Floats:
        """Skin of chest and shoulders (H, W, 3): theirs as far as enough is seen, the lit face's where it is not."""
        s = self.s
        low = self._height(self.parse.head.chin) + BELOW_CHIN
        bare = (s.skin > 0.85) & (s.along > low) & (s.along < 0.75) & ~s.hands & ~grow(s.face, 0.03 * s.unit)
        bare &= ~grow(self.removed, 2.0) & (s.likeness < 2.5)
        fill = self.skin_fill(self.removed, bare, 0.3)
        if self.face_tone is None:
            return fill
        tone = self._lit(self.face_tone) * np.array(CHEST_TO_FACE, np.float32)
        enough = float(np.clip(bare.sum() / (CHEST_ENOUGH * s.unit * s.unit), 0.0, 1.0))
        near = np.exp(-distance(bare) / (0.15 * s.unit)) if bare.any() else np.zeros(self.shape, np.float32)
        if bare.any():
            # A neck in the shade of beard and collar says nothing of the chest.
            light = float(np.median(self.photo[bare].mean(axis=1))) / max(float(tone.mean()), 1.0)
            enough *= float(np.clip((light - 0.70) / 0.15, 0.0, 1.0))
        return over(np.broadcast_to(tone, fill.shape), fill, enough + (1.0 - enough) * near)

    @cached_property
    def _bare_form(self) -> Floats:
        """Light and shade (H, W) around 1 of a bare chest: collarbones, the hollow between them, its sides."""
        s, body = self.s, self.body
        # Smooth as it is, every fourth pixel has all of it.
        shade = 1.0 - 0.07 * np.clip(np.abs(s.across[::4, ::4]), 0.0, 1.2) ** 3
        ys, xs = np.mgrid[0 : self.shape[0] : 4, 0 : self.shape[1] : 4].astype(np.float32)
        down = self.skeleton.down.astype(np.float32)
        for side, tip in zip(body.neck_side, body.tip, strict=True):
            ends = np.stack([self._neck_middle * 0.45 + side * 0.55, side * 0.35 + tip * 0.65])
            start, end = self._to_scene(ends + self.skeleton.down * BONES_AT * self.skeleton.torso)
            way = (end - start).astype(np.float32)
            t = ((xs - start[0]) * way[0] + (ys - start[1]) * way[1]) / max(float(way @ way), 1.0)
            off = (xs - start[0] - t * way[0]) * down[0] + (ys - start[1] - t * way[1]) * down[1]
            off /= 0.028 * s.unit
            length = np.exp(-((np.clip(np.abs(t - 0.5) - 0.4, 0.0, None) / 0.12) ** 2))
            shade += length * (0.035 * np.exp(-((off + 0.7) ** 2)) - 0.055 * np.exp(-((off - 0.9) ** 2)))
        grown = cv2.resize(shade.astype(np.float32), self.shape[::-1], interpolation=cv2.INTER_LINEAR)
        return np.asarray(grown, np.float32)

    def _throat(self, remove: Bool, throat: Bool) -> Floats:
        """The neck as in tops; over a bare chest it passes into that."""
        neck = super()._throat(remove, throat)
        if not self._bare_chest:
            return neck
        chest = self.chest_colour * self._bare_form[..., None]
        return over(neck, chest, ramp(self.s.along, -0.12, 0.02))

    def _arm_skin(self, k: int, remove: Bool, below: Bool) -> Floats:
        """Arms as in tops; beside a bare chest they begin in its colour."""
        arm = super()._arm_skin(k, remove, below)
        if not self._bare_chest:
            return arm
        elbow = self.body.arms[k].elbow * self.s.ratio
        return over(arm, self.chest_colour * 0.96, ramp(self.s.arm_arc[k], 0.7 * elbow, 0.05 * elbow))

    def _hair_behind(self, fill: Floats, remove: Bool) -> Floats:
        """Bare shoulders go on where a collar was."""
        return fill if self._bare_chest else super()._hair_behind(fill, remove)

    def stretch_bottom(self, base: Floats, remove: Bool) -> Floats:  # noqa: ARG002  (no trousers are left)
        """Only the shadow that the hem throws on legs and shoes."""
        return self._hem_shadow(base, self.new_alpha())

    def _contact_shadow(self, base: Floats, drawn: Floats, ground: Bool) -> Floats:
        """Only where a body is left to take it."""
        near = ramp(self.s.along, 1.2, 1.0)
        return over(base, super()._contact_shadow(base, drawn, ground), near)

    def _in_front(self, out: Floats) -> Floats:
        return super()._in_front(over(out, self.photo, self._banded_arms))

    def paint(self) -> Painted:
        """The finished crop."""
        return Composer.paint(self)
