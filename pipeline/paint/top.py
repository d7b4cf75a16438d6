"""Put the drawn garment into the photo: old clothes out, light carried over, what is in front back in front."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from pipeline.fit.top import Fit
from pipeline.masks import (
    Bool,
    Floats,
    Points,
    blur,
    components,
    depth,
    distance,
    evenly,
    grow,
    mirrored,
    nearest_colour,
    polygon,
    push_pull,
    ramp,
    shrink,
    smooth_line,
    touching,
)
from pipeline.masks import over as _over
from pipeline.paint.hands import hand_matte
from pipeline.paint.scene import Layer, Scene
from pipeline.person.frame import Vector
from pipeline.person.wearer import Wearer
from pipeline.types import Alpha, Image

BEARDLESS = 1.5  # likeness to the skin's colour: a beard or its shadow is further off
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
SCRAP = 0.01
"""Of a garment's largest piece: smaller ones hang on nothing."""
PAST_HAND = 0.15
"""Shoulder widths from a wrist to where no sleeve is any more."""
SIDE_RIM, BESIDE, ABOVE_PIT = 0.10, 2.5, 0.2
"""Shoulder widths of old cloth between the new trunk and a bare arm up to which the trunk takes the old outline;
how near the arm is (bare radii from its axis); from how many torsos above the armpits, where sleeves hide them."""
SMOOTH_SIDE = 0.05
"""Shoulder widths: the least radius of a bulge of that outline."""
BARE_RIM = 0.07
"""Shoulder widths: bare arm that looks out beside a new sleeve by less is taken away."""
# Collars end below the chin, on a curve round the neck: torsos below it at the neck's sides, in front of it, and
# per squared half neck further out.
COLLAR_TOP, COLLAR_FRONT, COLLAR_FALL = 0.02, 0.05, 0.10
BALD = 1.4  # likeness to the skin's colour of what is taken for hair: the head is bald
HAIR_ENDS = 0.08  # torsos that hair goes on below what is seen of it, behind the neck
LIGHTEST_SKIN, PALE = 1.15, 2.2  # light against the face's and likeness from where a neck's pixel is cloth
CUFF_FADE = 0.12  # shoulder widths below an old cuff over which painted skin passes into the photo's
CUFF_RAGGED = 0.04  # shoulder widths below an old cuff where its edge may still be
SEEN_HALF = (0.45, 1.15)  # bare radii that an arm's seen half width may be
BARE_SAMPLE = 0.4  # shoulder widths of bare arm below a sleeve that show how light falls on it
FACE_ON_ARMS = 0.65  # how much of a painted upper arm's colour is the face's, where the hand is seen
NEARLY_WALL, UNSEEN_RIM = 25.0, 0.05
"""8-bit Lab between a top and a plain wall behind it that blur its outline; shoulder widths of rim that may be
lost."""
PLAIN_GROUND = 2.0  # mean detail, of 255, of a wall whose shades matter more than its texture
DARKEST_THROAT = 0.92  # of the cheeks' light
SHADE_OF_CHIN = 0.3  # of the shoulders' width: how far down it reaches
LEAST_THROAT = 0.5  # share of the bare neck to be painted that must be seen for its colour to be believed


@dataclass(frozen=True, slots=True)
class Painted:
    """`image` the new crop (H, W, 3) uint8; `changed` (H, W) True where it may differ from the photo;
    `drawn` (H, W) 0..1 how much of a pixel is new garment."""

    image: Image
    changed: Bool
    drawn: Alpha


class Composer:
    """One composition; see `paint`."""

    def __init__(self, scene: Scene, wearer: Wearer, fit: Fit, *, over: bool = False) -> None:
        self.s, self.fit, self.over = scene, fit, over
        self.skeleton, self.body, self.parse = wearer.skeleton, wearer.body, wearer.parse
        self.dressed_in_skin = wearer.parse.dressed_in_skin(wearer.frame.image)
        self.origin = np.array([wearer.frame.left - scene.left, wearer.frame.top - scene.top], np.float64)
        self.arm_colour: dict[int, Floats] = {}
        self.old: Bool = np.zeros(scene.alpha.shape, bool)
        self.removed = self.old
        self.photo = scene.photo.astype(np.float32)
        self.luma: Floats = self.photo.mean(axis=2)
        self.shape = scene.alpha.shape
        self.noise = self._grain()
        self.hands = self._hand_matte()
        self.room = self._room()
        close = self._close()
        self.sleeve_alpha = [None if art is None else art.layer.alpha * close for art in scene.sleeves]
        self.before = self._before_trunk()

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
        others = (np.maximum(s.cloth, s.bottom) > 0.8) | (s.alpha < 0.05)
        matte = hand_matte(s.photo, s.hands, s.skin, others, s.unit)
        for k, arm in enumerate(self.body.arms):
            # The same skin goes on above the wrist, where a new cuff may lie.
            matte[~s.hands & (s.arm_arc[k] < arm.wrist * s.ratio) & (np.abs(s.arm_share[k]) < 1.3)] = 0.0
        return matte

    @property
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
        room = np.clip(ease - distance(s.alpha > 0.5) + 0.5, 0.0, 1.0)
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
        limit = SLEEVE_EASE * self.s.unit - distance(self.s.alpha > 0.5) + 0.5
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
        ys, xs = np.mgrid[0 : self.shape[0], 0 : self.shape[1]].astype(np.float32)
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
        corners = [
            level - self.skeleton.right * jaw,
            level + self.skeleton.right * jaw,
            *self._neck_line(1),
            low + (collar_right - collar_left) * 0.25,
            low - (collar_right - collar_left) * 0.25,
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
        start = self._bare_neck(sign)
        if start is None:
            start = side - down * 0.10 * torso - self.skeleton.right * sign * 0.02 * self.skeleton.shoulder_width
        if float(np.dot(collar - start, down)) < 0.02 * torso:
            return [start, side, collar]
        # Necks are steep above and level out on the shoulders.
        bend = start + down * 0.75 * float(np.dot(collar - start, down))
        bend = bend + self.skeleton.right * 0.15 * float(np.dot(collar - start, self.skeleton.right))
        return [(1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t * t * collar for t in evenly(0.0, 1.0, 8)]

    def _bare_neck(self, sign: float) -> Vector | None:
        """The lowest place where the neck's bare side is seen against the ground, in working pixels."""
        skeleton, skin, alpha = self.skeleton, self.parse.skin, self.parse.alpha
        middle = self._neck_middle
        top, low = self._height(self.parse.head.chin) - 0.06, self._height(middle) + 0.06
        found: Vector | None = None
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

    def old_cloth(self) -> Bool:
        """The top that must go: parsed as such, or left over by every class where a top would be."""
        s = self.s
        rest = (s.alpha > 0.9) & (s.skin + s.hair + s.bottom < 0.35) & (s.along > -0.12) & (s.along < 0.9)
        # The tips of collars are thin: above the shoulders whatever is neither skin nor hair is one.
        tips = (s.alpha > 0.9) & (s.skin + s.hair < 0.6) & (s.along < 0.0)
        tips &= np.abs(self._from_neck) < 1.6 * self.body.neck_half
        rest |= tips & (s.along > self._height(self.parse.head.chin) + 0.03)
        core = (s.cloth > 0.45) | (rest & ~s.face)
        old = grow(core, max(1.5, 0.026 * s.unit))
        if self._pale_on_pale:
            old |= grow(core, UNSEEN_RIM * s.unit) & (s.alpha < 0.3)
        skin = (s.skin > 0.75) & ~s.hands
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
        return np.asarray(blur(ragged, max(1.0, 0.010 * s.unit)) > 0.5)

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
        out = np.abs(self._from_neck) > 1.2 * self.body.neck_half
        between = (s.along > self._height(self.parse.head.chin) + 0.03) & (s.along < self._height(middle))
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
        beside = (np.abs(s.arm_share[0]) < 1.2) | (np.abs(s.arm_share[1]) < 1.2)
        front = (np.abs(s.across) < 0.8) & ~(beside & (s.along > 0.1))
        hem = (s.along > self.fit.hem - 0.05) & (np.abs(s.across) < 1.3) & ~beside
        return np.asarray(front | hem, bool)

    def arm_zone(self, k: int, start: float, slack: float, end: float | None = None) -> Floats:
        """Soft mask of the bare arm from arc length `start` (working pixels) to `end`, else to the wrist."""
        share, arc = np.abs(self._arm_places[k]), self.s.arm_arc[k]
        width = max(0.03, 1.2 / max(self.s.unit * 0.1, 1.0))
        inside = 1.0 - ramp(share, slack - width, slack + width)
        inside *= ramp(arc, start * self.s.ratio - 1.0, start * self.s.ratio + 1.0)
        last = self.body.arms[k].wrist if end is None else end
        end = last * self.s.ratio + 0.12 * self.s.unit
        return np.asarray(inside * (1.0 - ramp(arc, end - 1.0, end + 1.0)), np.float32)

    @cached_property
    def _arm_places(self) -> tuple[Floats, Floats]:
        """Distances from the arms' axes in bare radii, as `arm_share`, corrected by the arms' outlines as far as
        they are bare: what is painted above an old cuff is as wide as what is seen below it."""
        return self._arm_place(0), self._arm_place(1)

    def _arm_place(self, k: int) -> Floats:
        s, bare_from = self.s, self.body.arms[k].bare_from * self.s.ratio
        share, arc = s.arm_share[k], s.arm_arc[k]
        below = (arc > bare_from + CUFF_RAGGED * s.unit) & (arc < bare_from + BARE_SAMPLE * s.unit)
        shares = share[below & (s.skin > 0.6) & (np.abs(share) < 1.6) & ~s.hands & ~s.face]
        if bare_from <= 0.0 or len(shares) < 0.02 * s.unit**2:
            return share
        inner, outer = (float(edge) for edge in np.percentile(shares, (1.0, 99.0)))
        half = (outer - inner) / 2
        if not SEEN_HALF[0] < half < SEEN_HALF[1]:
            return share
        # Towards the shoulder the joints are right again.
        seen = np.clip(arc / bare_from, 0.0, 1.0)
        middle = seen * ((outer + inner) / 2)
        return np.asarray((share - middle) / (1.0 + seen * (half - 1.0)), np.float32)

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
        if not self.over:
            fill = self._hair_behind(fill, remove)
            fill = _over(fill, self._throat(remove, throat) * 0.985 + self.noise[..., None], neck)
        below = ~grow(s.face, 0.05 * s.unit) & (s.along > 0.15)
        fronts = []
        for k in (0, 1):
            arm, sleeve = self.body.arms[k], self.fit.sleeves[k]
            start = -self.skeleton.shoulder_width
            if sleeve is not None:
                start = sleeve.end - 0.06 * self.skeleton.shoulder_width
            front = np.zeros(self.shape, np.float32)
            if self.skeleton.arms[k].seen and start < arm.bare_from:
                zone = self.arm_zone(k, start, 1.0, self._covered_to(k))
                zone = zone * np.clip(blur(s.alpha, 1.0) * 1.5, 0.0, 1.0)
                colour = self._arm_skin(k, remove, below) + self.noise[..., None]
                fill = _over(fill, colour, blur(zone, 0.7))
                self.arm_colour[k] = np.asarray(colour, np.float32)
                hidden = remove | (self.old & (s.skin < 0.5))
                # Past its cuff the old trunk was before the arm, and the new one is.
                hidden &= (s.arm_arc[k] < self._covered_to(k) * s.ratio) | (self.trunk_alpha < 0.5)
                hidden |= self._cuff(k) < 1.0
                front = blur(zone * (blur(hidden.astype(np.float32), 0.8) > 0.3), 0.7)
            fronts.append(front)
        return fill, fronts

    def _cuff(self, k: int) -> Floats:
        """How much of an arm's seen skin may stay: an old cuff threw a shadow on it, so that painted skin passes
        into the photo's below it."""
        arc, end = self.s.arm_arc[k], self.body.arms[k].bare_from * self.s.ratio
        if self.before[k] or k not in self.arm_colour:
            return np.ones(self.shape, np.float32)
        below = ramp(arc, end, end + CUFF_FADE * self.s.unit)
        return np.where((self.s.skin > 0.3) & (np.abs(self._arm_places[k]) < 1.1), below, 1.0).astype(np.float32)

    def _covered_to(self, k: int) -> float:
        """Where the old sleeve ends on the arm: before the trunk a hand in sight is surer than joints."""
        covered = self.body.arms[k].bare_from
        arcs = self._hand_arcs(k) if self.before[k] else np.zeros(0, np.float32)
        return max(covered, float(np.percentile(arcs, 10))) if len(arcs) else covered

    def _lit(self, tone: Floats) -> Floats:
        """A face's colour (3,); where the hands are lighter it is in the shade: half-way to theirs."""
        hands = self.s.hands & (self.s.skin > 0.8)
        own = np.median(self.photo[hands], axis=0) if hands.sum() > 80 else tone
        return np.asarray((tone + own) / 2 if own.mean() > tone.mean() else tone, np.float32)

    def _throat(self, remove: Bool, throat: Bool) -> Floats:
        """Skin of the neck; where little of it is seen, in a beard's shadow, the face has a say."""
        s = self.s
        skin = self.skin_fill(remove, throat, 0.1, BEARDLESS)
        bare = (s.skin > 0.85) & (s.likeness < BEARDLESS)
        seen = float((self.neck_zone & bare & ~remove & ~s.face).sum())
        hidden = self.neck_zone & remove
        share = seen / max(LEAST_THROAT * float(hidden.sum()), 1.0)
        # Cheeks and forehead: no beard.
        face = shrink(s.face, 0.03 * s.unit) & (s.likeness < BEARDLESS)
        face &= s.along < self._height(self.parse.head.centre)
        if not hidden.any() or face.sum() < 80:
            return skin
        colours = self.photo[face]
        luma = colours.mean(axis=1)
        # Below the chin is shade, too, but less, and it ends towards the collarbones.
        light = self._lit(np.median(colours[luma >= np.median(luma)], axis=0).astype(np.float32))
        chin = int(np.flatnonzero(s.face.any(axis=1)).max())
        down = np.clip((np.arange(self.shape[0]) - chin) / (SHADE_OF_CHIN * s.unit), 0.0, 1.0)
        tone = light * (0.85 + 0.11 * down)[:, None, None].astype(np.float32)
        dark = 1.0 - float(skin[hidden].mean()) / max(DARKEST_THROAT * float(tone.mean()), 1.0)
        doubt = float(np.clip(max(1.0 - share, 4.0 * dark), 0.0, 1.0))
        return np.asarray(skin + 0.8 * doubt * (tone - skin), np.float32)

    def _hair_behind(self, fill: Floats, remove: Bool) -> Floats:
        """Between the neck and the hair that hangs beside it there is more hair, in its own shadow."""
        s = self.s
        off = self._from_neck
        seen = (s.hair > 0.6) & (np.abs(off) < 0.5 * self.skeleton.shoulder_width)
        if not seen.any() or float(np.median(s.likeness[seen])) < BALD:
            return fill
        # A collar hides its ends.
        down = np.ones((2 * max(1, round(HAIR_ENDS * s.torso)) + 1, 1), np.uint8)
        down[: len(down) // 2] = 0
        seen = cv2.dilate(seen.astype(np.uint8), down[::-1]) > 0
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

    def _arm_skin(self, k: int, remove: Bool, below: Bool) -> Floats:
        """Skin for a painted arm: its own where some is bare, else between hand and face."""
        s = self.s
        own = (np.abs(s.arm_share[k]) < 1.1) & (s.arm_arc[k] > 0.0) & ~s.hands & below & (s.skin > 0.85)
        own = shrink(own & (s.likeness < 3.0), 0.02 * s.unit)
        if own.sum() > max(80.0, 0.01 * s.unit**2):
            return self._as_below(k, own)
        round_off = np.sqrt(np.clip(1.0 - np.clip(s.arm_share[k], -1.0, 1.0) ** 2, 0.0, 1.0))
        hands = s.hands & below & (s.skin > 0.8)
        limb = self.skin_fill(remove, hands if hands.sum() > 80 else below, 0.7)
        inner_face = shrink(s.face, 0.03 * s.unit) & (s.likeness < 1.0)
        if inner_face.sum() > 80 and hands.sum() > 80:
            # Hands are redder than arms, and darker where they hang: from the wrist up it passes into the face's.
            face = self.photo[inner_face]
            luma = face.mean(axis=1)
            tone = np.median(face[luma >= np.median(luma)], axis=0).astype(np.float32)
            tone = self._lit(tone)
            wrist = self.body.arms[k].wrist * s.ratio
            share = FACE_ON_ARMS * (1.0 - ramp(s.arm_arc[k], 0.55 * wrist, 1.05 * wrist))
            limb = _over(limb, np.broadcast_to(tone, limb.shape), share)
        return np.asarray(limb * (0.80 + 0.27 * round_off)[..., None], np.float32)

    def _as_below(self, k: int, own: Bool) -> Floats:
        """The light and shade across an arm where its bare skin (`own`) begins, carried on along the whole arm."""
        share, arc = self._arm_places[k], self.s.arm_arc[k]
        first = own & (arc < float(np.percentile(arc[own], 5)) + BARE_SAMPLE * self.s.unit)
        colours, shares = self.photo[first], share[first]
        places = evenly(-1.0, 1.0, 15)
        near = [np.abs(shares - place) < 0.12 for place in places]
        known = [i for i, some in enumerate(near) if some.sum() > 5]
        across = np.array([np.median(colours[near[i]], axis=0) for i in known])
        light = [smooth_line(np.interp(places, places[known], across[:, c]), 1.0) for c in range(3)]
        return np.dstack([np.interp(share, places, line).astype(np.float32) for line in light])

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
        xs = np.broadcast_to(every.astype(np.float32), self.shape)
        pulled = cv2.remap(
            self.photo, xs.copy(), moved.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        cloth = cv2.remap(
            s.bottom, xs.copy(), moved.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        spread = push_pull(self.photo, known)
        colour = _over(
            spread, np.asarray(pulled, np.float32), np.clip(np.asarray(cloth, np.float32) * 1.5 - 0.3, 0, 1)
        )
        zone = (remove & lower) | ((s.bottom > 0.5) & (np.abs(moved - rows) > 0.3))
        soft = blur(zone.astype(np.float32), 0.8) * np.clip(s.alpha * 1.3, 0, 1)
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

    def background(self, margin: float = 0.02) -> Floats:
        """What is behind the person: the ground beside the outline, mirrored across it so that texture goes on.

        Ground nearer to the outline than `margin` (shoulder widths) is not trusted.
        """
        if self._pale_on_pale:
            margin = max(margin, UNSEEN_RIM)
        outside = ~grow(self.s.alpha > 0.04, max(1.5, margin * self.s.unit))
        if outside.sum() < 50:
            return self.photo.copy()
        smooth = push_pull(self.photo, outside)
        rough = float(np.mean(np.abs(self.photo - blur(self.photo, 0.05 * self.s.unit))[outside]))
        if rough < PLAIN_GROUND:
            return smooth + self.noise[..., None]
        copied, sure = mirrored(self.photo, outside, max(1.0, 0.02 * self.s.unit))
        return _over(smooth + self.noise[..., None], copied, sure > 0.95)

    def light(self) -> Floats:
        """Folds and shading of the old top (H, W) around 1, to lay over the new one."""
        s = self.s
        luma = cv2.cvtColor(s.photo, cv2.COLOR_RGB2LAB)[..., 0].astype(np.float32) + 8.0
        plain = (s.cloth > 0.85) & (s.alpha > 0.95)
        if plain.sum() < 400:
            return np.ones(self.shape, np.float32)
        worn = (plain & self._main_colour(plain)).astype(np.float32)

        def mean(sigma: float) -> Floats:
            return np.asarray(blur(luma * worn, sigma) / np.maximum(blur(worn, sigma), 1e-3), np.float32)

        fine, wide = mean(max(1.5, 0.040 * s.unit)), mean(0.30 * s.unit)
        # A print would come through: the busier the old top, the less of it is believed.
        busy = float(np.std(np.log(luma[worn > 0]) - np.log(np.maximum(mean(0.10 * s.unit)[worn > 0], 1.0))))
        trust = float(np.clip(1.1 - 5.0 * busy, 0.12, 0.8))
        # A jacket over a shirt is two colours: their border is no fold.
        spread = float(np.std(np.log(np.maximum(mean(0.10 * s.unit)[worn > 0], 1.0))))
        trust *= float(np.clip((0.50 - spread) / 0.25, 0.0, 1.0))
        ratio = np.clip(fine / np.maximum(wide, 1.0), 0.75, 1.2)
        known = blur(worn, max(1.5, 0.02 * s.unit))
        return np.asarray(1.0 + (ratio - 1.0) * trust * np.clip(known * 1.4 - 0.2, 0.0, 1.0), np.float32)

    def _main_colour(self, cloth: Bool) -> Bool:
        """Where `cloth` has its commonest colour: a print, a stripe or a shirt under a jacket is no fold."""
        lab = cv2.cvtColor(self.s.photo, cv2.COLOR_RGB2LAB).astype(np.float32)
        middle = np.median(lab[cloth], axis=0)
        off = np.abs(lab - middle)
        hue = np.hypot(off[..., 1], off[..., 2])
        usual = float(np.median(hue[cloth]))
        return np.asarray((hue < max(7.0, 2.5 * usual)) & (off[..., 0] < 45.0), bool)

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

    def paint(self) -> Painted:
        """The finished crop."""
        if not self.over:
            self._fill_sides()
        s = self.s
        drawn = self.new_alpha()
        self.old = self.old_cloth()
        remove = (self.old | self._beside_sleeves(drawn)) & (drawn < 0.98)
        self.removed = remove
        fill, arms = self.skin_under(self.background(), remove)
        soft_remove = blur(remove.astype(np.float32), 0.8)
        base = _over(self.photo, fill, np.where(remove, np.maximum(soft_remove, 0.97), soft_remove))
        if not self.over:
            base = self.stretch_bottom(base, remove)
        base = self._inner_collar(base)
        base = self._contact_shadow(base, drawn, self._ground(remove, arms))
        light = self.light() * self.sidelight()
        roundness = 1.0 - 0.13 * np.clip(np.abs(s.across), 0.0, 1.2) ** 3
        shade = light * roundness * self._rim(drawn, 0.10, 0.02 * s.unit) * self._sleeve_shadow()
        # Shade gives form; all in all the cloth keeps the colour it is sold in.
        worn = self.trunk_alpha > 0.5
        level = float(np.clip(1.0 / max(float(shade[worn].mean()), 0.5), 1.0, 1.08)) if worn.any() else 1.0
        trunk = s.trunk.colour * (shade * level)[..., None]
        out = _over(base, trunk, self.trunk_alpha)
        out = self._bare_arms(out, arms)
        for k in self._back_first():
            sleeve, alpha = s.sleeves[k], self.sleeve_alpha[k]
            if sleeve is None or alpha is None:
                continue
            alpha = alpha * self._in_one_piece
            turned = 1.0 - 0.16 * np.clip(np.abs(sleeve.around), 0.0, 1.0) ** 2.5
            inner_side = 1.0 - 0.10 * np.clip(-sleeve.around, 0.0, 1.0) ** 2
            fade = ramp(s.arm_arc[k], 0.0, 0.5 * s.unit)
            shade = level * light * (1.0 + (turned * inner_side - 1.0) * fade)
            out = _over(out, sleeve.layer.colour * shade[..., None], alpha)
        out = self._in_front(out)
        return self._finish(out, drawn, remove, arms)

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
        beside = np.zeros(rest.shape, bool)
        for k, arm in enumerate(self.body.arms):
            # Of a sleeved arm's cloth nobody knows where the trunk's begins.
            sleeve, laid, unit = self.sleeve_alpha[k], self.fit.sleeves[k], self.skeleton.shoulder_width
            # An old cuff further down hangs off its arm.
            hangs = laid is None or laid.end < arm.bare_from - 0.1 * unit
            bare = s.arm_arc[k][half] > (arm.bare_from + (0.15 if hangs else -0.05) * unit) * s.ratio
            beside |= bare & (s.arm_share[k][half] < 0.0) & (s.arm_share[k][half] > -BESIDE)
            if sleeve is not None:
                rest &= sleeve[half] < 0.5
        rest &= beside
        rest &= ~s.foreign[half] & (np.abs(s.across[half]) > 0.5) & (np.abs(s.across[half]) < 1.3)
        unit = s.unit / 2.0
        broad = grow(shrink(rest, SIDE_RIM / 2 * unit), SIDE_RIM / 2 * unit + 1.0)
        # Smooth as a side: no flaps and no spikes.
        rim = shrink((rest & ~broad) | drawn, SMOOTH_SIDE * unit)
        rim = rest & grow(rim, SMOOTH_SIDE * unit)
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
        return _over(base, s.inner.colour * 0.72, blur(behind, 0.6))

    def _ground(self, remove: Bool, arms: list[Floats]) -> Bool:
        """What of the old clothes made room for the ground behind the person."""
        s = self.s
        body = self.neck_zone | ((s.along > self.fit.hem - 0.10) & (np.abs(s.across) < 1.05))
        return np.asarray(remove & ~body & (np.maximum(*arms) < 0.3))

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
            else:
                solid = (self.arm_zone(k, 0.35 * self.body.arms[k].elbow, 1.0) > 0.5).astype(np.float32)
            low = ramp(s.arm_arc[k], 0.20 * s.torso, 0.45 * s.torso)
            shade *= 1.0 - 0.30 * blur(solid, 0.03 * s.unit) * low
        return shade

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
            if sleeve is None:
                zone = zone * ramp(s.arm_arc[k], 0.28 * arm.elbow * s.ratio, 0.42 * arm.elbow * s.ratio)
            # The shadow under an old cuff looks like skin, too.
            cuff = self.removed & (s.arm_arc[k] < arm.bare_from * s.ratio + 0.12 * s.unit)
            seen = zone * np.clip(s.skin * 1.4 - 0.3, 0.0, 1.0) * ((s.likeness < 3.2) & ~cuff)
            seen = blur(np.asarray(seen * self._cuff(k), np.float32), 0.5)
            out = _over(out, self.photo, seen)
            if k in self.arm_colour:
                # At the shoulder cloth lies over the arm, from the armpit down the arm over the cloth.
                low = ramp(s.arm_arc[k], 0.28 * arm.elbow * s.ratio, 0.42 * arm.elbow * s.ratio)
                low = low if sleeve is None else np.ones(self.shape, np.float32)
                skin = painted[k] * (1.0 - seen) * low
                if self.before[k]:
                    out = out * (1.0 - 0.30 * blur(skin, 0.03 * s.unit))[..., None]
                out = _over(out, self.arm_colour[k], skin)
        return out

    def _back_first(self) -> tuple[int, int]:
        """The arms in the order they are drawn: of two folded ones the one with more hand in sight is in front."""
        s = self.s
        nearer = np.abs(s.arm_share[0]) <= np.abs(s.arm_share[1])
        first = int((s.hands & nearer).sum())
        return (0, 1) if first <= int((s.hands & ~nearer).sum()) else (1, 0)

    def _in_front(self, out: Floats) -> Floats:
        s = self.s
        out = _over(out, self.photo, self.hands)
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
