"""What belongs to what on a person: skin, hair, clothes, hands, shoes, with edges as sharp as the photo's.

A network trained on drawn figures (pipeline.person.parts) says where each class is; colours learned from this one
photo, where the network is sure, say where exactly it ends (cost-volume filtering, Rhemann et al. 2011).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import (
    EPS_UNIT,
    Bool,
    Floats,
    Points,
    components,
    grow,
    polygon,
    ramp,
    shrink,
    touching,
    tube,
)
from pipeline.person.frame import Frame, Skeleton
from pipeline.person.landmarks import FACE_OVAL
from pipeline.person.parts import Part, shared_parts
from pipeline.person.settle import colour_bins, colour_table, settle_neck
from pipeline.types import Alpha, Image

# Chosen on half of the photos with true parses; docs/models/person_parts.md has the other half.
COLOUR_TRUST = 1.2
COLOUR_FLOOR = 0.02
CALM_PX = 0.8
THINNEST_THING = 0.035
"""Torsos: the cut-out knows the outline better than the network, so a thinner rim of background is theirs."""
HAIR_ON_FACE = 0.15  # how much of the network's word counts where eyes, nose and mouth are
GUIDE_EPS = 3e-4
SMALLEST_HAND = 0.003  # of the torso squared; less is a speck
HAIR_REACH, LEGS_REACH = 0.9, 0.6  # torsos below the shoulders: the lowest hair, the highest knee of a seated one
HALVES_APART = 20.0  # 8-bit Lab, in light: more than shade and blush make of the two halves of a face
LEAST_SKIN = 100  # pixels that tell its colour
VIVID, VIVID_HUE = 4.2, 1.35  # likeness to the skin's colour and strength of hue against its: no arm is so
LIKE_SKIN = 2.6  # likeness to the skin's colour of clothes that are taken for skin
SKIN_HUE = 0.45  # of the skin's strength of hue: paler clothes are not taken for it
SAME_CLOTH = 0.65  # common share of two colour tables
LEAST_DRESS, SMALL_DRESS = 0.2, 0.5  # shares of all cloth: a dress to believe in, a dress to doubt
WAIST_WEIGHT = 0.15
DRESS_WAIST = 0.95
"""Torsos below the shoulders: where a dress counts as `top` above and `bottom` below."""


_ARMS = (Part.LEFT_ARM, Part.RIGHT_ARM)
_SKIN = (Part.HEAD, *_ARMS, Part.HANDS, Part.LEGS)


@dataclass(frozen=True, slots=True)
class Head:
    """Face outline as a mask, its centre, chin and height (forehead to chin) in working pixels."""

    face: Bool
    centre: NDArray[np.float64]
    chin: NDArray[np.float64]
    height: float
    measured: bool


@dataclass(frozen=True, slots=True)
class Parse:
    """Soft maps 0..1 (H, W) in the working frame, and masks.

    `skin`, `hair`, `top`, `bottom` and `shoes` sum to at most `alpha`; what is missing from it is carried or held
    (bags). `legs` and `arms` (picture left, picture right; without hands) are parts of `skin`. A one-piece lies in
    `dress` whole, and in `top` above the waist and `bottom` below it. `hands` marks both hands; `skin_lab` is the
    person's skin colour (OpenCV's 8-bit Lab as float); `likeness` the distance of each pixel from it, about 1 at
    the edge of what is still skin.
    """

    alpha: Alpha
    skin: Floats
    hair: Floats
    top: Floats
    bottom: Floats
    hands: Bool
    head: Head
    skin_lab: NDArray[np.float32]
    likeness: Floats
    legs: Floats
    arms: tuple[Floats, Floats]
    shoes: Floats
    dress: Floats

    def dressed_in_skin(self, image: Image) -> bool:
        """Whether the top in `image` (the frame's) has the colour of skin, so that either may be taken for the
        other."""
        cloth = self.top > 0.8
        if not cloth.any() or float(np.median(self.likeness[cloth])) > LIKE_SKIN:
            return False
        # White is not far from pale skin, but has no hue.
        hue = np.median(cv2.cvtColor(image, cv2.COLOR_RGB2LAB)[cloth].astype(np.float32), axis=0)[1:] - 128.0
        return float(np.hypot(*hue)) > SKIN_HUE * float(np.hypot(*(self.skin_lab[1:] - 128.0)))


def find_head(frame: Frame, skeleton: Skeleton, mesh: Points | None) -> Head:
    """From the face mesh where there is one, else from nose and torso."""
    shape = frame.image.shape
    if mesh is not None:
        points = frame.to_work(mesh)
        oval = points[list(FACE_OVAL)]
        height = float(np.hypot(*(points[10] - points[152])))
        return Head(polygon(shape, oval), points.mean(axis=0), points[152], height, True)
    height = 0.42 * skeleton.torso
    centre = skeleton.nose - skeleton.down * 0.05 * height
    chin = centre + skeleton.down * 0.5 * height
    axis = np.stack([centre - skeleton.down * 0.15 * height, centre + skeleton.down * 0.12 * height])
    return Head(tube(shape, axis, (0.36 * height, 0.32 * height)), centre, chin, height, False)


def _skin_colour(lab: Floats, head: Head, alpha: Alpha, arms: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """Median of the face without eyes, brows, beard and glasses; `arms` is the colour of bare ones, if any."""
    inner = shrink(head.face, 0.12 * head.height) & (alpha > 0.6)
    pixels = lab[inner] if inner.sum() > 40 else lab[head.face]
    if len(pixels) == 0:
        return np.array([160.0, 141.0, 147.0], np.float32)
    # A beard darkens the lower half, a fringe the upper one.
    upper = np.broadcast_to(np.arange(len(inner))[:, None] < head.centre[1], inner.shape)
    halves = [lab[inner & upper], lab[inner & ~upper]]
    if min(map(len, halves)) > 40:
        lights = [float(np.median(half[:, 0])) for half in halves]
        if abs(lights[0] - lights[1]) > HALVES_APART:
            # Dark skin shines on the forehead: bare arms tell that from a beard.
            if arms is not None and arms[0] < sum(lights) / 2:
                return arms
            pixels = halves[int(np.argmax(lights))]
    middle = np.median(pixels, axis=0)
    near = (np.abs(pixels[:, 1:] - middle[1:]).max(axis=1) < 12) & (pixels[:, 0] > middle[0] - 40)
    chosen = pixels[near] if near.sum() > 40 else pixels
    return np.asarray(np.median(chosen, axis=0), np.float32)


def _seen_skin(
    lab: Floats, winner: NDArray[np.uint8], alpha: Alpha, parts: tuple[Part, ...]
) -> NDArray[np.float32] | None:
    """Median of what is seen of `parts`; None without any."""
    pixels = lab[np.isin(winner, parts) & (alpha > 0.6)]
    return np.asarray(np.median(pixels, axis=0), np.float32) if len(pixels) > LEAST_SKIN else None


def _likeness(lab: Floats, skin: NDArray[np.float32]) -> Floats:
    light = np.where(lab[..., 0] < skin[0], 55.0, 40.0)  # shadows on skin reach further than highlights
    parts = ((lab[..., 0] - skin[0]) / light) ** 2
    parts = parts + ((lab[..., 1] - skin[1]) / 9.0) ** 2 + ((lab[..., 2] - skin[2]) / 10.0) ** 2
    return np.asarray(np.sqrt(parts), np.float32)


_GROUPS: tuple[tuple[Part, ...], ...] = (
    (Part.BACKGROUND,),
    (Part.HAIR,),
    _SKIN,
    (Part.UPPER,),
    (Part.UNDER,),
    (Part.LOWER,),
    (Part.DRESS,),
    (Part.SHOES,),
)
"""Classes that share colours: skin is one, wherever it is."""


def _correct(chance: Floats, alpha: Alpha, head: Head, skeleton: Skeleton, along: Floats) -> Floats:
    """Without what cannot be: thin background inside the cut-out, hair on the middle of the face or below the
    waist, legs on the chest. `along` (H, W): torsos below the shoulders."""
    out = chance.copy()
    out[Part.HAIR][along > HAIR_REACH] = 0.0
    out[Part.LEGS][along < LEGS_REACH] = 0.0
    seen = (alpha > 0.5) & (chance[Part.BACKGROUND] > 0.5)
    reach = THINNEST_THING * skeleton.torso
    things = grow(shrink(seen, reach), 1.3 * reach) & seen
    # Outside the cut-out, too: the maps end where it ends, and softened labels must not end before it.
    out[Part.BACKGROUND][~things] = 0.0
    if head.measured:
        middle = shrink(head.face, 0.05 * head.height)
        middle[: max(0, int(head.centre[1] - 0.15 * head.height))] = False
        out[Part.HAIR][middle] *= HAIR_ON_FACE
    return out


def _settle_dress(chance: Floats, bins: NDArray[np.int32], alpha: Alpha, below: Floats) -> None:
    """Decide once for the whole person between a one-piece and two pieces, in place.

    Top and bottom of the same colours with a good part of dress between them are a dress; so is a bottom like the
    dress above it under a top that is not (a jacket). `below` (H, W) is 1 under the waist.
    """
    parts = (Part.UPPER, Part.LOWER, Part.DRESS)
    cloths = [alpha * chance[part] for part in parts]
    mass = [float(cloth.sum()) for cloth in cloths]
    if mass[2] <= 1.0:
        return
    upper, lower, dress = (colour_table(bins, cloth) for cloth in cloths)
    share = mass[2] / sum(mass)
    like_top, like_bottom = (float(np.minimum(cloth, dress).sum()) for cloth in (upper, lower))
    if share > LEAST_DRESS and float(np.minimum(upper, lower).sum()) > SAME_CLOTH:
        chance[Part.DRESS] += chance[Part.LOWER] + chance[Part.UPPER]
        chance[[Part.LOWER, Part.UPPER]] = 0.0
    elif mass[2] > mass[1] and like_bottom > SAME_CLOTH > like_top:
        chance[Part.DRESS] += chance[Part.LOWER]
        chance[Part.LOWER] = 0.0
    elif share < SMALL_DRESS:
        chance[Part.UPPER] += chance[Part.DRESS] * (1.0 - below)
        chance[Part.LOWER] += chance[Part.DRESS] * below
        chance[Part.DRESS] = 0.0


def _waistline(chance: Floats, below: Floats) -> Floats:
    """How far each pixel of a one-piece (H, W) counts as bottom: the network's own leaning between top and bottom,
    and the waist (`below`) where it has none."""
    upper, lower = chance[Part.UPPER], chance[Part.LOWER]
    leaning = (lower + WAIST_WEIGHT * below) / (upper + lower + WAIST_WEIGHT)
    return ramp(cv2.GaussianBlur(leaning, (0, 0), 3.0), 0.4, 0.6)


def _sharpen(chance: Floats, bins: NDArray[np.int32], alpha: Alpha) -> NDArray[np.uint8]:
    """The most likely Part of each pixel (H, W): `chance` (len(Part), H, W) weighed by the photo's own colours."""
    groups = [chance[list(group)].sum(axis=0) for group in _GROUPS]
    sure = [alpha * np.clip(2 * g - 1, 0, 1) ** 2 for g in groups]
    shares = np.stack([colour_table(bins, weight)[bins] for weight in sure])
    shares /= np.maximum(shares.sum(axis=0), 1e-9)
    # Single pixels of another colour (prints, specks of light) are not another garment.
    calm = np.stack([cv2.GaussianBlur(share, (0, 0), CALM_PX) for share in shares])
    factor = np.round(cv2.pow(calm + COLOUR_FLOOR, COLOUR_TRUST) * 1024.0)
    weighed = np.empty_like(chance)
    for group, weight in zip(_GROUPS, factor, strict=True):
        for part in group:
            np.multiply(chance[part], weight, out=weighed[part])
    return np.asarray(weighed.argmax(axis=0), np.uint8)


def _without_vivid_arms(
    winner: NDArray[np.uint8], chance: Floats, lab: Floats, likeness: Floats, skin: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """Stripes of a sleeve that lie on an arm like its skin, but of a stronger hue than skin has, are cloth."""
    hue = np.hypot(lab[..., 1] - 128.0, lab[..., 2] - 128.0)
    vivid = (likeness > VIVID) & (hue > VIVID_HUE * float(np.hypot(*(skin[1:] - 128.0))))
    vivid &= np.isin(winner, _ARMS)
    cloth = np.where(chance[Part.DRESS] > chance[Part.UPPER], np.uint8(Part.DRESS), np.uint8(Part.UPPER))
    return np.where(vivid, cloth, winner)


def _tied_to_head(winner: NDArray[np.uint8], chance: Floats, head: Head) -> NDArray[np.uint8]:
    """Hair and the skin of head and neck hang together with the head; specks elsewhere are something else."""
    near = grow(head.face, 0.30 * head.height)
    out = winner.copy()
    others = [part for part in Part if part not in (Part.HAIR, Part.HEAD)]
    for part in (Part.HAIR, Part.HEAD):
        own = winner == part
        loose = own & ~touching(own, near)
        if loose.any():
            out[loose] = np.array(others, np.uint8)[chance[others][:, loose].argmax(axis=0)]
    return out


_MAPS: tuple[tuple[Part, ...], ...] = (
    (Part.HAIR,),
    (Part.HEAD, Part.HANDS),
    (Part.LEGS,),
    (Part.LEFT_ARM,),
    (Part.RIGHT_ARM,),
    (Part.UPPER, Part.UNDER),
    (Part.LOWER,),
    (Part.DRESS,),
    (Part.SHOES,),
)


def _softened(image: Image, winner: NDArray[np.uint8], alpha: Alpha) -> list[Floats]:
    """A soft map (H, W) for each of _MAPS; filtered one by one, they share what several claim."""
    edges = cv2.ximgproc.createGuidedFilter(image.astype(np.float32), 3, GUIDE_EPS * EPS_UNIT)
    maps = []
    for parts in _MAPS:
        hard = np.isin(winner, parts)
        soft = edges.filter(hard.astype(np.float32)) if hard.any() else np.zeros(alpha.shape, np.float32)
        maps.append(np.clip(soft, 0.0, 1.0))
    share = alpha / np.maximum(np.sum(maps, axis=0), 1.0)
    return [np.asarray(soft * share, np.float32) for soft in maps]


def _large(mask: Bool, area: float) -> Bool:
    """Without the specks smaller than `area` pixels."""
    labels, areas = components(mask)
    keep = areas > area
    keep[0] = False
    return np.asarray(keep[labels])


def parse_person(frame: Frame, skeleton: Skeleton, head: Head, alpha: Alpha) -> Parse:
    """Soft maps of skin, hair and clothes; see Parse."""
    image: Image = frame.image
    lab8 = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    lab, bins = lab8.astype(np.float32), colour_bins(lab8)
    ys, xs = np.mgrid[0 : alpha.shape[0], 0 : alpha.shape[1]].astype(np.float32)
    along = skeleton.along(xs, ys)
    below = ramp(along, DRESS_WAIST - 0.02, DRESS_WAIST + 0.02)
    chance = _correct(shared_parts().chances(image, alpha, skeleton), alpha, head, skeleton, along)
    below = _waistline(chance, below)
    _settle_dress(chance, bins, alpha, below)
    winner = _sharpen(chance, bins, alpha)
    skin_lab = None if head.measured else _seen_skin(lab, winner, alpha, _SKIN)
    if skin_lab is None:
        skin_lab = _skin_colour(lab, head, alpha, _seen_skin(lab, winner, alpha, _ARMS))
    likeness = _likeness(lab, skin_lab)
    winner = _without_vivid_arms(winner, chance, lab, likeness, skin_lab)
    chin = float(skeleton.along(head.chin[:1], head.chin[1:])[0]) + 0.02
    below_chin = (along > chin) & (along < HAIR_REACH) & ~head.face
    winner = settle_neck(winner, bins, likeness, along < chin, below_chin)
    winner = _tied_to_head(winner, chance, head)
    hair, rest, legs, left, right, upper, lower, dress, shoes = _softened(image, winner, alpha)
    return Parse(
        alpha=alpha,
        skin=np.asarray(rest + legs + left + right, np.float32),
        hair=hair,
        top=np.asarray(upper + dress * (1.0 - below), np.float32),
        bottom=np.asarray(lower + dress * below, np.float32),
        hands=_large((winner == Part.HANDS) & (alpha > 0.3), SMALLEST_HAND * skeleton.torso**2),
        head=head,
        skin_lab=skin_lab,
        likeness=likeness,
        legs=legs,
        arms=(left, right),
        shoes=shoes,
        dress=dress,
    )
