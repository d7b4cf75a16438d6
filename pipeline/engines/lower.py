"""Dress the lower half: measure the legs, lay the garment on them, paint; refuse what would look broken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.errors import TryOnRefused
from pipeline.fit.bottom import BottomFit, BottomFitter
from pipeline.fit.dress import DressFit, Place, lay_dress, lay_straps
from pipeline.fit.legs import Legs, measure_legs
from pipeline.fit.top import Fit
from pipeline.garment.analysis import Garment
from pipeline.masks import Bool, tube
from pipeline.paint.bottom import BottomComposer, no_top
from pipeline.paint.dress import DressComposer
from pipeline.paint.scene import Scene, SharpMaps, make_scene
from pipeline.paint.top import Painted
from pipeline.person.wearer import Wearer
from pipeline.types import Image

MIN_DRAWN = 0.03
"""Square torsos of the garment that must be seen in the end."""
MAX_OUTSIDE = 0.60
"""Share of the cloth that may hang over the ground: wide skirts do."""
MIN_VISIBLE = 0.22
"""Torsos below the hip joints that must be in the photo: less is only the hem of a top."""


def legs_of(wearer: Wearer) -> Legs:
    """The wearer's legs. Raises TryOnRefused with code legs_not_seen when the photo ends above them or something
    hides them: behind a table nobody knows where a skirt would hang."""
    legs = measure_legs(wearer.skeleton, wearer.parse, wearer.body)
    if legs.visible < MIN_VISIBLE or wearer.person.legs_hidden:
        raise TryOnRefused(
            "legs_not_seen",
            "I can't see your legs in this photo. A full-length photo works best for this.",
        )
    return legs


def reach_of(wearer: Wearer, laid: BottomFit) -> Bool:
    """Working pixels which the lower half can change: legs, the old garment, the new one."""
    busy = wearer.parse.bottom > 0.1
    for panel in laid.panels:
        for row in panel.target[:: max(1, len(panel.target) // 8)]:
            busy |= tube(busy.shape, row[[0, -1]], (3.0, 3.0))
    return np.asarray(busy)


@dataclass(frozen=True, slots=True)
class Laid:
    """A lower garment on a pair of legs."""

    legs: Legs
    fit: BottomFit


@dataclass(frozen=True, slots=True)
class LaidDress:
    """A dress on a body."""

    legs: Legs
    fit: DressFit


def not_measured() -> TryOnRefused:
    """The garment's picture shows something, but not in a way that it could be laid on a body."""
    return TryOnRefused(
        "garment_not_understood",
        "I can't make out the shape of this garment. A product photo from the front on a plain ground works best.",
    )


def lay_lower(wearer: Wearer, garment: Garment) -> Laid:
    """Measure the legs and lay the garment on them. Raises TryOnRefused."""
    if garment.bottom is None:
        raise not_measured()
    legs = legs_of(wearer)
    return Laid(legs, BottomFitter(garment.bottom, wearer.body, legs, wearer.skeleton).fit())


def lower_scene(photo: Image, wearer: Wearer, garment: Garment, laid: Laid, sharp: SharpMaps) -> Scene:
    """The part of the photo that can change, without a top."""
    return make_scene(photo, wearer, garment, _no_top(wearer, laid), sharp, extra=reach_of(wearer, laid.fit))


def paint_lower(scene: Scene, wearer: Wearer, garment: Garment, laid: Laid, *, tucked: bool) -> Painted:
    """The lower garment on the person, over the hem of the top when that is tucked in."""
    fit = _no_top(wearer, laid)
    return BottomComposer(
        scene, wearer, fit, laid=laid.fit, legs=laid.legs, garment=garment, tucked=tucked
    ).paint()


def _no_top(wearer: Wearer, laid: Laid) -> Fit:
    height, width = wearer.parse.alpha.shape
    return no_top((height, width), min(laid.fit.hem, 1.2))


def lay_whole(wearer: Wearer, garment: Garment) -> LaidDress:
    """Lay a dress, a jumpsuit or dungarees. Raises TryOnRefused."""
    if garment.bottom is None:
        raise not_measured()
    legs = legs_of(wearer)
    height, width = wearer.parse.alpha.shape
    where = Place(garment.bottom, wearer.body, legs, wearer.skeleton, (height, width))
    if garment.straps is not None:
        fit = lay_straps(garment.straps, where, wide=not garment.over_top)
    elif garment.top is not None:
        fit = lay_dress(garment.top, where)
    else:
        raise not_measured()
    return LaidDress(legs, fit)


def whole_scene(photo: Image, wearer: Wearer, garment: Garment, laid: LaidDress, sharp: SharpMaps) -> Scene:
    """The part of the photo that can change, with the bodice drawn."""
    return make_scene(photo, wearer, garment, laid.fit.bodice, sharp, extra=reach_of(wearer, laid.fit.lower))


def paint_whole(scene: Scene, wearer: Wearer, garment: Garment, laid: LaidDress) -> Painted:
    """The dress on the person."""
    return DressComposer(scene, wearer, laid.fit, laid.legs, garment).paint()


def check_lower(scene: Scene, painted: Painted) -> None:
    """Refuse a result that looks torn: bare patches on the thighs, or cloth far out over the ground."""
    drawn = painted.drawn > 0.5
    if int(drawn.sum()) < MIN_DRAWN * scene.torso**2:
        raise TryOnRefused(
            "legs_covered",
            "What you wear on top covers nearly all of it. A photo with a shorter top works best.",
        )
    outside = float((drawn & (scene.alpha < 0.1)).sum()) / max(float(drawn.sum()), 1.0)
    if outside > MAX_OUTSIDE:
        raise TryOnRefused(
            "would_not_fit",
            "I could not lay this garment on your photo without tearing it. A full-length photo from the front, "
            "standing, works best.",
        )
