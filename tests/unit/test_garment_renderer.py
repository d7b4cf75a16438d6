"""Rendered garments are what they say they are, and the model trained on them reads garments it never saw."""

from __future__ import annotations

import sys
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.cutout import Cutout
from pipeline.garment.parts import (
    LANDMARKS,
    MODEL_SIZE,
    PART_MIRROR,
    GarmentParts,
    Part,
    PartsPrediction,
)
from pipeline.training.garment_parts import HELD_OUT_SEED, main
from pipeline.training.renderer import Sample, render
from pipeline.types import Alpha, Category

SEEDS = range(HELD_OUT_SEED + 5000, HELD_OUT_SEED + 5024)
LEAST_IOU = {
    Part.BODY: 0.8,
    Part.LEFT_SLEEVE: 0.75,
    Part.RIGHT_SLEEVE: 0.75,
    Part.LEFT_LEG: 0.75,
    Part.RIGHT_LEG: 0.75,
    Part.SKIRT: 0.75,
}
"""Well below what the model card reports: a guard against shipping a broken file."""

SLEEVES, LEGS = {Part.LEFT_SLEEVE, Part.RIGHT_SLEEVE}, {Part.LEFT_LEG, Part.RIGHT_LEG}


def same(first: Sample, second: Sample) -> bool:
    pixels = all(
        np.array_equal(a, b)
        for a, b in zip(
            (first.rgb, first.alpha, first.parts), (second.rgb, second.alpha, second.parts), strict=True
        )
    )
    points = np.array_equal(first.landmarks, second.landmarks, equal_nan=True)
    return pixels and points and first.category == second.category


def parts_of(sample: Sample) -> set[int]:
    return {int(part) for part in np.unique(sample.parts)}


def alpha_of(sample: Sample) -> Alpha:
    return np.asarray(sample.alpha / 255, np.float32)


@pytest.fixture(scope="module")
def model() -> GarmentParts:
    return GarmentParts()


@pytest.fixture(scope="module")
def shirt(model: GarmentParts) -> PartsPrediction:
    path = distribution("openvto").locate_file("openvto/assets/clothes/shirts/1_front.jpg")
    with Image.open(str(path)) as photo:
        picture = np.asarray(photo.convert("RGB"))
    return model.predict(picture, Cutout().product(picture))


@pytest.mark.parametrize("category", list(Category))
def test_the_same_seed_renders_the_same_garment(category: Category) -> None:
    assert same(render(7, category), render(7, category))


def test_different_seeds_render_different_garments() -> None:
    pictures = {render(seed).rgb.tobytes() for seed in SEEDS}

    assert len(pictures) == len(SEEDS)


@pytest.mark.parametrize("category", list(Category))
def test_labels_lie_inside_the_cut_out(category: Category) -> None:
    kept = []
    for seed in SEEDS:
        sample = render(seed, category)
        labelled = sample.parts != Part.BACKGROUND
        assert labelled.mean() > 0.02, f"seed {seed} shows hardly any garment"
        kept.append(float((alpha_of(sample)[labelled] > 0.25).mean()))

    assert np.median(kept) > 0.97, "the cut-out loses more of the garment than its faults explain"
    assert min(kept) > 0.5, f"worst cut-out keeps {min(kept):.0%} of the garment"


def test_each_category_has_its_own_parts() -> None:
    for seed in SEEDS:
        upper = parts_of(render(seed, Category.UPPER))
        lower = parts_of(render(seed, Category.LOWER))
        dress = parts_of(render(seed, Category.DRESS))
        assert Part.BODY in upper
        assert not upper & {*LEGS, Part.SKIRT, Part.WAISTBAND}, f"seed {seed}: a top with legs or a skirt"
        assert lower >= LEGS or Part.SKIRT in lower
        assert not lower & {*SLEEVES, Part.BODY, Part.COLLAR, Part.HOOD}, f"seed {seed}: bottoms with sleeves"
        assert Part.BODY in dress
        assert dress >= LEGS or Part.SKIRT in dress


def test_left_and_right_are_the_pictures() -> None:
    for seed in SEEDS:
        for category in Category:
            points = dict(zip(LANDMARKS, render(seed, category).landmarks, strict=True))
            for name in LANDMARKS:
                if name.endswith("_left") and not name.startswith(("cuff", "leg")):
                    left, right = points[name][0], points[name.replace("_left", "_right")][0]
                    assert not left >= right, f"seed {seed}, {category}: {name} is not left of its twin"


def test_landmarks_lie_on_the_garment_or_its_edge() -> None:
    rows, columns = np.mgrid[0:MODEL_SIZE, 0:MODEL_SIZE]
    near, total = 0, 0
    for seed in SEEDS:
        sample = render(seed)
        garment = sample.parts != Part.BACKGROUND
        for x, y in sample.landmarks[np.isfinite(sample.landmarks[:, 0])]:
            total += 1
            near += bool((np.hypot(columns[garment] - x, rows[garment] - y) < 6).any())

    assert total > 100
    assert near / total > 0.9


def test_a_real_shirt_has_two_sleeves_beside_its_body(shirt: PartsPrediction) -> None:
    labels = shirt.labels
    area = {part: float((labels == part).mean()) for part in Part}
    middle = {part: float(np.nonzero(labels == part)[1].mean()) for part in (Part.BODY, *SLEEVES)}

    assert labels.shape == (shirt.height, shirt.width)
    assert shirt.category is Category.UPPER
    assert area[Part.BODY] > area[Part.LEFT_SLEEVE] > 0.02
    assert area[Part.BODY] > area[Part.RIGHT_SLEEVE] > 0.02
    assert middle[Part.LEFT_SLEEVE] < middle[Part.BODY] < middle[Part.RIGHT_SLEEVE]


def test_a_real_shirt_shows_its_shoulders_and_cuffs(shirt: PartsPrediction) -> None:
    points = shirt.landmarks
    for name in ("collar", "shoulder", "cuff_outer", "hem"):
        left, right = points[f"{name}_left"], points[f"{name}_right"]
        assert min(left.score, right.score) > 0.3, f"{name}: {left}, {right}"
        assert left.x < right.x
    assert points["shoulder_left"].y < points["cuff_outer_left"].y
    assert points["crotch"].score < 0.3


def test_a_mirrored_garment_gives_mirrored_parts(model: GarmentParts) -> None:
    alpha = np.zeros((MODEL_SIZE, MODEL_SIZE), np.float32)
    sample = render(HELD_OUT_SEED + 20_001, Category.UPPER)
    inner = slice(21, MODEL_SIZE - 21)  # 150 px and the margins make an even crop: its middle is the picture's
    alpha[inner, inner] = alpha_of(sample)[inner, inner]
    alpha[21, 21] = alpha[-22, -22] = 1  # pins the crop, so that both are cut out alike
    plain = model.predict(sample.rgb, alpha)
    mirrored = model.predict(sample.rgb[:, ::-1], alpha[:, ::-1])

    assert np.allclose(plain.probabilities, mirrored.probabilities[list(PART_MIRROR), :, ::-1], atol=2e-3)


def test_probabilities_sum_to_one(shirt: PartsPrediction) -> None:
    assert np.allclose(shirt.probabilities.sum(0), 1, atol=2e-3)
    assert sum(shirt.categories.values()) == pytest.approx(1, abs=2e-3)


def test_an_empty_cut_out_is_refused(model: GarmentParts) -> None:
    with pytest.raises(ValueError, match="empty"):
        model.predict(np.zeros((50, 40, 3), np.uint8), np.zeros((50, 40), np.float32))


def test_a_cut_out_of_another_size_is_refused(model: GarmentParts) -> None:
    with pytest.raises(ValueError, match="differ in size"):
        model.predict(np.zeros((50, 40, 3), np.uint8), np.ones((40, 50), np.float32))


def test_training_without_torch_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)

    with pytest.raises(SystemExit, match="pip install torch"):
        main(["train", str(tmp_path / "model.onnx")])


def test_the_command_draws_a_sheet_of_samples(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    main(["render", str(sheet), "--category", "lower", "--seed", "3"])

    with Image.open(sheet) as picture:
        assert picture.size == (8 * MODEL_SIZE, 6 * MODEL_SIZE)
