"""Put a drawn dress or jumpsuit into the photo: the top's composition with one garment to the hem."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from pipeline.fit.dress import DressFit
from pipeline.fit.legs import Legs
from pipeline.garment.analysis import Garment
from pipeline.masks import Bool, Box, Floats, over, polygon, ramp
from pipeline.paint.bottom import BottomComposer
from pipeline.paint.scene import Layer, Scene
from pipeline.paint.top import Composer, Painted
from pipeline.person.wearer import Wearer

ABOVE_NECK, ABOVE_TIP = 0.05, 0.04
"""Torsos above neck and shoulder joints that bare shoulders may reach."""


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
        return super().skin_under(fill, remove)

    @property
    def _bare_chest(self) -> bool:
        """Whether straps or nothing carry it, so that shoulders and chest show."""
        return not self.over_top and self.fit.sleeves == (None, None)

    @cached_property
    def neck_zone(self) -> Bool:
        """As in tops; where nothing carries the dress it goes on over shoulders and chest."""
        neck, s, body = super().neck_zone, self.s, self.body
        if not self._bare_chest:
            return neck
        up = self.skeleton.down * -self.skeleton.torso
        lows = [
            self.skeleton.at(0.42, sign * float(np.interp(0.42, body.rows, edge)))
            for sign, edge in ((1.0, body.edge_right), (-1.0, body.edge_left))
        ]
        necks = [side + ABOVE_NECK * up for side in body.neck_side]
        tips = [tip + ABOVE_TIP * up for tip in body.tip]
        chest = polygon(self.shape, self._to_scene(np.stack([*necks, tips[1], *lows, tips[0]])))
        return np.asarray(neck | (chest & (s.alpha > 0.6) & ~s.face))

    def _arm_skin(self, k: int, below: Bool, box: Box) -> Floats:
        """Arms as in tops; beside a bare chest they begin in its colour."""
        arm = super()._arm_skin(k, below, box)
        if not self._bare_chest:
            return arm
        elbow = self.body.arms[k].elbow * self.s.ratio
        # Its inner side is the chest's, the outer one is round.
        outer = np.clip(self.s.arm_share[k][box], 0.0, 1.0)
        form = 0.84 + 0.16 * np.sqrt(1.0 - outer * outer)
        return over(arm, self.tone * form[..., None], ramp(self.s.arm_arc[k][box], 0.7 * elbow, 0.15 * elbow))

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
