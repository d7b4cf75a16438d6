"""A handful of real pictures: the bars that must never fall, and controls that must never pass.

The whole set, with every figure, is `./fashioncore bench --quality`.
"""

from __future__ import annotations

import pytest

from pipeline.engines.registry import engine
from tests.data import needs_test_data
from tests.quality.judge import Outcome, judge
from tests.quality.material import material, path_of
from tests.quality.painters import EnginePainter, Painter
from tests.quality.run import ANOTHER, controls, named

pytestmark = needs_test_data
SAFE = ("face", "background", "others")


@pytest.fixture(scope="module", params=["pair-00055+coral-tee", "four-men-3+coral-tee"])
def outcome(request: pytest.FixtureRequest) -> Outcome:
    (case,) = named((request.param,))
    return judge(case, EnginePainter(engine("preview")))


def test_what_must_stay_stays(outcome: Outcome) -> None:
    assert outcome.status == "dressed", outcome.code
    taken = {one.key: one for one in outcome.readings if one.key in SAFE}
    assert len(taken) >= 2
    assert not [one for one in taken.values() if not one.passed]


def test_the_garment_is_on_and_the_old_one_is_gone(outcome: Outcome) -> None:
    figures = {one.key: one.value for one in outcome.readings}
    assert figures["left"] < 0.1
    assert figures["colour"] < 8
    assert figures["detail"] > 0.5


@pytest.mark.parametrize("name", list(controls()))
def test_a_control_fails(name: str) -> None:
    painter: Painter = controls()[name]
    (case,) = named(("pair-00055+coral-tee",))
    outcome = judge(case, painter)
    assert outcome.status == "dressed", outcome.code
    assert outcome.failed, f"{name} passes every bar: the bars measure nothing"


def test_the_labels_name_files_that_exist_and_no_case_comes_twice() -> None:
    known = material()
    for file, sample in [(one.file, one.sample) for one in known.garments.values()]:
        assert path_of(file, sample).is_file(), file
    for file, sample in [(one.file, one.sample) for one in known.people.values()]:
        assert path_of(file, sample).is_file(), file
    assert len({case.name for case in known.cases}) == len(known.cases)
    assert set(ANOTHER) <= set(known.garments)
