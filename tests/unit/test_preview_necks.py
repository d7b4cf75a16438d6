"""What the preview shows round the neck: the person's own neck and hair, the new collar, not the old one."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.samples import sample_picture
from pipeline.cutout import Cutout
from pipeline.engines.preview import PreviewEngine
from pipeline.person import find_people
from pipeline.person.wearer import Wearer, analyse_person
from pipeline.tryon import open_picture
from pipeline.types import Category, Image, TryOnRequest, no_progress
from tests.samples import sample_person

LAPELS, SHIRT_COLLAR, PULLOVER, HOOD = "avatars/2.png", "avatars/4.png", "avatars/3.png", "avatars/1.png"
COLLAR_BESIDE_HAIR = "people/4_posture.jpg"


@lru_cache(maxsize=4)
def person(name: str) -> Image:
    return open_picture(sample_person(name).read_bytes())


@lru_cache(maxsize=4)
def wearer(name: str) -> Wearer:
    return analyse_person(person(name), find_people(person(name))[0], Cutout())


@pytest.fixture(scope="module")
def preview() -> PreviewEngine:
    return PreviewEngine()


def dressed(preview: PreviewEngine, who: str, product: str) -> Image:
    garment = open_picture(sample_picture(f"samples:{product}-front"))
    return preview.render(TryOnRequest(person(who), garment, category=Category.UPPER), no_progress).image


def trunk_grid(who: Wearer) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Torsos below the shoulders and shoulder widths off the trunk's axis, of every working pixel."""
    ys, xs = np.mgrid[0 : who.parse.alpha.shape[0], 0 : who.parse.alpha.shape[1]].astype(np.float32)
    skeleton = who.skeleton
    return skeleton.along(xs, ys), skeleton.across(xs, ys) / np.float32(skeleton.shoulder_width)


def at_work(who: Wearer, picture: Image) -> Image:
    """The picture in the working frame."""
    frame = who.frame
    cut = picture[frame.top : frame.bottom, frame.left : frame.right]
    size = (frame.image.shape[1], frame.image.shape[0])
    return np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA), np.uint8)


def test_the_lapels_of_a_black_jacket_are_no_hair() -> None:
    who = wearer(LAPELS)
    along, across = trunk_grid(who)
    lapels = (along > 0.08) & (along < 0.4) & (np.abs(across) < 0.4)
    assert float((who.parse.hair[lapels] > 0.5).mean()) < 0.02
    above = (along > -0.7) & (along < -0.3)
    assert float(who.parse.hair[above].sum()) > 500, "her own hair is still there"


@pytest.mark.parametrize(("name", "share"), [(LAPELS, 0.010), (COLLAR_BESIDE_HAIR, 0.002)])
def test_no_strand_of_hair_runs_down_the_edge_of_an_old_collar(name: str, share: float) -> None:
    who = wearer(name)
    along, across = trunk_grid(who)
    collar = (along > -0.12) & (along < 0.4) & (np.abs(across) < 0.4)
    assert float((who.parse.hair[collar] > 0.3).mean()) < share


def test_a_white_collar_is_no_throat() -> None:
    who = wearer(SHIRT_COLLAR)
    along, across = trunk_grid(who)
    lab = cv2.cvtColor(who.frame.image, cv2.COLOR_RGB2LAB).astype(np.float32)
    white = (lab[..., 0] > 215) & (np.hypot(lab[..., 1] - 128, lab[..., 2] - 128) < 8)
    collar = white & (along > -0.15) & (along < 0.1) & (np.abs(across) < 0.25)
    assert collar.sum() > 50
    assert float(np.median(who.parse.skin[collar])) < 0.2


def test_nothing_of_a_black_jacket_is_left_on_a_white_tee(preview: PreviewEngine) -> None:
    who = wearer(LAPELS)
    luma = at_work(who, dressed(preview, LAPELS, "shirts-3")).mean(axis=2)
    along, across = trunk_grid(who)
    chest = (along > 0.1) & (along < 0.4) & (np.abs(across) < 0.4)
    assert float((luma[chest] < 110).mean()) < 0.01


def test_the_throat_shows_in_the_collar_of_a_buttoned_shirt(preview: PreviewEngine) -> None:
    who = wearer(PULLOVER)
    picture = at_work(who, dressed(preview, PULLOVER, "shirts-1"))
    red_over_blue = picture[..., 0].astype(np.float32) - picture[..., 2]
    along, across = trunk_grid(who)
    throat = (along > -0.20) & (along < -0.10) & (np.abs(across) < 0.08)
    assert float((red_over_blue[throat] > 15).mean()) > 0.9
    # Seen skin goes over into painted skin: no row is a step.
    middle = np.abs(across) < 0.06
    rows = [picture[row][middle[row]].mean() for row in np.flatnonzero((throat & middle).any(axis=1))]
    assert float(np.abs(np.diff(rows)).max()) < 5.0


def test_painted_skin_has_the_grain_of_the_skin_in_the_photo(preview: PreviewEngine) -> None:
    photo, picture = person(HOOD), dressed(preview, HOOD, "shirts-3")
    who = wearer(HOOD)

    def grain(image: Image, places: NDArray[np.bool_]) -> float:
        luma = image.astype(np.float32).mean(axis=2)
        rough = np.abs(luma - cv2.GaussianBlur(luma, (0, 0), 1.0))
        cut = rough[who.frame.top : who.frame.bottom, who.frame.left : who.frame.right]
        size = (cut.shape[1], cut.shape[0])
        whole = cv2.resize(places.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST) > 0
        return float(np.percentile(cut[whole], 30))

    along, across = trunk_grid(who)
    forehead = who.parse.head.face & (who.parse.likeness < 1.0) & (who.parse.skin > 0.9)
    throat = (along > -0.17) & (along < -0.10) & (np.abs(across) < 0.12)
    assert 0.4 < grain(picture, throat) / grain(photo, forehead) < 1.5
