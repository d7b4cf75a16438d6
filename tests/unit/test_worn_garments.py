"""Garments taken from photos of models, and jackets worn over what the person has on."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as PillowImage

from catalog.samples import sample_picture
from pipeline.cutout import Cutout
from pipeline.engines.preview import PreviewEngine
from pipeline.garment.worn import worn_garment
from pipeline.person import find_people
from pipeline.person.wearer import Wearer, analyse_person
from pipeline.tryon import open_picture
from pipeline.types import Category, Image, TryOnRequest, no_progress
from tests.data import TEST_DATA, needs_test_data
from tests.samples import sample_person


def photo(path: str) -> Image:
    with PillowImage.open(Path(TEST_DATA) / "tryon" / path) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


def wearer_in(image: Image) -> Wearer:
    return analyse_person(image, find_people(image)[0], Cutout())


def chest(image: Image) -> Image:
    """A square in the middle of the chest."""
    pose = find_people(image)[0].pose
    x, y = pose.points[[11, 12]].mean(axis=0) * 0.55 + pose.points[[23, 24]].mean(axis=0) * 0.45
    return image[int(y) - 20 : int(y) + 20, int(x) - 20 : int(x) + 20]


def mean_lab(pixels: Image) -> NDArray[np.float32]:
    lab = cv2.cvtColor(pixels.reshape(1, -1, 3).astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return np.asarray(lab[0].mean(axis=0), np.float32)


def apart(first: Image, second: Image) -> float:
    """CIE76 between mean colours."""
    return float(np.hypot.reduce(mean_lab(first) - mean_lab(second)))


@needs_test_data
@pytest.mark.parametrize(
    ("path", "covers"), [("pairs/HD_00055/person.jpg", (0.15, 0.5)), ("person/hd_03615.jpg", (0.85, 1.05))]
)
def test_a_models_sleeves_are_as_long_as_on_the_model(path: str, covers: tuple[float, float]) -> None:
    top = worn_garment(photo(path), wearer_in(photo(path)), Category.UPPER).top
    assert top is not None
    assert top.collar[0][0] < top.neck_front[0] < top.collar[1][0]
    assert top.shoulder[0][1] < top.armpit[0][1] < top.rows[-1]
    for sleeve in top.sleeves:
        assert sleeve is not None
        assert sleeve.covers is not None
        assert covers[0] < sleeve.covers < covers[1]


@needs_test_data
def test_a_top_moves_from_the_model_to_the_person() -> None:
    model, person = photo("pairs/HD_13987/person.jpg"), photo("person/hd_03615.jpg")
    assert apart(chest(person), chest(model)) > 20.0, "the check would pass unpainted"
    worn = PreviewEngine().render(TryOnRequest(person, model), no_progress)
    assert worn.category is Category.UPPER
    assert apart(chest(worn.image), chest(model)) < 12.0


def test_what_is_worn_under_a_jacket_stays_in_its_opening() -> None:
    person = open_picture(sample_person("avatars/3.png").read_bytes())
    jacket = open_picture(sample_picture("samples:jackets-1-front"))
    engine = PreviewEngine()

    def changed(*, over: bool) -> float:
        worn = engine.render(TryOnRequest(person, jacket, over=over), no_progress)
        pose = find_people(person)[0].pose
        x, y = pose.points[[11, 12]].mean(axis=0)
        return float((worn.mask[int(y) - 8 : int(y) + 8, int(x) - 8 : int(x) + 8] > 0).mean())

    assert changed(over=True) < 0.2
    assert changed(over=False) > 0.9
