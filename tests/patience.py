"""How long tests wait for what must come: the only place that knows how slow a machine may be.

A test says how many seconds are enough on a quiet machine. Where many things run at once each takes many times as
long, and a limit that is reached then says nothing; what never comes is noticed all the same, only later.
`FASHIONCORE_TEST_PATIENCE=1` for whoever waits for a failure.
"""

from __future__ import annotations

import os

FACTOR = float(os.environ.get("FASHIONCORE_TEST_PATIENCE", "4"))


def patient(seconds: float) -> float:
    """So many seconds of a quiet machine, on any."""
    return FACTOR * seconds
