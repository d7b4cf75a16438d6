"""The preview engine on real photos: the garment arrives, the rest of the photo stays."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as PillowImage

from pipeline.engines.preview import PreviewEngine
from pipeline.engines.registry import engine, engine_names
from pipeline.errors import PipelineError
from pipeline.person import find_people
from pipeline.person import landmarks as lm
from pipeline.types import Category, Image, TryOnRequest, TryOnResult, no_progress
from tests.data import TEST_DATA, needs_test_data

PERSON = "pairs/HD_00055/person.jpg"
GARMENT = "pairs/HD_13987/garment.jpg"
FACE_CLASS = 13
"""In the LIP classes of the stored parse."""


def photo(path: str) -> Image:
    with PillowImage.open(Path(TEST_DATA) / "tryon" / path) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


@pytest.fixture(scope="module")
def preview() -> PreviewEngine:
    return PreviewEngine()


@pytest.fixture(scope="module")
def worn(preview: PreviewEngine) -> TryOnResult:
    return preview.render(TryOnRequest(photo(PERSON), photo(GARMENT)), no_progress)


def mean_lab(pixels: Image) -> NDArray[np.float32]:
    lab = cv2.cvtColor(pixels.reshape(1, -1, 3).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return np.asarray(lab[0].mean(axis=0), np.float32)


@needs_test_data
def test_the_garments_colour_arrives_on_the_chest(worn: TryOnResult) -> None:
    garment = photo(GARMENT)
    cloth = garment[500:800, 300:470]
    pose = find_people(photo(PERSON))[0].pose
    middle, hip = pose.points[[11, 12]].mean(axis=0), pose.points[[23, 24]].mean(axis=0)
    x, y = middle * 0.4 + hip * 0.6
    chest = worn.image[int(y) - 25 : int(y) + 25, int(x) - 25 : int(x) + 25]
    assert float(np.hypot.reduce(mean_lab(chest) - mean_lab(cloth))) < 8.0
    before = photo(PERSON)[int(y) - 25 : int(y) + 25, int(x) - 25 : int(x) + 25]
    assert float(np.hypot.reduce(mean_lab(before) - mean_lab(cloth))) > 20.0, "the check would pass unpainted"


@needs_test_data
def test_face_and_distant_background_stay_as_they_were(preview: PreviewEngine) -> None:
    before = photo("person/hd_00891.jpg")
    worn = preview.render(TryOnRequest(before, photo(GARMENT)), no_progress)
    with PillowImage.open(Path(TEST_DATA) / "tryon/person/hd_00891_parse.png") as picture:
        parse = np.asarray(picture)  # the data set's own true classes, 0 is the ground
    body = cv2.dilate((parse != 0).astype(np.uint8), np.ones((51, 51), np.uint8)) > 0
    assert 0.1 < float((~body).mean()) < 0.9
    change = np.abs(worn.image.astype(int) - before).max(axis=2)
    assert int((change[~body] > 8).sum()) == 0
    face = cv2.erode((parse == FACE_CLASS).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert face.sum() > 1000
    assert float(np.sqrt((change[face] ** 2).mean())) < 0.81, "below 50 dB"


@needs_test_data
@pytest.mark.parametrize("threads", ["1", "2"])
def test_other_processes_and_thread_counts_paint_the_same_bytes(worn: TryOnResult, threads: str) -> None:
    script = (
        "import hashlib, cv2; cv2.setNumThreads(THREADS)\n"
        "from tests.unit.test_preview_engine import GARMENT, PERSON, photo\n"
        "from pipeline.engines.preview import PreviewEngine\n"
        "from pipeline.types import TryOnRequest, no_progress\n"
        "r = PreviewEngine().render(TryOnRequest(photo(PERSON), photo(GARMENT)), no_progress)\n"
        "print(hashlib.sha256(r.image.tobytes()).hexdigest())"
    ).replace("THREADS", threads)
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stdout.strip() == hashlib.sha256(worn.image.tobytes()).hexdigest()


@needs_test_data
def test_the_next_garment_on_the_same_photo_skips_the_person(
    preview: PreviewEngine, worn: TryOnResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = TryOnRequest(photo(PERSON), photo("pairs/HD_00055/garment.jpg"))
    fresh = PreviewEngine().render(request, no_progress)
    monkeypatch.setattr("pipeline.engines.preview.find_people", lambda _: pytest.fail("looked for people again"))
    again = preview.render(request, no_progress)
    assert not np.array_equal(again.image, worn.image)
    assert np.array_equal(again.image, fresh.image), "what is kept of a person changes nothing"


@needs_test_data
def test_hands_clasped_before_the_chest_stay_and_sleeves_that_hid_the_arms_are_skin(
    preview: PreviewEngine,
) -> None:
    before = photo("person/fitdit_0223.jpg")
    after = preview.render(TryOnRequest(before, photo("garment/idm_09164.jpg")), no_progress).image
    back_of_hand = (slice(490, 520), slice(470, 500))
    assert (before[back_of_hand] == after[back_of_hand]).all()
    forearm = (slice(515, 535), slice(690, 712))
    skin, cloth = mean_lab(before[back_of_hand]), mean_lab(before[forearm])
    painted = mean_lab(after[forearm])
    assert np.hypot.reduce(painted - skin) < np.hypot.reduce(painted - cloth)


@needs_test_data
@pytest.mark.parametrize(("breadth", "refused"), [(0.25, True), (0.30, True), (0.45, False)])
def test_a_body_seen_from_the_side_is_refused(
    monkeypatch: pytest.MonkeyPatch, breadth: float, refused: bool
) -> None:
    before = photo(PERSON)
    person = find_people(before)[0]
    points = person.pose.points.copy()
    shoulders, hips = (points[list(pair)].mean(axis=0) for pair in (lm.SHOULDERS, lm.HIPS))
    half = breadth / 2 * np.hypot(*(hips - shoulders))
    points[list(lm.SHOULDERS), 0] = shoulders[0] + half, shoulders[0] - half
    turned = replace(person, pose=replace(person.pose, points=points))
    monkeypatch.setattr("pipeline.engines.preview.find_people", lambda _: [turned])
    code = ""
    try:
        PreviewEngine().render(TryOnRequest(before, photo(GARMENT)), no_progress)
    except PipelineError as refusal:
        code = refusal.code
    assert (code == "turned_away") == refused


def test_it_dresses_everything_that_is_worn_on_the_body(preview: PreviewEngine) -> None:
    assert preview.categories == frozenset(Category)


def test_engines_are_found_by_name_and_unknown_names_are_refused() -> None:
    assert "preview" in engine_names()
    assert engine("preview") is engine("preview")
    with pytest.raises(PipelineError, match="unknown_engine"):
        engine("paint-by-numbers")
