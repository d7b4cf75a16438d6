"""The one port of the pipeline: a try-on engine, and what it is told when it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from pipeline.errors import PipelineError
from pipeline.types import Category, Progress, TryOnRequest, TryOnResult

SchedulerName = Literal["ddpm", "ddim", "unipc", "lcm"]
PlanName = Literal["resident", "model-offload", "8-bit", "sequential-offload"]
"""How an engine's networks share a GPU's memory with what they compute; from the fastest and largest on."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What an engine may be told; each takes what concerns it. Only entry points read it from the environment.

    The defaults of `scheduler`, `steps`, `guidance` and `size` are the published ones.
    """

    weights: Path | None = None
    """Folder of the networks, in their published layout."""
    dresscode_weights: Path | None = None
    """A second UNet for lower bodies and dresses (yisol/IDM-VTON-DC)."""
    device: str = "auto"
    """As torch names it ("cuda:1"); the GPU with the most free memory, or the CPU, with "auto"."""
    dtype: Literal["auto", "float32", "float16", "bfloat16"] = "auto"
    """float16 on a GPU, float32 on a CPU, with "auto"."""
    plan: PlanName | None = None
    """None: the fastest that fits the memory which is free when the networks are loaded."""
    scheduler: SchedulerName = "ddpm"
    steps: int = 30
    guidance: float = 2.0
    """1 and less: none, at half the work a step."""
    adapter: Path | None = None
    """LoRA for the `lcm` scheduler, for the UNet that draws the person."""
    seed: int = 42
    size: tuple[int, int] = (768, 1024)
    """Width and height at which pictures are drawn; multiples of 64."""
    paste_back: bool = True
    """The photo's own pixels outside what is repainted; without it all of it passes through the VAE."""
    pictures_every: int = 5
    """A small picture goes to `progress` after so many steps; 0: never."""
    compile: bool = False
    """Compile the networks with torch: minutes at the start, some per cent at each step."""


class Identified(Protocol):
    """What is known of an engine by whoever only finds its results again."""

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


class Engine(Identified, Protocol):
    """Dresses a person. Deterministic: the same request and version give the same bytes."""

    def load(self) -> None:
        """Load the models, so that the first person need not wait for them. Raises EngineUnavailable."""
        ...

    def unload(self) -> None:
        """Give memory back, of the GPU's first of all; the next call loads again. Waits for a running render."""
        ...

    def render(self, request: TryOnRequest, progress: Progress) -> TryOnResult:
        """Render one request.

        Raises PersonError, GarmentError, TryOnRefused with a sentence for the person; TryOnCancelled when
        `progress` asks for it; EngineUnavailable when the machine cannot do it.
        """
        ...


@runtime_checkable
class Batches(Protocol):
    """An engine that dresses several persons at once for less than one after the other."""

    def most_together(self, request: TryOnRequest) -> int:
        """How many requests like this one fit into memory together; 1 at the least."""
        ...

    def render_together(
        self, requests: Sequence[TryOnRequest], progresses: Sequence[Progress]
    ) -> list[TryOnResult | PipelineError]:
        """One outcome a request, in their order: what `render` gives or raises. Whoever is refused or cancelled
        leaves the others alone; a garment which several wear is read once."""
        ...
