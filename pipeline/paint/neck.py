"""Neck and chest that the old clothes hid: the light on what is seen of them goes on, over a neck's own forms."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np

from pipeline.masks import Bool, Box, Floats, blur, box_of, distance, nearest_colour, ramp, shrink
from pipeline.masks import over as _over
from pipeline.paint.stage import Stage

BEARDLESS = 1.5  # likeness to the skin's colour: a beard or its shadow is further off
NAPE = 4.5  # the same of a neck seen from behind, which the sun seldom sees
LEAST_THROAT = 0.02  # square shoulder widths of bare neck that must be seen for its colour to be believed
DARKEST_THROAT = 0.88  # of the cheeks' light
OF_CHEEKS = 0.93  # a chest's light of theirs, which look up more
LESS_RED = 0.88  # a body is paler than a face
FOLLOW = 0.30  # shoulder widths over which what is painted passes from the skin beside it into one tone
SEAM = 0.022  # the same within which painted skin passes into the photo's
SPOTS = (0.008, 0.03)  # shoulder widths between which blotches of skin are wide
COARSE = 3  # pixels a pixel of what is smooth
# Forms: how much darker at most, and where. Heights are shares of the neck's length below the chin, or torsos
# below its foot; places across are half necks from its middle.
UNDER_JAW, UNSEEN_JAW, JAW_ENDS = 0.24, 0.14, 0.75
TURNED_AWAY = 0.20
NOTCH, NOTCH_AT, NOTCH_SIZE = 0.05, 0.075, (0.26, 0.030)
BONE, BONE_SIZE, BONE_BEGINS = 0.06, 0.020, 0.30
TENDON, TENDON_SIZE = 0.06, 0.12
CHEST_FALLS, CHEST_TURNS = 0.09, 0.12  # how much darker a chest is a third of a torso down, and at its sides
FEWEST_SHADED, USUAL_SHADE = 40, 0.002  # pixels that tell how deep shade is; squared log light it counts itself
# Percentile of the detail on skin that is grain, the rest is pores and features; the same of a normal deviate.
CALM_SKIN, GAUSS_AT_CALM = 30.0, 0.385
GRAIN_SIGMAS = (0.0, 0.7, 1.4, 2.8)  # pixels between which the grain's octaves lie
GRAIN_SHARE, MOST_GRAIN = 0.6, 2.8  # of what is measured, for octaves overlap; of 255
TILE = 256  # pixels a side of the random field that grain is cut from


class Neck(Stage):
    """Paints the skin below the chin."""

    def lit(self, tone: Floats) -> Floats:
        """A face's colour (3,); where the hands are lighter it is in the shade: half-way to theirs."""
        hands = self.s.hands & (self.s.skin > 0.8)
        own = np.median(self.photo[hands], axis=0) if hands.sum() > 80 else tone
        return np.asarray((tone + own) / 2 if own.mean() > tone.mean() else tone, np.float32)

    def throat(self, remove: Bool, where: Bool) -> Floats:
        """Skin (H, W, 3) of neck and chest, from what of it is seen in `where`; right in the neck and round it.

        Light and colour are those of the skin above the old collar, without the shade of jaw and roundness;
        further off they turn into one tone, and shade is laid on again. Where little is seen, in a beard's shadow,
        the face has a say.
        """
        s = self.s
        box = self._round_neck()
        height, width = self.luma[box].shape
        size = (max(1, width // COARSE), max(1, height // COARSE))

        def small(values: Floats) -> Floats:
            return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)

        unit = s.unit / COARSE
        likely = NAPE if self.skeleton.back else BEARDLESS
        bare = (s.skin[box] > 0.85) & (s.likeness[box] < likely) & where[box] & ~remove[box]
        # What lies right beside an old collar is in its shadow.
        sure = shrink((small(bare.astype(np.float32)) > 0.99), 0.02 * unit)
        photo = small(self.photo[box])
        shade, under, bones = self._form(small(s.along[box]), small(self._from_neck[box]), small(s.across[box]))
        form = np.asarray(shade ** self._depth_of(shade, photo.mean(axis=2), sure) * bones, np.float32)
        even = photo / form[..., None]
        tone, doubt = self._tone(even, sure, unit)
        self.tone = tone
        colour = np.broadcast_to(tone, even.shape).astype(np.float32)
        if sure.any():
            near, gap = nearest_colour(even, sure, 0.04 * unit)
            colour = _over(colour, near, (1.0 - doubt) * np.exp(-((gap / (FOLLOW * unit)) ** 2)))
            # At the seam both are alike, whatever is doubted.
            colour = _over(colour, near, np.exp(-gap / (0.05 * unit)))
        form *= 1.0 - UNSEEN_JAW * doubt * under
        colour = colour * form[..., None]
        self.skin_grain = self._skin_grain() + self._spottiness(photo, sure, unit) * self.spots
        out = self.photo.copy()
        out[box] = cv2.resize(colour, (width, height), interpolation=cv2.INTER_LINEAR)
        return out

    def seam(self, remove: Bool) -> Floats:
        """How much painted skin lies over the photo's beside the old collar (H, W)."""
        s, box = self.s, self._round_neck()
        zone = self.neck_zone[box]
        beside = zone & (s.skin[box] > 0.5) & (s.hair[box] < 0.3) & (self.hands[box] < 0.1)
        beside &= distance(s.face[box]) > SEAM * s.unit
        near = 1.0 - ramp(distance(remove[box] & zone), 0.2 * SEAM * s.unit, SEAM * s.unit)
        soft = np.zeros(self.shape, np.float32)
        soft[box] = near * beside
        return soft

    def _round_neck(self) -> Box:
        """The part of the scene with all that is painted here and what it is painted from."""
        return box_of(self.neck_zone, round(0.15 * self.s.unit))

    def _tone(self, even: Floats, sure: Bool, unit: float) -> tuple[Floats, float]:
        """The one tone (3,) of what is far from seen skin, and how little what is seen says of it, 0..1."""
        s = self.s
        cheeks = shrink(s.face, 0.03 * s.unit) & (s.likeness < BEARDLESS)
        cheeks &= s.along < self._height(self.parse.head.centre)
        lab = np.clip(self.parse.skin_lab, 0, 255).astype(np.uint8)[None, None]
        tone = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB).astype(np.float32)[0, 0]
        if cheeks.sum() >= 80:
            colours = self.photo[cheeks]
            luma = colours.mean(axis=1)
            tone = OF_CHEEKS * self.lit(np.median(colours[luma >= np.median(luma)], axis=0).astype(np.float32))
            tone = tone.mean() + LESS_RED * (tone - tone.mean())
        if sure.sum() < 10:
            return tone, 1.0
        own = np.median(even[sure], axis=0).astype(np.float32)
        if self.skeleton.back:
            return own, 0.0
        share = float(sure.sum()) / (LEAST_THROAT * unit * unit)
        dark = 1.0 - float(own.mean()) / max(DARKEST_THROAT * float(tone.mean()), 1.0)
        doubt = float(np.clip(max(1.0 - share, 4.0 * dark), 0.0, 1.0))
        # In the shade the light of what is seen says little of the rest, its hue more.
        towards = 0.25 + 0.55 * doubt
        light = float(own.mean()) + towards * float(tone.mean() - own.mean())
        hue = own / own.mean() + (0.5 + 0.5 * doubt) * towards * (tone / tone.mean() - own / own.mean())
        return np.asarray(light * hue, np.float32), doubt

    def _depth_of(self, shade: Floats, luma: Floats, sure: Bool) -> float:
        """How deep the usual `shade` of a neck is in this light, 0..1: as on what is seen of it (`sure`)."""
        if sure.sum() < FEWEST_SHADED or self.skeleton.back:
            return 1.0
        usual, seen = np.log(shade[sure]), np.log(luma[sure] + 4.0)
        usual, seen = usual - usual.mean(), seen - seen.mean()
        spread = float((usual**2).mean())
        # What hardly varies says nothing: the usual shade has some weight of its own.
        return float(np.clip(((usual * seen).mean() + USUAL_SHADE) / (spread + USUAL_SHADE), 0.0, 1.0))

    def _form(self, along: Floats, off: Floats, across: Floats) -> tuple[Floats, Floats, Floats]:
        """How light falls on a neck, around 1; how deep in the jaw's shade, 0..1; light on the bones below."""
        foot, chin = self._height(self._neck_middle), self._height(self.parse.head.chin)
        long = max(foot - chin, 0.05)
        out = off / self.body.neck_half
        below = along - foot
        neck = 1.0 - ramp(below, -0.25 * long, 0.06)
        wide = np.clip(np.abs(out), 0.0, 1.0)
        shade = np.asarray(1.0 - TURNED_AWAY * neck * wide**3, np.float32)
        if self.skeleton.back:
            return shade, np.zeros(shade.shape, np.float32), np.ones(shade.shape, np.float32)
        under = ramp((along - chin) / long + 0.25 * wide**2, JAW_ENDS, 0.0)
        shade *= 1.0 - UNDER_JAW * under
        # A chest leans back, so that its light falls off downwards and to the arms.
        bones = 1.0 - CHEST_FALLS * ramp(below, NOTCH_AT, NOTCH_AT + 0.35)
        bones *= 1.0 - CHEST_TURNS * ramp(np.abs(across), 0.35, 1.1) * ramp(below, -0.04, 0.10)
        # The hollow between the collarbones, and the muscles that end there.
        aside, down = NOTCH_SIZE
        bones *= 1.0 - NOTCH * np.exp(-((out / aside) ** 2) - ((below - NOTCH_AT) / down) ** 2)
        place = 0.25 + 0.75 * np.clip((foot + NOTCH_AT - along) / long, 0.0, 1.2)
        muscle = np.exp(-(((wide - place) / TENDON_SIZE) ** 2)) * neck * ramp(along, chin + 0.4 * long, foot)
        bones *= 1.0 + TENDON * muscle
        # Collarbones catch light, and above them is shade.
        tips = np.mean([self._height(tip) for tip in self.body.tip])
        beside = np.abs(out)
        reach = self.skeleton.shoulder_width * 0.5 / self.body.neck_half
        run = np.clip(beside / reach, 0.0, 1.0)
        line = below - NOTCH_AT * 0.8 - (tips - foot - NOTCH_AT) * 0.7 * run**1.5
        fade = ramp(beside, BONE_BEGINS, BONE_BEGINS + 0.4) * ramp(run, 1.0, 0.6)
        hollow = np.exp(-(((line + 2.2 * BONE_SIZE) / (1.6 * BONE_SIZE)) ** 2))
        light = np.exp(-((line / BONE_SIZE) ** 2)) - 1.1 * hollow
        return shade, under, np.asarray(bones * (1.0 + BONE * fade * light), np.float32)

    def _skin_grain(self) -> Floats:
        """The grain of the photo on skin (H, W) around 0, octave by octave as strong as on what is seen of it."""
        seen = shrink((self.s.skin > 0.85) & (self.s.likeness < BEARDLESS), 0.02 * self.s.unit)
        if seen.sum() < 200:
            return self.noise
        box = box_of(seen)
        random = np.random.default_rng(20240609).standard_normal((TILE, TILE)).astype(np.float32)
        random = np.tile(random, (2, 2))
        tile, level = np.zeros((TILE, TILE), np.float32), MOST_GRAIN
        half = TILE // 2
        for low, high in pairwise(GRAIN_SIGMAS):
            luma = self.luma[box]
            rough = np.abs(blur(luma, low) - blur(luma, high))[seen[box]]
            octave = (blur(random, low) - blur(random, high))[half : half + TILE, half : half + TILE]
            # Octaves overlap, and what is coarse and strong is no grain.
            found = GRAIN_SHARE * float(np.percentile(rough, CALM_SKIN)) / GAUSS_AT_CALM
            level = float(np.clip(found, 0.1, 0.7 * level))
            tile += level * octave / float(octave.std())
        rows, columns = -(-self.shape[0] // TILE), -(-self.shape[1] // TILE)
        return np.tile(tile, (rows, columns))[: self.shape[0], : self.shape[1]]

    def _spottiness(self, photo: Floats, sure: Bool, unit: float) -> float:
        """How strong the spots of what is seen of the skin are (COARSE picture)."""
        luma = photo.mean(axis=2)
        rough = blur(luma, max(SPOTS[0] * unit, 0.6)) - blur(luma, max(SPOTS[1] * unit, 1.5))
        inner = shrink(sure, SPOTS[1] * unit)
        level = float(np.median(np.abs(rough[inner]))) * 1.48 if inner.sum() > 60 else 1.0
        return float(np.clip(0.6 * level, 0.3, 1.2))

    @cached_property
    def spots(self) -> Floats:
        """Skin is not of one colour: blotches (H, W) around 0, of deviation 1."""
        unit = self.s.unit / COARSE
        size = (max(1, self.shape[1] // COARSE), max(1, self.shape[0] // COARSE))
        random = np.random.default_rng(20240608).standard_normal(size[::-1]).astype(np.float32)
        spots = blur(random, max(SPOTS[0] * unit, 0.6)) - blur(random, max(SPOTS[1] * unit, 1.5))
        spots /= max(float(spots.std()), 1e-3)
        return np.asarray(cv2.resize(spots, self.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
