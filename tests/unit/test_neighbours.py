"""Where two people stand close together colour tells whose sleeve it is, and nothing does where it is the same."""

from __future__ import annotations

from typing import cast

import numpy as np

from pipeline.masks import Bool, Floats
from pipeline.person.frame import Skeleton
from pipeline.person.wearer import _own_by_colour

HEIGHT, WIDTH, TORSO = 320, 400, 200.0
MINE, SEAM, THEIRS = 160, 186, 206  # columns: the own tube's edge, where the clothes meet, the neighbour's tube
BLUE, BLACK, GREEN = (130, 150, 190), (28, 28, 30), (42, 48, 42)


class Standing:
    """What of a skeleton is asked for."""

    torso = TORSO
    pelvis = np.array([100.0, 300.0])


def told(own: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[Bool, Bool]:
    """What is told to be one's own of two clothes that meet, and what was in doubt."""
    picture = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    picture[:, :SEAM], picture[:, SEAM:] = own, other
    columns = np.broadcast_to(np.arange(WIDTH, dtype=np.float32), (HEIGHT, WIDTH))
    mine: Floats = np.asarray(np.maximum(columns - MINE, 0) / TORSO, np.float32)
    theirs: Floats = np.asarray(np.maximum(THEIRS - columns, 0) / TORSO, np.float32)
    beside = theirs < mine + 0.3
    return _own_by_colour(picture, (mine, theirs), beside, cast(Skeleton, Standing())), beside


def test_a_sleeve_of_ones_own_colour_is_ones_own() -> None:
    found, beside = told(BLUE, BLACK)
    rows = slice(40, 260)
    assert beside[rows, MINE + 5 : SEAM].any()
    assert (found | ~beside)[rows, : SEAM - 6].all()
    assert not found[:, SEAM + 2 :].any()


def test_where_both_wear_nearly_black_the_doubt_stays_theirs() -> None:
    found, _ = told(GREEN, BLACK)
    assert not found.any()
