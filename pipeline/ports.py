"""The one port of the pipeline: a try-on engine."""

from __future__ import annotations

from typing import Protocol

from pipeline.types import Category, Progress, TryOnRequest, TryOnResult


class Engine(Protocol):
    """Dresses a person. Deterministic: the same request and version give the same bytes."""

    @property
    def name(self) -> str:
        """Stable, lower case, part of the result's key ("preview", "idm")."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same request may give other pixels; part of the result's key."""
        ...

    @property
    def categories(self) -> frozenset[Category]:
        """What it can dress."""
        ...

    def load(self) -> None:
        """Load the models, so that the first person need not wait for them."""
        ...

    def render(self, request: TryOnRequest, progress: Progress) -> TryOnResult:
        """Render one request.

        Raises PersonError, GarmentError, TryOnRefused with a sentence for the person; TryOnCancelled when
        `progress` asks for it.
        """
        ...
