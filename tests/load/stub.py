"""`python -m tests.load.stub`: a worker whose engine takes LOAD_STUB_S seconds for each picture and draws nothing.

No setting of the program names this engine; the measurements of tests/load put it among the others.
"""

from __future__ import annotations

import os
import time

import numpy as np

from pipeline.engines import registry
from pipeline.ports import EngineOptions
from pipeline.types import Box, Category, Progress, TryOnRequest, TryOnResult
from tests.load.house import STUB
from workers.__main__ import main


class StubEngine:
    """Waits, and returns the photo."""

    name, version = STUB, "1"
    categories = frozenset(Category)

    def __init__(self, _options: EngineOptions) -> None:
        self._seconds = float(os.environ["LOAD_STUB_S"])

    def load(self) -> None:
        """Nothing."""

    def unload(self) -> None:
        """Nothing."""

    def render(self, request: TryOnRequest, progress: Progress) -> TryOnResult:
        """See Engine."""
        began = time.monotonic()
        progress("stub", 0.5)
        time.sleep(max(0.0, self._seconds - (time.monotonic() - began)))
        height, width = request.person.shape[:2]
        mask = np.zeros((height, width), bool)
        seconds = {"stub": time.monotonic() - began}
        # No two are the same picture: each is kept by itself.
        image = request.person.copy()
        image[:16, :16] = np.frombuffer(os.urandom(16 * 16 * 3), np.uint8).reshape(16, 16, 3)
        return TryOnResult(
            image, mask, Box(0, 0, width, height), STUB, request.category or Category.UPPER, 1, seconds
        )


if __name__ == "__main__":
    # By its name as a module: the engine is made once more from there.
    registry._ENGINES[STUB] = ("tests.load.stub", "StubEngine")  # nothing else may register one
    main()
