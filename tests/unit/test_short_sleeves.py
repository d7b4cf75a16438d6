"""Short sleeves on arms that wore long ones: where the arm comes out bare, they have their own width."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from catalog.samples import sample_picture
from pipeline.cutout import Cutout
from pipeline.fit.top import HANGS, Fitter
from pipeline.garment.analysis import analyse_garment
from pipeline.garment.parts import GarmentParts
from pipeline.garment.top import Top
from pipeline.person import find_people
from pipeline.person.wearer import Wearer, analyse_person
from pipeline.tryon import open_picture
from pipeline.types import Category
from tests.samples import sample_person

TIGHT, BAGGY = 1.05, 1.8
"""Bare half widths from an arm's axis to the outline of what was worn on it."""


@lru_cache(maxsize=1)
def tee() -> Top:
    picture = open_picture(sample_picture("samples:shirts-3-front"))
    top = analyse_garment(picture, Cutout(), GarmentParts(), Category.UPPER).top
    assert top is not None
    return top


@lru_cache(maxsize=1)
def wearer() -> Wearer:
    photo = open_picture(sample_person("avatars/1.png").read_bytes())
    return analyse_person(photo, find_people(photo)[0], Cutout())


def widths(k: int, old: float, share: float) -> tuple[float, float]:
    """Bare half widths from the arm's axis to the tee's outer and inner edge, at a share of its sleeve.

    The old sleeve reached out `old` of them.
    """
    who = wearer()
    arm = who.body.arms[k]
    worn = replace(arm, outer=old * arm.bare, inner=old * arm.bare, bare_from=arm.wrist)
    arms = (worn, who.body.arms[1]) if k == 0 else (who.body.arms[0], worn)
    height, width = who.parse.alpha.shape
    plan = Fitter(tee(), replace(who.body, arms=arms), who.skeleton, (height, width))._plan(k)
    assert plan is not None
    place = plan.start + share * (plan.end - plan.start)
    bare = float(np.interp(place, arm.arc, arm.bare))
    outer, inner = (float(np.interp(place, arm.arc, edge)) / bare for edge in (plan.outer, plan.inner))
    return outer, inner


@pytest.mark.parametrize("arm", [0, 1], ids=["left", "right"])
def test_it_ends_as_wide_after_a_baggy_sleeve_as_after_a_tight_one(arm: int) -> None:
    baggy, tight = widths(arm, BAGGY, 1.0), widths(arm, TIGHT, 1.0)
    assert np.allclose(baggy, tight, atol=0.02)
    assert baggy[0] < HANGS + 0.02, "it hangs from the outer side of the arm"


@pytest.mark.parametrize("arm", [0, 1], ids=["left", "right"])
def test_nearer_to_the_shoulder_it_covers_the_baggy_one(arm: int) -> None:
    baggy, tight = widths(arm, BAGGY, 0.25), widths(arm, TIGHT, 0.25)
    assert baggy[1] > tight[1] + 0.1
