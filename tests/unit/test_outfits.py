"""Several pieces in one picture: what is worn over what."""

from __future__ import annotations

import numpy as np
import pytest

from catalog.samples import sample_picture
from pipeline.engines.preview import PreviewEngine
from pipeline.person import find_people
from pipeline.tryon import open_picture
from pipeline.types import Category, Image, Piece, TryOnRequest, no_progress
from tests.samples import sample_person

SHIRT, JEANS, JACKET = "shirts-1", "pants-3", "jackets-4"  # light blue, black, brown


def picture(name: str) -> Image:
    return open_picture(sample_picture(f"samples:{name}-front"))


@pytest.fixture(scope="module")
def person() -> Image:
    return open_picture(sample_person("avatars/3.png").read_bytes())


@pytest.fixture(scope="module")
def engine() -> PreviewEngine:
    return PreviewEngine()


def shirt_and_jeans(person: Image, *, tucked: bool) -> TryOnRequest:
    jeans = Piece(picture(JEANS), category=Category.LOWER)
    return TryOnRequest(person, picture(SHIRT), category=Category.UPPER, more=(jeans,), tucked=tucked)


@pytest.fixture(scope="module")
def untucked(engine: PreviewEngine, person: Image) -> Image:
    return engine.render(shirt_and_jeans(person, tucked=False), no_progress).image


def at(image: Image, person: Image, along: float) -> Image:
    """A square on the trunk's middle, `along` torsos below the shoulders."""
    pose = find_people(person)[0].pose
    x, y = pose.points[[11, 12]].mean(axis=0) * (1 - along) + pose.points[[23, 24]].mean(axis=0) * along
    return image[int(y) - 6 : int(y) + 6, int(x) - 6 : int(x) + 6]


def test_a_shirt_hangs_over_the_waistband_unless_it_is_tucked_in(
    engine: PreviewEngine, person: Image, untucked: Image
) -> None:
    tucked = engine.render(shirt_and_jeans(person, tucked=True), no_progress).image
    assert float(at(untucked, person, 0.98).mean()) > 120, "light blue shirt"
    assert float(at(tucked, person, 0.98).mean()) < 80, "black jeans"


def test_trousers_and_top_may_be_named_in_any_order(engine: PreviewEngine, person: Image, untucked: Image) -> None:
    shirt = Piece(picture(SHIRT), category=Category.UPPER)
    other = TryOnRequest(person, picture(JEANS), category=Category.LOWER, more=(shirt,))
    assert np.array_equal(engine.render(other, no_progress).image, untucked)


def test_a_jacket_shows_the_shirt_that_was_put_on_before_it(engine: PreviewEngine, person: Image) -> None:
    jacket = Piece(picture(JACKET), category=Category.UPPER, over=True)
    request = TryOnRequest(person, picture("shirts-3"), category=Category.UPPER, more=(jacket,))
    result = engine.render(request, no_progress)
    worn = result.image
    assert float(at(worn, person, -0.05).mean()) > 150, "no leather in the opening"
    chest = at(worn, person, 0.5).mean(axis=(0, 1))
    assert chest[0] > chest[2] + 10, "brown leather on the chest"
    colours = {(fact["piece"], fact["part"]): fact["name"] for fact in reversed(result.facts["colours"])}
    assert colours[0, "upper"] == "white"
    assert colours[1, "upper"] == "brown"
    assert colours[None, "lower"] in ("navy", "blue"), "the jeans that he keeps wearing"
    assert (None, "upper") not in colours, "his own sweater is covered"
