"""Skin and hair that the old clothes hid: throat and arms, in the light of what is seen of them."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np

from pipeline.masks import (
    Bool,
    Box,
    Floats,
    blur,
    box_of,
    evenly,
    grow,
    nearest_colour,
    push_pull,
    ramp,
    shrink,
    smooth_line,
)
from pipeline.masks import over as _over
from pipeline.paint.neck import Neck
from pipeline.paint.stage import BARE_SAMPLE

OWN_ARM = 4.5  # the same of an arm that may be in the shade
BALD = 1.4  # likeness to the skin's colour of what is taken for hair: the head is bald
EVEN_NECK = 0.05  # shoulder widths: the least radius of a bump or notch in a neck's outline
HAIR_ENDS = 0.08  # torsos that hair goes on below what is seen of it, behind the neck
CUFF_FADE = 0.12  # shoulder widths below an old cuff over which painted skin passes into the photo's
HAND_FADE = 0.04  # the same of a cuff that ended on the hand
OVERLAP = 0.25  # shoulder widths past an old sleeve's end that are still painted on the arm
CUFF_SLANT = 0.05  # shoulder widths: an old cuff's edge is no straight line
ARM_FALL, ELBOW = 0.08, 0.07  # how much darker an arm is at its wrist than at its shoulder, and in its crook
BEHIND, BEHIND_STEP = 0.5, 0.05
"""Of an arm's middle that is cloth where it goes on behind the old trunk; shoulder widths of arm that are told
together."""
FACE_ON_ARMS = 0.5  # how much of a painted upper arm's colour is the face's, where the hand is seen


class Skin(Neck):
    """Paints what the old clothes hid of the body."""

    def skin_fill(self, hidden: Bool, where: Bool, plain: float, likely: float = 3.0) -> Floats:
        """Skin for places where none was seen, from what of it is seen in `where`, else anywhere.

        `plain` is the share of one even tone, the rest follows the nearest skin. `likely` bounds the likeness.
        """
        s = self.s
        seen = (s.skin > 0.85) & ~grow(hidden, 2.0)
        known = seen & where & (s.likeness < likely)
        seen &= s.likeness < 1.7
        if known.sum() < 60:
            known = seen
        tone_lab = np.clip(self.parse.skin_lab, 0, 255).astype(np.uint8)[None, None]
        tone = cv2.cvtColor(tone_lab, cv2.COLOR_LAB2RGB).astype(np.float32)[0, 0]
        if known.sum() < 60:
            return np.asarray(np.broadcast_to(tone, self.photo.shape), np.float32)
        # Hands hang in the shade: the lighter half of what is seen.
        luma = self.photo[known].mean(axis=1)
        tone = np.median(self.photo[known][luma >= np.percentile(luma, 40)], axis=0)
        known = shrink(known, max(1.0, 0.012 * s.unit))
        # Smooth as it is, a third of the size has all of it.
        size = (max(1, self.shape[1] // 3), max(1, self.shape[0] // 3))
        photo = cv2.resize(self.photo, size, interpolation=cv2.INTER_AREA)
        sure = cv2.resize(known.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.99
        if not sure.any():
            return np.asarray(np.broadcast_to(tone, self.photo.shape), np.float32)
        # Close to what is seen the fill follows it, further out it turns even.
        follow, gap = nearest_colour(photo, sure, 0.013 * s.unit)
        near = _over(push_pull(photo, sure), follow, np.exp(-gap / (0.073 * s.unit)))
        grown = cv2.resize(near, (self.shape[1], self.shape[0]), interpolation=cv2.INTER_LINEAR)
        return np.asarray((1.0 - plain) * grown + plain * tone, np.float32)

    def skin_under(self, fill: Floats, remove: Bool) -> tuple[Floats, list[Floats]]:
        """Neck and arms which the old garment hid, painted into `fill`; and each painted arm's soft mask."""
        s = self.s
        throat = ~grow(s.face, 0.01 * s.unit) & (s.along < 0.25)
        neck = blur((self.neck_zone & (s.alpha > 0.9)).astype(np.float32), max(0.8, 0.006 * s.unit))
        self.neck_colour = self.throat(remove, throat) + self.skin_grain[..., None]
        if not self.over:
            fill = self._hair_behind(fill, remove)
            neck = self._smooth_neck(np.maximum(neck, self.neck_zone & (s.skin > 0.3)), remove)
            fill = _over(fill, self.neck_colour, neck)
        below = ~grow(s.face, 0.05 * s.unit) & (s.along > 0.15)
        fronts = []
        for k in (0, 1):
            arm, sleeve = self.body.arms[k], self.fit.sleeves[k]
            start = -self.skeleton.shoulder_width
            if sleeve is not None:
                start = sleeve.end - 0.06 * self.skeleton.shoulder_width
            front = np.zeros(self.shape, np.float32)
            if self.skeleton.arms[k].seen and start < arm.bare_from:
                covered = self._covered_to(k)
                zone = self.arm_zone(k, start, 1.0, covered + OVERLAP * self.skeleton.shoulder_width)
                behind = self._behind_trunk(k, covered, remove)
                # Edges are softened by three pixels.
                box = box_of(np.maximum(zone, behind) > 0.0, 4)
                self.arm_colour[k] = np.zeros(self.photo.shape, np.float32)
                self.arm_colour[k][box] = self._arm_skin(k, below, box) + self.skin_grain[box][..., None]
                zone, front = self._bared(k, zone, covered, remove)
                fill = _over(fill, self.arm_colour[k], blur(np.maximum(zone, behind), 0.7))
            fronts.append(front)
        return fill, fronts

    def _smooth_neck(self, neck: Floats, remove: Bool) -> Floats:
        """The painted part of a neck, 0..1, so that its outline has neither bumps nor notches between what is seen
        of it above and the new collar."""
        s, box = self.s, self._round_neck()
        gone, head = remove[box], s.face[box] | (s.hair[box] > 0.5)
        painted = (neck[box] > 0.5) & gone
        body = painted | ((s.skin[box] > 0.5) & ~gone) | head | (self.trunk_alpha[box] > 0.5)
        reach = EVEN_NECK * s.unit
        closed = shrink(grow(body, reach), reach)
        bumps = painted & ~grow(shrink(closed, reach), reach)
        notches = closed & ~body & gone & (s.alpha[box] > 0.9) & grow(painted | (s.skin[box] > 0.5), reach)
        out = neck.copy()
        out[box] = np.maximum(neck[box] * (1.0 - blur(bumps.astype(np.float32), 0.8)), blur(notches, 0.8))
        return out

    def _bared(self, k: int, zone: Floats, covered: float, remove: Bool) -> tuple[Floats, Floats]:
        """Soft masks of what of an arm's `zone`, `covered` so far, is to be painted, and of what lies in front."""
        s, places = self.s, self._arm_places[k]
        # An old cuff hung a little further down; on the axis it ends later than at the trunk.
        past = (s.arm_arc[k] - covered * s.ratio) / (OVERLAP * s.unit)
        zone = zone * (ramp(past, 1.0, 0.0) if self.before[k] else ramp(past - 0.5 * places, 1.0, 0.5))
        # A pale cuff before a pale wall is in no matte; before other ground what is beside it is that.
        cuff = (past > -0.6) & (past < 0.4) & (s.skin < 0.3) & (np.abs(places) < 0.95)
        cuff &= np.bool_(self._plain_ground)
        zone = zone * np.clip(blur(np.maximum(s.alpha, cuff & ~s.hands), 1.0) * 1.5, 0.0, 1.0)
        hidden = remove | (self.old & (s.skin < 0.5))
        # Past its cuff the old trunk was before the arm, and the new one is.
        beside = self.trunk_alpha < 0.5
        hidden &= (past < 0.0) | (past < 0.5 + 0.5 * places) | beside
        hidden |= (self._cuff(k) < 1.0) | (cuff & beside)
        return zone, blur(zone * (blur(hidden.astype(np.float32), 0.8) > 0.3), 0.7)

    def _behind_trunk(self, k: int, covered: float, remove: Bool) -> Floats:
        """What of an arm past its old sleeve, `covered` so far, the old trunk hid and the new one does not."""
        s, arm = self.s, self.body.arms[k]
        arc, nothing = s.arm_arc[k], np.zeros(self.shape, np.float32)
        first, last = (covered + CUFF_SLANT * self.skeleton.shoulder_width) * s.ratio, arm.wrist * s.ratio
        middle = (np.abs(s.arm_share[k]) < 0.5) & (arc > first) & (arc < last)
        if self.before[k] or covered > 0.8 * arm.wrist or not middle.any():
            return nothing
        step = BEHIND_STEP * s.unit
        count = int((last - first) / step) + 1
        at = ((arc[middle] - first) / step).astype(int)
        cloth = np.bincount(at, weights=s.cloth[middle], minlength=count)[:count]
        hidden = cloth > BEHIND * np.maximum(np.bincount(at, minlength=count)[:count], 1)
        if not hidden.any():
            return nothing
        gone = remove & (arc > first + step * int(np.argmax(hidden))) & (self.trunk_alpha < 0.5)
        return np.asarray(self.arm_zone(k, covered, 1.0) * gone, np.float32)

    def _cuff(self, k: int) -> Floats:
        """How much of an arm's seen skin may stay: an old cuff threw a shadow on it, so that painted skin passes
        into the photo's below it."""
        past, own = self.s.arm_arc[k] - self.body.arms[k].bare_from * self.s.ratio, self.s.skin > 0.3
        if self.before[k] or k not in self.arm_colour:
            return np.ones(self.shape, np.float32)
        if self.to_hand(k):
            # The edge of a cuff is neither skin nor cloth.
            past = self._on_hand(k)
            own |= past < 0.0
        below = ramp(past, 0.0, (HAND_FADE if self.to_hand(k) else CUFF_FADE) * self.s.unit)
        return np.where(own & (np.abs(self._arm_places[k]) < 1.1), below, 1.0).astype(np.float32)

    def _covered_to(self, k: int) -> float:
        """Where the old sleeve ends on the arm: before the trunk a hand in sight is surer than joints."""
        arm = self.body.arms[k]
        covered = arm.bare_from
        if self.to_hand(k):
            covered = max(covered, arm.hand_from + CUFF_SLANT * self.skeleton.shoulder_width)
        arcs = self._hand_arcs(k) if self.before[k] else np.zeros(0, np.float32)
        return max(covered, float(np.percentile(arcs, 10))) if len(arcs) else covered

    def _hair_behind(self, fill: Floats, remove: Bool) -> Floats:
        """Between the neck and the hair that hangs beside it there is more hair, in its own shadow."""
        s = self.s
        off = self._from_neck
        seen = (s.hair > 0.6) & (np.abs(off) < 0.5 * self.skeleton.shoulder_width)
        if not seen.any() or float(np.median(s.likeness[seen])) < BALD:
            return fill
        # A collar hides its ends where it reaches it.
        down = np.ones((2 * max(1, round(HAIR_ENDS * s.torso)) + 1, 1), np.uint8)
        down[: len(down) // 2] = 0
        ends = seen & grow(remove, 0.02 * s.unit)
        seen |= cv2.dilate(ends.astype(np.uint8), down[::-1]) > 0
        further = np.where(
            off < 0,
            np.maximum.accumulate(seen & (off < 0), axis=1),
            np.maximum.accumulate((seen & (off > 0))[:, ::-1], axis=1)[:, ::-1],
        )
        behind = remove & further & (np.abs(off) < 1.5 * self.body.neck_half)
        behind &= (s.along > self._height(self.parse.head.chin) - 0.1) & (s.along < 0.1)
        if behind.sum() < 30:
            return fill
        size = (max(1, self.shape[1] // 3), max(1, self.shape[0] // 3))
        photo = cv2.resize(self.photo, size, interpolation=cv2.INTER_AREA)
        known = cv2.resize((s.hair > 0.8).astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.9
        if known.sum() < 20:
            return fill
        whole = (self.shape[1], self.shape[0])
        colour = cv2.resize(push_pull(photo, known), whole, interpolation=cv2.INTER_LINEAR)
        return _over(fill, 0.8 * colour + self.noise[..., None], blur(behind.astype(np.float32), 1.0))

    def _arm_skin(self, k: int, below: Bool, box: Box) -> Floats:
        """Skin for a painted arm in its `box`: its own where some is bare, else between hand and face."""
        s = self.s
        own = (np.abs(s.arm_share[k]) < 1.1) & (s.arm_arc[k] > 0.0) & ~s.hands & below & (s.skin > 0.85)
        own = shrink(own & (s.likeness < OWN_ARM), 0.02 * s.unit)
        if own.sum() > max(80.0, 0.006 * s.unit**2):
            return self._as_below(k, own, box)
        limb, hands = np.broadcast_to(self.tone, self.photo[box].shape), self._as_hands
        if hands is not None:
            # Hands are redder than arms, and darker where they hang: from the wrist up it passes into the rest's.
            wrist = self.body.arms[k].wrist * s.ratio
            share = 1.0 - FACE_ON_ARMS * (1.0 - ramp(s.arm_arc[k][box], 0.55 * wrist, 1.05 * wrist))
            limb = _over(np.asarray(limb, np.float32), hands[box], share)
        return np.asarray(limb * self._arm_form(k, box)[..., None], np.float32)

    @cached_property
    def _as_hands(self) -> Floats | None:
        """Skin like that of the hands, None where hardly any is seen."""
        s = self.s
        hands = s.hands & ~grow(s.face, 0.05 * s.unit) & (s.along > 0.15) & (s.skin > 0.8)
        return self.skin_fill(self.removed, hands, 0.7) if hands.sum() > 80 else None

    def _arm_form(self, k: int, box: Box) -> Floats:
        """How light falls on a bare arm, around 1: from above on a round shoulder, an elbow and a forearm."""
        s, arm = self.s, self.body.arms[k]
        share, arc = np.clip(self._arm_places[k][box], -1.0, 1.0), s.arm_arc[k][box] / s.ratio
        form = 0.80 + 0.27 * np.sqrt(1.0 - share**2)
        form *= 1.03 - ARM_FALL * ramp(arc, 0.0, arm.wrist)
        crook = np.exp(-(((arc - arm.elbow) / (0.10 * self.skeleton.shoulder_width)) ** 2))
        form *= 1.0 - ELBOW * crook * ramp(share, 0.3, -0.5)
        return np.asarray(form, np.float32)

    def _as_below(self, k: int, own: Bool, box: Box) -> Floats:
        """The light and shade across an arm where its bare skin (`own`) begins, carried on along the whole arm."""
        share, arc = self._arm_places[k], self.s.arm_arc[k]
        first = own & (arc < float(np.percentile(arc[own], 5)) + BARE_SAMPLE * self.s.unit)
        colours, shares = self.photo[first], share[first]
        places = evenly(-1.0, 1.0, 15)
        near = [np.abs(shares - place) < 0.12 for place in places]
        known = [i for i, some in enumerate(near) if some.sum() > 5]
        across = np.array([np.median(colours[near[i]], axis=0) for i in known])
        light = [smooth_line(np.interp(places, places[known], across[:, c]), 1.0) for c in range(3)]
        return np.dstack([np.interp(share[box], places, line).astype(np.float32) for line in light])
