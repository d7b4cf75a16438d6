"""The old clothes go: which they are, and what ground or trousers are behind them."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np

from pipeline.masks import Bool, Floats, blur, box_of, grow, largest, mirrored, push_pull, shrink, touching
from pipeline.masks import over as _over
from pipeline.paint.stage import HAND_REACH, PLAIN_GROUND, Stage

COLLAR_SHADE = 0.015
"""Shoulder widths of skin beside an old collar that its shadow darkens."""
PAST_HAND = 0.15
"""Shoulder widths from a wrist to where no sleeve is any more."""
BARE_RIM = 0.07
"""Shoulder widths: bare arm that looks out beside a new sleeve by less is taken away."""
CUFF_ABOUT, CUFF_OFF = (-0.16, 0.08), 1.7
"""Shoulder widths from an old sleeve's end, and bare radii from the arm's axis, where its cuff may stand off."""
BARE_FOREARM = 0.8
"""Of an arm down to its wrist: where a sleeve that ended before has no cuff any more."""
BEARD = 0.13  # shoulder widths below a face down to which a beard may reach
LIGHTEST_SKIN, PALE = 1.15, 2.2  # light against the face's and likeness from where a neck's pixel is cloth
NEARLY_WALL, UNSEEN_RIM = 25.0, 0.05
"""8-bit Lab between a top and a plain wall behind it that blur its outline; shoulder widths of rim that may be
lost."""


class Removal(Stage):
    """Tells the old clothes and paints what they hid beside the body."""

    def _beside_sleeves(self, drawn: Floats) -> Bool:
        """Bare arm looking out beside the sleeve that is to cover it."""
        # Every second pixel tells it.
        s, half = self.s, (slice(None, None, 2), slice(None, None, 2))
        bare = (s.skin[half] > 0.3) & (drawn[half] < 0.5) & (np.abs(s.across[half]) > 0.85)
        bare &= ~s.hands[half] & (s.hair[half] < 0.3)
        beside = np.zeros(bare.shape, bool)
        for k, sleeve in enumerate(self.fit.sleeves):
            if sleeve is None or not self.skeleton.arms[k].seen:
                continue
            arc = s.arm_arc[k][half]
            end = (sleeve.end - 0.10 * self.skeleton.shoulder_width) * s.ratio
            beside |= (arc > -0.10 * s.unit) & (arc < end) & (np.abs(s.arm_share[k][half]) < 1.7)
        beside &= bare
        if not beside.any():
            return np.zeros(self.shape, bool)
        beside &= ~grow(s.face[half], 0.05 * s.unit)
        broad = shrink(beside, 0.25 * BARE_RIM * s.unit)
        rim = beside & ~grow(broad, 0.25 * BARE_RIM * s.unit + 1.0)
        grown = cv2.resize(rim.astype(np.float32), self.shape[::-1], interpolation=cv2.INTER_LINEAR)
        return np.asarray(grown > 0.5)

    def old_cloth(self) -> Bool:
        """The top that must go: parsed as such, or left over by every class where a top would be."""
        s = self.s
        rest = (s.alpha > 0.9) & (s.skin + s.hair + s.bottom < 0.35) & (s.along > -0.12) & (s.along < 0.9)
        # The tips of collars are thin: above the shoulders whatever is neither skin nor hair is one.
        tips = (s.alpha > 0.9) & (s.skin + s.hair < 0.6) & (s.along < 0.0)
        tips &= np.abs(self._from_neck) < 1.6 * self.body.neck_half
        rest |= tips & (s.along > self._height(self.parse.head.chin) + 0.03)
        core = self._hanging((s.cloth > 0.45) | (rest & ~s.face)) & ~self._loose_at_wrists
        old = grow(core, max(1.5, 0.026 * s.unit)) | self._round_cuffs
        if self._pale_on_pale:
            old |= grow(core, UNSEEN_RIM * s.unit) & (s.alpha < 0.3)
        skin = (s.skin > 0.75) & ~s.hands & ~self._round_cuffs
        keep = skin | (s.hair > 0.6) | grow(s.face, 1.0) | (self.hands > 0.4) | self._past_hands()
        if self.over:
            keep |= self._worn_under()
        else:
            # A hood or a collar of the colour of skin: beside the neck there is no skin above the shoulders.
            beside = self._beside_neck() & ~(s.hair > 0.4) & ~grow(s.face, 1.0)
            beside |= self._pale_tips()
            if self.dressed_in_skin:
                beside |= self._below_chin() & ~(s.hair > 0.4) & ~grow(s.face, 1.0)
            old, keep = old | beside, keep & ~beside
        ragged = (old & ~keep & (s.along < 1.7)).astype(np.float32)
        gone = np.asarray(blur(ragged, max(1.0, 0.010 * s.unit)) > 0.5)
        if self.over:
            return gone
        # A collar's edge throws a thin shadow on the neck.
        below = self.neck_zone & (s.along > self._height(self.parse.head.chin) + 0.05)
        return np.asarray(
            gone | (grow(gone, COLLAR_SHADE * s.unit) & below & (s.hair < 0.3) & (s.skin > 0.3) & ~s.face)
        )

    def _hanging(self, cloth: Bool) -> Bool:
        """Without spots of a beard that pass for cloth: right below a face clothes go on further down."""
        s, half = self.s, (slice(None, None, 2), slice(None, None, 2))
        below = grow(s.face[half], BEARD * s.unit / 2.0) & self.neck_zone[half]
        spots = cloth[half] & below
        if not spots.any():
            return cloth
        spots &= ~touching(cloth[half], cloth[half] & ~below)
        whole = cv2.resize(spots.astype(np.uint8), self.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
        return cloth & ~grow(whole, 2.0)

    @cached_property
    def _loose_at_wrists(self) -> Bool:
        """Scraps that pass for cuffs beside the hands of arms whose sleeves ended further up."""
        s, half = self.s, (slice(None, None, 2), slice(None, None, 2))
        cloth = s.cloth[half] > 0.3
        wrists = np.zeros(cloth.shape, bool)
        for k, arm in enumerate(self.body.arms):
            first, last = BARE_FOREARM * arm.wrist, arm.wrist + HAND_REACH * self.skeleton.shoulder_width
            if self.skeleton.arms[k].seen and arm.bare_from < first:
                arc, share = s.arm_arc[k][half], np.abs(s.arm_share[k][half])
                wrists |= (arc > first * s.ratio) & (arc < last * s.ratio) & (share < 2.5)
        loose = cloth & ~touching(cloth, largest(cloth)) & wrists
        if not loose.any():
            return np.zeros(self.shape, bool)
        whole = cv2.resize(grow(loose, 1.0).astype(np.uint8), self.shape[::-1], interpolation=cv2.INTER_NEAREST)
        return np.asarray(whole > 0)

    def _past_hands(self) -> Bool:
        """Out of the trunk's reach no clothes lie past a hand: shadows and things on a table do."""
        s = self.s
        past = np.zeros(self.shape, bool)
        for k, arm in enumerate(self.body.arms):
            if self._hand_shown(k):
                # Joints of a wrist may lie inside the cuff: half of the hand is before its end, too.
                end = arm.wrist + PAST_HAND * self.skeleton.shoulder_width
                end = max(end, float(np.median(self._hand_arcs(k)))) * s.ratio
                last = (arm.wrist + HAND_REACH * self.skeleton.shoulder_width) * s.ratio
                past |= (s.arm_arc[k] > end) & (s.arm_arc[k] < last) & (np.abs(s.arm_share[k]) < 2.5)
        return np.asarray(past & (np.abs(s.across) > 1.6), bool)

    def _beside_neck(self) -> Bool:
        """Where hoods, collars and hair are: below the chin, above the shoulders, out of the neck."""
        s = self.s
        middle = self._neck_middle
        out = np.abs(self._from_neck) > (0.9 if self.dressed_in_skin else 1.2) * self.body.neck_half
        out &= ~self.neck_zone | ~np.bool_(self.dressed_in_skin)
        # A hood of the colour of skin stands higher than a collar.
        top = self._height(self.parse.head.chin) + (-0.02 if self.dressed_in_skin else 0.03)
        between = (s.along > top) & (s.along < self._height(middle))
        return np.asarray(out & between & (s.alpha > 0.3), bool)

    def _pale_tips(self) -> Bool:
        """What is lighter than skin in the neck: the rest of a white collar."""
        s = self.s
        lighter = blur(self.luma, 1.0) > LIGHTEST_SKIN * float(
            np.median(self.luma[s.face]) if s.face.any() else 255.0
        )
        low = (s.along > self._height(self.parse.head.chin) + 0.05) & (s.along < 0.3)
        pale = lighter & (s.likeness > PALE) & (s.hair < 0.2) & ~s.hands & (s.alpha > 0.9)
        return np.asarray(self.neck_zone & low & pale, bool)

    def _below_chin(self) -> Bool:
        """The neck's lower half."""
        s = self.s
        chin, foot = (self._height(point) for point in (self.parse.head.chin, self.body.neck_side[0]))
        low = self.neck_zone & (s.along > 0.5 * (chin + foot)) & (s.alpha > 0.3)
        # A beard is much darker than such clothes.
        luma = blur(self.luma, 0.01 * s.unit)
        return np.asarray(low & (luma > 0.5 * float(np.median(luma[s.cloth > 0.8]))), bool)

    def _worn_under(self) -> Bool:
        """What of the old top stays when the new one is worn over it: its front, its collar and its hem."""
        s = self.s
        beside = np.zeros(self.shape, bool)
        for k, places in enumerate(self._arm_places):
            # Out of an arm that hangs there is its own sleeve.
            beside |= (places > -1.2) & (places < (1.2 if self.before[k] else 2.5))
        front = (np.abs(s.across) < 0.8) & ~(beside & (s.along > 0.1))
        hem = (s.along > self.fit.hem - 0.05) & (np.abs(s.across) < 1.3) & ~beside
        return np.asarray(front | hem, bool)

    def stretch_bottom(self, base: Floats, remove: Bool) -> Floats:
        """Pull the trousers up to the new hem where the old top hung lower."""
        s = self.s
        lower = remove & (s.along > self.fit.hem - 0.10) & (np.abs(s.across) < 1.05)
        known = (s.bottom > 0.8) & ~grow(remove, 2.0)
        if lower.sum() < 20 or known.sum() < 200:
            return base
        height, width = self.shape
        rows = np.arange(height)[:, None]
        has = lower.any(axis=0)
        first = np.where(has, np.argmax(lower, axis=0), height)
        last = np.where(has, height - 1 - np.argmax(lower[::-1], axis=0), 0)
        columns = np.flatnonzero(has)
        every = np.arange(width)
        top_line = np.interp(every, columns, first[columns])
        low_line = np.interp(every, columns, last[columns]) + max(2.0, 0.015 * s.unit)
        lift = np.where(has, low_line - top_line, 0.0)
        lift = blur(lift[None].astype(np.float32), 0.05 * s.unit)[0]
        low_line = blur(low_line[None].astype(np.float32), 0.03 * s.unit)[0]
        end = low_line + 0.45 * s.torso
        t = np.clip((end - rows) / np.maximum(end - (low_line - lift), 1.0), 0.0, 1.0)
        moved = rows + lift * t * (rows < end)
        zone = (remove & lower) | ((s.bottom > 0.5) & (np.abs(moved - rows) > 0.3))
        soft = blur(zone.astype(np.float32), 0.8) * np.clip(s.alpha * 1.3, 0, 1)
        box = box_of(soft > 0.0)
        if not soft[box].size:
            return base
        ys = moved[box].astype(np.float32)
        xs = np.broadcast_to(every[box[1]].astype(np.float32), ys.shape).copy()
        pulled, cloth = (
            np.asarray(cv2.remap(map_, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)
            for map_ in (self.photo, s.bottom)
        )
        colour = push_pull(self.photo, known)
        colour[box] = _over(colour[box], pulled, np.clip(cloth * 1.5 - 0.3, 0, 1))
        return _over(base, colour, soft)

    @cached_property
    def _pale_on_pale(self) -> bool:
        """Whether the old top has nearly the colour of a plain wall, so that its outline is guessed."""
        # Every fourth pixel tells it.
        s, part = self.s, (slice(None, None, 4), slice(None, None, 4))
        unit, alpha = s.unit / 4.0, s.alpha[part]
        cloth = (s.cloth[part] > 0.9) & (alpha > 0.95)
        # Far enough from the outline that nobody's edge is taken for texture of the wall.
        wall = ~grow(alpha > 0.04, 0.15 * unit) & grow(cloth, 0.4 * unit)
        if min(cloth.sum(), wall.sum()) < 25:
            return False
        lab = cv2.cvtColor(np.ascontiguousarray(s.photo[part]), cv2.COLOR_RGB2LAB)
        away = np.median(lab[cloth], axis=0).astype(np.float32) - np.median(lab[wall], axis=0)
        luma = self.luma[part]
        rough = float(np.mean(np.abs(luma - blur(luma, 0.05 * unit))[wall]))
        return float(np.hypot(np.hypot(away[0], away[1]), away[2])) < NEARLY_WALL and rough < PLAIN_GROUND

    @cached_property
    def _round_cuffs(self) -> Bool:
        """Beside the arms where old short sleeves end: pale cuffs and their shadows pass for a plain wall."""
        s, unit = self.s, self.skeleton.shoulder_width
        beside = np.zeros(self.shape, bool)
        if not self._plain_ground or self.over:
            return beside
        for k, arm in enumerate(self.body.arms):
            if not self.skeleton.arms[k].seen or not 0.1 * arm.elbow < arm.bare_from < 0.9 * arm.wrist:
                continue
            low, high = (arm.bare_from + reach * unit for reach in CUFF_ABOUT)
            arc, share = s.arm_arc[k], np.abs(s.arm_share[k])
            near = (arc > low * s.ratio) & (arc < high * s.ratio) & (share < CUFF_OFF)
            # The shade inside a cuff looks like skin, but stands off the arm.
            off = np.abs(self._arm_places[k]) > 1.15
            beside |= near & (off | ((share > 0.6) & (s.skin < 0.3)))
        return beside & (s.hair < 0.3) & ~s.foreign & (self.hands < 0.1)

    def background(self, margin: float = 0.02) -> Floats:
        """What is behind the person: the ground beside the outline, mirrored across it so that texture goes on.

        Ground nearer to the outline than `margin` (shoulder widths) is not trusted.
        """
        if self._pale_on_pale:
            margin = max(margin, UNSEEN_RIM)
        outside = ~grow(self.s.alpha > 0.04, max(1.5, margin * self.s.unit)) & ~self._round_cuffs
        if outside.sum() < 50:
            return self.photo.copy()
        smooth = push_pull(self.photo, outside)
        if self._plain_ground:
            return smooth + self.noise[..., None]
        copied, sure = mirrored(self.photo, outside, max(1.0, 0.02 * self.s.unit))
        return _over(smooth + self.noise[..., None], copied, sure > 0.95)

    def _ground(self, remove: Bool, arms: list[Floats]) -> Bool:
        """What of the old clothes made room for the ground behind the person."""
        s = self.s
        body = self.neck_zone | ((s.along > self.fit.hem - 0.10) & (np.abs(s.across) < 1.05))
        return np.asarray(remove & ~body & (np.maximum(*arms) < 0.3))
