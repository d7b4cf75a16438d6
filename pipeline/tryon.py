"""One try-on from files to files: what the command line calls."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as PillowImage

from pipeline.engines.registry import engine
from pipeline.intake import intake
from pipeline.ports import EngineOptions
from pipeline.types import Box, Category, Image, Piece, Progress, TryOnRequest, no_progress


@dataclass(frozen=True, slots=True)
class TryOnReport:
    """What `./fashioncore tryon --json` prints.

    `seconds` are wall seconds a stage, in order; `people` how many were found; `box` encloses every changed
    pixel of the photo; `mask` is the path of the written mask, None when none was asked for;
    `facts` what the engine tells of its work.
    """

    engine: str
    engine_version: str
    category: str
    seconds: dict[str, float]
    warnings: tuple[str, ...]
    people: int
    box: Box
    width: int
    height: int
    out: str
    mask: str | None
    facts: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Plain values for json.dumps."""
        return asdict(self)


def open_picture(data: bytes) -> Image:
    """An untrusted file as RGB pixels, through intake. Raises IntakeError."""
    clean = intake(data)
    with PillowImage.open(io.BytesIO(clean.data)) as picture:
        return np.asarray(picture.convert("RGB"), np.uint8)


def save_picture(pixels: Image, path: Path) -> None:
    """Write by suffix: .jpg and .webp at high quality, everything else as PNG."""
    picture = PillowImage.fromarray(pixels)
    suffix = path.suffix.lower()
    if suffix in (".jpg", ".jpeg"):
        picture.save(path, "JPEG", quality=95, subsampling=0)
    elif suffix == ".webp":
        picture.save(path, "WEBP", quality=95)
    else:
        picture.save(path, "PNG")


def run_tryon(
    person: Path,
    garment: Path,
    out: Path,
    *,
    engine_name: str = "preview",
    options: EngineOptions | None = None,
    category: Category | None = None,
    person_index: int | None = None,
    back: Path | None = None,
    over: bool | None = None,
    also: Sequence[Path] = (),
    tucked: bool = False,
    words: str = "",
    mask: Path | None = None,
    progress: Progress = no_progress,
) -> TryOnReport:
    """Read both files, render, write the picture and, when asked, the mask of changed pixels.

    `person_index` counts from 0, left to right; None is right when one person is in the photo. `also` are further
    pieces of an outfit, tops from the skin outwards. `words` say what the garment is, for engines that read.
    Raises PipelineError with a sentence for the person, OSError when a file cannot be read or written.
    """
    chosen = engine(engine_name, options or EngineOptions())
    request = TryOnRequest(
        person=open_picture(person.read_bytes()),
        garment=open_picture(garment.read_bytes()),
        garment_back=None if back is None else open_picture(back.read_bytes()),
        category=category,
        person_index=person_index,
        over=over,
        more=tuple(Piece(open_picture(path.read_bytes())) for path in also),
        tucked=tucked,
        words=words,
    )
    result = chosen.render(request, progress)
    save_picture(result.image, out)
    if mask is not None:
        PillowImage.fromarray(result.mask).save(mask, "PNG")
    height, width = result.image.shape[:2]
    return TryOnReport(
        engine=result.engine,
        engine_version=chosen.version,
        category=result.category.value,
        seconds=result.seconds,
        warnings=result.warnings,
        people=result.people_found,
        box=result.box,
        width=width,
        height=height,
        out=str(out),
        mask=None if mask is None else str(mask),
        facts=result.facts,
    )
