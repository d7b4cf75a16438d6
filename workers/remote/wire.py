"""What two workers of fashionCORE say to each other: one JSON document asks, lines of JSON answer.

Pictures are lossless, so that what is drawn elsewhere is to the pixel what would be drawn here. Of a result only
the box that changed goes back. An answer is any number of lines with progress, or empty ones that say “still
here”, and then one with the result or the reason why there is none.
"""

from __future__ import annotations

import io
import re
from typing import Any, Literal

import cv2
import numpy as np
from PIL import Image as Pillow
from pydantic import BaseModel, ConfigDict, Field

from pipeline.errors import (
    EngineUnavailable,
    GarmentError,
    PersonError,
    PipelineError,
    TryOnCancelled,
    TryOnRefused,
)
from pipeline.types import Box, Category, Image, Mask, Piece, TryOnRequest, TryOnResult

RENDER_PATH, HELLO_PATH = "/v1/renders", "/v1/engine"

MAX_BODY_BYTES = 64 * 2**20
"""Several times an outfit of eight pieces; a question or an answer that is larger is none of ours."""

MAX_PIECES = 8
MAX_SIDE_PX = 4096
"""Intake makes no picture larger than 2048."""

SKETCH_SIDE_PX = 512
"""What goes along with progress is shown small."""

_PLAIN_TEMPLATE = re.compile(r"(?:[^{}]|\{[a-z_]+\})*")
"""A sentence whose placeholders are names: nothing else of what format strings can do is taken from elsewhere."""


class WireError(Exception):
    """What came is not what two workers say to each other."""


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", ser_json_bytes="base64", val_json_bytes="base64")


class WirePiece(_Wire):
    """See pipeline.types.Piece."""

    picture: bytes
    back: bytes | None = None
    category: Category | None = None
    over: bool | None = None
    words: str = Field(default="", max_length=4000)


class WireRequest(_Wire):
    """See pipeline.types.TryOnRequest."""

    person: bytes
    person_index: int | None = Field(default=None, ge=0, le=1000)
    pieces: list[WirePiece] = Field(min_length=1, max_length=MAX_PIECES)
    tucked: bool = False


class WireResult(_Wire):
    """See pipeline.types.TryOnResult; `pixels` and `mask` are those of the box."""

    engine: str = Field(max_length=100)
    version: str = Field(max_length=100)
    box: tuple[int, int, int, int]
    pixels: bytes
    mask: bytes
    category: Category
    people_found: int = Field(ge=1, le=1000)
    seconds: dict[str, float] = Field(default_factory=dict)
    warnings: list[str] = Field(default_factory=list, max_length=20)
    facts: dict[str, Any] = Field(default_factory=dict)


Kind = Literal["person", "garment", "refused", "unavailable", "cancelled"]
_KINDS: dict[Kind, type[PipelineError]] = {
    "person": PersonError,
    "garment": GarmentError,
    "refused": TryOnRefused,
}


class WireRefusal(_Wire):
    """See pipeline.errors.PipelineError; `detail` is for whoever runs the program."""

    kind: Kind
    code: str = Field(pattern=r"^[a-z_]{1,60}$")
    sentence: str = Field(default="", max_length=600)
    values: dict[str, str | int] = Field(default_factory=dict, max_length=10)
    detail: str = Field(default="", max_length=1000)


class WireLine(_Wire):
    """One line of an answer; an empty one says that the work goes on."""

    stage: str | None = Field(default=None, max_length=100)
    fraction: float = Field(default=0.0, ge=0.0, le=1.0)
    sketch: bytes | None = None
    result: WireResult | None = None
    refusal: WireRefusal | None = None


class WireHello(_Wire):
    """Who draws."""

    engine: str = Field(max_length=100)
    version: str = Field(max_length=100)
    categories: list[Category]


# --- pictures ---------------------------------------------------------------------------------------


def packed(picture: Image | Mask) -> bytes:
    """A picture or mask without loss; as quick as PNG and a third smaller."""
    out = io.BytesIO()
    Pillow.fromarray(picture).save(out, "WEBP", lossless=True, quality=0, method=0)
    return out.getvalue()


def unpacked(data: bytes) -> Image:
    """The picture (H, W, 3). Raises WireError."""
    try:
        with Pillow.open(io.BytesIO(data), formats=("WEBP",)) as opened:
            if max(opened.size) > MAX_SIDE_PX:
                raise WireError("a picture is too large")
            return np.asarray(opened.convert("RGB"), np.uint8)
    except (OSError, ValueError, SyntaxError) as error:
        raise WireError("a picture cannot be read") from error


# --- asking -----------------------------------------------------------------------------------------


def question(request: TryOnRequest) -> bytes:
    """The request as it is sent."""
    pieces = [
        WirePiece(
            picture=packed(piece.picture),
            back=None if piece.back is None else packed(piece.back),
            category=piece.category,
            over=piece.over,
            words=piece.words,
        )
        for piece in request.pieces
    ]
    asked = WireRequest(
        person=packed(request.person), person_index=request.person_index, pieces=pieces, tucked=request.tucked
    )
    return asked.model_dump_json().encode()


def request_of(asked: WireRequest) -> TryOnRequest:
    """The request that was sent. Raises WireError."""
    first, *more = (
        Piece(
            unpacked(piece.picture),
            None if piece.back is None else unpacked(piece.back),
            piece.category,
            piece.over,
            piece.words,
        )
        for piece in asked.pieces
    )
    return TryOnRequest(
        person=unpacked(asked.person),
        garment=first.picture,
        garment_back=first.back,
        category=first.category,
        person_index=asked.person_index,
        over=first.over,
        more=tuple(more),
        tucked=asked.tucked,
        words=first.words,
    )


# --- answering --------------------------------------------------------------------------------------


def line_of_progress(stage: str, fraction: float, picture: Image | None) -> WireLine:
    """How far it is."""
    if picture is not None and max(picture.shape[:2]) > SKETCH_SIDE_PX:
        share = SKETCH_SIDE_PX / max(picture.shape[:2])
        picture = np.asarray(cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)
    return WireLine(stage=stage, fraction=fraction, sketch=None if picture is None else packed(picture))


def line_of_result(result: TryOnResult, version: str) -> WireLine:
    """The end, when it went well."""
    box = result.box
    rows, columns = slice(box.top, box.bottom), slice(box.left, box.right)
    drawn = WireResult(
        engine=result.engine,
        version=version,
        box=(box.left, box.top, box.right, box.bottom),
        pixels=packed(result.image[rows, columns]),
        mask=packed(result.mask[rows, columns]),
        category=result.category,
        people_found=result.people_found,
        seconds=result.seconds,
        warnings=list(result.warnings),
        facts=result.facts,
    )
    return WireLine(result=drawn)


def line_of_error(error: PipelineError) -> WireLine:
    """The end, when it did not."""
    detail = error.detail if isinstance(error, EngineUnavailable) else ""
    kind: Kind = "cancelled" if isinstance(error, TryOnCancelled) else "unavailable"
    kind = next((name for name, known in _KINDS.items() if isinstance(error, known)), kind)
    said = WireRefusal(
        kind=kind, code=error.code, sentence=error.sentence, values=error.values, detail=detail[:1000]
    )
    return WireLine(refusal=said)


def result_of(drawn: WireResult, person: Image, engine: str) -> TryOnResult:
    """What was drawn elsewhere, on our own copy of the photo. Raises WireError."""
    left, top, right, bottom = drawn.box
    height, width = person.shape[:2]
    if not (0 <= left < right <= width and 0 <= top < bottom <= height):
        raise WireError("its box is not in the photo")
    pixels, changed = unpacked(drawn.pixels), unpacked(drawn.mask)[..., 0]
    if pixels.shape[:2] != (bottom - top, right - left) or changed.shape != pixels.shape[:2]:
        raise WireError("its picture does not have the size of its box")
    image, mask = person.copy(), np.zeros((height, width), np.uint8)
    mask[top:bottom, left:right] = changed
    image[mask > 0] = pixels[changed > 0]
    return TryOnResult(
        image=image,
        mask=mask,
        box=Box(left, top, right, bottom),
        engine=engine,
        category=drawn.category,
        people_found=drawn.people_found,
        seconds=drawn.seconds,
        warnings=tuple(drawn.warnings),
        facts={**drawn.facts, "drawn_by": f"{drawn.engine} {drawn.version}"},
    )


def error_of(refusal: WireRefusal) -> PipelineError:
    """What the engine elsewhere raised: the same sentence, for us to translate."""
    kind = _KINDS.get(refusal.kind)
    if refusal.kind == "cancelled":
        return EngineUnavailable("remote_stopped", "The worker there stopped the picture.")
    if kind is None:
        return EngineUnavailable(refusal.code, f"The worker there says: {refusal.detail or refusal.code}")
    if not refusal.sentence or not _PLAIN_TEMPLATE.fullmatch(refusal.sentence):
        return EngineUnavailable("remote_answer", "The worker there gave a reason that is no sentence.")
    try:
        return kind(refusal.code, refusal.sentence, **refusal.values)
    except KeyError:
        return EngineUnavailable("remote_answer", "The worker there gave a sentence without its values.")
