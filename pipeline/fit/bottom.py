"""Lay trousers, shorts and skirts on a body.

The hips carry the waist. Below the crotch each trouser leg is a tube along its leg: the garment's own width, but
never inside the leg. A skirt is one surface hanging from the hips which the legs may push out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.fit.legs import CROTCH, LegLine, Legs
from pipeline.fit.panels import Panel, strip
from pipeline.garment.bottom import Bottom, LegTube
from pipeline.masks import Points, evenly, smooth_line
from pipeline.person.body import Body
from pipeline.person.frame import Skeleton

# In torsos or as ratios; from the public full-length photos.
NO_LEG, PER_LEG = 0.65, 1.12  # flat hip widths from waist to crotch, and from there to the ankle
LONG_LEG = 0.88  # whatever is about so long ends at the ankle: product photos carry no scale
ANKLE_LEAST, ANKLE_MOST = 0.0, 0.13
WAIST_TROUSERS, WAIST_SKIRT = (0.66, 0.90), (0.62, 0.86)
SHORT_LEG = 0.45  # shorts: a notch shows over the thighs, and nothing more closes below the crotch
SKIRT_DRAPE = 1.13  # a flat skirt wraps round the hips: worn it looks narrower than it is long
LEG_EASE = 1.05
LEAST_SKIRT = 0.12
FLARE = 0.29  # tangent of the steepest side of a hanging skirt
HANG = 0.72
SNUG = 1.14  # old cloth a little wider than the new would look out beside it: the new takes its outline
STEEP = (0.06, 0.30)
"""Where it no longer does, or thighs no longer touch, its outer and inner edge come back to the garment's own
width by so much a way along the leg: no ledge."""
MARGIN = 0.05


@dataclass(frozen=True, slots=True)
class BottomFit:
    """The lower garment laid on the body, in working pixels.

    `panels` from back to front; `waist` and `hem` torsos below the shoulders (the hem of trousers on their longer
    leg); `ends` arc lengths on the legs to which the garment reaches; `scale` working pixels a garment pixel.
    """

    panels: tuple[Panel, ...]
    waist: float
    hem: float
    ends: tuple[float, float]
    scale: float
    skirt: bool


@dataclass(frozen=True, slots=True)
class Above:
    """What a lower part hangs on when the garment goes on above it (dresses, jumpsuits).

    `waist` the height of its upper edge in torsos, `halves` the half widths there in pixels; `scale_x` and
    `scale_y` working pixels a garment pixel.
    """

    waist: float
    halves: tuple[float, float]
    scale_x: float
    scale_y: float


class BottomFitter:
    """Lays one lower garment on one body; see `fit`."""

    def __init__(
        self,
        bottom: Bottom,
        body: Body,
        legs: Legs,
        skeleton: Skeleton,
        above: Above | None = None,
    ) -> None:
        self.bottom, self.body, self.legs, self.skeleton = bottom, body, legs, skeleton
        self.torso, self.above = skeleton.torso, above
        self.hip_half = np.array(legs.hips)
        self.scale = self._scale() if above is None else above.scale_x
        self.waist = self._waist() if above is None else above.waist

    def _scale(self) -> float:
        """Working pixels a garment pixel across: hips on hips, and for skirts the waist has a say."""
        by_hip = float(self.hip_half.sum()) * 1.02 / self.bottom.hip
        if self.bottom.legs is not None:
            return by_hip
        by_waist = float(self.hip_half.sum()) * 0.80 / self.bottom.waist
        return float(np.clip(np.sqrt(by_hip * by_waist), by_hip, 1.35 * by_hip))

    def _waist(self) -> float:
        bottom = self.bottom
        if bottom.crotch is not None:
            rise = float(bottom.crotch[1] - bottom.rows[0]) * self.scale / self.torso
            waist = float(np.clip(CROTCH - rise, *WAIST_TROUSERS))
        else:
            waist = float(np.mean(WAIST_SKIRT))
        old = self.legs.bottom_from
        # What the old waistband covered is not bare skin: the new one begins no lower.
        if old is not None and 0.58 <= old < waist + 0.02:
            waist = old - 0.035
        return waist

    def _halves(self, along: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Half widths of the body at heights between waist and crotch, left and right of the trunk's axis."""
        found = []
        for k, edge in enumerate((self.body.edge_left, self.body.edge_right)):
            hip = self.hip_half[k]
            # A waist is narrower than the hips; above the old hem the outline is the top's, not the body's.
            form = hip * np.interp(along, [0.62, 0.80, 1.0, 1.12], [0.80, 0.87, 0.98, 1.0])
            own = np.interp(along, self.body.rows, edge)
            half = np.where(along > max(self.body.old_hem, 0.95), np.clip(own, 0.94 * form, 1.05 * hip), form)
            half = np.where(along <= self.body.old_hem, np.minimum(form, np.maximum(own, 0.8 * form)), half)
            if self.above is not None:
                t = np.clip((along - self.waist) / max(CROTCH - self.waist, 0.05), 0.0, 1.0)
                half = self.above.halves[k] * (1.0 - t) + np.maximum(half, hip) * t
                found.append(half)
                continue
            found.append(smooth_line(half * 1.02, 1.0))
        return found[0], found[1]

    def fit(self) -> BottomFit:
        """Panels for a skirt or for trousers."""
        return self._skirt() if self.bottom.legs is None else self._trousers(self.bottom.legs)

    def _point_rows(self, along: NDArray[np.float64], across: NDArray[np.float64]) -> Points:
        return np.array(
            [self.skeleton.at(float(a), float(b)) for a, b in zip(along, across, strict=True)], np.float64
        )

    def _trousers(self, tubes: tuple[LegTube, LegTube]) -> BottomFit:
        bottom = self.bottom
        assert bottom.crotch is not None  # noqa: S101  (legs come with a crotch)
        along = evenly(self.waist, CROTCH, len(bottom.rows))
        halves = self._halves(along)
        middle_x = evenly((bottom.left[0] + bottom.right[0]) / 2, bottom.crotch[0], len(along))
        middle = self._point_rows(along, np.zeros(len(along)))
        own_middle = np.stack([middle_x, bottom.rows], axis=1)
        share = (tubes[0].length + tubes[1].length) / (2.0 * bottom.hip)
        if self.above is None:
            # From the waist down: the crotch may be hidden where thighs touch.
            share = bottom.length / bottom.hip - NO_LEG
        share = float(np.clip(share / PER_LEG, 0.08, 1.6))
        panels, ends, feet = [], [], []
        for k, sign in ((0, -1.0), (1, 1.0)):
            line, tube = self.legs.lines[k], tubes[k]
            side = self._point_rows(along, sign * halves[k])
            own_side = np.stack([(bottom.left, bottom.right)[k], bottom.rows], axis=1)
            end = self._end(line, share)
            notch = self._notch(tubes) if share < SHORT_LEG else None
            outer, inner = self._tube(line, tube, end, (side[-1], middle[-1]), notch)
            edges = (np.concatenate([side, outer[1:]]), np.concatenate([middle, inner[1:]]))
            own = (np.concatenate([own_side, tube.outer[1:]]), np.concatenate([own_middle, tube.inner[1:]]))
            count = len(tube.outer) - 1
            down = np.concatenate([evenly(0.0, 1.0, len(along)), 1.0 + np.arange(1, count + 1) / count])
            gap = np.concatenate([np.full(len(along), 1.0), np.ones(count)])
            limit = self._gap_share(tubes, k)
            gap[len(along) :] = limit[1:]
            margins = (np.full(len(down), MARGIN), np.minimum(MARGIN, gap))
            # On the hips both halves are one round surface; each leg is a tube of its own.
            piece = strip(edges, own, down, margins, np.clip((down - 0.9) / 0.35, 0.0, 1.0))
            panels.append(_run_on(self._hang(piece)))
            ends.append(end)
            feet.append(float(line.curve[-1, 1]))
        order = (0, 1) if feet[0] <= feet[1] else (1, 0)
        hem = max(float(self.skeleton.along(*panel.target[-1, 4])) for panel in panels)
        return BottomFit(
            (panels[order[0]], panels[order[1]]), self.waist, hem, (ends[0], ends[1]), self.scale, False
        )

    def _notch(self, tubes: tuple[LegTube, LegTube]) -> NDArray[np.float64]:
        """Half the gap between the legs of shorts at each station, working pixels: the notch over the thighs."""
        gap = np.abs(tubes[1].inner[:, 0] - tubes[0].inner[:, 0])
        return np.asarray(0.5 * self.scale * gap, np.float64)

    @staticmethod
    def _gap_share(tubes: tuple[LegTube, LegTube], k: int) -> NDArray[np.float64]:
        """How far beyond its inner edge a leg may be sampled before the other leg begins, shares of its width."""
        gap = np.abs(tubes[1].inner[:, 0] - tubes[0].inner[:, 0])
        width = np.hypot(*(tubes[k].outer - tubes[k].inner).T)
        return np.asarray(np.clip(0.5 * gap / np.maximum(width, 1.0), 0.0, 1.0), np.float64)

    def _end(self, line: LegLine, share: float) -> float:
        """Arc length on the leg at which a garment leg covering `share` of a full one ends."""
        reach = line.ankle - line.crotch
        if share < LONG_LEG:
            return line.crotch + reach * share
        # A full-length hem lies on the shoe: no skin is invented between the two.
        low = max(line.ankle + (0.02 + 0.06 * (share - LONG_LEG)) * self.torso, line.shoe + 0.025 * self.torso)
        most = line.ankle + ANKLE_MOST * self.torso
        if line.shoe >= line.arc[-1]:
            most = low  # the photo ends before the foot, and the trousers go on
        return float(np.clip(low, line.ankle + ANKLE_LEAST * self.torso, most))

    def _tube(
        self,
        line: LegLine,
        tube: LegTube,
        end: float,
        root: tuple[Points, Points],
        notch: NDArray[np.float64] | None,
    ) -> tuple[Points, Points]:
        """Outer and inner edge of one garment leg on its leg, beginning at `root`; a `notch` (N,) stays open."""
        count = len(tube.outer)
        share = evenly(0.0, 1.0, count)
        arcs = line.crotch + share * (end - line.crotch)

        def at(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.interp(arcs, line.arc, values)

        curve = np.stack([at(line.curve[:, 0]), at(line.curve[:, 1])], axis=1)
        normal = np.stack([at(line.normal[:, 0]), at(line.normal[:, 1])], axis=1)
        middle, half = (root[0] + root[1]) / 2, float(np.hypot(*(root[0] - root[1]))) / 2
        # The tube grows out of its half of the hips and finds its leg within a third of the thigh.
        own = np.clip((arcs - arcs[0]) / max(0.45 * (line.knee - line.crotch), 1.0), 0.0, 1.0)
        own = own * own * (3.0 - 2.0 * own)
        axis = curve + (middle - curve[0]) * (1.0 - own)[:, None]
        off = ((axis - curve) * normal).sum(axis=1)
        level = self.skeleton.right * np.sign(float((root[0] - root[1]) @ self.skeleton.right))
        normal = level * (1.0 - own)[:, None] + normal * own[:, None]
        normal /= np.hypot(*normal.T)[:, None]
        flat = np.hypot(*(tube.outer - tube.inner).T)
        natural = 0.5 * self.scale * flat
        bare, outer, inner = at(line.bare), at(line.outer) - off, at(line.inner) + off
        wide = np.maximum(natural, LEG_EASE * bare)
        # Thighs touch: unless the photo shows ground between them, the inner edge meets the other leg's.
        touch = self._to_middle(axis, normal)
        open_below = np.flatnonzero(inner < np.minimum(touch, 1.6 * bare) - 3.0)
        meet = np.clip(1.0 - (arcs - line.crotch) / max(0.55 * (line.knee - line.crotch), 1.0), 0.0, 1.0)
        if len(open_below):
            meet *= arcs < arcs[open_below[0]]
        wide_in = np.maximum(wide, np.where(meet > 0.0, np.minimum(touch + 1.0, (1.0 + 0.8 * meet) * wide), 0.0))
        edges = []
        for old, new, steep in ((outer, wide, STEEP[0]), (inner, wide_in, STEEP[1])):
            snug = np.where((old > new) & (old < SNUG * new + 2.0), old + 1.0, new)
            snug = wide + _no_steeper(snug - wide, arcs, steep)
            edges.append(smooth_line(half * (1.0 - own) + snug * own, 1.2))
            edges[-1][0] = half
        if notch is not None:
            edges[1][1:] = np.minimum(edges[1], np.maximum(touch - notch, 0.5 * wide))[1:]
        return axis + normal * edges[0][:, None], axis - normal * edges[1][:, None]

    def _to_middle(self, axis: Points, normal: Points) -> NDArray[np.float64]:
        """Pixels from each point of a leg's axis, against its normal, to the line midway between both legs."""
        along = self.skeleton.along(axis[:, 0], axis[:, 1]).astype(np.float64)
        middle = self._middle(along)
        gap = np.abs(self.skeleton.across(axis[:, 0], axis[:, 1]) - middle)
        lean = np.abs(normal @ self.skeleton.right)
        return np.asarray(gap / np.maximum(lean, 0.3), np.float64)

    def _skirt(self) -> BottomFit:
        bottom, skeleton = self.bottom, self.skeleton
        rate = self.scale * SKIRT_DRAPE if self.above is None else self.above.scale_y
        length = bottom.length * rate / self.torso
        ankles = max(float(skeleton.along(*_on(line, line.ankle))) for line in self.legs.lines)
        hem = float(np.clip(self.waist + length, CROTCH + LEAST_SKIRT, ankles + 0.04))
        share = (bottom.rows - bottom.rows[0]) / max(float(bottom.rows[-1] - bottom.rows[0]), 1.0)
        along = self.waist + share * (hem - self.waist)
        middle_own = (bottom.left + bottom.right) / 2
        centre = self._sway(along)
        body = self._halves(np.minimum(along, CROTCH))
        below = np.clip(along - CROTCH, 0.0, None) * self.torso
        sides, own_sides = [], []
        for k, sign in ((0, -1.0), (1, 1.0)):
            natural = sign * ((bottom.left, bottom.right)[k] - middle_own) * self.scale
            # Spread out flat it is wider than it hangs.
            half = body[k] + HANG * np.maximum(natural - body[k], 0.0)
            steep = body[k] + FLARE * np.clip(along - self.waist, 0.0, None) * self.torso
            half = np.minimum(half, np.maximum(steep, body[k]))
            cover = self._leg_edge(k, along) - sign * centre
            half = np.maximum(half, np.where(below > 0, cover, 0.0))
            half = smooth_line(half, 1.5)
            sides.append(self._point_rows(along, centre + sign * half))
            own_sides.append(np.stack([(bottom.left, bottom.right)[k], bottom.rows], axis=1))
        hip = CROTCH - 0.05
        down = np.where(
            along < hip,
            (along - self.waist) / max(hip - self.waist, 0.05),
            1.0 + (along - hip) / max(hem - hip, 0.05),
        )
        margins = (np.full(len(along), 0.03), np.full(len(along), 0.03))
        panel = _run_on(self._hang(strip((sides[0], sides[1]), (own_sides[0], own_sides[1]), down, margins)))
        ends = tuple(float(np.interp(hem, *self._along_arc(line))) for line in self.legs.lines)
        return BottomFit((panel,), self.waist, hem, (ends[0], ends[1]), self.scale, True)

    def _hang(self, panel: Panel) -> Panel:
        """The upper edge of the cloth, however it hangs through in its photo, lies level on the waist."""
        bottom = self.bottom
        places = evenly(bottom.left[0], bottom.right[0], len(bottom.dip))
        fade = np.clip(1.0 - panel.down / 0.5, 0.0, 1.0)[:, None]
        source = panel.source.copy()
        source[..., 1] += fade * np.interp(source[..., 0], places, bottom.dip)
        return replace(panel, source=source)

    def _along_arc(self, line: LegLine) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        along = np.maximum.accumulate(self.skeleton.along(line.curve[:, 0], line.curve[:, 1]).astype(np.float64))
        return along, line.arc

    def _sway(self, along: NDArray[np.float64]) -> NDArray[np.float64]:
        """The skirt's middle, pixels from the trunk's axis: under the hips it follows the legs half-way."""
        return np.asarray(0.7 * np.clip((along - 1.0) / 0.6, 0.0, 1.0) * self._middle(along), np.float64)

    def _middle(self, along: NDArray[np.float64]) -> NDArray[np.float64]:
        """The line midway between both legs, pixels from the trunk's axis."""
        middles = []
        for line in self.legs.lines:
            heights, _ = self._along_arc(line)
            across = self.skeleton.across(line.curve[:, 0], line.curve[:, 1])
            middles.append(np.interp(along, heights, across))
        return np.asarray((middles[0] + middles[1]) / 2, np.float64)

    def _leg_edge(self, k: int, along: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far out a bare leg reaches on side `k`, pixels from the trunk's axis, outward positive."""
        line, sign = self.legs.lines[k], (-1.0, 1.0)[k]
        heights, _ = self._along_arc(line)
        edge = line.curve + line.normal * (LEG_EASE * line.bare)[:, None]
        across = sign * self.skeleton.across(edge[:, 0], edge[:, 1])
        return np.asarray(np.interp(along, heights, across), np.float64)


def _on(line: LegLine, arc: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return (
        np.asarray(np.interp(arc, line.arc, line.curve[:, 0])),
        np.asarray(np.interp(arc, line.arc, line.curve[:, 1])),
    )


def _no_steeper(values: NDArray[np.float64], places: NDArray[np.float64], slope: float) -> NDArray[np.float64]:
    """The highest line (N,) below `values` that nowhere changes by more than `slope` a unit of `places`."""
    return np.asarray((values[None] + slope * np.abs(places[:, None] - places[None])).min(axis=1), np.float64)


def _run_on(panel: Panel) -> Panel:
    """A little more cloth below the hem: frayed edges and round hems hang over the last station."""
    step = 0.35
    target = panel.target[-1] + (panel.target[-1] - panel.target[-2]) * step
    source = panel.source[-1] + (panel.source[-1] - panel.source[-2]) * step
    return Panel(
        np.concatenate([panel.target, target[None]]),
        np.concatenate([panel.source, source[None]]),
        np.concatenate([panel.around, panel.around[-1:]]),
        np.concatenate([panel.down, panel.down[-1:]]),
    )
