"""The sample catalogue is real pictures with honest labels."""

from __future__ import annotations

import io
import sys

import pytest
from PIL import Image

from catalog.errors import CatalogError
from catalog.samples import CREDIT, sample_people, sample_picture, sample_products
from catalog.taxonomy import CATEGORIES, canonical_color


def test_there_are_twelve_products_with_front_and_back() -> None:
    products = sample_products()
    assert len({product.id for product in products}) == 12
    for product in products:
        assert product.picture_back is not None
        for reference in (product.picture, product.picture_back):
            with Image.open(io.BytesIO(sample_picture(reference))) as picture:
                assert picture.size == (1024, 1024), reference


def test_their_labels_are_canonical_and_name_the_picture() -> None:
    for product in sample_products():
        assert product.category in CATEGORIES
        assert [canonical_color(color) for color in product.color] == list(product.color)
        assert product.color[0] in product.title.lower()
        assert product.part is not None


def test_they_are_credited_and_not_for_sale() -> None:
    for product in sample_products():
        assert product.credit == CREDIT
        assert (product.price, product.url, product.brand, product.sizes) == (None, None, None, ())


def test_there_are_eight_photos_of_people() -> None:
    for reference in sample_people():
        with Image.open(io.BytesIO(sample_picture(reference))) as photo:
            assert min(photo.size) >= 768, reference
    assert len(set(sample_people())) == 8


@pytest.mark.parametrize("reference", ["samples:nothing", "../../errors.py", "samples:../client.py", ""])
def test_only_the_samples_can_be_read(reference: str) -> None:
    with pytest.raises(CatalogError, match="sample_unknown"):
        sample_picture(reference)


def test_the_package_s_code_is_never_run() -> None:
    sample_picture(sample_people()[0])
    assert "openvto" not in sys.modules
