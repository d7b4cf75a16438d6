"""The edges of a cut-out: as sharp as the photo, with everything that is thin."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.cutout import _from_ground, _solid, _without_ground, refine
from pipeline.garment.opening import _convex, _smooth, _to_collar, _without_spots
from pipeline.masks import blur, disc, grow, guided, push_pull, shrink
from pipeline.types import Image


def _grey_step(side: int = 200) -> Image:
    photo = np.full((side, side, 3), 240, np.uint8)
    photo[:, side // 2 :] = 60
    return photo


def test_a_soft_edge_takes_on_the_edge_of_a_grey_photo() -> None:
    photo = _grey_step()
    coarse = blur(photo[..., 0] < 128, 3.0)
    for radius in (3, 6):
        row = guided(photo, coarse, radius, 1e-4)[100]
        assert row[96] < 0.35
        assert row[103] > 0.65


def test_straps_thinner_than_the_filter_stay() -> None:
    photo = np.full((900, 600, 3), 250, np.uint8)
    cv2.rectangle(photo, (150, 300), (450, 850), (40, 50, 90), -1)
    for x in (180, 420):
        cv2.line(photo, (x, 60), (x, 300), (40, 50, 90), 5)
    coarse = (photo[..., 0] < 128).astype(np.float32)
    found = refine(photo, coarse) > 0.5
    for x in (180, 420):
        assert found[80:300, x - 2 : x + 3].any(axis=1).all()
    assert not found[100:280, 250:350].any()


def test_the_opening_of_a_striped_neckline_has_no_teeth() -> None:
    opening = np.zeros((200, 200), np.float32)
    opening[20:60, 40:160] = 1.0
    opening[60:100, 60:90] = 1.0
    opening[60:110, 105:130] = 1.0
    closed = _convex(opening)
    assert closed[85, 97] == 1.0
    assert closed[105, 60] == 0.0


def test_doubts_far_inside_a_print_are_cloth_and_soft_edges_stay_soft() -> None:
    cloth = np.zeros((600, 600), np.float32)
    cloth[80:520, 80:520] = 1.0
    matte = blur(cloth, 2.0)
    matte[240:360, 240:360] = 0.5
    solid = _solid(matte, None)
    assert (solid[220:380, 220:380] == 1.0).all()
    assert np.array_equal(solid[:83], matte[:83])


def test_ground_between_sleeve_and_side_is_no_doubt() -> None:
    matte = np.ones((300, 300), np.float32)
    matte[60:, 100:120] = 0.0
    assert (_solid(matte, None)[70:, 100:120] == 0.0).all()


def test_a_neckline_is_smooth_and_leaves_no_thread_of_collar_above_it() -> None:
    mask = np.zeros((300, 300), np.float32)
    mask[40:] = 1.0
    opening = np.zeros((300, 300), np.float32)
    opening[43:140, 80:220] = 1.0
    for y in range(140, 148):
        opening[y, 80:220:4] = opening[y, 81:220:4] = 1.0
    smooth = _smooth(opening, mask, np.zeros(mask.shape, bool))
    edge = (smooth[:, 100:200] > 0.5).sum(axis=0)
    assert np.ptp(edge) <= 1
    assert (smooth[40:130, 100:200] > 0.9).all()


def test_lapels_stay_hollow() -> None:
    opening = np.zeros((300, 300), np.float32)
    opening[20:280, 140:160] = 1.0
    opening[20:50, 40:260] = 1.0
    assert (_convex(opening) == opening).all()


def test_masks_grow_and_shrink_far_as_they_do_near() -> None:
    mask = np.zeros((160, 200), bool)
    mask[60:110, 70:150] = True
    mask[0:30, 0:40] = True
    for radius in (7, 14):
        wide = cv2.dilate(mask.astype(np.uint8), disc(radius)) > 0
        narrow = cv2.erode(mask.astype(np.uint8), disc(radius), borderValue=0) > 0
        assert int((grow(mask, radius) ^ wide).sum()) < 0.02 * int(wide.sum())
        assert int((shrink(mask, radius) ^ narrow).sum()) < 0.04 * int(narrow.sum())


def test_a_hole_is_filled_between_the_shades_beside_it() -> None:
    photo = np.broadcast_to(np.linspace(40.0, 200.0, 161, dtype=np.float32)[None, :, None], (121, 161, 3))
    known = np.ones((121, 161), bool)
    known[30:90, 50:110] = False
    filled = push_pull(photo, known)
    assert np.array_equal(filled[known], photo[known])
    assert float(np.abs(filled - photo)[~known].max()) < 25.0


def _product_with_shadow(colour: tuple[int, int, int]) -> tuple[Image, NDArray[np.float32]]:
    """A square garment on white whose shadow falls to the lower right, and a cut-out that took both."""
    photo = np.full((600, 600, 3), 250, np.uint8)
    cv2.rectangle(photo, (158, 158), (448, 448), (190, 190, 190), -1)
    cv2.rectangle(photo, (150, 150), (440, 440), colour, -1)
    return photo, (photo[..., 1] < 245).astype(np.float32)


def _half_off_ground(photo: Image) -> NDArray[np.float32]:
    """What the ground's colour leaves of the photo at half its size."""
    off = _from_ground(cv2.resize(photo, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    assert off is not None
    return off


def test_a_broad_shadow_that_the_network_doubts_stays_in_doubt() -> None:
    photo = np.full((600, 600, 3), 250, np.uint8)
    cv2.rectangle(photo, (150, 150), (440, 480), (180, 180, 180), -1)
    cv2.rectangle(photo, (150, 150), (440, 440), (90, 30, 140), -1)
    matte = np.where(photo[..., 1] < 100, 1.0, np.where(photo[..., 1] < 245, 0.4, 0.0)).astype(np.float32)
    matte[300:330, 300:330] = 0.4
    solid = _solid(matte, _half_off_ground(photo))
    assert solid[445:, 160:430].max() < 0.5
    assert solid[290:340, 290:340].min() == 1.0


def test_a_shadow_on_the_ground_is_no_part_of_the_garment() -> None:
    photo, seen = _product_with_shadow((90, 30, 140))
    alpha = _without_ground(_half_off_ground(photo), seen)
    assert alpha[445, 200:400].max() < 0.2
    assert alpha[200:400, 200:400].min() == 1.0


def test_a_garment_of_the_colour_of_shadows_keeps_its_rim() -> None:
    photo, seen = _product_with_shadow((200, 200, 200))
    assert (_without_ground(_half_off_ground(photo), seen) == seen).all()


def _neck(front: Image) -> tuple[Image, NDArray[np.float32], NDArray[np.float32]]:
    """A front of cloth with the dark inside of a back in it, and an opening seen 4 pixels too small."""
    rows, columns = np.mgrid[:300, :400]
    inside = (np.hypot(columns - 200, rows - 40) < 100) & (rows >= 40)
    work = np.where(inside[..., None], np.array([110, 50, 60], np.uint8), front)
    return np.asarray(work, np.uint8), shrink(inside, 4.0).astype(np.float32), np.ones((300, 400), np.float32)


def test_the_opening_reaches_to_the_edge_of_a_collar_that_has_another_shade() -> None:
    work, seen, mask = _neck(np.full((300, 400, 3), (220, 110, 115), np.uint8))
    opening = _to_collar(work, seen, mask) > 0.5
    inside = work[..., 0] == 110
    assert opening[shrink(inside, 3.0)].all()
    assert not opening[~grow(inside, 3.0)].any()


def test_stripes_beside_an_opening_are_no_part_of_it() -> None:
    stripes = np.full((300, 400, 3), (220, 220, 220), np.uint8)
    stripes[:, np.arange(400) % 24 < 12] = (110, 50, 60)
    work, seen, mask = _neck(stripes)
    assert np.array_equal(_to_collar(work, seen, mask), seen)


def test_a_spot_on_the_front_is_no_opening() -> None:
    opening = np.zeros((300, 200), np.float32)
    opening[10:50, 60:140] = 1.0
    opening[200:220, 90:110] = 1.0
    kept = _without_spots(opening)
    assert kept[10:50, 60:140].all()
    assert not kept[100:].any()


def test_what_is_open_below_a_button_stays_open() -> None:
    opening = np.zeros((300, 200), np.float32)
    opening[10:100, 60:140] = 1.0
    opening[120:300, 80:120] = 1.0
    assert np.array_equal(_without_spots(opening), opening)
