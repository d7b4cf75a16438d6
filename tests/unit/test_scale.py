"""The plan past one machine: the page says what is computed, and the simulation agrees with what was measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.load import scale
from tests.load.simulation import (
    MEASURED,
    MEASURED_UNFAIRNESS,
    MEASURED_WORKERS,
    PACE,
    Measured,
    Pace,
    Wish,
    fairness,
    pictures_per_s,
    waits,
)


def test_the_page_holds_what_is_computed_now() -> None:
    page = scale.PAGE.read_text()
    assert page == scale.filled(page), "write it: python -m tests.load.scale"
    assert all(f"<!-- {name} -->" in page for name in scale.TABLES)


@pytest.mark.parametrize("run", MEASURED, ids=lambda run: f"{run.draw_s:g} s a picture")
def test_the_simulation_agrees_with_four_measured_workers(run: Measured) -> None:
    said = pictures_per_s(run.jobs, MEASURED_WORKERS, replace(PACE, draw_s=run.draw_s))
    assert said == pytest.approx(run.pictures_per_s, rel=0.02)


def test_who_asks_for_thousands_makes_nobody_else_wait() -> None:
    said = fairness(5_000, 500, MEASURED_WORKERS, replace(PACE, draw_s=0.1))
    assert said == pytest.approx(MEASURED_UNFAIRNESS, rel=0.05)


def test_a_wish_is_drawn_in_its_turn_and_kept_while_the_next_is_drawn() -> None:
    first, again, other = Wish(0.0), Wish(0.5, lately=1), Wish(1.0, whose="another's")
    assert waits([first, again, other], 1, Pace(take_s=1, draw_s=10, keep_s=5)) == {
        first: 16,
        other: 26,
        again: 37.5,
    }


def test_twice_the_people_need_twice_of_what_is_paid_for() -> None:
    here = scale.machine()
    one, two = scale.Plan(10_000_000, here), scale.Plan(20_000_000, here)
    for what, cost in one.costs.items():
        assert two.costs[what] == pytest.approx(2 * cost), what
    assert two.gpus == pytest.approx(2 * one.gpus, rel=0.01)
    assert two.hints == pytest.approx(4 * one.hints, rel=0.01), "each of twice as many is told twice as much"
