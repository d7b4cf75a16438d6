"""Dress the lower half: measure the legs, lay the garment on them, paint; refuse what would look broken."""

from __future__ import annotations

import numpy as np

from pipeline.compose import Painted
from pipeline.compose_bottom import BottomComposer, no_top
from pipeline.errors import TryOnRefused
from pipeline.garment import Garment
from pipeline.legs import Legs, measure_legs
from pipeline.masks import Bool, tube
from pipeline.person.wearer import Wearer
from pipeline.scene import Scene, make_scene
from pipeline.types import Image
from pipeline.warp_bottom import BottomFit, BottomFitter

MIN_VISIBLE = 0.12
"""Torsos below the hip joints that must be in the photo: less is only the hem of a top."""


def legs_of(wearer: Wearer) -> Legs:
    """The wearer's legs. Raises TryOnRefused with code legs_not_seen when the photo ends above them."""
    legs = measure_legs(wearer.skeleton, wearer.parse, wearer.body, wearer.frame.image)
    if legs.visible < MIN_VISIBLE:
        raise TryOnRefused(
            "legs_not_seen",
            "I can't see your legs in this photo. A full-length photo works best for trousers, skirts and dresses.",
        )
    return legs


def reach_of(wearer: Wearer, laid: BottomFit) -> Bool:
    """Working pixels which the lower half can change: legs, the old garment, the new one."""
    busy = wearer.parse.bottom > 0.1
    for panel in laid.panels:
        for row in panel.target[:: max(1, len(panel.target) // 8)]:
            busy |= tube(busy.shape, row[[0, -1]], (3.0, 3.0))
    return np.asarray(busy)


def paint_lower(photo: Image, wearer: Wearer, garment: Garment) -> tuple[Scene, Painted]:
    """The lower garment on the person."""
    assert garment.bottom is not None  # noqa: S101  (the engine asks for a bottom only where one was read)
    legs = legs_of(wearer)
    laid = BottomFitter(garment.bottom, wearer.body, legs, wearer.skeleton).fit()
    shape = wearer.parse.alpha.shape
    fit = no_top((shape[0], shape[1]), min(laid.hem, 1.2))
    scene = make_scene(photo, wearer, garment, fit, reach_of(wearer, laid))
    return scene, BottomComposer(scene, wearer, fit, laid, legs, garment).paint()
