"""Trousers, skirts and dresses on real photos: they arrive, faces and ground stay."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

from pipeline.engines.preview import PreviewEngine
from pipeline.errors import TryOnRefused
from pipeline.masks import Points
from pipeline.person import find_people
from pipeline.tryon import open_picture
from pipeline.types import Category, Image, TryOnRequest, TryOnResult, no_progress
from tests.data import TEST_DATA, needs_test_data
from tests.samples import sample_person as sample_file

PERSON = "people/4_posture.jpg"


def opened(path: Path) -> Image:
    with PillowImage.open(path) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


@pytest.fixture(scope="module")
def preview() -> PreviewEngine:
    return PreviewEngine()


@pytest.fixture(scope="module")
def person() -> Image:
    return opened(sample_file(PERSON))


@pytest.fixture(scope="module")
def joints(person: Image) -> Points:
    return find_people(person)[0].pose.points


def patch(image: Image, at: Points, size: int = 8) -> Points:
    x, y = round(float(at[0])), round(float(at[1]))
    square = image[y - size : y + size, x - size : x + size].reshape(-1, 3).astype(float)
    return np.asarray(square.mean(axis=0), np.float64)


def check_rest(before: Image, result: TryOnResult, joints: Points) -> None:
    change = np.abs(result.image.astype(int) - before).max(axis=2)
    assert result.image.shape == before.shape
    assert not change[result.mask == 0].any()
    nose, torso = joints[0], float(joints[23, 1] - joints[11, 1])
    face = change[int(nose[1] - 0.2 * torso) : int(nose[1] + 0.1 * torso), int(nose[0] - 30) : int(nose[0] + 30)]
    assert not face.any(), "the face changed"
    far = change[:, : max(0, int(joints[:, 0].min() - 0.7 * torso))]
    assert not far.any(), "the ground far from the person changed"


def test_jeans_cover_both_legs_and_the_top_stays(preview: PreviewEngine, person: Image, joints: Points) -> None:
    result = preview.render(TryOnRequest(person, opened(sample_file("clothes/pants/1_front.jpg"))), no_progress)
    assert result.category is Category.LOWER
    check_rest(person, result, joints)
    for hip, knee in ((23, 25), (24, 26)):
        thigh = patch(result.image, joints[hip] * 0.4 + joints[knee] * 0.6)
        assert thigh[2] > thigh[0] + 12, "blue jeans on black trousers"
    chest = joints[[11, 12]].mean(axis=0) * 0.6 + joints[[23, 24]].mean(axis=0) * 0.4
    assert np.allclose(patch(result.image, chest), patch(person, chest))


def test_thighs_that_touched_in_jeans_touch_in_leggings(preview: PreviewEngine) -> None:
    """Leggings are photographed with a gap between the legs."""
    leggings = opened(sample_file("clothes/pants/2_front.jpg"))
    result = preview.render(TryOnRequest(opened(sample_file("avatars/3.png")), leggings), no_progress)
    assert patch(result.image, np.array([402.0, 945.0]), 4).max() < 70


def test_old_trousers_between_the_fronts_of_an_open_blazer_are_gone(preview: PreviewEngine) -> None:
    """They are nearly as dark as the blazer, and new jeans are not."""
    photo = open_picture(sample_file(PERSON).read_bytes())
    jeans = open_picture(sample_file("clothes/pants/1_front.jpg").read_bytes())
    result = preview.render(TryOnRequest(photo, jeans), no_progress)
    for beside in ((397.0, 595.0), (460.0, 595.0)):
        assert patch(result.image, np.array(beside), 4).mean() > 35


@needs_test_data
def test_shorts_leave_bare_legs_where_trousers_were(preview: PreviewEngine, person: Image, joints: Points) -> None:
    shorts = opened(TEST_DATA / "tryon/garment/fitdit_7.jpg")
    result = preview.render(TryOnRequest(person, shorts, category=Category.LOWER), no_progress)
    check_rest(person, result, joints)
    for knee, ankle in ((25, 27), (26, 28)):
        shin = patch(result.image, joints[knee] * 0.6 + joints[ankle] * 0.4)
        assert shin[0] > shin[2] + 25, "skin is redder than blue"


@needs_test_data
def test_a_dress_replaces_top_and_trousers(preview: PreviewEngine, person: Image, joints: Points) -> None:
    dress = opened(TEST_DATA / "tryon/garment/ootd_053319_1.jpg")
    result = preview.render(TryOnRequest(person, dress), no_progress)
    assert result.category is Category.DRESS
    check_rest(person, result, joints)
    drawn = (result.image[..., 0].astype(int) - result.image[..., 2]) > 90
    waist, knees = joints[[23, 24]].mean(axis=0)[1], joints[[25, 26]].mean(axis=0)[1]
    columns = slice(int(joints[24, 0]), int(joints[23, 0]))
    assert drawn[int(waist) : int(knees), columns].mean() > 0.3, "orange between hips and knees"


@needs_test_data
def test_a_half_length_photo_is_refused_for_trousers(preview: PreviewEngine) -> None:
    half = opened(TEST_DATA / "tryon/person/omnitry_person_glasses.jpg")
    trousers = opened(sample_file("clothes/pants/1_front.jpg"))
    with pytest.raises(TryOnRefused) as refusal:
        preview.render(TryOnRequest(half, trousers), no_progress)
    assert refusal.value.code == "legs_not_seen"
    assert "full-length" in refusal.value.user_message


def digests() -> str:
    """SHA-256 of a picture with shorts and one with a dress, by an engine of its own."""
    engine, found = PreviewEngine(), []
    photo = np.ascontiguousarray(opened(sample_file(PERSON))[::2, ::2])
    for garment, category in (("fitdit_7.jpg", Category.LOWER), ("ootd_053319_1.jpg", Category.DRESS)):
        request = TryOnRequest(photo, opened(TEST_DATA / "tryon/garment" / garment), category=category)
        found.append(hashlib.sha256(engine.render(request, no_progress).image.tobytes()).hexdigest())
    return " ".join(found)


@needs_test_data
def test_thread_counts_change_no_byte_of_trousers_and_dresses() -> None:
    script = "import cv2; cv2.setNumThreads({0}); from tests.unit.test_lower_body import digests; print(digests())"
    printed = set()
    for threads in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script.format(threads)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
            cwd=Path(__file__).resolve().parents[2],
        )
        printed.add(done.stdout.strip())
    assert len(printed) == 1
    assert len(printed.pop()) == 2 * 64 + 1


@needs_test_data
@pytest.mark.parametrize("row", [800, 850])
def test_hips_reach_the_bare_arms_that_the_old_trousers_lay_against(preview: PreviewEngine, row: int) -> None:
    photo = opened(TEST_DATA / "tryon/person/u2cloth_014.png")
    dress = opened(TEST_DATA / "tryon/garment/any2any_garment3.jpg")
    worn = preview.render(TryOnRequest(photo, dress, category=Category.DRESS), no_progress).image[row]
    black = photo[row].max(axis=1) < 60
    wall = (worn.min(axis=1) > 205) & (np.ptp(worn, axis=1) < 12)
    assert black.sum() > 250
    assert not (wall & black).any(), "no wall between skirt and arm"
