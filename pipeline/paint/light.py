"""Light and shade: those of the old clothes carried over, and those that the new ones throw."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.masks import Bool, Floats, blur, depth, ramp, shrink
from pipeline.paint.stage import Stage
from pipeline.types import Image


class Light(Stage):
    """Shades the new garment, and the body beside it."""

    def light(self) -> Floats:
        """Folds and shading of the old top (H, W) around 1, to lay over the new one."""
        s = self.s
        lab = cv2.cvtColor(s.photo, cv2.COLOR_RGB2LAB)
        luma = lab[..., 0].astype(np.float32) + 8.0
        plain = (s.cloth > 0.85) & (s.alpha > 0.95)
        if plain.sum() < 400:
            return np.ones(self.shape, np.float32)
        worn = (plain & _main_colour(lab, plain)).astype(np.float32)

        def mean(sigma: float) -> Floats:
            return np.asarray(blur(luma * worn, sigma) / np.maximum(blur(worn, sigma), 1e-3), np.float32)

        fine, wide = mean(max(1.5, 0.040 * s.unit)), mean(0.30 * s.unit)
        near = np.log(np.maximum(mean(0.10 * s.unit)[worn > 0], 1.0))
        # A print would come through: the busier the old top, the less of it is believed.
        busy = float(np.std(np.log(luma[worn > 0]) - near))
        trust = float(np.clip(1.1 - 5.0 * busy, 0.12, 0.8))
        # A jacket over a shirt is two colours: their border is no fold.
        trust *= float(np.clip((0.50 - float(np.std(near))) / 0.25, 0.0, 1.0))
        ratio = np.clip(fine / np.maximum(wide, 1.0), 0.75, 1.2)
        known = blur(worn, max(1.5, 0.02 * s.unit))
        return np.asarray(1.0 + (ratio - 1.0) * trust * np.clip(known * 1.4 - 0.2, 0.0, 1.0), np.float32)

    def sidelight(self) -> Floats:
        """Light from one side, as the face shows it, and white cloth that still leaves room for light."""
        s = self.s
        luma = self.luma
        skin = shrink(s.face, 0.02 * s.unit) & (s.likeness < 2.0)
        if not self.parse.head.measured or skin.sum() < 80:
            return np.full(self.shape, 0.97, np.float32)
        xs = np.arange(self.shape[1], dtype=np.float32)[None]
        centre = float((xs * skin).sum() / skin.sum())
        left, right = skin & (xs < centre), skin & (xs >= centre)
        if min(left.sum(), right.sum()) < 30:
            return np.full(self.shape, 0.97, np.float32)
        tilt = float(np.log(np.median(luma[right]) + 5.0) - np.log(np.median(luma[left]) + 5.0))
        tilt = float(np.clip(0.35 * tilt, -0.10, 0.10))
        return np.asarray(0.97 + tilt * np.clip(s.across, -1.2, 1.2), np.float32)

    def _rim(self, alpha: Floats, strength: float, reach: float) -> Floats:
        """Cloth turns away at its edges."""
        return np.asarray(1.0 - strength * np.exp(-depth(alpha > 0.5) / max(reach, 1.0)), np.float32)

    def _contact_shadow(self, base: Floats, drawn: Floats, ground: Bool) -> Floats:
        """The garment's shadow on the body below it; far behind, the `ground` catches none."""
        s = self.s
        spread = blur(drawn, 0.025 * s.unit)
        shift = np.array([[1, 0, 0], [0, 1, 0.018 * s.unit]], np.float32)
        cast = cv2.warpAffine(spread, shift, (self.shape[1], self.shape[0]))
        body = np.clip(s.alpha, 0.0, 1.0) * (
            1.0 - blur((s.face | (s.hair > 0.5) | ground).astype(np.float32), 1.5)
        )
        near = 1.0 - ramp(
            np.asarray(cv2.distanceTransform((drawn < 0.5).astype(np.uint8), cv2.DIST_L2, 5)), 0.0, 0.07 * s.unit
        )
        return np.asarray(base * (1.0 - 0.34 * np.asarray(cast, np.float32) * body * near)[..., None], np.float32)

    def _sleeve_shadow(self) -> Floats:
        """Sleeves (or bare arms) darken the trunk beside them."""
        s = self.s
        shade = np.ones(self.shape, np.float32)
        for k, sleeve in enumerate(s.sleeves):
            if sleeve is not None:
                solid = (sleeve.layer.alpha > 0.5).astype(np.float32)
            elif not self.skeleton.arms[k].seen:
                continue
            else:
                arm = self.body.arms[k]
                # What goes on behind the trunk throws no shadow on it.
                before = (s.skin > 0.3) | (s.arm_arc[k] < arm.bare_from * s.ratio)
                solid = ((self.arm_zone(k, 0.35 * arm.elbow, 1.0) > 0.5) & before).astype(np.float32)
            low = ramp(s.arm_arc[k], 0.20 * s.torso, 0.45 * s.torso)
            shade *= 1.0 - 0.30 * blur(solid, 0.03 * s.unit) * low
        return shade


def _main_colour(lab: Image, cloth: Bool) -> Bool:
    """Where `cloth` has its commonest colour: a print, a stripe or a shirt under a jacket is no fold. `lab` is the
    photo in 8-bit Lab."""
    middle = np.median(lab[cloth], axis=0)
    light, a, b = cv2.split(cv2.subtract(lab, (*middle.tolist(), 0.0), dtype=cv2.CV_32F))
    hue = np.hypot(a, b)
    usual = float(np.median(hue[cloth]))
    return np.asarray((hue < max(7.0, 2.5 * usual)) & (np.abs(light) < 45.0), bool)
