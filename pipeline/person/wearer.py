"""Everything known of one person in one photo, measured once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.cutout import Cutout
from pipeline.masks import (
    COLOURS_APART,
    Bool,
    Floats,
    blur,
    distance,
    grow,
    guided,
    length,
    nearest_colour,
    polygon,
    push_pull,
    ramp,
    shrink,
    touching,
    tube,
)
from pipeline.person.body import Body, measure_body
from pipeline.person.cuffs import without_cuffs
from pipeline.person.detect import FoundPerson, shared_landmarks
from pipeline.person.frame import Frame, Skeleton, make_frame, make_skeleton
from pipeline.person.parse import Head, Parse, find_head, parse_person
from pipeline.types import Alpha, Image

MATTE_LONG_SIDE = 448
"""Pixels: where the cost of the cut-out's colour models no longer buys a better edge on the parsed photos."""
OTHERS_FIRST = 0.075
OTHERS_REACH = 0.45
"""Torsos: how much nearer than somebody else a pixel must be, and how far from a body clothes reach."""
OWN_REACH, SURELY, THEIR_HANDS, BESIDE_OTHERS = 0.15, 0.02, 0.1, 0.25
"""Torsos from the body to where its clothes are told from a neighbour's by their colour, and within which they are
surely somebody's; from a neighbour's hand within which all is theirs; to the clothes that are compared."""
PATCH = 0.04  # torsos: half as wide is the thinnest patch of ground that is taken from the cut-out
OWN_COLOUR, CAUTIOUS = 0.5, 0.6  # how far from the own clothes' colour against theirs; how sure of an edge
CLOTH_STANDS_OFF = 0.16
HAIR_STANDS_OFF = 0.50
"""Torsos: how far from the body cloth may be with nothing above it to hang from, and hair from the head."""
ABOVE_SHOULDERS = 0.05
"""Torsos that clothes stand above the slope from the shoulders to the neck: above them is ground."""
FACE_ABOVE, FACE_HALF = 0.1, (0.6, 0.8)
"""Torsos below the shoulders from where a face between the arms is a print; half a face's sides of those found."""
LOOSE_SEEN, LEAST_THING = 0.15, 0.04
"""Cut-out from which a thing beside the person is one, and half the width in torsos of the least of them."""
STRAND = 0.02
"""Torsos: half the width of the thickest strand of hair."""
SAME_AS_GROUND = 4.0
"""8-bit Lab: colours of the ground next to the outline, which coarse cut-outs carry into hollows."""
PALE_REACH = 0.14
"""Torsos from the cut-out to where the rim of a white top may be that it lost."""
LIGHTER, PALE_HUE = 2.5, 6.0
"""8-bit Lab: how much lighter than the ground it must be at least, and how far in hue from the chest."""
LEAST_TRUNK = 200
"""Pixels, at half the size: fewer do not tell the colour of a chest or of the ground."""
CLOTH_RISES = 0.2
"""Torsos: how far from the body padded shoulders and wide sleeves of joints badly found may be, nothing above."""
BARE_ARM, ARM_REACH = 0.06, 0.2
"""Square shoulder widths of skin that show an arm, and shoulder widths from its bones within which it is."""
THINNEST_STRANGER = 0.05
"""Torsos: thinner than twice that and reaching out of the body's reach are fingers and what they hold."""


@dataclass(frozen=True, slots=True)
class Wearer:
    """Who is dressed; all maps and points in the working frame."""

    person: FoundPerson
    frame: Frame
    skeleton: Skeleton
    parse: Parse
    body: Body
    foreign: Bool


def _tubes(skeleton: Skeleton, shape: tuple[int, ...]) -> Bool:
    """A body made of tubes, without its head."""
    unit = skeleton.shoulder_width
    left, right = skeleton.arms
    trunk = np.stack([left.shoulder, right.shoulder, skeleton.legs[1].hip, skeleton.legs[0].hip])
    body = polygon(shape, trunk)
    for arm in skeleton.arms:
        chain = np.stack([arm.shoulder, arm.elbow, arm.wrist, arm.hand])
        body |= tube(shape, chain, (0.12 * unit, 0.10 * unit, 0.07 * unit, 0.08 * unit))
    for leg in skeleton.legs:
        chain = np.stack([leg.hip, leg.knee, leg.ankle])
        body |= tube(shape, chain, (0.16 * unit, 0.12 * unit, 0.08 * unit))
    return body


def _head_tube(skeleton: Skeleton, shape: tuple[int, ...]) -> Bool:
    torso = skeleton.torso
    head = skeleton.nose - skeleton.down * 0.05 * torso
    return tube(shape, np.stack([head, skeleton.neck]), (0.20 * torso, 0.14 * torso))


def _distance_from(skeleton: Skeleton, shape: tuple[int, ...]) -> Floats:
    """Torsos from the body and head: zero inside them."""
    body = _tubes(skeleton, shape) | _head_tube(skeleton, shape)
    return np.asarray(distance(body) / skeleton.torso, np.float32)


def _own_outline(alpha: Alpha, skeleton: Skeleton) -> tuple[Alpha, Bool]:
    """The cut-out without things behind the person that stand out, too; and where no cloth can be."""
    # A third of the size tells it.
    size = (max(1, alpha.shape[1] // 3), max(1, alpha.shape[0] // 3))
    torso = skeleton.torso / 3.0
    solid = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > 0.5
    body, head = (
        cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
        for mask in (_tubes(skeleton, alpha.shape), _head_tube(skeleton, alpha.shape))
    )
    # Cloth hangs: far from the body it is only below something that carries it.
    carried = np.maximum.accumulate(body | head, axis=0)
    free = (distance(body) > CLOTH_STANDS_OFF * torso) & ~carried
    free[max(0, int(skeleton.pelvis[1] / 3.0)) :] = False
    bare = free & (distance(body) > CLOTH_RISES * torso)
    clothless = cv2.resize(bare.astype(np.uint8), alpha.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    free &= distance(head) > HAIR_STANDS_OFF * torso
    thick = shrink(free & solid, THINNEST_STRANGER * torso)
    if not thick.any():
        return alpha, np.asarray(clothless)
    strange = (grow(thick, 2.0 * THINNEST_STRANGER * torso) & free).astype(np.float32)
    away = cv2.resize(strange, alpha.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(alpha * (1.0 - away), np.float32), np.asarray(clothless)


def _loose(alpha: Alpha, body: Bool, head: Bool, torso: float) -> Bool:
    """Things that stand out beside the person and touch nothing of them: a ball, letters laid over the photo."""
    # A third of the size tells it.
    size = (max(1, alpha.shape[1] // 3), max(1, alpha.shape[0] // 3))
    seen = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > LOOSE_SEEN
    own, hair = (
        cv2.resize(mask.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0 for mask in (body, head)
    )
    # Shoes and hands may be cut off by what has the ground's colour; blown hair is near the head.
    near = grow(own, OWN_REACH * torso / 3.0) | grow(hair, HAIR_STANDS_OFF * torso / 3.0)
    loose = seen & ~touching(seen, near)
    loose = touching(loose, shrink(loose, LEAST_THING * torso / 3.0))
    whole = cv2.resize(grow(loose, 1.5).astype(np.uint8), alpha.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    return np.asarray(whole)


def _without_strangers(parse: Parse, clothless: Bool, above: Bool, torso: float) -> Parse:
    """Clothes where none can hang (`clothless`) are ground: near the head they might have been hair. So are thin
    strands of hair `above` the shoulders that were taken for clothes."""
    cloth = parse.top + parse.bottom
    strange = clothless & (cloth > 0.5 * parse.alpha)
    thin = above & (cloth > 0.05)
    if thin.any():
        strange |= thin & ~grow(shrink(parse.alpha > 0.3, STRAND * torso), 1.2 * STRAND * torso)
    if not strange.any():
        return parse
    own = 1.0 - strange.astype(np.float32)
    return replace(
        parse,
        alpha=parse.alpha * own,
        skin=parse.skin * own,
        hair=parse.hair * own,
        top=parse.top * own,
        bottom=parse.bottom * own,
        dress=parse.dress * own,
    )


def _above_shoulders(skeleton: Skeleton, head: Head, shape: tuple[int, ...]) -> Bool:
    """Between eyes and shoulders, out of face, neck and what clothes can reach: there is ground, and hair."""
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    along = skeleton.along(xs, ys)
    eyes = float(skeleton.along(head.centre[:1], head.centre[1:])[0])
    neck = tube(shape, np.stack([head.centre, skeleton.neck]), (0.2 * head.height, 0.2 * head.height))
    left, right = skeleton.arms
    slopes = polygon(shape, np.stack([left.shoulder, (head.chin + skeleton.neck) / 2, right.shoulder]))
    clothes = grow(_tubes(skeleton, shape) | slopes, ABOVE_SHOULDERS * skeleton.torso)
    return np.asarray((along > eyes) & (along < 0.0) & ~grow(head.face, 1.0) & ~neck & ~clothes)


def _open_hollows(image: Image, alpha: Alpha, zone: Bool) -> Alpha:
    """The cut-out without the ground that it keeps beside the neck (`zone`): the network fills narrow hollows."""
    ground = alpha < 0.04
    if not (zone & ~ground).any() or not ground.any():
        return alpha
    lab = blur(cv2.cvtColor(image, cv2.COLOR_RGB2LAB), 1.0)
    beside, _ = nearest_colour(lab, shrink(ground, 2.0), 3.0)
    same = (length(lab - beside) < SAME_AS_GROUND) & zone
    hollow = touching(same | ground, ground) & zone & ~ground
    # Strands of hair and edges keep their softness.
    hollow = shrink(hollow | ground, 1.0) & hollow
    return np.asarray(alpha * (1.0 - blur(hollow.astype(np.float32), 0.7)) * ~hollow, np.float32)


def _without_ground_above(image: Image, alpha: Alpha, zone: Bool, body: Bool, torso: float) -> Alpha:
    """The cut-out without patches of ground above the shoulders (`zone`): what has a colour of the ground beside
    it and clearly none of the person's (`body`) there."""
    # A quarter of the size tells it.
    part = (slice(2, None, 4), slice(2, None, 4))
    ground, sure = shrink(alpha[part] < 0.04, 1.0), body[part] & (alpha[part] > 0.9)
    doubt = zone[part] & (alpha[part] > 0.04) & ~body[part]
    # Rims and strands of hair keep their softness.
    thin = PATCH * torso / 4.0
    doubt = grow(shrink(doubt, thin), 2.0 * thin) & doubt
    if not doubt.any() or not ground.any() or not sure.any():
        return alpha
    lab = blur(cv2.cvtColor(image, cv2.COLOR_RGB2LAB), 1.5)[part] * np.array([0.5, 1.0, 1.0], np.float32)
    reach = BESIDE_OTHERS * torso / 4.0
    to_ground, to_own = (_to_nearest_alike(lab, doubt, some, reach) for some in (ground, sure))
    strange = np.zeros(doubt.shape, bool)
    strange[doubt] = (to_ground < OWN_COLOUR * to_own) & (to_own > COLOURS_APART) & np.isfinite(to_own)
    strange = touching(touching(strange, shrink(strange, thin)) | ground, ground) & strange
    if not strange.any():
        return alpha
    away = cv2.resize(blur(strange.astype(np.float32), 0.7), alpha.shape[::-1], interpolation=cv2.INTER_LINEAR)
    kept = alpha * (1.0 - ramp(away, 0.2, 0.6))
    # Nor is what is left of such a patch, and hangs on nobody.
    seen = kept > 0.1
    loose = seen & ~touching(seen, body) & grow(away > 0.5, reach)
    return np.where(grow(loose, 2.0) & ~touching(seen, body), 0.0, kept).astype(np.float32)


def _with_pale_cloth(image: Image, alpha: Alpha, skeleton: Skeleton) -> Alpha:
    """The cut-out with the rim of white cloth that it loses before a pale wall: what has the chest's colour and is
    lighter than the ground, as no shadow is."""
    # Half the size tells it.
    size = (max(1, alpha.shape[1] // 2), max(1, alpha.shape[0] // 2))
    torso = skeleton.torso / 2.0
    outline = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA)
    lab = blur(cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2LAB), 0.7)
    ys, xs = (2.0 * grid for grid in np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32))
    along, across = skeleton.along(xs, ys), skeleton.across(xs, ys) / skeleton.shoulder_width
    chest = (outline > 0.9) & (np.abs(across) < 0.3) & (along > 0.1) & (along < 0.8)
    body = cv2.resize(_tubes(skeleton, alpha.shape).astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
    near = (distance(outline > 0.5) < PALE_REACH * torso) & (distance(body) < CLOTH_RISES * torso)
    near &= (along > -0.15) & (along < 1.2)
    ground = ~grow(outline > 0.04, PALE_REACH * torso)
    beside = ground & grow(near, 0.3 * torso)
    if chest.sum() < LEAST_TRUNK or beside.sum() < LEAST_TRUNK:
        return alpha
    cloth = np.median(lab[chest], axis=0)
    wall = push_pull(lab, ground)[..., 0]
    weight = ground.astype(np.float32)
    even = blur(lab[..., 0] * weight, 0.1 * torso) / np.maximum(blur(weight, 0.1 * torso), 0.05)
    uneven = float(np.percentile(np.abs(lab[..., 0] - even)[beside], 90))
    over = lab[..., 0] - wall
    least = max(LIGHTER, 3.0 * uneven)
    pale = (over > np.maximum(least, 0.55 * (cloth[0] - wall))) & (cloth[0] - wall > least)
    pale &= np.hypot(lab[..., 1] - cloth[1], lab[..., 2] - cloth[2]) < PALE_HUE
    pale = shrink(grow(near & pale, 2.0), 2.0)
    pale = grow(shrink(pale, 3.0), 3.0) & pale & (outline < 0.9)
    # Cloth ends somewhere; a light patch of the wall goes on.
    pale &= ~touching(pale, grow(~near & (outline < 0.5), 2.0))
    rim = touching(pale, grow(outline > 0.9, 2.0))
    rim |= near & shrink(grow(rim | (outline > 0.5), 4.0), 4.0) & grow(rim, 4.0)
    if not rim.any():
        return alpha
    found = cv2.resize(blur(rim.astype(np.float32), 1.0), alpha.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.maximum(alpha, ramp(found, 0.25, 0.75)), np.float32)


def _foreign(frame: Frame, own: Skeleton, others: Sequence[FoundPerson]) -> Bool:
    """Pixels that belong rather to somebody else; nothing is ever painted there."""
    shape = frame.image.shape[:2]
    foreign = np.zeros(shape, bool)
    if not others:
        return foreign
    mine = _distance_from(own, shape)
    for other in others:
        skeleton = make_skeleton(frame, other)
        theirs = _distance_from(skeleton, shape)
        # Clothes stand off the joints: near somebody else the doubt is theirs.
        beside = (theirs < mine + OTHERS_FIRST) & (theirs < OTHERS_REACH)
        told = _own_by_colour(frame.image, (mine, theirs), beside, own)
        if told.any():
            for arm in skeleton.arms:
                told &= ~tube(shape, np.stack([arm.wrist, arm.hand]), (THEIR_HANDS * skeleton.torso,) * 2)
        foreign |= beside & ~told
    return foreign


def _strange_faces(image: Image, own: Skeleton) -> Bool:
    """Faces that are not the wearer's, whoever they belong to: of bodies close together one may not be found. A
    face on the chest is a print."""
    strange = np.zeros(image.shape[:2], np.uint8)
    for box in shared_landmarks().faces(image):
        size, centre = float((box[1] - box[0]).max()), box.mean(axis=0)
        along, across = float(own.along(*centre[:, None])[0]), float(own.across(*centre[:, None])[0])
        printed = along > FACE_ABOVE and abs(across) < 0.7 * own.shoulder_width
        if printed or np.hypot(*(own.nose - centre)) < size:
            continue
        middle = np.round(centre - [0.0, 0.1 * size]).astype(int).tolist()
        radii = (round(FACE_HALF[0] * size), round(FACE_HALF[1] * size))
        cv2.ellipse(strange, middle, radii, 0.0, 0.0, 360.0, 1, -1)
    return strange > 0


def _own_by_colour(image: Image, away: tuple[Floats, Floats], beside: Bool, own: Skeleton) -> Bool:
    """What lies `beside` a neighbour and has a colour of the own clothes there and clearly none of theirs; `away`
    are the torsos from the own body and from theirs. Nothing where the clothes are much alike."""
    # A quarter of the size tells it.
    part, torso = (slice(2, None, 4), slice(2, None, 4)), own.torso / 4.0
    mine, theirs, doubt = away[0][part], away[1][part], beside[part] & (away[0][part] < OWN_REACH)
    doubt[round(float(own.pelvis[1]) / 4.0) :] = False
    near = grow(doubt, BESIDE_OTHERS * torso)
    near[round(float(own.pelvis[1]) / 4.0) :] = False
    sure, strange = near & (mine < SURELY) & ~beside[part], near & (theirs < SURELY) & (mine > OWN_REACH)
    nothing = np.zeros(beside.shape, bool)
    if min(doubt.sum(), sure.sum(), strange.sum()) < LEAST_TRUNK / 8:
        return nothing
    lab = blur(cv2.cvtColor(image, cv2.COLOR_RGB2LAB), 1.5)[part] * np.array([0.5, 1.0, 1.0], np.float32)
    usual = np.median(lab[sure], axis=0) - np.median(lab[strange], axis=0)
    if float(np.sqrt((usual * usual).sum())) < COLOURS_APART:
        return nothing
    to_own, to_theirs = (_to_nearest_alike(lab, doubt, some, BESIDE_OTHERS * torso) for some in (sure, strange))
    alike = np.zeros(doubt.shape, bool)
    alike[doubt] = to_own < OWN_COLOUR * to_theirs
    # No specks and no cracks.
    rim = grow(shrink(touching(alike | sure, sure), 1.0), 1.0) & grow(alike, 1.0)
    whole = cv2.resize(blur(rim.astype(np.float32), 0.7), beside.shape[::-1], interpolation=cv2.INTER_LINEAR)
    told = whole > CAUTIOUS
    return np.asarray(shrink(grow(told | ~beside, 4.0), 4.0) & grow(told, 4.0) & (away[0] < OWN_REACH))


def _to_nearest_alike(lab: Floats, where: Bool, sample: Bool, reach: float) -> Floats:
    """For each pixel of `where` how far in colour the most similar one of `sample` within `reach` pixels is."""
    ys, xs = np.nonzero(where)
    found = np.full(len(ys), np.inf, np.float32)
    for y, x in np.argwhere(sample & grow(where, reach))[::3]:
        close = np.flatnonzero((np.abs(ys - y) < reach) & (np.abs(xs - x) < reach))
        apart = np.sqrt(((lab[ys[close], xs[close]] - lab[y, x]) ** 2).sum(axis=1))
        found[close] = np.minimum(found[close], apart)
    return found


def _matte(image: Image, cutout: Cutout) -> Alpha:
    """Soft outline of the person (H, W), found on a smaller picture: the same edges for half the time."""
    height, width = image.shape[:2]
    scale = min(1.0, MATTE_LONG_SIDE / max(height, width))
    if scale == 1.0:
        return cutout.person(image)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    grown = cv2.resize(cutout.person(small), (width, height), interpolation=cv2.INTER_LINEAR)
    soft = guided(image, np.asarray(grown, np.float32), 2.0 / scale, 1e-4)
    return np.asarray(np.clip((soft - 0.08) / 0.84, 0.0, 1.0), np.float32)


def _with_bare_arms(skeleton: Skeleton, parse: Parse) -> Skeleton:
    """Arms are seen whose skin is, also where a hand behind the back makes their joints doubtful."""
    unit, arms = skeleton.shoulder_width, list(skeleton.arms)
    for k, arm in enumerate(arms):
        if arm.seen:
            continue
        near = tube(parse.alpha.shape, np.stack([arm.shoulder, arm.elbow, arm.wrist]), (ARM_REACH * unit,) * 3)
        shown = int((near & (parse.arms[k] > 0.5)).sum()) > BARE_ARM * unit**2
        arms[k] = replace(arm, seen=shown)
    return replace(skeleton, arms=(arms[0], arms[1]))


def _covered_arms(frame: Frame, parse: Parse, body: Body) -> Parse:
    """Skin-coloured sleeves are spotted with skin: above the place where bare skin begins an arm is all cloth."""
    if not parse.dressed_in_skin(frame.image):
        return parse
    sleeves = np.zeros(parse.alpha.shape, bool)
    for arm in body.arms:
        covered = (arm.arc > 0.0) & (arm.arc < 0.96 * arm.bare_from)
        if covered.sum() > 2:
            wide = 1.6 * np.maximum(arm.outer, arm.inner)[covered]
            sleeves |= tube(sleeves.shape, arm.curve[covered], wide.tolist())
    spots = np.where(sleeves & ~parse.hands & ~parse.head.face, parse.skin, 0.0).astype(np.float32)
    # Where the arm hangs before a bare chest or a neckline, the skin beside it is no sleeve.
    spots = np.where(parse.arms[0] + parse.arms[1] > 0.5 * spots, spots, 0.0).astype(np.float32)
    arms = tuple(np.asarray(np.maximum(arm - spots, 0.0), np.float32) for arm in parse.arms)
    return replace(parse, skin=parse.skin - spots, top=parse.top + spots, arms=(arms[0], arms[1]))


def analyse_person(
    image: Image, person: FoundPerson, cutout: Cutout, others: Sequence[FoundPerson] = ()
) -> Wearer:
    """Outline, classes and measures of `person` in `image`, kept clear of the `others` in it."""
    frame = make_frame(image, person)
    skeleton = make_skeleton(frame, person)
    foreign = _foreign(frame, skeleton, others) | _strange_faces(frame.image, skeleton)
    outline, clothless = _own_outline(_matte(frame.image, cutout), skeleton)
    head = find_head(frame, skeleton, person.mesh)
    above = _above_shoulders(skeleton, head, outline.shape)
    outline = _open_hollows(frame.image, outline, above)
    own = _tubes(skeleton, outline.shape) | _head_tube(skeleton, outline.shape)
    outline = _without_ground_above(frame.image, outline, above, own, skeleton.torso)
    outline = _with_pale_cloth(frame.image, outline, skeleton)
    foreign |= _loose(outline, own, _head_tube(skeleton, outline.shape), skeleton.torso)
    alpha = np.where(foreign, 0.0, outline).astype(np.float32)
    parse = parse_person(frame, skeleton, head, alpha)
    parse = _without_strangers(parse, clothless, above, skeleton.torso)
    skeleton = _with_bare_arms(skeleton, parse)
    parse, body = without_cuffs(frame, parse, measure_body(skeleton, parse), skeleton.shoulder_width)
    return Wearer(person, frame, skeleton, _covered_arms(frame, parse, body), body, foreign)
