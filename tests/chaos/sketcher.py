"""An engine in the preview's place: the photo turned round with the garment in its corner, in four short steps.

A garment that lies in the folder `poison` beside the media kills the process that draws it, as a picture does that
breaks a native library.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import cv2
import numpy as np

from pipeline.engines.registry import PREVIEW
from pipeline.ports import EngineOptions
from pipeline.types import Box, Category, Image, Progress, TryOnRequest, TryOnResult

STEPS = 4
STEP_S = float(os.environ.get("CHAOS_STEP_S", "0.05"))


def poison(folder: Path, garment: Image) -> None:
    """From now on this garment kills whoever draws it."""
    folder.mkdir(exist_ok=True)
    np.save(folder / "poison.npy", garment)


class Sketcher:
    """See pipeline.ports.Engine."""

    def __init__(self, _options: EngineOptions | None = None) -> None:
        self._poison = Path(os.environ["FASHIONCORE_DATA"]) / "poison"

    @property
    def name(self) -> str:
        """See Engine."""
        return PREVIEW

    @property
    def version(self) -> str:
        """See Engine."""
        return "sketch"

    @property
    def categories(self) -> frozenset[Category]:
        """See Engine."""
        return frozenset(Category)

    def load(self) -> None:
        """See Engine."""

    def unload(self) -> None:
        """See Engine."""

    def render(self, request: TryOnRequest, progress: Progress) -> TryOnResult:
        """See Engine."""
        image = np.ascontiguousarray(request.person[:, ::-1])
        height, width = image.shape[:2]
        side = min(height, width) // 4
        image[:side, :side] = cv2.resize(request.garment, (side, side), interpolation=cv2.INTER_AREA)
        for step in range(STEPS):
            threading.Event().wait(STEP_S)
            progress("draw", (step + 1) / STEPS, np.ascontiguousarray(image[::8, ::8]))
            if any(np.array_equal(request.garment, np.load(file)) for file in self._poison.glob("*.npy")):
                os.kill(os.getpid(), signal.SIGKILL)
        mask = np.full((height, width), 255, np.uint8)
        category = request.category or Category.UPPER
        facts = {"generated": True}
        return TryOnResult(image, mask, Box(0, 0, width, height), PREVIEW, category, 1, {"draw": 0.2}, (), facts)
