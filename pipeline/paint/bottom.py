"""Put a drawn lower garment into the photo: old one out, legs painted, what is in front back."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import cv2
import numpy as np

from pipeline.fit.bottom import SHORT_LEG, BottomFit
from pipeline.fit.legs import CROTCH, Legs
from pipeline.fit.panels import Drawn, draw_panel
from pipeline.fit.top import Fit
from pipeline.garment.analysis import Garment
from pipeline.masks import (
    Bool,
    Floats,
    Points,
    blur,
    box_of,
    components,
    distance,
    grow,
    like_first,
    mirrored,
    mirrored_rows,
    nearest_colour,
    nearest_station,
    over,
    push_pull,
    ramp,
    shrink,
    touching,
)
from pipeline.paint.scene import Layer, Scene, shrunk
from pipeline.paint.top import Composer, Painted
from pipeline.person.wearer import Wearer
from pipeline.types import Alpha, Image

PARTING = 3.0
"""How much higher than wide the wedge is in which touching thighs part."""
PLAIN = (2.5, 5.0)
SHADED = (14.0, 28.0)
THIGHS_END, THIGHS_GAP = 1.5, 0.06
"""How far down a leg thighs touch (1 the crotch, 2 the hem), and half the widest gap that closes (shoulder
widths)."""
"""Levels of 255: texture below the first and above the second of PLAIN is none or some; ground further from its
smooth continuation than SHADED has borders in it."""
HIPS_END, HIPS_GAP = 1.3, 0.06
"""Torsos below the shoulders where hips end; half the widest gap between them and an arm that closes (shoulder
widths)."""
LEG_TO_FACE = (0.84, 0.79, 0.775)
"""Bare legs against the lit half of the same person's face, channel by channel; from the public photos."""
LEG_EDGE, LEG_ROUND = 0.70, 0.38  # how light a leg is at its edges, and how much lighter in the middle
LEGS_ENOUGH, LEGS_FOLLOW = 0.4, 0.25
"""Square shoulder widths of bare leg that show its colour; shoulder widths over which less of it is followed."""
HANDS_ON_LEGS = 0.25
BAND = 0.09  # shoulder widths: half the broadest watch or bracelet
MOTTLED = 1.6  # levels of 255
HOLE_RIM, HOLE_HELD, LARGEST_HOLE = 0.08, 0.55, 0.12
"""Shoulder widths round skin in which a hole in trousers shows their cloth, how much of that rim is cloth, and the
largest hole in square shoulder widths."""
PAST_ANKLE, HEM_BAND, HEM_SWAYS = 0.04, 0.25, 0.04
"""Torsos below the lower ankle down to where frayed hems hang, above that in which the old garment's width is
measured, and how much it may widen below."""
SCRAP_REACH = (0.10, 0.50)
"""Shoulder widths from the old trousers within which the parse may take them for the top: anywhere, and before the
new garment."""


def no_top(shape: tuple[int, int], reach: float) -> Fit:
    """A fit that draws nothing: for scenes in which only the lower body is dressed. `reach` as Fit.hem."""
    nowhere = np.zeros(2)
    return Fit(
        trunk=np.zeros((*shape, 2), np.float32),
        cover=np.zeros(shape, np.float32),
        sleeves=(None, None),
        scale=1.0,
        hem=reach,
        pits=(nowhere, nowhere),
        collars=(nowhere, nowhere),
        neck_front=nowhere,
    )


class BottomComposer(Composer):
    """One composition of a lower garment; see `paint`.

    `whole` says that the top goes too (dresses): then nothing of the old clothes stays in front; `tucked` that
    the top ends at the new waistband.
    """

    def __init__(
        self,
        scene: Scene,
        wearer: Wearer,
        fit: Fit,
        *,
        laid: BottomFit,
        legs: Legs,
        garment: Garment,
        whole: bool = False,
        tucked: bool = False,
    ) -> None:
        super().__init__(scene, wearer, fit)
        self.laid, self.legs, self.whole, self.tucked = laid, legs, whole, tucked
        self.face_tone = _lit_face(wearer)
        size = (self.shape[0], self.shape[1])
        self.panels = [draw_panel(panel, scene.ratio, self.origin, size) for panel in laid.panels]
        (image, alpha, _), rate = shrunk(garment, laid.scale * scene.ratio)
        self.layers = [_draw_layer(image, alpha, rate, drawn) for drawn in self.panels]
        self._close_thighs()
        self.feet = self._grown(legs.feet.astype(np.float32)) > 0.5
        self.cloth = self._whole_cloth()
        self.leg_zones = [self._leg_zone(k) for k in (0, 1)]
        self._reach_arms()

    def _reach_arms(self) -> None:
        """Hips go on behind the arms against them: where old cloth was up to an arm the new one is, too."""
        s, reach = self.s, HIPS_GAP * self.s.unit
        hips = (s.along > self.laid.waist) & (s.along < HIPS_END) & (s.bottom > 0.6)
        box = box_of(hips, round(2.0 * reach) + 4)
        if not hips.any():
            return
        solid = self.drawn_alpha()[box] > 0.5
        arms = (self.front()[box] > 0.5) & (s.skin[box] > 0.5) & ~s.hands[box]
        gap = shrink(grow(solid | arms, reach), reach) & hips[box] & ~solid & ~arms
        # Between the two, and not below an arm.
        left, right = (np.logical_or.accumulate(arms[:, ::way], axis=1)[:, ::way] for way in (1, -1))
        gap &= (left & (s.across[box] < 0)) | (right & (s.across[box] > 0))
        gap &= grow(arms, 2.0 * reach) & grow(solid, 2.0 * reach)
        if not gap.any() or not solid.any():
            return
        # With the soft edges on both sides of it.
        closed = blur(grow(gap, 2.0).astype(np.float32), 0.7) * (s.bottom[box] > 0.3)
        layer = self.layers[0]
        joint = layer.colour[box]
        for other in self.layers[1:]:
            joint = over(joint, other.colour[box], other.alpha[box])
        known = shrink(solid, 3.0)
        colour, _ = nearest_colour(joint, known, 1.5)
        copied, sure = mirrored(joint, known, 2.0)
        layer.colour[box] = over(layer.colour[box], over(colour, copied, sure > 0.95), closed)
        layer.alpha[box] = np.maximum(layer.alpha[box], closed)

    def _grown(self, values: Floats) -> Floats:
        """A working map in the scene."""
        matrix = np.array([[self.s.ratio, 0, self.origin[0]], [0, self.s.ratio, self.origin[1]]], np.float32)
        return np.asarray(cv2.warpAffine(values, matrix, (self.shape[1], self.shape[0])), np.float32)

    def drawn_alpha(self) -> Floats:
        """All of the new lower garment, before anything comes in front of it."""
        drawn = np.zeros(self.shape, np.float32)
        for layer in self.layers:
            drawn = np.maximum(drawn, layer.alpha)
        return drawn

    def _close_thighs(self) -> None:
        """Photographed legs stand apart; worn they touch below the crotch where no ground was seen before."""
        if len(self.panels) < 2 or all(
            end - line.crotch < SHORT_LEG * (line.ankle - line.crotch)
            for end, line in zip(self.laid.ends, self.legs.lines, strict=True)
        ):
            return
        near = np.zeros(self.shape, bool)
        for drawn in self.panels:
            # On the hips both panels are one surface, whose middle is the front seam.
            inner = (drawn.around > 0.2) | ((drawn.down < 1.15) & (drawn.around > -0.3))
            near |= (drawn.cover > 0.5) & (drawn.down > 0.5) & (drawn.down < THIGHS_END) & inner
        reach = THIGHS_GAP * self.s.unit
        box = box_of(near, round(reach) + 4)
        solid = np.maximum(*(layer.alpha[box] for layer in self.layers)) > 0.5
        filled = shrink(grow(solid, reach), reach)
        gap = filled & ~solid & grow(near[box], reach)
        # From where ground is seen between the thighs, in the photo or in the new legs, they stay apart.
        right = np.logical_or.accumulate(solid[:, ::-1], axis=1)[:, ::-1]
        between = np.logical_or.accumulate(solid, axis=1) & right & ~solid & grow(near[box], 2.0 * reach)
        apart = np.flatnonzero((between & (~filled | (self.s.alpha[box] < 0.3))).sum(axis=1) > 1)
        parted = np.zeros(gap.shape, bool)
        if len(apart):
            parted = _wedge((filled & ~solid)[: apart[0]], gap.shape)
            gap[apart[0] :], parted[apart[0] :] = False, True
        gap &= self.s.bottom[box] > 0.6
        if not gap.any():
            return
        # With the soft edges beside it, in which ground of the product's photo may still shine.
        gap = grow(gap, 3.0) & filled & ~parted
        closed = blur(gap.astype(np.float32), 0.7)
        behind, before = self.layers
        joint = over(behind.colour[box], before.colour[box], before.alpha[box])
        known = shrink(solid, 3.0) & ~gap
        colour, _ = nearest_colour(joint, known, 1.5)
        copied, sure = mirrored(joint, known, 2.0)
        colour = over(colour, copied, sure > 0.95)
        for layer, room in ((behind, np.float32(1.0)), (before, self.panels[1].cover[box])):
            layer.colour[box] = over(layer.colour[box], colour, closed)
            layer.alpha[box] = np.maximum(layer.alpha[box], closed * room)

    def _leg_zone(self, k: int) -> tuple[Floats, Floats]:
        """Soft mask of one bare leg from the hip to the ankle, and -1..1 across it."""
        line, ratio = self.legs.lines[k], self.s.ratio
        points = self._to_scene(line.curve)
        last = int(np.searchsorted(line.arc, line.ankle + 0.18 * self.skeleton.torso))
        # Where cloth covers the leg skin may show through its holes, and none looks out beside it.
        covered = line.arc[:last] < self.laid.ends[k] - 0.15 * self.skeleton.torso
        reach = line.normal[:last] * (line.bare[:last] * ratio * np.where(covered, 0.4, 1.0))[:, None]
        soft = max(0.7, 0.003 * self.s.unit)
        bare = max(int(covered.sum()) - 1, 0)
        under = self._between(points[:last] + reach, points[:last] - reach, slice(0, bare + 1))
        zone = np.maximum(
            np.minimum(blur(under, soft), self.cloth),
            blur(self._between(points[:last] + reach, points[:last] - reach, slice(bare, last)), soft),
        )
        ys, xs = (axis.astype(np.float32) for axis in np.ogrid[0 : self.shape[0] : 4, 0 : self.shape[1] : 4])
        near = nearest_station(points, xs, ys)
        offset = (xs - points[near, 0]) * line.normal[near, 0] + (ys - points[near, 1]) * line.normal[near, 1]
        share = cv2.resize((offset / (line.bare[near] * ratio)).astype(np.float32), self.shape[::-1])
        return np.asarray(zone, np.float32), np.asarray(share, np.float32)

    def _whole_cloth(self) -> Floats:
        """The drawn garment without the holes in it, a little inside its outline."""
        reach = 0.06 * self.s.unit
        closed = shrink(grow(self.drawn_alpha() > 0.5, reach), reach + 1.5)
        return closed.astype(np.float32)

    def _between(self, one: Points, other: Points, part: slice) -> Floats:
        """Mask 0..1 of what lies between two edges (N, 2), of which only `part` counts."""
        mask = np.zeros(self.shape, np.uint8)
        edge = np.concatenate([one[part], other[part][::-1]])
        cv2.fillPoly(mask, [np.round(edge * 16).astype(np.int32)], 255, lineType=cv2.LINE_AA, shift=4)
        return np.asarray(mask, np.float32) / np.float32(255.0)

    def front(self) -> Floats:
        """What stays before the lower garment: the top that hangs over it, arms, hands, hair."""
        s = self.s
        keep = self._hands() * np.clip(s.alpha * 1.2, 0, 1)
        for k in (0, 1):
            if self.skeleton.arms[k].seen:
                arm = self.arm_zone(k, 0.2 * self.body.arms[k].elbow, 1.7)
                keep = np.maximum(keep, arm * np.clip(1.6 * s.skin - 0.4, 0.0, 1.0))
        keep = np.maximum(keep, self._banded_arms)
        hair = np.clip(s.hair * 1.15 - 0.08, 0.0, 1.0) * (s.along < 1.2)
        keep = np.maximum(keep, hair)
        if not self.whole:
            top = self.old_top()
            keep = np.maximum(keep, top * (1.0 - self._tucked_in()) if self.tucked else top)
        return np.asarray(np.clip(keep, 0.0, 1.0) * np.clip(s.alpha * 1.5 - 0.2, 0, 1), np.float32)

    @cached_property
    def _banded_arms(self) -> Floats:
        """Watches and bracelets: what has bare arm above it and hand below it, soft."""
        # Every second pixel tells it.
        s, half = self.s, (slice(None, None, 2), slice(None, None, 2))
        skin = (s.skin[half] > 0.6) | (self.hands[half] > 0.5)
        banded, unit = np.zeros(skin.shape, bool), s.unit / 2.0
        reach = BAND * unit
        for k, arm in enumerate(self.body.arms):
            if not self.skeleton.arms[k].seen:
                continue
            arc, wrist = s.arm_arc[k][half], arm.wrist * s.ratio
            band = (np.abs(s.arm_share[k][half]) < 1.3) & (arc > 0.5 * wrist) & (arc < wrist + 0.3 * s.unit)
            box = box_of(band)
            part, bare = band[box], (skin & band)[box]
            above = bare & (arc[box] < wrist)
            banded[box] |= shrink(grow(bare, reach), reach) & part & ~bare & grow(above, 2.0 * reach)
        if not banded.any():
            return np.zeros(self.shape, np.float32)
        calm = 0.02 * unit
        solid = grow(shrink(banded, calm), calm).astype(np.float32)
        return np.asarray(cv2.resize(solid, self.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)

    def _hands(self) -> Floats:
        """Hands without threads of old cloth along the thighs."""
        whole = self.hands > 0.5
        solid = grow(shrink(whole, 0.025 * self.s.unit), 0.05 * self.s.unit)
        return np.asarray(self.hands * blur(solid.astype(np.float32), 0.6), np.float32)

    def _tucked_in(self) -> Floats:
        """Soft mask of the trunk below the new waistband's upper edge; sleeves hang beside it."""
        s = self.s
        trunk = 1.0 - ramp(np.abs(s.across), 1.2, 1.35)
        for k in (0, 1):
            if not self._bare_arm(k):
                trunk = trunk * ramp(np.abs(s.arm_share[k]), 1.35, 1.5)
        return np.asarray(ramp(s.along, self.laid.waist - 0.01, self.laid.waist + 0.01) * trunk, np.float32)

    def _bare_arm(self, k: int) -> bool:
        """Whether skin, not a sleeve, is what hangs beside the waist."""
        s = self.s
        arm = (np.abs(s.arm_share[k]) < 0.8) & (s.along > self.laid.waist - 0.15) & ~s.hands
        arm &= (s.arm_arc[k] > 0.0) & (s.arm_arc[k] < self.body.arms[k].wrist * s.ratio)
        return bool(arm.sum() > 20 and float(s.skin[arm].mean()) > 0.5)

    def _arms_side(self) -> Bool:
        """Arms and what hangs beside them on the outer side: sleeves are no lower garment."""
        s = self.s
        beside = np.zeros(self.shape, bool)
        for k in (0, 1):
            if self.skeleton.arms[k].seen:
                length = (s.arm_arc[k] > 0.0) & (s.arm_arc[k] < self.body.arms[k].wrist * s.ratio + 0.25 * s.unit)
                beside |= length & (s.arm_share[k] > -1.1) & (s.arm_share[k] < 2.5)
        return beside

    def old_top(self) -> Floats:
        """The top as it hangs, without scraps of it that colour alone found among the trousers."""
        s = self.s
        cloth = np.where(self._scraps(), np.float32(0.0), s.cloth)
        solid = cloth > 0.5
        body = shrink(solid, 0.035 * s.unit)
        labels, areas = components(body)
        kept = np.flatnonzero(areas > 0.03 * max(int(areas.max(initial=0)), 1))
        body = np.isin(labels, kept[kept > 0])
        tidy = grow(body, 0.045 * s.unit) & solid
        # Well above the new waistband nothing is in question.
        tidy |= solid & (s.along < 0.6)
        edge = blur(tidy.astype(np.float32), 1.0)
        return np.asarray(np.minimum(np.clip((cloth - 0.35) / 0.4, 0, 1), np.clip(edge * 2.0, 0, 1)), np.float32)

    def _scraps(self) -> Bool:
        """What the parse took for the top's hem and has the colours of the trousers next to it."""
        s = self.s
        inset = 0.03 * s.unit
        top, bottom = shrink(s.cloth > 0.9, inset), shrink(s.bottom > 0.9, inset)
        away = distance(s.bottom > 0.6)
        # Where the new garment lies behind it, nothing but that can come out.
        near = (away < SCRAP_REACH[0] * s.unit) | ((away < SCRAP_REACH[1] * s.unit) & (self.drawn_alpha() > 0.98))
        near &= (s.cloth > 0.2) & (s.along > 0.6)
        scraps = near & like_first(s.photo, bottom, top & ~grow(near, inset), 0.9)
        scraps = touching(scraps | (s.bottom > 0.6), s.bottom > 0.8) & scraps
        return np.asarray(blur(scraps.astype(np.float32), 0.012 * s.unit) > 0.4)

    def old_bottom(self, front: Floats) -> Bool:
        """What of the old lower garment must go."""
        s = self.s
        start = self.laid.waist if self.legs.bottom_from is None else self.legs.bottom_from
        goes = 1.0 if self.whole else self._tucked_in() if self.tucked else 0.0
        cloth = np.clip(s.bottom + s.cloth * goes, 0.0, 1.0)
        # Also what no class claims, and scraps of the parsed top that are none.
        rest = (s.alpha > 0.5) & (s.skin + s.hair < 0.35) & ~self._arms_side()
        old = ((cloth > 0.4) | rest) & (s.along > min(start, self.laid.waist) - 0.05)
        bare = self._bare_skin()
        # Of a leg in a trouser leg nothing looks out beside it.
        dressed = (s.along > CROTCH + 0.05) & (s.along < self._dressed_to())
        old |= dressed & (s.skin > 0.5)
        torn = self._torn()
        old |= torn
        bare &= ~dressed & ~torn
        old = grow(old, max(1.5, 0.018 * s.unit))
        old &= ~self.feet & ~self._past_ankles() & (front < 0.5) & ~bare & ~s.face & (self.hands < 0.4)
        return np.asarray(blur(old.astype(np.float32), max(1.0, 0.008 * s.unit)) > 0.5)

    def _past_ankles(self) -> Bool:
        """Shoes, what they stand on and what lies about: past both ankles cloth is as wide as above them and no
        wider, and none is below a shoe."""
        s, past = self.s, np.zeros(self.shape, bool)
        if not all(line.seen for line in self.legs.lines):
            return past
        ankles = [
            np.array([np.interp(line.ankle, line.arc, line.curve[:, i]) for i in (0, 1)])
            for line in self.legs.lines
        ]
        low = round(float(self._to_scene(np.stack(ankles))[:, 1].max()) + PAST_ANKLE * s.torso)
        hem = s.bottom[max(0, low - round(HEM_BAND * s.torso)) : max(0, low)] > 0.5
        wide = grow(np.broadcast_to(hem.any(axis=0), (3, self.shape[1])), HEM_SWAYS * s.torso)[1]
        shod = np.logical_or.accumulate(self.feet, axis=0)
        past[max(0, low) :] = (~wide | shod | (s.bottom < 0.4))[max(0, low) :]
        return past

    def _dressed_to(self) -> float:
        """How far down both legs are covered, torsos below the shoulders."""
        lows = []
        for line, end in zip(self.legs.lines, self.laid.ends, strict=True):
            x, y = (np.interp(end, line.arc, line.curve[:, i]) for i in (0, 1))
            lows.append(float(self.skeleton.along(np.array(x), np.array(y))))
        return min(lows) - 0.04

    def _bare_skin(self) -> Bool:
        """Legs and belly that show: big patches only, trousers of the colour of skin are spotted with it."""
        s = self.s
        skin = shrink((s.skin > 0.7) & (s.along > 0.6), 0.02 * s.unit)
        labels, areas = components(skin)
        big = np.flatnonzero(areas > 0.02 * s.unit * s.unit)
        return grow(np.isin(labels, big[big > 0]), 0.022 * s.unit) & (s.skin > 0.6)

    def _torn(self) -> Bool:
        """Skin in the holes of torn trousers: cloth above, below and mostly round it, and no hand."""
        s, reach = self.s, max(3.0, HOLE_RIM * self.s.unit)
        legs = (s.along > CROTCH) & (self.hands < 0.3) & ~grow(s.hands, 0.05 * s.unit)
        cloth, torn = s.bottom > 0.5, np.zeros(self.shape, bool)
        labels, areas = components((s.skin > 0.3) & legs)
        for k in np.flatnonzero(areas < LARGEST_HOLE * s.unit * s.unit)[1:]:
            one = labels == k
            box = box_of(one, round(reach) + 2)
            patch = one[box]
            rim = grow(patch, reach) & ~patch & (s.alpha[box] > 0.5)
            held = rim & cloth[box]
            ys = np.nonzero(patch)[0]
            above, below = held[: int(ys.min())].any(), held[int(ys.max()) + 1 :].any()
            if above and below and held.sum() > HOLE_HELD * rim.sum():
                torn[box] |= grow(patch, 0.3 * reach) & (s.alpha[box] > 0.3)
        return torn & legs

    def paint_legs(self, fill: Floats, remove: Bool) -> Floats:
        """Bare legs which the old garment hid, painted into `fill`, the hinder one first."""
        limb = self._leg_tone(remove)
        grain = self.noise + self._mottled()
        order = (0, 1) if self.legs.lines[0].curve[-1, 1] <= self.legs.lines[1].curve[-1, 1] else (1, 0)
        for k in order:
            zone, share = self.leg_zones[k]
            round_off = np.sqrt(np.clip(1.0 - np.clip(share, -1.0, 1.0) ** 2, 0.0, 1.0))
            inner = 1.0 - 0.12 * np.clip(-share, 0.0, 1.0) ** 2
            form = (LEG_EDGE + LEG_ROUND * round_off) * inner * self._knee(k)
            colour = limb * form[..., None] + grain[..., None]
            fill = over(fill, np.asarray(colour, np.float32), zone)
        return fill

    def _leg_tone(self, remove: Bool) -> Floats:
        """Colour of bare legs (H, W, 3): theirs as far as enough of them is seen, else the lit face's."""
        s = self.s
        legs = (s.skin > 0.85) & (s.along > 1.25) & ~s.hands
        some = int(legs.sum()) > 0.02 * s.unit * s.unit
        where = legs if some else (s.along > 0.0) & ~grow(s.face, 0.05 * s.unit)
        limb = self.skin_fill(remove, where, 0.25 if some else 0.6)
        if self.face_tone is None:
            return limb
        tone = self.face_tone * np.array(LEG_TO_FACE, np.float32)
        if not some:
            return np.asarray(HANDS_ON_LEGS * limb + (1.0 - HANDS_ON_LEGS) * tone, np.float32)
        # Ankles alone, in the shade of a hem, say what is next to them.
        enough = float(np.clip(legs.sum() / (LEGS_ENOUGH * s.unit * s.unit), 0.0, 1.0))
        near = np.exp(-distance(legs) / (LEGS_FOLLOW * s.unit))
        return over(np.broadcast_to(tone, limb.shape), limb, enough + (1.0 - enough) * near)

    def _mottled(self) -> Floats:
        """Skin is not even: soft patches as large as a finger."""
        size = (max(2, self.shape[1] // 4), max(2, self.shape[0] // 4))
        random = np.random.default_rng(20240608).standard_normal(size[::-1]).astype(np.float32)
        patches = blur(random, 0.03 * self.s.unit / 4.0)
        patches *= MOTTLED / max(float(patches.std()), 1e-6)
        return np.asarray(cv2.resize(patches, self.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)

    def _knee(self, k: int) -> Floats:
        """Light on the kneecap, shade below it, along one leg."""
        line, ratio = self.legs.lines[k], self.s.ratio
        knee = np.array([np.interp(line.knee, line.arc, line.curve[:, i]) for i in (0, 1)])
        place = self._to_scene(knee[None])[0]
        radius = float(np.interp(line.knee, line.arc, line.bare)) * ratio
        xs, ys = (np.arange(size, dtype=np.float32) for size in self.shape[::-1])
        off = np.exp(-(((xs - place[0]) / (0.75 * radius)) ** 2))
        cap = np.exp(-(((ys - place[1]) / (0.9 * radius)) ** 2))
        under = np.exp(-(((ys - place[1] - 1.25 * radius) / (0.5 * radius)) ** 2))
        return np.asarray(1.0 + (0.05 * cap - 0.08 * under)[:, None] * off, np.float32)

    def background(self, margin: float = 0.02) -> Floats:
        """Floors and walls go on sideways: each row is mirrored at the outline, within the ground it shows.

        Ground without texture is filled smoothly instead: there the seams of mirrored rows would show.
        """
        # Close to the outline, for the gap between two legs is narrow.
        outside = ~grow(self.s.alpha > 0.25, max(1.5, 0.75 * margin * self.s.unit))
        columns, found = mirrored_rows(outside, max(4, round(0.03 * self.s.unit)))
        rows = np.broadcast_to(np.arange(self.shape[0], dtype=np.float32)[:, None], self.shape)
        copied = cv2.remap(self.photo, columns, rows.copy(), cv2.INTER_NEAREST)
        if not found.all():
            copied = over(super().background(margin), copied, found)
        if not outside.any():
            return np.asarray(copied, np.float32)
        smooth = push_pull(self.photo, outside)
        # Light alone tells it: three channels would only cost more.
        light, even = copied.mean(axis=2), smooth.mean(axis=2)
        texture = np.abs(light - blur(light, 0.02 * self.s.unit))
        apart = np.abs(light - even)
        calm = ramp(blur(texture, 0.06 * self.s.unit), PLAIN[1], PLAIN[0])
        calm = calm * ramp(blur(apart, 0.03 * self.s.unit), SHADED[1], SHADED[0])
        return over(np.asarray(copied, np.float32), smooth + self.noise[..., None], calm)

    def base(self, drawn: Floats, front: Floats) -> tuple[Floats, Bool]:
        """The photo without the old lower garment where the new one does not cover it."""
        old = self.old_bottom(front)
        remove = old & (drawn < 0.98)
        if not remove.any():
            return self.photo.copy(), remove
        fill = self.paint_legs(self.background(), remove)
        soft = blur(remove.astype(np.float32), 0.8)
        return over(self.photo, fill, np.where(remove, np.maximum(soft, 0.97), soft)), remove

    def colours(self, light: Floats) -> list[Layer]:
        """The panels with light and shade on them."""
        s = self.s
        painted = []
        shade_behind = np.ones(self.shape, np.float32)
        for i, (layer, drawn) in enumerate(zip(self.layers, self.panels, strict=True)):
            low = ramp(drawn.down, 0.75, 1.25)
            turned = 1.0 - 0.17 * np.clip(np.abs(drawn.around), 0.0, 1.1) ** 3 * (0.35 + 0.65 * low)
            if self.laid.skirt:
                turned = 1.0 - 0.13 * np.clip(np.abs(drawn.around), 0.0, 1.1) ** 3
            rim = self._rim(layer.alpha, 0.06, 0.02 * s.unit) if i or self.laid.skirt else np.ones_like(turned)
            shade = light * turned * (1.0 + (rim - 1.0) * low)
            if i == 0 and len(self.layers) > 1:
                near = blur(self.layers[1].alpha, 0.05 * s.unit)
                shade_behind = 1.0 - 0.22 * np.clip(near, 0, 1) * ramp(drawn.down, 1.0, 1.3)
                shade = shade * shade_behind
            painted.append(Layer(np.asarray(layer.colour * shade[..., None], np.float32), layer.alpha))
        return painted

    def worn_light(self) -> Floats:
        """Folds of the old bottom, as `light` takes them from the old top."""
        upper = self.s
        self.s = replace(upper, cloth=upper.bottom)
        light = self.light()
        self.s = upper
        return np.asarray(light * self.sidelight(), np.float32)

    def paint(self) -> Painted:
        """The finished crop."""
        drawn, front = self.drawn_alpha(), self.front()
        base, remove = self.base(drawn, front)
        out = self._hem_shadow(base, drawn)
        for layer in self.colours(self.worn_light()):
            out = over(out, layer.colour, layer.alpha)
        out = self._shadow_of_front(out, drawn, front)
        out = over(out, self.photo, front)
        return self._finish(out, np.asarray(drawn * (1.0 - front), np.float32), remove, [])

    def _hem_shadow(self, base: Floats, drawn: Floats) -> Floats:
        """The hem darkens the shoes and legs just below it, and nothing of the ground."""
        s = self.s
        shift = np.array([[1, 0, 0], [0, 1, 0.03 * s.unit]], np.float32)
        cast = cv2.warpAffine(blur(drawn, 0.025 * s.unit), shift, (self.shape[1], self.shape[0]))
        legs = np.maximum(self.leg_zones[0][0], self.leg_zones[1][0])
        onto = np.clip(np.maximum(legs, blur(self.feet.astype(np.float32), 1.0)), 0.0, 1.0) * (s.along > 1.2)
        return np.asarray(base * (1.0 - 0.36 * np.asarray(cast, np.float32) * onto)[..., None], np.float32)

    def _shadow_of_front(self, out: Floats, drawn: Floats, front: Floats) -> Floats:
        """Top and hands darken the cloth just below them."""
        s = self.s
        shift = np.array([[1, 0, 0], [0, 1, 0.02 * s.unit]], np.float32)
        cast = cv2.warpAffine(blur(front, 0.02 * s.unit), shift, (self.shape[1], self.shape[0]))
        return np.asarray(out * (1.0 - 0.38 * np.asarray(cast, np.float32) * drawn)[..., None], np.float32)


def _wedge(gap: Bool, shape: tuple[int, ...]) -> Bool:
    """Where legs part above the end of a closed `gap` (H, W), which would be a ledge: a wedge of its width."""
    parted = np.zeros(shape, bool)
    width = int(gap[-1].sum()) if len(gap) else 0
    columns = np.arange(shape[1])
    for up in range(min(round(PARTING * width), len(gap))):
        row = len(gap) - 1 - up
        own = columns[gap[row]]
        if len(own):
            parted[row] = np.abs(columns - own.mean()) < 0.5 * (width - up / PARTING)
    return parted


def _lit_face(wearer: Wearer) -> Floats | None:
    """Median colour of the lighter half of the face; None where too little of it is seen."""
    head = wearer.parse.head
    face = shrink(head.face, 0.03 * wearer.skeleton.shoulder_width) & (wearer.parse.likeness < 1.0)
    if not head.measured or face.sum() < 80:
        return None
    colours = wearer.frame.image[face].astype(np.float32)
    light = colours.mean(axis=1)
    return np.asarray(np.median(colours[light >= np.median(light)], axis=0), np.float32)


def _draw_layer(image: Image, alpha: Alpha, rate: tuple[float, float], drawn: Drawn) -> Layer:
    """The garment's pixels and outline through a panel's map."""
    colour = np.zeros((*drawn.cover.shape, 3), np.float32)
    outline = np.zeros(drawn.cover.shape, np.float32)
    box = box_of(drawn.cover > 0)
    if not drawn.cover[box].size:
        return Layer(colour, outline)
    xs = (drawn.source[box][..., 0] + 0.5) * np.float32(rate[0]) - 0.5
    ys = (drawn.source[box][..., 1] + 0.5) * np.float32(rate[1]) - 0.5
    colour[box] = cv2.remap(image, xs, ys, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    solid = cv2.remap(alpha, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0.0)
    outline[box] = np.clip((solid - 0.5) * 2.5 + 0.5, 0.0, 1.0) * drawn.cover[box]
    return Layer(colour, outline)
