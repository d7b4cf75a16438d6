"""Where exactly an old sleeve ends on a hand: a parse by areas leaves a cuff's edge and its shadow to the hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.masks import Floats, evenly, grow, nearest_station, ramp, shrink, smooth_line, touching
from pipeline.person.body import ArmShape, Body
from pipeline.person.frame import Frame
from pipeline.person.parse import Parse

COVERED = 0.85  # of the arm down to its hand: where a sleeve ends that ends at the hand
ABOUT = (0.16, 0.14)  # shoulder widths of arm before and after the parsed hand's beginning where a cuff may end
SURE = 0.18  # shoulder widths further on, and further up, of surely hand and surely sleeve
ACROSS = 2.2  # bare radii from the arm's axis that are looked at
BESIDE, OWN = 2.6, 0.9  # bare radii from the axis that hands reach, and within which all is the arm
BEGINNING, MOST_OFF = 0.06, 1.2  # shoulder widths of a hand that show its middle; how far off it axes may be
HALF_WRIST = (0.7, 1.5)  # bare radii that half a hand's beginning is wide
CORNER = 0.03  # shoulder widths: half as thick is the thickest of such a corner
APART = 9.0  # 8-bit Lab, light halved: a sleeve nearer to the hand's colour than this has no edge to find
SLANT, BEND = 0.07, 0.03  # shoulder widths a bare radius that cuffs slant at most; that they bend off a line
UNSURE = np.float32(0.2)  # weight of colours that do not tell hand and sleeve
TOLD, SEEN = 0.4, 0.4  # mean vote from which they do; how much of a shadow's line is seen that tells them alone
LINE, SHADOW = 0.03, 4.0  # shoulder widths beside a shadow's line; how much darker it is, of 128
EDGE = 0.012  # shoulder widths in which cloth and skin are mixed
FEWEST, FEWEST_COLUMNS = 12, 6

Line = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Unrolled:
    """A piece of an arm laid out straight: `lab` (A, S, 3) light halved, `hand` and `cloth` (A, S) 0..1; `arcs`
    (A,) pixels along it and `shares` (S,) bare radii off its axis."""

    lab: Floats
    hand: Floats
    cloth: Floats
    arcs: Line
    shares: Line


def without_cuffs(frame: Frame, parse: Parse, body: Body, unit: float) -> tuple[Parse, Body]:
    """The parse and the body with hands that begin where the sleeves of arms covered down to them end.

    `unit` is the shoulder width in pixels of the frame.
    """
    if not parse.hands.any():
        return parse, body
    lab = cv2.cvtColor(frame.image, cv2.COLOR_RGB2LAB).astype(np.float32) * np.array([0.5, 1.0, 1.0], np.float32)
    arms = list(body.arms)
    for k, arm in enumerate(arms):
        if arm.bare_from < COVERED * arm.hand_from:
            continue
        piece = _unrolled(lab, parse, arm, unit)
        line = _edge(piece, arm.hand_from, unit)
        if line is not None:
            parse = _parted(parse, arm, piece.shares, line, unit)
            arms[k] = _on_its_hand(arm, piece, line, unit)
    return parse, replace(body, arms=(arms[0], arms[1]))


def _unrolled(lab: Floats, parse: Parse, arm: ArmShape, unit: float) -> _Unrolled:
    first, last = arm.hand_from - (ABOUT[0] + SURE) * unit, arm.hand_from + (ABOUT[1] + SURE) * unit
    arcs = evenly(first, last, max(2, round(last - first)))
    shares = evenly(-ACROSS, ACROSS, 37)
    places = [np.interp(arcs, arm.arc, of) for of in (*arm.curve.T, *arm.normal.T, arm.bare)]
    x, y, out_x, out_y, radius = (place[:, None] for place in places)
    xs, ys = x + out_x * radius * shares, y + out_y * radius * shares
    maps = np.dstack([lab, parse.hands.astype(np.float32), parse.top])
    found = cv2.remap(maps, xs.astype(np.float32), ys.astype(np.float32), cv2.INTER_LINEAR)
    return _Unrolled(found[..., :3], found[..., 3], found[..., 4], arcs, shares)


def _edge(piece: _Unrolled, hand_from: float, unit: float) -> Line | None:
    """Arc lengths (S,) where the hand begins, cuff and shadow left behind; None where colours do not tell."""
    off = piece.arcs - hand_from
    hand = (piece.hand > 0.9) & (off > ABOUT[1] * unit)[:, None]
    sleeve = (piece.cloth > 0.8) & (off < -ABOUT[0] * unit)[:, None]
    look = (off > -ABOUT[0] * unit) & (off < ABOUT[1] * unit)
    votes = np.zeros((int(look.sum()), len(piece.shares)), np.float32)
    used = np.zeros(len(piece.shares), bool)
    for i in range(len(piece.shares)):
        # Light falls across an arm: what is nearest to a column's colours is beside it.
        beside = slice(max(0, i - 2), i + 3)
        samples = [piece.lab[:, beside][where[:, beside]] for where in (hand, sleeve)]
        if min(map(len, samples)) < FEWEST or (piece.hand + piece.cloth)[look, i].mean() < 0.8:
            continue
        own, other = (np.median(sample, axis=0) for sample in samples)
        apart = float(np.linalg.norm(own - other))
        if apart < APART:
            continue
        to_own, to_other = (np.linalg.norm(piece.lab[look, i] - colour, axis=1) for colour in (own, other))
        votes[:, i], used[i] = np.clip((to_other - to_own) / apart, -1.0, 1.0), True
    if used.sum() < FEWEST_COLUMNS:
        return None
    columns = np.flatnonzero(used)
    light = piece.lab[..., 0]
    dark = (cv2.blur(light, (1, 2 * round(LINE * unit) + 1)) - light)[look][:, columns] / SHADOW
    # A cuff throws a thin shadow, which counts alone where it has nearly the skin's colours.
    shadow = LINE * unit * cv2.blur(np.clip(dark, 0.0, 1.0), (3, 1))
    told = votes[:, columns]
    split = _split(told, shadow, piece.shares[columns], unit)
    below = np.arange(len(told))[:, None] >= split
    if min(told[below].mean(), -told[~below].mean()) < TOLD:
        split = _split(UNSURE * told, shadow, piece.shares[columns], unit)
        seen = shadow[split.astype(int) - 1, np.arange(len(columns))]
        if seen.mean() < SEEN * LINE * unit:
            return None
    line = smooth_line(split, 1.5) + float(piece.arcs[look][0])
    return np.asarray(np.interp(piece.shares, piece.shares[columns], line) + EDGE * unit, np.float64)


def _on_its_hand(arm: ArmShape, piece: _Unrolled, line: Line, unit: float) -> ArmShape:
    """The arm whose hand begins at the line, and which ends in the hand's middle and as wide: joints guessed under
    cloth may miss it."""
    below = piece.arcs[:, None] - line
    begin = ((piece.hand > 0.5) & (below > 0.0) & (below < BEGINNING * unit)).mean(axis=0)
    of_hand = piece.shares[begin > 0.5 * begin.max()]
    middle, half = 0.0, 1.0
    if len(of_hand) > 1:
        middle = float(np.clip((of_hand[0] + of_hand[-1]) / 2, -MOST_OFF, MOST_OFF))
        half = float(np.clip((of_hand[-1] - of_hand[0]) / 2, *HALF_WRIST))
    lower = ramp(arm.arc, 0.4 * arm.hand_from, arm.hand_from)
    off = middle * arm.bare * lower
    slant, begins = np.polyfit((piece.shares - middle) / half, line, 1)
    return replace(
        arm,
        curve=arm.curve + arm.normal * off[:, None],
        outer=np.maximum(arm.outer - off, 0.0),
        inner=np.maximum(arm.inner + off, 0.0),
        bare=arm.bare * (1.0 + lower * (half - 1.0)),
        hand_from=float(begins),
        hand_slant=float(slant),
        bare_from=max(arm.bare_from, float(begins)),
    )


def _split(votes: Floats, shadow: Floats, shares: Line, unit: float) -> Line:
    """The row (S,) of each column that parts negative `votes` (A, S) above best from positive ones below, and lies
    in the `shadow`: near one slanted line, round the arm."""
    costs = np.concatenate([np.zeros((1, len(shares))), np.cumsum(votes, axis=0)])
    costs[1:] -= shadow
    rows, columns = np.arange(len(costs)), np.arange(len(shares))
    least, line = np.inf, np.zeros(len(shares))
    for slant in evenly(-SLANT, SLANT, 13) * unit:
        moved = np.clip(rows[:, None] + np.round(slant * shares).astype(int), 0, len(votes))
        total = costs[moved, columns].sum(axis=1)
        if total.min() < least:
            least, line = float(total.min()), moved[int(total.argmin())].astype(np.float64)
    near = np.abs(rows[:, None] - line) <= BEND * unit
    split = np.where(near, costs, np.inf).argmin(axis=0)
    return np.asarray(np.clip(split, 1, len(votes) - 1), np.float64)


def _parted(parse: Parse, arm: ArmShape, shares: Line, line: Line, unit: float) -> Parse:
    """The parse with cloth on the sleeve's side of the line and hand on the other one, near it."""
    reach = (ABOUT[0] + SURE + 0.3) * unit
    x, y = (np.interp(arm.hand_from, arm.arc, of) for of in arm.curve.T)
    x0, y0 = max(0, int(x - reach)), max(0, int(y - reach))
    box = (slice(y0, int(y + reach) + 1), slice(x0, int(x + reach) + 1))
    hand = parse.hands[box]
    ys, xs = (axis.astype(np.float32) for axis in np.ogrid[y0 : y0 + hand.shape[0], x0 : x0 + hand.shape[1]])
    near = nearest_station(arm.curve, xs, ys)
    dx, dy = xs - arm.curve[near, 0], ys - arm.curve[near, 1]
    arc = arm.arc[near] + dx * arm.tangent[near, 0] + dy * arm.tangent[near, 1]
    share = (dx * arm.normal[near, 0] + dy * arm.normal[near, 1]) / np.interp(arc, arm.arc, arm.bare)
    beyond = arc - np.interp(share, shares, line)
    # The corners of a wide cuff hang beside the hand.
    corner = hand & ~grow(shrink(hand, CORNER * unit), CORNER * unit) & (np.abs(beyond) < ABOUT[1] * unit)
    cuff = hand & (beyond < 0.0) & (beyond > -(ABOUT[0] + SURE) * unit) & (np.abs(share) < BESIDE)
    cuff |= corner & (np.abs(share) > OWN)
    bare = ~hand & (beyond > 0.0) & (beyond < ABOUT[1] * unit) & (np.abs(share) < OWN) & (parse.top[box] > 0.5)
    bare = touching(bare | hand, hand) & bare
    hands, skin, top = parse.hands.copy(), parse.skin.copy(), parse.top.copy()
    hands[box] = (hand & ~cuff) | bare
    moved = np.where(cuff, skin[box], 0.0) - np.where(bare, top[box], 0.0)
    skin[box] -= moved
    top[box] += moved
    return replace(parse, hands=hands, skin=skin, top=top)
