"""The only way in for a picture from outside: a stranger's bytes become a `CleanPhoto` or an `IntakeError`.

The bytes are looked at here (size, first bytes) and opened in a child process (`pipeline.intake_decode`), which
answers with raw pixels. They are encoded afresh here, so no metadata and nothing a decoder was made to write
can come along.
"""

from __future__ import annotations

import hashlib
import logging
import signal
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from pipeline.errors import IntakeError
from pipeline.sandbox import (
    JobDiedError,
    JobRefusedByChildError,
    JobTimeoutError,
    Sandbox,
    SandboxBusyError,
    SandboxError,
    SandboxLimits,
)
from pipeline.types import CleanPhoto

_log = logging.getLogger(__name__)

_JOB = "pipeline.intake_decode:decode"
_PIXEL_BYTES = 3


class PhotoFormat(StrEnum):
    """What is let in. MPO and Ultra HDR are JPEG, HEIC is HEIF."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    AVIF = "avif"
    HEIF = "heif"


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """What a file may be, and what looking at it may cost.

    `max_bytes`: what Telegram lets a bot fetch. `max_pixels`: above the 50 megapixel cameras of phones, below
    what a 34-byte WebP can declare. `min_side_px`: the smallest that is a picture and no icon; whether a person
    or a garment is large enough in it is for their own analysis to say. `min_heif_side_px`: HEIF files come out
    of cameras, so a small one is the preview of a photo. `memory_bytes`: address space of the child; a
    48 megapixel HEIC, PNG or AVIF needs under 640 MiB.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_pixels: int = 50_000_000
    max_aspect: int = 4
    min_side_px: int = 100
    min_heif_side_px: int = 256
    long_side_px: int = 2048
    jpeg_quality: int = 92
    memory_bytes: int = 1024 * 1024 * 1024
    cpu_s: int = 10
    wall_s: float = 15.0
    queue_s: float = 30.0


_STILL_PHOTO = "Send a still photo (JPEG, PNG, WebP or HEIC)."
SENTENCES = {
    "empty": "The file arrived empty. Send the photo again.",
    "unsupported_format": "I can't open this kind of file. Send a photo as JPEG, PNG, WebP or HEIC.",
    "foreign": "This is {kind}, which I can't open. Send a photo as JPEG, PNG, WebP or HEIC.",
    "too_large_file": "This file is larger than {max_megabytes} MB. Send a smaller copy, or a screenshot of it.",
    "too_many_pixels": "This picture has more than {max_megapixels} megapixels. Send a smaller copy of it.",
    "bad_aspect": "This picture is a very long strip. Crop it to the person or the garment and send it again.",
    "too_small": "This picture is only a thumbnail. Send the photo itself, at full size.",
    "animated": f"Animated pictures don't work here. {_STILL_PHOTO}",
    "corrupt": "This picture is damaged or incomplete. Send it again, or take a screenshot of it and send that.",
    "timeout": "This picture took too long to open. Send a smaller copy, or a screenshot of it.",
    "out_of_memory": "This picture is too heavy to open. Send a smaller copy, or a screenshot of it.",
    "crashed": "This picture could not be opened. Take a screenshot of it and send that, or send another photo.",
    "busy": "Many photos are coming in just now. Send yours again in a minute.",
    "unavailable": "Photos can't be opened just now, and it is not your photo's fault. Send it again later.",
    "no_file": "There is no file to read there. Check its name and try again.",
}
"""Every code an `IntakeError` of this module has, with what the person reads; "foreign" is said of an
"unsupported_format" that we know by name.
"""

_RETRYABLE = frozenset({"busy", "unavailable"})
_CHILD_MAY_SAY = frozenset({"too_many_pixels", "too_small", "bad_aspect", "animated", "corrupt", "out_of_memory"})

_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_STILL_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_HEIF_SEQUENCE_BRANDS = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"})
_BRANDS_READ_BYTES = 256
_FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "an EPS drawing"),
    (b"\xc5\xd0\xd3\xc6", "an EPS drawing"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF or raw camera file"),
    (b"MM\0*", "a TIFF or raw camera file"),
    (b"8BPS", "a Photoshop file"),
    (b"\0\0\1\0", "an icon file"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"PK\3\4", "an archive or document"),
)
KINDS = tuple(dict.fromkeys(name for _, name in _FOREIGN))
"""What other files are called in the sentence "foreign"."""


def intake(data: bytes, limits: IntakeLimits | None = None) -> CleanPhoto:
    """Clean one photo in a child of its own; 0.1 s slower than an `IntakePool`, which keeps children ready.

    Raises IntakeError; its codes are the keys of `SENTENCES`.
    """
    limits = limits or IntakeLimits()
    with Sandbox(_JOB, _sandbox_limits(limits), workers=1, spares=0) as sandbox:
        return _clean(data, limits, sandbox)


class IntakePool:
    """Cleans photos, up to `size` at once, with as many children ready. Thread-safe; close it when done.

    An idle child holds about 25 MB. From asyncio: `await asyncio.to_thread(pool.clean, data)`.
    """

    def __init__(self, size: int = 2, limits: IntakeLimits | None = None) -> None:
        self.limits = limits or IntakeLimits()
        self._sandbox = Sandbox(_JOB, _sandbox_limits(self.limits), workers=size, spares=size)

    def clean(self, data: bytes) -> CleanPhoto:
        """A stranger's file as a photo that is safe to keep, show and work on. Raises IntakeError."""
        return _clean(data, self.limits, self._sandbox)

    def idle_pids(self) -> list[int]:
        """The child processes that wait for a photo, oldest first."""
        return self._sandbox.idle_pids()

    def close(self) -> None:
        """End all children; a photo at work becomes an IntakeError."""
        self._sandbox.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def verdict(path: Path, pool: IntakePool | None = None) -> dict[str, str]:
    """What intake says of a file on disk: {"file", "verdict": "accept" or "reject", "code", "message"}.

    `code` is "ok" for an accepted file. Raises nothing for whatever the path leads to.
    """
    limits = pool.limits if pool else IntakeLimits()
    try:
        data = read_file(path, limits)
        photo = pool.clean(data) if pool else intake(data, limits)
    except IntakeError as error:
        return {"file": str(path), "verdict": "reject", "code": error.code, "message": error.user_message}
    message = f"A clean photo of {photo.width} by {photo.height} pixels."
    return {"file": str(path), "verdict": "accept", "code": "ok", "message": message}


def verdicts(paths: Iterable[Path]) -> Iterator[dict[str, str]]:
    """The `verdict` on each file, in order, with children kept ready between them when there are several."""
    files = list(paths)
    with IntakePool(size=2) if len(files) > 1 else nullcontext() as pool:
        for path in files:
            yield verdict(path, pool)


def sniff(data: bytes) -> PhotoFormat:
    """The format by content. Raises IntakeError (empty, unsupported_format, animated)."""
    if not data:
        raise _error("empty")
    if data.startswith(b"\xff\xd8\xff"):
        return PhotoFormat.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PhotoFormat.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return PhotoFormat.WEBP
    if data[4:8] == b"ftyp":
        return _sniff_boxes(data)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        # Also a GIF with one frame: nobody's camera makes them, and the advice is the same.
        raise _error("unsupported_format", SENTENCES["animated"])
    raise _foreign(next((name for magic, name in _FOREIGN if data.startswith(magic)), None))


def _sniff_boxes(data: bytes) -> PhotoFormat:
    """AVIF and HEIF share their container (ISO/IEC 14496-12) with videos: the brands tell them apart."""
    end = min(int.from_bytes(data[:4], "big"), _BRANDS_READ_BYTES)
    major = data[8:12]
    compatible = {data[at : at + 4] for at in range(16, end, 4)}
    if major in _AVIF_BRANDS or (major in (b"mif1", b"msf1") and compatible & _AVIF_BRANDS):
        return PhotoFormat.AVIF
    if major in _HEIF_STILL_BRANDS:
        return PhotoFormat.HEIF
    if major in _HEIF_SEQUENCE_BRANDS:
        raise _error("animated")
    raise _foreign("a video")


def _foreign(name: str | None) -> IntakeError:
    if name is None:
        return _error("unsupported_format")
    return _error("unsupported_format", SENTENCES["foreign"], kind=name)


def _error(
    code: str, sentence: str | None = None, limits: IntakeLimits | None = None, **values: str
) -> IntakeError:
    limits = limits or IntakeLimits()
    error = IntakeError(
        code,
        sentence or SENTENCES[code],
        max_megabytes=limits.max_bytes // (1024 * 1024),
        max_megapixels=limits.max_pixels // 1_000_000,
        **values,
    )
    error.retryable = code in _RETRYABLE
    return error


def read_file(path: Path, limits: IntakeLimits | None = None) -> bytes:
    """At most one byte more than is allowed, of an ordinary file only: a pipe or a device may never end.

    Raises IntakeError (no_file).
    """
    limits = limits or IntakeLimits()
    try:
        if not path.is_file():
            raise _error("no_file")
        with path.open("rb") as stream:
            return stream.read(limits.max_bytes + 1)
    except (OSError, ValueError) as error:
        raise _error("no_file") from error


def _sandbox_limits(limits: IntakeLimits) -> SandboxLimits:
    return SandboxLimits(
        memory_bytes=limits.memory_bytes,
        cpu_s=limits.cpu_s,
        wall_s=limits.wall_s,
        queue_s=limits.queue_s,
        output_bytes=limits.long_side_px**2 * _PIXEL_BYTES,
    )


def _clean(data: bytes, limits: IntakeLimits, sandbox: Sandbox) -> CleanPhoto:
    if len(data) > limits.max_bytes:
        raise _error("too_large_file", limits=limits)
    photo_format = sniff(data)
    order: dict[str, object] = {
        "format": photo_format.value,
        "max_pixels": limits.max_pixels,
        "max_aspect": limits.max_aspect,
        "min_side_px": limits.min_heif_side_px if photo_format is PhotoFormat.HEIF else limits.min_side_px,
        "long_side_px": limits.long_side_px,
    }
    try:
        answer, pixels = sandbox.run(order, data)
    except SandboxError as error:
        code = _code_of(error)
        if code not in _CHILD_MAY_SAY:
            _log.warning("intake of %d bytes of %s: %s (%s)", len(data), photo_format, code, error)
        raise _error(code, limits=limits) from error
    return _encoded(answer.get("width"), answer.get("height"), pixels, limits)


def _code_of(error: SandboxError) -> str:
    match error:
        case JobRefusedByChildError():
            return error.code if error.code in _CHILD_MAY_SAY else "crashed"
        case JobTimeoutError():
            return "timeout"
        case JobDiedError():
            # Nobody but the kernel, short of memory, and an operator send this one.
            return "unavailable" if error.signal_number == signal.SIGKILL else "crashed"
        case SandboxBusyError():
            return "busy"
    return "unavailable"


def _encoded(width: object, height: object, pixels: bytes, limits: IntakeLimits) -> CleanPhoto:
    """The photo, after a look at whether the child's numbers and its pixels agree.

    4:4:4, because the seams and prints that the try-on has to keep are fine and coloured.
    """
    if not (isinstance(width, int) and isinstance(height, int)) or len(pixels) != width * height * _PIXEL_BYTES:
        raise _error("crashed")
    if not (0 < width <= limits.long_side_px and 0 < height <= limits.long_side_px):
        raise _error("crashed")
    encoded = BytesIO()
    picture = Image.frombuffer("RGB", (width, height), pixels, "raw", "RGB", 0, 1)
    picture.save(encoded, "JPEG", quality=limits.jpeg_quality, subsampling="4:4:4")
    data = encoded.getvalue()
    return CleanPhoto(data=data, sha256=hashlib.sha256(data).hexdigest(), width=width, height=height)
