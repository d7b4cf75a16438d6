"""What two workers say to each other, and what neither takes from the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipeline.errors import (
    EngineUnavailable,
    GarmentError,
    PersonError,
    PipelineError,
    TryOnCancelled,
    TryOnRefused,
)
from pipeline.types import Box, Category, Image, Piece, TryOnRequest, TryOnResult
from workers.remote.wire import (
    WireError,
    WireLine,
    WireRefusal,
    WireRequest,
    WireResult,
    error_of,
    line_of_error,
    line_of_result,
    packed,
    question,
    request_of,
    result_of,
)


def noise(height: int, width: int, seed: int) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def test_a_request_arrives_to_the_pixel() -> None:
    sent = TryOnRequest(
        noise(40, 30, 1), noise(20, 20, 2), noise(20, 21, 3), Category.UPPER, 2, over=True, tucked=True,
        more=(Piece(noise(9, 8, 4), None, Category.LOWER, words="Jeans „blau“"),), words="red tee",
    )  # fmt: skip
    came = request_of(WireRequest.model_validate_json(question(sent)))
    for mine, theirs in zip(sent.pieces, came.pieces, strict=True):
        assert np.array_equal(mine.picture, theirs.picture)
        assert (mine.category, mine.over, mine.words) == (theirs.category, theirs.over, theirs.words)
    assert np.array_equal(sent.person, came.person)
    assert came.garment_back is not None
    assert sent.garment_back is not None
    assert np.array_equal(sent.garment_back, came.garment_back)
    assert (came.person_index, came.tucked) == (2, True)


def drawn(**other: Any) -> tuple[TryOnResult, WireLine]:
    image = noise(40, 30, 1)
    mask = np.zeros((40, 30), np.uint8)
    mask[10:20, 5:15] = 255
    mask[12, 7] = 0
    result = TryOnResult(
        noise(40, 30, 7), mask, Box(5, 10, 15, 20), "idm", Category.UPPER, 1, {"draw": 0.5}, ("Mind the hem.",),
        {"steps": 4},
    )  # fmt: skip
    result.image[mask == 0] = image[mask == 0]
    line = line_of_result(result, "3")
    said = WireLine.model_validate_json(line.model_dump_json(exclude_defaults=True))
    assert said.result is not None
    return result, said.model_copy(update={"result": said.result.model_copy(update=other)})


def test_a_result_comes_back_to_the_pixel_on_our_own_copy_of_the_photo() -> None:
    result, line = drawn()
    assert line.result is not None
    person = noise(40, 30, 1)
    came = result_of(line.result, person, "remote")
    assert np.array_equal(came.image, result.image)
    assert np.array_equal(came.mask, result.mask)
    assert (came.engine, came.box, came.warnings) == ("remote", result.box, result.warnings)
    assert came.facts == {"steps": 4, "drawn_by": "idm 3"}
    assert np.array_equal(person, noise(40, 30, 1)), "it was painted into the caller's photo"


@pytest.mark.parametrize(
    "other",
    [
        {"box": (5, 10, 31, 20)},
        {"box": (-1, 10, 9, 20)},
        {"box": (5, 10, 5, 20)},
        {"box": (5, 10, 16, 20)},
        {"pixels": b"no picture"},
        {"mask": packed(np.zeros((3, 3), np.uint8))},
    ],
)
def test_a_result_that_does_not_fit_the_photo_is_none(other: dict[str, Any]) -> None:
    line = drawn(**other)[1]
    assert isinstance(line.result, WireResult)
    with pytest.raises(WireError):
        result_of(line.result, noise(40, 30, 1), "remote")


@pytest.mark.parametrize(
    "raised",
    [
        PersonError("several_people", "I see {count} people in this photo. Which number are you?", count=4),
        GarmentError("no_garment", "There is none."),
        TryOnRefused("turned_away", "You are turned to the side."),
    ],
)
def test_a_reason_comes_back_as_the_same_sentence_for_us_to_translate(raised: PipelineError) -> None:
    refusal = line_of_error(raised).refusal
    assert refusal is not None
    came = error_of(WireRefusal.model_validate_json(refusal.model_dump_json()))
    assert type(came) is type(raised)
    assert (came.code, came.sentence, came.values) == (raised.code, raised.sentence, raised.values)


def test_what_the_machine_there_lacks_is_told_to_the_operator_alone() -> None:
    refusal = line_of_error(EngineUnavailable("out_of_memory", "8 GB of 6 GB")).refusal
    assert refusal is not None
    came = error_of(refusal)
    assert isinstance(came, EngineUnavailable)
    assert came.user_message == EngineUnavailable.SENTENCE
    assert "8 GB of 6 GB" in came.detail
    stopped = line_of_error(TryOnCancelled()).refusal
    assert stopped is not None
    assert isinstance(error_of(stopped), EngineUnavailable), "we did not ask for it"


@pytest.mark.parametrize("sentence", ["{0.__class__}", "{count:>999999999}", "{", "{count!r}", "{missing}", ""])
def test_a_sentence_that_does_more_than_name_its_values_is_none(sentence: str) -> None:
    refusal = WireRefusal(kind="person", code="several_people", sentence=sentence, values={"count": 4})
    assert isinstance(error_of(refusal), EngineUnavailable)
