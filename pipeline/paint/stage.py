"""What all parts of a composition share: its measures, and where the new garment is drawn."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np

from pipeline.fit.top import Fit
from pipeline.masks import Bool, Floats, Points, blur, box_of, components, distance, evenly, grow, polygon, ramp
from pipeline.paint.hands import hand_matte
from pipeline.paint.scene import Scene
from pipeline.person.cuffs import COVERED
from pipeline.person.frame import Vector
from pipeline.person.wearer import Wearer

# How far cloth may stand off the person's outline (shoulder widths) at heights on the trunk (torsos): shoulders
# carry it, so there it follows them.
EASE_ALONG = (-0.10, 0.08, 0.30, 0.60, 0.90)
EASE = (0.012, 0.02, 0.10, 0.40, 5.0)
SLEEVE_EASE = 0.08
"""The same for sleeves: wider ones hang in folds, and the ground beside them stays as it is."""
BEFORE_ACROSS, BEFORE_ALONG = 0.45, (0.1, 1.05)
"""Shoulder widths from the trunk's axis, torsos below the shoulders: where a wrist may be before the trunk."""
TUCKED = 0.35
"""Shoulder widths from a wrist to the other forearm that may hide its hand."""
HAND_SEEN, HAND_REACH = 0.02, 0.6
"""Of a hand that must be seen for its arm to be before the trunk, not behind it: square shoulder widths, and how
far beyond the wrist it may be (shoulder widths)."""
CUFF, CUFF_OVER = 0.18, 0.02
"""Shoulder widths: of a sleeve's end that lies over its own hand, and how far beyond the end it does."""
EVEN = 0.012
"""Shoulder widths over which the person's outline is evened out for cloth to follow it."""
SCRAP = 0.01
"""Of a garment's largest piece: smaller ones hang on nothing."""
# Collars end below the chin, on a curve round the neck: torsos below it at the neck's sides, in front of it, and
# per squared half neck further out.
COLLAR_TOP, COLLAR_FRONT, COLLAR_FALL = 0.02, 0.05, 0.10
USUAL_NECK = 0.345  # half a neck's width of which nothing is seen, in heights of a face
ROUND = 0.8  # of a neckline's depth, down to where it may be as wide as the collar
SLOPE = 0.5  # fall of bare shoulders beside the neck, per way outwards
CUFF_RAGGED = 0.04  # shoulder widths below an old cuff where its edge may still be
SEEN_HALF = (0.45, 1.15)  # bare radii that an arm's seen half width may be
EDGE_SAMPLE = 0.2  # shoulder widths of bare arm below a sleeve that show how wide it is
HAND_OFF = 2.6  # bare radii from the arm's axis that its hand reaches
CUFF_EDGE = 0.015  # shoulder widths of an old cuff's edge where its cloth is mixed with the hand
BARE_SAMPLE = 0.4  # shoulder widths of bare arm below a sleeve that show how light falls on it
PLAIN_GROUND = 2.0  # mean detail, of 255, of a wall whose shades matter more than its texture


class Stage:
    """A scene with the measures of who stands in it. `old` and `removed` are filled in while it is painted."""

    def __init__(self, scene: Scene, wearer: Wearer, fit: Fit, *, over: bool = False) -> None:
        self.s, self.fit, self.over = scene, fit, over
        self.skeleton, self.body, self.parse = wearer.skeleton, wearer.body, wearer.parse
        self.dressed_in_skin = wearer.parse.dressed_in_skin(wearer.frame.image)
        self.origin = np.array([wearer.frame.left - scene.left, wearer.frame.top - scene.top], np.float64)
        self.arm_colour: dict[int, Floats] = {}
        self.old_cuff: dict[int, Floats] = {}
        self.tone: Floats = np.full(3, 128.0, np.float32)
        self.neck_colour: Floats = np.zeros((0, 0, 3), np.float32)
        self.old: Bool = np.zeros(scene.alpha.shape, bool)
        self.removed = self.old
        self.photo = scene.photo.astype(np.float32)
        self.luma: Floats = self.photo.mean(axis=2)
        self.shape = scene.alpha.shape
        self.noise = self._grain()
        self.skin_grain = self.noise
        self.before = self._before_trunk()
        self.hands = self._hand_matte()
        # The steps of a cut-out's edge would be steps of the cloth's.
        self.beside = distance(blur(scene.alpha, EVEN * scene.unit) > 0.5)
        self.room = self._room()
        close = self._close()
        self.sleeve_alpha = [None if art is None else art.layer.alpha * close for art in scene.sleeves]
        self._under_cuffs()

    def _to_scene(self, points: Points) -> Points:
        """Working pixels to pixels of the scene."""
        return np.asarray(points * self.s.ratio + self.origin, np.float64)

    def _grain(self) -> Floats:
        """Noise as fine and as strong as the photo's own, for what is painted."""
        fine = self.luma
        rough = fine - blur(fine, 1.2)
        where = (self.s.skin > 0.8) | (self.s.alpha < 0.05)
        level = float(np.median(np.abs(rough[where])) * 1.48) if where.sum() > 200 else 1.0
        random = np.random.default_rng(20240607).standard_normal(self.shape).astype(np.float32)
        return np.asarray(blur(random, 0.6) * np.clip(level, 0.3, 2.5), np.float32)

    def _hand_matte(self) -> Floats:
        """Both hands with what they hold, soft."""
        s = self.s
        cloth = np.maximum(s.cloth, s.bottom) > 0.8
        matte = hand_matte(s.photo, s.hands, s.skin, (s.alpha < 0.05, cloth), s.unit)
        for k, arm in enumerate(self.body.arms):
            # The same skin goes on above the wrist, where a new cuff may lie.
            matte[~s.hands & (s.arm_arc[k] < arm.wrist * s.ratio) & (np.abs(s.arm_share[k]) < 1.3)] = 0.0
            if self.to_hand(k):
                above = self._on_hand(k)
                matte[(above < 0.0) & (above > -HAND_REACH * s.unit) & (np.abs(s.arm_share[k]) < HAND_OFF)] = 0.0
        return matte

    @cached_property
    def _plain_ground(self) -> bool:
        """Whether the ground is a wall of hardly any texture."""
        # Every second pixel tells it.
        half = (slice(None, None, 2), slice(None, None, 2))
        outside = ~grow(self.s.alpha[half] > 0.04, max(1.0, 0.01 * self.s.unit))
        luma = self.luma[half]
        rough = np.abs(luma - blur(luma, 0.025 * self.s.unit))[outside]
        return bool(len(rough) and float(rough.mean()) < PLAIN_GROUND)

    def _under_cuffs(self) -> None:
        """A cuff lies over the beginning of its own hand; higher up on the sleeve lies another one."""
        s = self.s
        for k, sleeve in enumerate(self.fit.sleeves):
            alpha = self.sleeve_alpha[k]
            if sleeve is None or alpha is None:
                continue
            end, arc = (sleeve.end + CUFF_OVER * self.skeleton.shoulder_width) * s.ratio, s.arm_arc[k]
            if end < 0.85 * self.body.arms[k].wrist * s.ratio:
                continue
            under = (arc > end - CUFF * s.unit) & (arc < end) & (np.abs(s.arm_share[k]) < 2.0) & (alpha > 0.5)
            self.hands = np.where(under, np.float32(0.0), self.hands)

    @cached_property
    def trunk_alpha(self) -> Floats:
        """Where the trunk's cloth is drawn."""
        return np.asarray(self.s.trunk.alpha * self.room * self._in_one_piece, np.float32)

    @cached_property
    def _in_one_piece(self) -> Bool:
        """Without scraps of the garment on what stands beside the person: strands of hair, things behind them."""
        # Every second pixel tells it.
        half = (slice(None, None, 2), slice(None, None, 2))
        drawn = self.s.trunk.alpha[half] * self.room[half]
        for alpha in self.sleeve_alpha:
            if alpha is not None:
                drawn = np.maximum(drawn, alpha[half])
        labels, areas = components(drawn > 0.02)
        scraps = areas < SCRAP * max(int(areas.max(initial=0)), 1)
        scraps[0] = False
        loose = cv2.resize(
            grow(scraps[labels], 2.0).astype(np.uint8), self.shape[::-1], interpolation=cv2.INTER_NEAREST
        )
        return np.asarray(loose == 0)

    def new_alpha(self) -> Floats:
        """All of the garment that will be visible, before anything comes in front of it."""
        drawn = self.trunk_alpha
        for alpha in self.sleeve_alpha:
            if alpha is not None:
                drawn = np.maximum(drawn, alpha * self._in_one_piece)
        return drawn

    def _room(self) -> Floats:
        """Soft mask of where cloth may be: on the shoulders it lies close, further down it may stand off."""
        s = self.s
        ease = s.unit * np.interp(s.along, EASE_ALONG, EASE).astype(np.float32)
        room = np.clip(ease - self.beside + 0.5, 0.0, 1.0)
        # A roll neck photographed unrolled, or a hood, would hide the face.
        out = np.abs(self._from_neck) / self.body.neck_half
        rim = COLLAR_TOP + COLLAR_FRONT * np.clip(1.0 - out**2, 0.0, 1.0)
        rim += COLLAR_FALL * np.clip(out - 1.0, 0.0, 2.0) ** 2
        chin = self._height(self.parse.head.chin)
        side = self._height(self._neck_middle)
        rim = np.minimum(rim, max(side - chin - 0.03, 0.0))
        below = (s.along - chin - rim) * s.torso
        return np.asarray(room * np.clip(below + 0.5, 0.0, 1.0), np.float32)

    def _close(self) -> Floats:
        """The same for sleeves."""
        limit = SLEEVE_EASE * self.s.unit - self.beside + 0.5
        return np.asarray(np.minimum(self.room, np.clip(limit, 0.0, 1.0)), np.float32)

    def _before_trunk(self) -> tuple[bool, bool]:
        """Which forearms lie before the trunk: their wrists are there and the hand is seen, or is tucked under the
        other one that is."""
        arms, unit = self.skeleton.arms, self.skeleton.shoulder_width
        over = []
        for arm in arms:
            across = abs(float(self.skeleton.across(arm.wrist[0], arm.wrist[1]))) / unit
            along = float(self.skeleton.along(arm.wrist[0], arm.wrist[1]))
            over.append(arm.seen and across < BEFORE_ACROSS and BEFORE_ALONG[0] < along < BEFORE_ALONG[1])
        shown = [over[k] and self._hand_shown(k) for k in (0, 1)]

        def tucked(k: int) -> bool:
            other = arms[1 - k]
            way = np.linspace(0.0, 1.0, 9)[:, None]
            gap = np.hypot(*(other.elbow + (other.wrist - other.elbow) * way - arms[k].wrist).T).min()
            return over[k] and shown[1 - k] and float(gap) < TUCKED * unit

        return shown[0] or tucked(0), shown[1] or tucked(1)

    def _hand_arcs(self, k: int) -> Floats:
        """Arc lengths (working pixels) of what is seen of a hand at the end of an arm."""
        s, arm = self.s, self.body.arms[k]
        arc = s.arm_arc[k] / np.float32(s.ratio)
        end = (arc > 0.8 * arm.wrist) & (arc < arm.wrist + HAND_REACH * self.skeleton.shoulder_width)
        return np.asarray(arc[s.hands & end & (np.abs(s.arm_share[k]) < 1.8)], np.float32)

    def _hand_shown(self, k: int) -> bool:
        return len(self._hand_arcs(k)) > HAND_SEEN * self.s.unit * self.s.unit

    @property
    def _neck_middle(self) -> Vector:
        return np.asarray((self.body.neck_side[0] + self.body.neck_side[1]) / 2, np.float64)

    def _height(self, point: Vector) -> float:
        """Torsos below the shoulders of a working pixel."""
        return float(np.dot(point - self.skeleton.neck, self.skeleton.down)) / self.skeleton.torso

    @cached_property
    def _from_neck(self) -> Floats:
        """Working pixels to the right of the neck's middle (H, W)."""
        middle = self._neck_middle
        axis = float(np.dot(middle - self.skeleton.neck, self.skeleton.right))
        ys, xs = (axis.astype(np.float32) for axis in np.ogrid[0 : self.shape[0], 0 : self.shape[1]])
        xs, ys = (xs - self.origin[0]) / self.s.ratio, (ys - self.origin[1]) / self.s.ratio
        return np.asarray(self.skeleton.across(xs, ys) - axis, np.float32)

    @cached_property
    def neck_zone(self) -> Bool:
        """Where skin shows between the chin and the new neckline."""
        chin = self.parse.head.chin
        jaw = self.parse.head.height * 0.30
        level = chin - self.skeleton.down * 0.25 * self.parse.head.height
        collar_left, collar_right = self.fit.collars
        low = self.fit.neck_front + self.skeleton.down * 0.25 * self.skeleton.torso
        # Round necks are wide far down.
        deep = self.skeleton.down * ROUND * float(np.dot(self.fit.neck_front - collar_left, self.skeleton.down))
        corners = [
            level - self.skeleton.right * jaw,
            level + self.skeleton.right * jaw,
            *self._neck_line(1),
            collar_right + deep,
            low + (collar_right - collar_left) * 0.25,
            low - (collar_right - collar_left) * 0.25,
            collar_left + deep,
            *self._neck_line(0)[::-1],
        ]
        return polygon(self.shape, self._to_scene(np.array(corners)))

    def _neck_line(self, k: int) -> list[Vector]:
        """From the neck's side below the jaw to the new collar: the outline of bare neck and shoulder.

        Where the neck is seen it goes on from there, so that what an old collar hid is as wide as the rest.
        """
        down, torso = self.skeleton.down, self.skeleton.torso
        sign = -1.0 if k == 0 else 1.0
        side, collar = self.body.neck_side[k], self.fit.collars[k] + down * 0.03 * torso
        right = self.skeleton.right
        start = self._bare_neck(sign)
        if start is None:
            half = 1.04 * self.body.neck_half - 0.02 * self.skeleton.shoulder_width
            if self.parse.head.measured:
                half = min(half, USUAL_NECK * self.parse.head.height)
            start = self._neck_middle + right * sign * half - down * 0.10 * torso
        fall, out = float(np.dot(collar - start, down)), float(np.dot(collar - start, right))
        if fall < 0.02 * torso:
            return [start, side, collar]
        # Necks are steep above and level out on the slope of the shoulders.
        bend = start + right * 0.1 * out + down * np.clip(fall - SLOPE * abs(out), 0.35 * fall, 0.85 * fall)
        return [(1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t * t * collar for t in evenly(0.0, 1.0, 8)]

    def _bare_neck(self, sign: float) -> Vector | None:
        """The lowest place where the neck's bare side is seen against the ground, in working pixels."""
        skeleton, skin, alpha = self.skeleton, self.parse.skin, self.parse.alpha
        middle = self._neck_middle
        top, low = self._height(self.parse.head.chin) - 0.06, self._height(middle) + 0.06
        found: Vector | None = None
        if self.dressed_in_skin:
            return found  # the edge may be that of a hood
        for along in evenly(top, low, 24):
            start = middle + skeleton.down * (along - self._height(middle)) * skeleton.torso
            steps = np.arange(0.0, 2.2 * self.body.neck_half, 1.0)
            xs = np.round(start[0] + skeleton.right[0] * sign * steps).astype(int)
            ys = np.round(start[1] + skeleton.right[1] * sign * steps).astype(int)
            inside = (xs >= 0) & (ys >= 0) & (xs < skin.shape[1]) & (ys < skin.shape[0])
            bare, ground = np.zeros(len(steps), bool), np.zeros(len(steps), bool)
            bare[inside], ground[inside] = skin[ys[inside], xs[inside]] > 0.5, alpha[ys[inside], xs[inside]] < 0.3
            ends = np.flatnonzero(~bare & (steps > 0.5 * self.body.neck_half))
            if len(ends) and ground[min(ends[0] + 3, len(steps) - 1)]:
                found = np.asarray(start + skeleton.right * sign * steps[ends[0]], np.float64)
        return found

    def arm_zone(self, k: int, start: float, slack: float, end: float | None = None) -> Floats:
        """Soft mask of the bare arm from arc length `start` (working pixels) to `end`, else to the wrist."""
        share, arc = np.abs(self._arm_places[k]), self.s.arm_arc[k]
        width = max(0.03, 1.2 / max(self.s.unit * 0.1, 1.0))
        begin, last = start * self.s.ratio, self.body.arms[k].wrist if end is None else end
        end = last * self.s.ratio + 0.12 * self.s.unit
        box = box_of((share < slack + width) & (arc > begin - 1.0) & (arc < end + 1.0))
        share, arc = share[box], arc[box]
        zone = np.zeros(self.shape, np.float32)
        inside = 1.0 - ramp(share, slack - width, slack + width)
        inside *= ramp(arc, begin - 1.0, begin + 1.0)
        zone[box] = inside * (1.0 - ramp(arc, end - 1.0, end + 1.0))
        return zone

    @cached_property
    def _arm_places(self) -> tuple[Floats, Floats]:
        """Distances from the arms' axes in bare radii, as `arm_share`, corrected by the arms' outlines as far as
        they are bare: what is painted above an old cuff is as wide as what is seen below it."""
        return self._arm_place(0), self._arm_place(1)

    def _arm_place(self, k: int) -> Floats:
        s, bare_from = self.s, self.body.arms[k].bare_from * self.s.ratio
        share, arc = s.arm_share[k], s.arm_arc[k]
        below = (arc > bare_from + CUFF_RAGGED * s.unit) & (arc < bare_from + EDGE_SAMPLE * s.unit)
        shares = share[below & (s.skin > 0.6) & (np.abs(share) < 1.6) & ~s.hands & ~s.face]
        if bare_from <= 0.0 or len(shares) < 0.01 * s.unit**2:
            return share
        inner, outer = (float(edge) for edge in np.percentile(shares, (1.0, 99.0)))
        half = (outer - inner) / 2
        if not SEEN_HALF[0] < half < SEEN_HALF[1]:
            return share
        # Towards the shoulder the joints are right again.
        seen = np.clip(arc / bare_from, 0.0, 1.0)
        middle = seen * ((outer + inner) / 2)
        return np.asarray((share - middle) / (1.0 + seen * (half - 1.0)), np.float32)

    def to_hand(self, k: int) -> bool:
        """Whether an arm beside the trunk is covered down to its hand."""
        arm = self.body.arms[k]
        return arm.bare_from > COVERED * arm.hand_from and not self.before[k]

    def _on_hand(self, k: int) -> Floats:
        """Pixels from where the hand of a covered arm begins, past the edge of the cuff, towards its fingers."""
        s, arm = self.s, self.body.arms[k]
        begins = arm.hand_from + arm.hand_slant * np.clip(s.arm_share[k], -1.5, 1.5)
        return np.asarray(s.arm_arc[k] - begins * s.ratio - CUFF_EDGE * s.unit, np.float32)
