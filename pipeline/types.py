"""The nouns of the pipeline. All images are RGB uint8 arrays of shape (H, W, 3) unless a name says else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""RGB, shape (H, W, 3), values 0..255, sRGB."""

Mask = NDArray[np.uint8]
"""Shape (H, W), 0 = out, 255 = in."""

Alpha = NDArray[np.float32]
"""Shape (H, W), 0..1, soft edge."""


class Category(StrEnum):
    """Which part of the body a garment dresses."""

    UPPER = "upper"
    LOWER = "lower"
    DRESS = "dress"


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels, left/top inclusive, right/bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """What intake hands on: upright sRGB pixels re-encoded without any metadata.

    `data` is a JPEG; `sha256` its hex digest; `width` and `height` in pixels, long side at most 2048.
    """

    data: bytes
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One garment of an outfit; see TryOnRequest for the fields."""

    picture: Image
    back: Image | None = None
    category: Category | None = None
    over: bool | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TryOnRequest:
    """A garment, or an outfit, on one person.

    `person_index` chooses among several people, numbered from 0 in the order `pipeline.person.find_people`
    reports them. `category` None means: detect it. `garment_back` is used when the person shows their back.
    `over` says that the garment is worn over what the person has on (jackets, coats), so that it shows in the
    opening; None means: judge by the picture. `more` are further pieces, tops from the skin outwards; `tucked`
    puts the first top into the trousers or the skirt. `words` say in English what the garment is
    ("short sleeve round neck t-shirt"), for engines that read; "" where nobody said it.
    """

    person: Image
    garment: Image
    garment_back: Image | None = None
    category: Category | None = None
    person_index: int | None = None
    over: bool | None = None
    more: tuple[Piece, ...] = ()
    tucked: bool = False
    words: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All garments as given."""
        return (Piece(self.garment, self.garment_back, self.category, self.over, self.words), *self.more)


@dataclass(frozen=True, slots=True)
class TryOnResult:
    """The picture and how it came about.

    `image` has the person photo's own size; `mask` marks every pixel that may differ from the photo;
    `seconds` are wall seconds a stage in order; `warnings` are sentences for the person. `facts` are kept with the
    result as JSON: "colours", where the engine measures them, as in `pipeline.engines.facts`; of one that
    generates also "generated" (true), "conditions" (who made each of them), "steps", "scheduler", "plan".
    """

    image: Image
    mask: Mask
    box: Box
    engine: str
    category: Category
    people_found: int
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


class Progress(Protocol):
    """Called between steps; raises TryOnCancelled to stop the work."""

    def __call__(self, stage: str, fraction: float, picture: Image | None = None, /) -> None:
        """`fraction` of the work is done, 0..1, and `stage` begins. `picture` is small and rough: what it
        looks like so far."""
        ...


def no_progress(_stage: str, _fraction: float, _picture: Image | None = None, /) -> None:
    """Progress for callers who do not watch."""
