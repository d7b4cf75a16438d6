"""Put a drawn dress or jumpsuit into the photo: the top's composition with one garment to the hem."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.fit.dress import DressFit
from pipeline.fit.legs import Legs
from pipeline.garment.analysis import Garment
from pipeline.masks import Bool, Floats, blur, grow, over, polygon, ramp
from pipeline.paint.bottom import BottomComposer
from pipeline.paint.scene import Layer, Scene
from pipeline.paint.top import Composer, Painted
from pipeline.person.wearer import Wearer


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
        if self.fit.sleeves == (None, None):
            fill = self._chest(fill, remove)
        return super().skin_under(fill, remove)

    def _chest(self, fill: Floats, remove: Bool) -> Floats:
        """Shoulders and chest that a sleeveless dress leaves bare."""
        s, body = self.s, self.body
        lows = [
            self.skeleton.at(0.42, sign * float(np.interp(0.42, body.rows, edge)))
            for sign, edge in ((1.0, body.edge_right), (-1.0, body.edge_left))
        ]
        corners = np.stack([body.neck_side[0], body.neck_side[1], body.tip[1], *lows, body.tip[0]])
        zone = polygon(self.shape, self._to_scene(corners)) & (s.alpha > 0.6) & ~s.face
        soft = blur(zone.astype(np.float32), max(0.8, 0.01 * s.unit))
        throat = ~grow(s.face, 0.01 * s.unit) & (s.along < 0.25)
        colour = self.skin_fill(remove, throat, 0.5) * 0.98 + self.noise[..., None]
        return over(fill, np.asarray(colour, np.float32), soft)

    def stretch_bottom(self, base: Floats, remove: Bool) -> Floats:  # noqa: ARG002  (no trousers are left)
        """Only the shadow that the hem throws on legs and shoes."""
        return self._hem_shadow(base, self.new_alpha())

    def _contact_shadow(self, base: Floats, drawn: Floats, ground: Bool) -> Floats:
        """Only where a body is left to take it."""
        near = ramp(self.s.along, 1.2, 1.0)
        return over(base, super()._contact_shadow(base, drawn, ground), near)

    def paint(self) -> Painted:
        """The finished crop."""
        return Composer.paint(self)
