"""Working maps brought to the photo's own resolution, cut to the part of the photo that can change."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.fit.top import Fit
from pipeline.garment.analysis import Garment
from pipeline.masks import Bool, Floats, box_of, guided, nearest_station
from pipeline.person.body import Body, trunk_half
from pipeline.person.frame import Frame, Skeleton
from pipeline.person.parse import Parse
from pipeline.person.wearer import Wearer
from pipeline.types import Alpha, Image


@dataclass(frozen=True, slots=True)
class Layer:
    """A piece of the garment drawn in photo pixels: `colour` (H, W, 3) float 0..255, `alpha` (H, W) 0..1."""

    colour: Floats
    alpha: Alpha


@dataclass(frozen=True, slots=True)
class SleeveArt:
    """A drawn sleeve; `around` (H, W) is -1 at the inner edge, 1 at the outer edge of the sleeve."""

    layer: Layer
    around: Floats


@dataclass(frozen=True, slots=True)
class Scene:
    """All that composition needs, at photo resolution, (H, W) each.

    `left`, `top` place it in the photo; `unit` is the shoulder width and `torso` the torso in photo pixels;
    `along` runs from 0 at the shoulders to 1 at the hips, `across` in shares of the trunk's half width (-1 and 1
    are its sides); `arm_arc` is the arc length on the nearer arm in photo pixels, `arm_share` the distance from
    its axis in bare radii, `arm_side` which arm.
    """

    photo: Image
    left: int
    top: int
    ratio: float
    unit: float
    torso: float
    alpha: Alpha
    foreign: Bool
    skin: Floats
    hair: Floats
    cloth: Floats
    bottom: Floats
    hands: Bool
    face: Bool
    likeness: Floats
    along: Floats
    across: Floats
    trunk: Layer
    inner: Layer
    sleeves: tuple[SleeveArt | None, SleeveArt | None]
    arm_arc: tuple[Floats, Floats]
    arm_share: tuple[Floats, Floats]


def _grow_map(values: Floats, size: tuple[int, int], ratio: float) -> Floats:
    mode = cv2.INTER_AREA if ratio < 1.0 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(values.astype(np.float32, copy=False), size, interpolation=mode), np.float32)


def _draw(image: Image, alpha: Alpha, source: Floats, cover: Floats) -> Layer:
    colour = np.zeros(source.shape[:2] + image.shape[2:], np.float32)
    outline = np.zeros(cover.shape, np.float32)
    box = box_of(cover > 0)
    if not cover[box].size:
        return Layer(colour, outline)
    xs, ys = source[box][..., 0], source[box][..., 1]
    colour[box] = cv2.remap(image, xs, ys, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    outline[box] = _crisp(alpha, xs, ys) * cover[box]
    return Layer(colour, outline)


def _crisp(alpha: Alpha, xs: Floats, ys: Floats) -> Floats:
    """The matte's edge is as soft as the network was coarse: draw it about two pixels wide."""
    solid = cv2.remap(alpha, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0.0)
    return np.asarray(np.clip((solid - 0.5) * 2.5 + 0.5, 0.0, 1.0), np.float32)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Which part of the working frame is composed, and at what size."""

    x0: int
    y0: int
    x1: int
    y1: int
    size: tuple[int, int]
    ratio: float

    def cut(self, values: Floats) -> Floats:
        return values[self.y0 : self.y1, self.x0 : self.x1]


def _grid(frame: Frame, skeleton: Skeleton, parse: Parse, fit: Fit, extra: Bool | None) -> tuple[_Grid, int, int]:
    """The working rectangle around all that can change, on whole photo pixels."""
    busy = parse.top > 0.1
    if extra is not None:
        busy |= extra
    for layer in fit.sleeves:
        if layer is not None:
            busy |= layer.cover > 0.1
    height, width = parse.alpha.shape
    ys, xs = np.nonzero(busy)
    corners = [skeleton.at(-0.45, 0.0), skeleton.at(max(fit.hem, 1.2) + 0.45, 0.0)]
    corners += [skeleton.at(0.5, sign * 1.0 * skeleton.shoulder_width) for sign in (-1.0, 1.0)]
    places = np.concatenate([np.stack([xs, ys], axis=1), np.array(corners)])
    margin = 0.12 * skeleton.torso
    ratio = 1.0 / frame.scale
    low = np.clip(places.min(axis=0) - margin, 0, [width - 1, height - 1])
    high = np.clip(places.max(axis=0) + margin, 1, [width, height])
    left, top = int(low[0] * ratio), int(low[1] * ratio)
    right, bottom = frame.right - frame.left, frame.bottom - frame.top
    # Working pixels are whole: the last of them may end before the photo does.
    right = right if high[0] == width else min(right, int(np.ceil(high[0] * ratio)))
    bottom = bottom if high[1] == height else min(bottom, int(np.ceil(high[1] * ratio)))
    x0, y0 = round(left * frame.scale), round(top * frame.scale)
    x1, y1 = min(width, round(right * frame.scale)), min(height, round(bottom * frame.scale))
    return _Grid(x0, y0, x1, y1, (right - left, bottom - top), ratio), frame.left + left, frame.top + top


def _arm_maps(grid: _Grid, body: Body) -> tuple[list[Floats], list[Floats]]:
    # Every fourth pixel is exact: the maps are smooth.
    ys, xs = (axis.astype(np.float32) for axis in np.ogrid[grid.y0 : grid.y1 : 4, grid.x0 : grid.x1 : 4])
    arcs: list[Floats] = []
    shares: list[Floats] = []
    for arm in body.arms:
        near = nearest_station(arm.curve, xs, ys)
        dx, dy = xs - arm.curve[near, 0], ys - arm.curve[near, 1]
        arc = arm.arc[near] + dx * arm.tangent[near, 0] + dy * arm.tangent[near, 1]
        offset = dx * arm.normal[near, 0] + dy * arm.normal[near, 1]
        share = offset / np.interp(arc, arm.arc, arm.bare)
        # Above the joint the shoulder is round.
        share = np.where(arc < 0.0, np.hypot(share, arc / arm.bare[0]) * np.sign(offset), share)
        for values, found in ((arc, arcs), (share, shares)):
            found.append(np.asarray(cv2.resize(values.astype(np.float32), grid.size), np.float32))
    return arcs, shares


def shrunk(garment: Garment, scale: float) -> tuple[tuple[Image, Alpha, Floats], tuple[float, float]]:
    """The garment's image, alpha and inner as fine as the photo can show, and the rates x and y to them.

    `scale` photo pixels a garment pixel. Shrinking first keeps fine checks from shimmering.
    """
    finest = min(1.0, 1.15 * scale)
    image, alpha, inner = garment.image, garment.alpha, garment.inner
    if finest < 1.0:
        small = (max(8, round(image.shape[1] * finest)), max(8, round(image.shape[0] * finest)))
        image = np.asarray(cv2.resize(image, small, interpolation=cv2.INTER_AREA), np.uint8)
        alpha = np.asarray(cv2.resize(alpha, small, interpolation=cv2.INTER_AREA), np.float32)
        inner = np.asarray(cv2.resize(inner, small, interpolation=cv2.INTER_AREA), np.float32)
    rate = (image.shape[1] / garment.image.shape[1], image.shape[0] / garment.image.shape[0])
    return (image, alpha, inner), rate


class SharpMaps:
    """The parse brought to the edges of the photo: outline, skin, hair, top and bottom (H, W, 5).

    The last are kept, since garments of one kind mostly ask for the same part of the photo. Safe to call from
    several threads.
    """

    def __init__(self) -> None:
        self._last: tuple[Wearer, _Grid, Image, Floats] | None = None

    def of(self, wearer: Wearer, grid: _Grid, crop: Image) -> Floats:
        """The maps of the part `grid` of the photo, whose pixels are `crop` (H, W, 3)."""
        last = self._last
        if last is not None and last[0] is wearer and last[1] == grid and np.array_equal(last[2], crop):
            return last[3]
        self._last = None
        parse = wearer.parse
        # One call for all: the filter's work is mostly about the guide.
        maps = np.dstack(
            [
                _grow_map(grid.cut(values), grid.size, grid.ratio)
                for values in (parse.alpha, parse.skin, parse.hair, parse.top, parse.bottom)
            ]
        )
        if grid.ratio > 1.15:
            maps = guided(crop, maps, 2.0 * grid.ratio, 2e-4)
            self._last = wearer, grid, crop, maps
        return maps

    def clear(self) -> None:
        """Forget the person."""
        self._last = None


def make_scene(
    photo: Image, wearer: Wearer, garment: Garment, fit: Fit, sharp: SharpMaps, *, extra: Bool | None = None
) -> Scene:
    """Bring everything to photo resolution. `extra` (H, W) marks what can change besides the top."""
    frame, skeleton, parse, body = wearer.frame, wearer.skeleton, wearer.parse, wearer.body
    grid, left, top = _grid(frame, skeleton, parse, fit, extra)
    size, ratio = grid.size, grid.ratio
    crop = photo[top : top + size[1], left : left + size[0]].copy()

    def plain(values: Floats) -> Floats:
        return _grow_map(grid.cut(values), size, ratio)

    maps = sharp.of(wearer, grid, crop)
    outline, skin, hair, cloth, bottom = (maps[..., i].copy() for i in range(5))

    def place(source: Floats) -> Floats:
        return np.asarray(cv2.resize(grid.cut(source), size, interpolation=cv2.INTER_LINEAR), np.float32)

    (image, alpha, inner), rates = shrunk(garment, fit.scale * ratio)
    rate = np.array(rates, np.float32)
    trunk_source = (place(fit.trunk) + 0.5) * rate - 0.5
    trunk_cover = plain(fit.cover)
    trunk = _draw(image, alpha, trunk_source, trunk_cover)
    behind = _crisp(inner, trunk_source[..., 0], trunk_source[..., 1]) * trunk_cover
    sleeves: list[SleeveArt | None] = []
    for layer in fit.sleeves:
        if layer is None:
            sleeves.append(None)
            continue
        art = _draw(image, alpha, (place(layer.source) + 0.5) * rate - 0.5, plain(layer.cover))
        sleeves.append(SleeveArt(art, plain(layer.around)))
    ys, xs = (axis.astype(np.float32) for axis in np.ogrid[0 : size[1], 0 : size[0]])
    wx, wy = xs / ratio + grid.x0, ys / ratio + grid.y0
    along, pixels = skeleton.along(wx, wy), skeleton.across(wx, wy)
    half = np.where(pixels < 0, trunk_half(body, along, True), trunk_half(body, along, False))
    arcs, shares = _arm_maps(grid, body)
    return Scene(
        photo=crop,
        left=left,
        top=top,
        ratio=ratio,
        unit=skeleton.shoulder_width * ratio,
        torso=skeleton.torso * ratio,
        alpha=outline,
        foreign=plain(wearer.foreign.astype(np.float32)) > 0.01,
        skin=skin,
        hair=hair,
        cloth=cloth,
        bottom=bottom,
        hands=plain(parse.hands.astype(np.float32)) > 0.5,
        face=plain(parse.head.face.astype(np.float32)) > 0.5,
        likeness=plain(parse.likeness),
        along=along,
        across=np.asarray(pixels / np.maximum(half, 1.0), np.float32),
        trunk=trunk,
        inner=Layer(trunk.colour, np.asarray(behind, np.float32)),
        sleeves=(sleeves[0], sleeves[1]),
        arm_arc=(arcs[0] * np.float32(ratio), arcs[1] * np.float32(ratio)),
        arm_share=(shares[0], shares[1]),
    )
