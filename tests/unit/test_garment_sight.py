"""What a picture that somebody sent shows of a garment."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as PillowImage
from PIL import ImageDraw

from catalog.samples import sample_picture, sample_products
from catalog.taxonomy import CATEGORIES, canonical_color, part_of
from catalog.types import Product
from pipeline.colours import COLOURS
from pipeline.cutout import Cutout
from pipeline.errors import GarmentError
from pipeline.garment.parts import GarmentParts
from pipeline.garment.sight import GarmentSight, colour_of, see_garment
from pipeline.person import find_people, is_somebody
from pipeline.types import Category, Image
from tests.samples import sample_person

CUTOUT, PARTS = Cutout(), GarmentParts()


def pixels(data: bytes) -> Image:
    picture = PillowImage.open(io.BytesIO(data)).convert("RGB")
    picture.thumbnail((900, 900))
    return np.asarray(picture)


def seen(image: Image, part: Category | None = None) -> GarmentSight:
    return see_garment(image, find_people(image), CUTOUT, PARTS, part)


def drawn(*shapes: tuple[str, tuple[int, ...], str]) -> Image:
    picture = PillowImage.new("RGB", (600, 800), (235, 235, 235))
    draw = ImageDraw.Draw(picture)
    for kind, box, colour in shapes:
        getattr(draw, kind)(box, fill=colour)
    return np.asarray(picture)


@pytest.mark.parametrize("product", sample_products()[::2], ids=lambda product: product.id)
def test_a_product_photo_shows_one_garment_of_its_part(product: Product) -> None:
    sight = seen(pixels(sample_picture(product.picture)))
    assert sight.part.value == product.part
    assert not sight.worn


def test_a_garment_that_somebody_wears_is_seen_too() -> None:
    sight = seen(pixels(sample_person().read_bytes()), Category.UPPER)
    assert (sight.part, sight.worn) == (Category.UPPER, True)


@pytest.mark.parametrize(
    "image",
    [
        drawn(("rectangle", (100, 80, 500, 720), "white"), ("rectangle", (150, 150, 450, 160), "black")),
        drawn(("ellipse", (100, 200, 500, 600), "orange")),
        drawn(("rectangle", (280, 60, 330, 740), "green")),
        drawn(("rectangle", (50, 380, 550, 470), "black")),
        drawn(),
    ],
    ids=["a sheet of paper", "a plate", "a bottle", "a belt", "nothing"],
)
def test_other_things_are_no_garment(image: Image) -> None:
    with pytest.raises(GarmentError):
        seen(image)


def test_garments_laid_out_flat_are_not_taken_for_somebody() -> None:
    for product in sample_products()[::3]:
        assert not any(map(is_somebody, find_people(pixels(sample_picture(product.picture)))))


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((20, 20, 22), "black"), ((245, 245, 245), "white"), ((128, 128, 128), "grey"), ((20, 30, 70), "navy"),
        ((40, 80, 170), "blue"), ((150, 190, 230), "light blue"), ((190, 25, 35), "red"),
        ((90, 15, 30), "burgundy"), ((245, 170, 190), "pink"), ((30, 130, 60), "green"),
        ((240, 200, 40), "yellow"), ((235, 120, 30), "orange"), ((110, 60, 150), "purple"),
        ((100, 65, 35), "brown"), ((215, 195, 165), "beige"), ((90, 95, 50), "olive"),
        ((120, 225, 230), "turquoise"), ((20, 119, 122), "teal"),
    ],
)  # fmt: skip
def test_colours_have_their_names(rgb: tuple[int, int, int], name: str) -> None:
    image = np.full((20, 20, 3), rgb, np.uint8)
    assert colour_of(image, np.ones((20, 20), np.float32)) == name


def test_its_words_are_the_catalogues() -> None:
    assert all(canonical_color(name) == name for name, *_ in COLOURS)
    for kind, part in (("top", "upper"), ("hoodie", "upper"), ("bottoms", "lower"), ("skirt", "lower"),
                       ("shorts", "lower"), ("trousers", "lower"), ("dress", "dress")):  # fmt: skip
        assert kind in CATEGORIES
        assert part_of(kind) == part
