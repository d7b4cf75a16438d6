"""Who is found in a photo, and the kind word for photos that cannot be used."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as PillowImage

from pipeline.errors import PersonError
from pipeline.person import check_person, find_people, number_people
from pipeline.types import Image
from tests.data import TEST_DATA, needs_test_data

pytestmark = needs_test_data
ONE = "pairs/HD_00055/person.jpg"
FOUR = "multi_person/schp_four_men.jpg"


def photo(path: str) -> Image:
    with PillowImage.open(Path(TEST_DATA) / "tryon" / path) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


def refused(image: Image, index: int | None = None) -> PersonError:
    with pytest.raises(PersonError) as refusal:
        check_person(image, index)
    assert len(refusal.value.user_message) > 30
    return refusal.value


def test_one_person_is_found_with_a_face() -> None:
    person = check_person(photo(ONE))
    assert person.index == 0
    assert person.face is not None
    assert person.box.left < person.face.left < person.face.right < person.box.right


def test_four_people_are_numbered_from_left_to_right() -> None:
    image = photo(FOUR)
    people = find_people(image)
    assert [person.index for person in people] == [0, 1, 2, 3]
    faces = [person.face.left for person in people if person.face is not None]
    assert len(faces) == 4
    assert faces == sorted(faces)
    numbered = number_people(image, people)
    assert numbered.shape == image.shape
    assert (numbered != image).any()


def test_a_couple_standing_close_counts_as_two() -> None:
    assert len(find_people(photo("person/u2cloth_005.png"))) == 2


def test_several_people_are_asked_which_one_they_are() -> None:
    assert refused(photo(FOUR)).code == "several_people"
    assert check_person(photo(FOUR), 2).index == 2
    assert refused(photo(FOUR), 9).code == "no_such_person"


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (lambda im: (im * 0.08).astype(np.uint8), {"too_dark"}),
        (lambda im: cv2.GaussianBlur(im, (0, 0), 12), {"too_blurry"}),
        (lambda im: cv2.resize(im, (64, 85)), {"too_small"}),
        (lambda im: im[::-1].copy(), {"rotated"}),
        (lambda im: np.rot90(im).copy(), {"rotated"}),
        (lambda im: im[: im.shape[0] // 6].copy(), {"body_hidden", "no_person", "too_small"}),
    ],
    ids=["dark", "blurred", "tiny", "upside down", "turned", "head only"],
)
def test_a_spoilt_photo_is_refused_for_its_own_reason(spoil, codes) -> None:  # type: ignore[no-untyped-def]  # a lambda each
    assert refused(spoil(photo("pairs/HD_00067/person.jpg"))).code in codes


def test_a_product_photo_is_no_person() -> None:
    assert refused(photo("pairs/HD_00055/garment.jpg")).code == "not_a_photo_of_a_person"


def test_white_and_noise_are_nobody() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (600, 500, 3), dtype=np.uint8)
    assert refused(noise).code == "no_person"
    assert refused(np.full((600, 500, 3), 255, np.uint8)).code == "no_person"


def test_people_are_found_from_a_worker_thread_too() -> None:
    found: list[int] = []
    workers = [threading.Thread(target=lambda: found.append(len(find_people(photo(ONE))))) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [1, 1]
