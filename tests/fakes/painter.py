"""An engine that takes its steps when it is told to: the photo turned round, a sketch at each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pipeline.errors import PipelineError
from pipeline.ports import EngineOptions
from pipeline.types import Box, Category, Image, Progress, TryOnRequest, TryOnResult

NAME = "painter"


class Painter:
    """See pipeline.ports.Engine and Batches. `at_step` is called before each step, in the engine's thread."""

    def __init__(self, _options: EngineOptions | None = None, *, together: int = 1, of_steps: int = 4) -> None:
        self.together = together
        self.of_steps = of_steps
        self.loaded = 0
        self.resident = False
        self.batches: list[int] = []
        self.steps = 0
        self.at_step: Callable[[int], None] = lambda _step: None

    @property
    def name(self) -> str:
        """See Engine."""
        return NAME

    @property
    def version(self) -> str:
        """See Engine."""
        return "1"

    @property
    def categories(self) -> frozenset[Category]:
        """See Engine."""
        return frozenset(Category)

    def load(self) -> None:
        """See Engine."""
        if not self.resident:
            self.loaded += 1
            self.resident = True

    def unload(self) -> None:
        """See Engine."""
        self.resident = False

    def render(self, request: TryOnRequest, progress: Progress) -> TryOnResult:
        """See Engine."""
        (outcome,) = self.render_together([request], [progress])
        if isinstance(outcome, PipelineError):
            raise outcome
        return outcome

    def most_together(self, request: TryOnRequest) -> int:
        """See Batches."""
        del request
        return self.together

    def render_together(
        self, requests: Sequence[TryOnRequest], progresses: Sequence[Progress]
    ) -> list[TryOnResult | PipelineError]:
        """See Batches."""
        self.load()
        self.batches.append(len(requests))
        outcomes: dict[int, TryOnResult | PipelineError] = {}
        for step in range(self.of_steps):
            self.at_step(step)
            self.steps += 1
            for number, progress in enumerate(progresses):
                if number not in outcomes:
                    try:
                        progress("denoise", (step + 1) / self.of_steps, _small(requests[number].person))
                    except PipelineError as stopped:
                        outcomes[number] = stopped
            if len(outcomes) == len(requests):
                break
        return [outcomes.get(number) or self._painted(request) for number, request in enumerate(requests)]

    def _painted(self, request: TryOnRequest) -> TryOnResult:
        image = np.ascontiguousarray(request.person[:, ::-1])
        height, width = image.shape[:2]
        mask = np.full((height, width), 255, np.uint8)
        return TryOnResult(
            image, mask, Box(0, 0, width, height), NAME, request.category or Category.UPPER, 1,
            {"denoise": 0.1}, (), {"generated": True},
        )  # fmt: skip


def _small(image: Image) -> Image:
    return np.ascontiguousarray(image[::8, ::8])
