"""Slim trousers on legs that wore baggy ones: they taper without a ledge, a bend or a level cut."""

from __future__ import annotations

import numpy as np

from pipeline.fit.bottom import STEEP, _no_steeper
from pipeline.fit.legs import BACK, _shift
from pipeline.masks import evenly
from pipeline.paint.bottom import PARTING, _wedge

STATIONS = 72


def test_where_the_old_outline_is_left_the_edge_comes_back_without_a_ledge() -> None:
    arcs = evenly(0.0, 710.0, STATIONS)
    wider = np.where((arcs > 200.0) & (arcs < 400.0), 30.0, 0.0)
    edge = _no_steeper(wider, arcs, STEEP[0])
    assert np.abs(np.diff(edge) / np.diff(arcs)).max() <= STEEP[0] + 1e-9
    assert (edge <= wider).all()
    assert edge.max() > 5.0


def test_an_edge_that_tapers_evenly_keeps_its_line() -> None:
    arcs = evenly(0.0, 710.0, STATIONS)
    straight = 30.0 - 0.04 * arcs
    assert np.allclose(_no_steeper(straight, arcs, STEEP[0]), straight)


def test_a_legs_middle_is_that_of_its_edges_and_comes_back_slowly_to_its_joints() -> None:
    stations = np.arange(STATIONS)
    seen = (stations > 30) & (stations < 45)
    middle = _shift(np.where(seen, 12.0, 99.0), seen)
    assert np.allclose(middle[35:41], 12.0, atol=1.0)
    assert np.abs(np.diff(middle)).max() < 1.5 * 12.0 / BACK, "no bend"
    assert np.allclose(middle[stations < 30 - BACK - 9], 0.0, atol=0.1)


def test_a_leg_whose_edges_are_not_seen_keeps_the_line_of_its_joints() -> None:
    assert not _shift(np.full(STATIONS, 12.0), np.zeros(STATIONS, np.bool_)).any()


def test_thighs_that_touch_part_in_a_wedge_not_in_a_level_cut() -> None:
    shape, width = (80, 60), 9
    gap = np.zeros((60, 60), np.bool_)
    gap[:, 20 : 20 + width] = True
    parted = _wedge(gap, shape)
    rows = parted.sum(axis=1)
    assert rows[59] == width
    assert not rows[60:].any()
    assert (np.diff(rows[:60]) >= 0).all()
    assert np.diff(rows[:60]).max() <= 2
    assert not rows[: 59 - round(PARTING * width)].any()
    assert (parted[:60] <= gap).all()


def test_a_gap_that_is_closed_to_its_end_has_no_wedge() -> None:
    gap = np.zeros((60, 60), np.bool_)
    gap[:50, 20:29] = True
    assert not _wedge(gap, (80, 60)).any()
