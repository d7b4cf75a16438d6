"""What belongs to what on a person: skin, hair, top, bottom, hands, learned from this one photo.

Each class gets a colour model from seeds that pose and face place with some certainty; the likelihoods, weighed
by where a class can be, are smoothed along the photo's edges (cost-volume filtering, Rhemann et al. 2011).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import (
    Bool,
    Floats,
    Points,
    components,
    distance,
    grow,
    guided,
    polygon,
    ramp,
    shrink,
    touching,
    tube,
)
from pipeline.person.frame import Frame, Skeleton
from pipeline.person.landmarks import FACE_OVAL
from pipeline.types import Alpha, Image

_CLASSES = ("skin", "hair", "top", "bottom")


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

    `skin`, `hair`, `top` and `bottom` sum to at most `alpha`; `hands` marks both hands; `skin_lab` is the
    person's skin colour (OpenCV's 8-bit Lab as float); `likeness` the distance of each pixel from it, about 1
    at the edge of what is still skin.
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


def _skin_colour(lab: Floats, head: Head, alpha: Alpha) -> NDArray[np.float32]:
    """Median of the face without eyes, brows, beard and glasses."""
    inner = shrink(head.face, 0.12 * head.height) & (alpha > 0.6)
    pixels = lab[inner] if inner.sum() > 40 else lab[head.face]
    if len(pixels) == 0:
        return np.array([160.0, 141.0, 147.0], np.float32)
    middle = np.median(pixels, axis=0)
    near = (np.abs(pixels[:, 1:] - middle[1:]).max(axis=1) < 12) & (pixels[:, 0] > middle[0] - 40)
    chosen = pixels[near] if near.sum() > 40 else pixels
    return np.asarray(np.median(chosen, axis=0), np.float32)


def _likeness(lab: Floats, skin: NDArray[np.float32]) -> Floats:
    light = np.where(lab[..., 0] < skin[0], 55.0, 40.0)  # shadows on skin reach further than highlights
    parts = ((lab[..., 0] - skin[0]) / light) ** 2
    parts = parts + ((lab[..., 1] - skin[1]) / 9.0) ** 2 + ((lab[..., 2] - skin[2]) / 10.0) ** 2
    return np.asarray(np.sqrt(parts), np.float32)


def find_hands(skeleton: Skeleton, likeness: Floats, alpha: Alpha, confusable: bool) -> Bool:
    """Skin-coloured pixels beyond each wrist, joined to the hand's joints."""
    hands = np.zeros(alpha.shape, bool)
    ys, xs = np.mgrid[0 : alpha.shape[0], 0 : alpha.shape[1]].astype(np.float32)
    for arm in skeleton.arms:
        if not arm.seen:
            continue
        reach = 0.30 * skeleton.torso
        forward = arm.hand - arm.wrist
        length = max(float(np.hypot(*forward)), 1.0)
        tip = arm.hand + forward / length * max(0.6 * length, 0.10 * skeleton.torso)
        zone = tube(alpha.shape, np.stack([arm.wrist, tip]), (0.11 * skeleton.torso, 0.13 * skeleton.torso))
        # A cuff of the skin's colour cannot be told from the hand: then the hand begins at the wrist.
        before = 0.0 if confusable else 0.10
        ahead = (xs - arm.wrist[0]) * forward[0] + (ys - arm.wrist[1]) * forward[1]
        zone &= ahead / length > -before * skeleton.torso
        seed = tube(alpha.shape, np.stack([arm.wrist * 0.3 + arm.hand * 0.7, arm.hand]), (5.0, 7.0))
        skin = (likeness < 2.0) & (alpha > 0.3) & zone
        skin = cv2.morphologyEx(skin.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0
        labels, areas = components(skin)
        keep = touching(skin, grow(seed, 3.0))
        if not keep.any() and areas.max(initial=0) > 0:
            keep = labels == int(areas.argmax())
        if keep.sum() < 0.9 * reach * reach:
            hands |= keep
    return hands


def _torso_seed(skeleton: Skeleton, shape: tuple[int, ...]) -> Bool:
    left, right = skeleton.arms
    corners = []
    for along, share, side in ((0.20, 0.72, left), (0.20, 0.72, right), (0.80, 0.62, right), (0.80, 0.62, left)):
        across = float(np.dot(side.shoulder - skeleton.neck, skeleton.right)) * share
        corners.append(skeleton.at(along, across))
    return polygon(shape, np.array(corners))


@dataclass(frozen=True, slots=True)
class _TopColour:
    """`like` (H, W) marks pixels nearer to the top's own colour than to skin; `confusable` says that the top's
    hue is that of skin, so that colour alone cannot tell them apart."""

    like: Bool
    confusable: bool


def _top_colour(
    lab: Floats, skeleton: Skeleton, likeness: Floats, alpha: Alpha, skin: NDArray[np.float32]
) -> _TopColour:
    torso = _torso_seed(skeleton, alpha.shape) & (alpha > 0.85)
    if torso.sum() < 100:
        return _TopColour(np.zeros(alpha.shape, bool), False)
    middle = np.median(lab[torso], axis=0)
    off = np.sqrt((((lab - middle) / np.array([45.0, 5.0, 5.0], np.float32)) ** 2).sum(axis=2))
    hue = float(np.hypot((middle[1] - skin[1]) / 9.0, (middle[2] - skin[2]) / 10.0))
    return _TopColour(np.asarray(off < np.maximum(1.0, 0.9 * likeness), bool), hue < 1.2)


def _seeds(
    skeleton: Skeleton, head: Head, likeness: Floats, core: Bool, *, hands: Bool, own: _TopColour
) -> dict[str, Bool]:
    shape, unit = core.shape, skeleton.shoulder_width
    free = core & ~grow(hands, 4.0)
    torso = _torso_seed(skeleton, shape) & free
    top = torso.copy()
    # Skin-like pixels leave the seed unless the whole top has the colour of skin.
    if not own.confusable:
        top &= likeness > 1.5
    skin = (shrink(head.face, 0.10 * head.height) & core & (likeness < 2.2)) | (hands & core & (likeness < 1.6))
    throat = np.stack([head.chin, head.chin * 0.55 + skeleton.neck * 0.45])
    skin |= tube(shape, throat, (0.12 * head.height, 0.14 * head.height)) & core & (likeness < 1.5)
    for arm in skeleton.arms:
        if not arm.seen:
            continue
        upper = np.stack([arm.shoulder * 0.85 + arm.elbow * 0.15, arm.shoulder * 0.55 + arm.elbow * 0.45])
        on_upper = tube(shape, upper, (0.07 * unit, 0.06 * unit)) & free
        top |= on_upper & (own.like if own.confusable else likeness > 1.9)
        lower = np.stack([arm.shoulder * 0.5 + arm.elbow * 0.5, arm.elbow, arm.elbow * 0.2 + arm.wrist * 0.8])
        on_lower = tube(shape, lower, (0.06 * unit, 0.06 * unit, 0.05 * unit)) & core & ~torso
        skin |= on_lower & (likeness < 1.0) & ~(own.like & own.confusable)
    bottom = np.zeros(shape, bool)
    for leg in skeleton.legs:
        thigh = np.stack([leg.hip * 0.72 + leg.knee * 0.28, leg.hip * 0.4 + leg.knee * 0.6])
        bottom |= tube(shape, thigh, (0.12 * unit, 0.10 * unit))
    bottom &= free
    crown = head.centre + (head.centre - head.chin) * 1.15
    hair = tube(
        shape, np.stack([head.centre * 0.2 + crown * 0.8, crown]), (0.36 * head.height, 0.30 * head.height)
    )
    hair &= core & ~grow(head.face, 0.03 * head.height) & (likeness > 1.6)
    return {"skin": skin, "hair": hair, "top": top, "bottom": bottom}


def _likelihood(lab: Floats, seed: Bool, clusters: int) -> Floats | None:
    samples = lab[seed].astype(np.float64)
    if len(samples) < 40:
        return None
    if len(samples) > 2500:
        samples = samples[:: len(samples) // 2500 + 1]
    model = cv2.ml.EM.create()
    model.setClustersNumber(clusters)
    model.setCovarianceMatrixType(cv2.ml.EM_COV_MAT_DIAGONAL)
    model.setTermCriteria((3, 12, 0.1))
    cv2.setRNGSeed(7)
    model.trainEM(samples)
    density = np.full(lab.shape[:2], 1e-9, np.float32)
    for weight, mean, spread in zip(model.getWeights()[0], model.getMeans(), model.getCovs(), strict=True):
        variance = np.maximum(np.diag(spread), 7.0)
        power = (((lab - mean.astype(np.float32)) ** 2) / variance.astype(np.float32)).sum(axis=2)
        density += np.float32(weight / np.sqrt(np.prod(variance))) * np.exp(-0.5 * power)
    return density


def _priors(skeleton: Skeleton, head: Head, hands: Bool, hem: float) -> dict[str, Floats]:
    shape, unit = head.face.shape, skeleton.shoulder_width
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    along, across = skeleton.along(xs, ys), skeleton.across(xs, ys)
    arms = np.zeros(shape, bool)
    for arm in skeleton.arms:
        if arm.seen:
            arms |= tube(
                shape, np.stack([arm.shoulder, arm.elbow, arm.wrist]), (0.16 * unit, 0.14 * unit, 0.11 * unit)
            )
        else:
            arms |= tube(shape, np.stack([arm.shoulder, arm.elbow]), (0.16 * unit, 0.14 * unit))
    corners = [skeleton.at(-0.08, -0.62 * unit), skeleton.at(-0.08, 0.62 * unit)]
    corners += [skeleton.at(1.1, 0.60 * unit), skeleton.at(1.1, -0.60 * unit)]
    trunk = polygon(shape, np.array(corners))
    throat = tube(shape, np.stack([head.chin, skeleton.neck]), (0.32 * head.height, 0.42 * head.height))
    to_body, to_face = distance(trunk | arms), distance(head.face)
    neck_line = float(np.dot(head.chin - skeleton.neck, skeleton.down)) / skeleton.torso
    top = np.exp(-((to_body / (0.16 * unit)) ** 2)) * ramp(along, neck_line - 0.02, neck_line + 0.10)
    top *= 1.0 - 0.97 * ramp(along, hem - 0.02, hem + 0.12) * (1.0 - 0.6 * arms)
    top = np.where(head.face, 1e-4, top)
    bottom = ramp(along, hem - 0.30, hem) * np.where(arms & (along < 0.9), 0.3, 1.0) + 1e-4
    near_skin = np.minimum(distance(head.face | arms | hands | throat), to_body + 0.15 * unit)
    skin = np.exp(-near_skin / (0.22 * unit)) * 0.8 + 0.05
    legs = np.zeros(shape, bool)
    for leg in skeleton.legs:
        legs |= tube(shape, np.stack([leg.hip, leg.knee, leg.ankle]), (0.2 * unit, 0.16 * unit, 0.12 * unit))
    skin = np.maximum(skin, 0.35 * legs * ramp(along, hem, hem + 0.2))
    hair = np.exp(-((np.maximum(to_face - 0.10 * head.height, 0.0) / (0.60 * head.height)) ** 2))
    hair *= 1.0 - 0.99 * ramp(along, 0.30, 0.60)
    hair *= np.where(np.abs(across) > 0.75 * unit, 0.02, 1.0)
    hair = np.where(shrink(head.face, 0.10 * head.height), 1e-3, hair)
    return {
        name: np.asarray(value, np.float32)
        for name, value in (("skin", skin), ("hair", hair), ("top", top), ("bottom", bottom))
    }


def _find_hem(lab: Floats, skeleton: Skeleton, alpha: Alpha) -> float:
    """Where top and bottom meet on the trunk's axis (torsos below the shoulders), by the strongest colour step.

    0.95 when nothing stands out: waistbands lie there.
    """
    shape = alpha.shape
    steps = np.arange(0.62, 1.32, 0.01)
    strip = []
    for along in steps:
        places = [skeleton.at(float(along), k * 0.05 * skeleton.shoulder_width) for k in range(-5, 6)]
        colours = [
            lab[int(y), int(x)]
            for x, y in places
            if 0 <= x < shape[1] and 0 <= y < shape[0] and alpha[int(y), int(x)] > 0.7
        ]
        strip.append(np.median(colours, axis=0) if len(colours) >= 4 else np.full(3, np.nan))
    rows = np.array(strip)
    best, where = 0.0, 0.95
    for i in range(9, len(steps) - 9):
        above, below = rows[i - 9 : i - 1], rows[i + 1 : i + 9]
        if np.isnan(above).any() or np.isnan(below).any():
            continue
        step = float(np.hypot.reduce(np.median(above, axis=0) - np.median(below, axis=0)))
        step *= float(np.exp(-(((steps[i] - 0.98) / 0.22) ** 2)))
        if step > best:
            best, where = step, float(steps[i])
    return where if best > 9.0 else 0.95


def _tidy_hair(hair: Bool, seed: Bool, head: Head, skeleton: Skeleton) -> Bool:
    """Hair hangs together with the head; the rest is dark cloth."""
    close = distance(head.face) < 0.15 * head.height
    hanging = touching(hair, seed | (hair & close))
    return np.asarray(hanging & (skeleton_lateral(skeleton, hair.shape) < 0.8 * skeleton.shoulder_width))


def skeleton_lateral(skeleton: Skeleton, shape: tuple[int, ...]) -> Floats:
    """|pixels| from the trunk's axis."""
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    return np.asarray(np.abs(skeleton.across(xs, ys)), np.float32)


def parse_person(frame: Frame, skeleton: Skeleton, head: Head, alpha: Alpha) -> Parse:
    """Soft maps of skin, hair, top and bottom; see Parse."""
    image: Image = frame.image
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB).astype(np.float32)
    skin_lab = _skin_colour(lab, head, alpha)
    likeness = _likeness(lab, skin_lab)
    own = _top_colour(lab, skeleton, likeness, alpha, skin_lab)
    hands = find_hands(skeleton, likeness, alpha, own.confusable)
    seeds = _seeds(skeleton, head, likeness, shrink(alpha > 0.85, 2.0), hands=hands, own=own)
    hem = _find_hem(lab, skeleton, alpha)
    priors = _priors(skeleton, head, hands, hem)
    if own.confusable:
        # Colour says nothing here: skin is where a face, a throat and hands are, and nowhere else.
        throat = tube(alpha.shape, np.stack([head.chin, skeleton.neck]), (0.3 * head.height, 0.2 * head.height))
        priors["skin"] *= np.where(grow(head.face | hands, 4.0) | (throat & ~own.like), 1.0, 0.02)
    smooth = cv2.GaussianBlur(lab, (0, 0), 0.8)
    posts: dict[str, Floats] = {}
    for name, clusters in zip(_CLASSES, (3, 3, 5, 4), strict=True):
        density = _likelihood(smooth, seeds[name], clusters)
        if density is None:
            posts[name] = np.full(alpha.shape, 1e-12, np.float32)
            continue
        posts[name] = density * priors[name]
    for name in _CLASSES:
        for other in _CLASSES:
            if other != name:
                posts[other] = np.where(seeds[name], posts[other] * 0.02, posts[other])
    total = sum(posts.values(), np.full(alpha.shape, 1e-12, np.float32))
    votes = {}
    for name in _CLASSES:
        share = cv2.medianBlur(np.asarray(posts[name] / total, np.float32), 5)
        votes[name] = guided(image, share, 0.05 * skeleton.shoulder_width, 3e-4)
    stack = np.stack([votes[name] for name in _CLASSES])
    hair = _tidy_hair(stack.argmax(axis=0) == 1, seeds["hair"], head, skeleton)
    stack[1] = np.where(hair, stack[1], 0.0)
    winner = stack.argmax(axis=0)
    winner[hands] = 0
    maps = {}
    for i, name in enumerate(_CLASSES):
        hard = cv2.morphologyEx((winner == i).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        maps[name] = np.asarray(guided(image, hard.astype(np.float32), 3, 3e-4) * alpha, np.float32)
    return Parse(
        alpha=alpha,
        skin=maps["skin"],
        hair=maps["hair"],
        top=maps["top"],
        bottom=maps["bottom"],
        hands=hands,
        head=head,
        skin_lab=skin_lab,
        likeness=likeness,
    )
