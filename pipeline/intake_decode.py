"""A stranger's file to raw sRGB pixels. Runs in a child process of `pipeline.sandbox`, never in ours.

The answer is pixels and two numbers, not a picture file: whatever a broken decoder is made to do, the process
that asked gets nothing that it would have to parse. It encodes the pixels itself.

Everything is imported at the top: once the child has dropped its rights it cannot open a file any more, not
even a module.
"""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Callable
from io import BytesIO

import pillow_heif
from PIL import (
    AvifImagePlugin,
    Image,
    ImageCms,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,  # noqa: F401 - reads EXIF; Pillow would import it when it is too late
    WebPImagePlugin,
)

from pipeline.sandbox_child import Info, JobRefusedError

_OPENERS: dict[str, Callable[[BytesIO], ImageFile.ImageFile]] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "png": PngImagePlugin.PngImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "avif": AvifImagePlugin.AvifImageFile,
    "heif": pillow_heif.HeifImageFile,
}
"""Format name of `pipeline.intake` to the one decoder that sees the file. `Image.open` would try others, and
import them. An MPO, the JPEG with several pictures of many phones, is a JPEG followed by more of them: read as
a JPEG it is its first picture."""

BACKDROP_GREY = 224
"""What shows through where a picture is transparent: not white, so that a white shirt that was cut out keeps
its outline, and far from black for the same reason."""

_DECODER_THREADS = 2
_NEAR_ENOUGH = 7 / 8
"""A long side this close below the limit is as good as the limit."""

_ORIENTATION_TAG = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to the turn that undoes it (CIPA DC-008, 4.6.5)."""

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_SIXTEEN_TO_EIGHT = [(value + 128) // 257 for value in range(65536)]
_LIBJPEG_FILL = (128, 128, 128)

Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and is checked before Pillow's would be
AvifImagePlugin.DEFAULT_MAX_THREADS = _DECODER_THREADS
pillow_heif.options.THUMBNAILS = False
pillow_heif.options.DEPTH_IMAGES = False
pillow_heif.options.AUX_IMAGES = False
pillow_heif.options.DECODE_THREADS = _DECODER_THREADS
warnings.simplefilter("ignore")  # odd metadata is dropped with the rest: nobody reads what Pillow says of it


def decode(info: Info, data: bytes) -> tuple[Info, bytes]:
    """The job. `info` holds "format" (a key of `_OPENERS`) and the integers "max_pixels", "min_side_px",
    "max_aspect" and "long_side_px".

    Returns {"width", "height"} and width * height * 3 bytes, sRGB, upright, row by row. Raises JobRefusedError
    with too_many_pixels, too_small, bad_aspect, animated or corrupt; MemoryError.
    """
    try:
        picture = _decoded(info, data)
        long_side_px = _number(info, "long_side_px")
        pixels = _srgb(_shrunk(_eight_bit(picture), long_side_px))
        turn = _UPRIGHT.get(_orientation(picture, str(info["format"])))
        if turn is not None:
            pixels = pixels.transpose(turn)
    except (MemoryError, JobRefusedError):
        raise
    except Exception as error:  # decoders raise whatever they like: struct.error, SyntaxError, IndexError, ...
        raise JobRefusedError("corrupt") from error
    return {"width": pixels.width, "height": pixels.height}, pixels.tobytes()


def _decoded(info: Info, data: bytes) -> Image.Image:
    """The first picture of the file with its pixels loaded, at full size or a power of two below it."""
    form = str(info["format"])
    declared = _declared_size(form, data)
    if declared is not None:
        _refuse_bomb(declared, info)
    if form == "png" and _is_animated_png(data):
        raise JobRefusedError("animated")
    picture = _OPENERS[form](BytesIO(data))
    _refuse_unfit(picture.size, info)
    # Several pictures in one HEIF are gain maps, bursts and previews of ordinary phones: its main one counts.
    if form in ("webp", "avif") and getattr(picture, "n_frames", 1) > 1:
        raise JobRefusedError("animated")
    if form == "jpeg":  # libjpeg leaves out the detail that would be thrown away: half the time
        halves = _whole_shrink(picture.size, _number(info, "long_side_px"))
        picture.draft(None, (picture.width // halves, picture.height // halves))
    opened = picture.size
    picture.load()
    if picture.size != opened:  # a HEIF decoder may find another size than the container declares
        _refuse_unfit(picture.size, info)
    if form == "jpeg" and _stops_halfway(picture):
        raise JobRefusedError("corrupt")
    return picture


def _number(info: Info, name: str) -> int:
    value = info[name]
    if not isinstance(value, int):
        raise TypeError(name)
    return value


def _refuse_bomb(size: tuple[int, int], info: Info) -> None:
    width, height = size
    if width <= 0 or height <= 0:
        raise JobRefusedError("corrupt")
    if width * height > _number(info, "max_pixels"):
        raise JobRefusedError("too_many_pixels")


def _refuse_unfit(size: tuple[int, int], info: Info) -> None:
    """Judge the declared size, before a pixel is decoded."""
    _refuse_bomb(size, info)
    short, long = sorted(size)
    if short < _number(info, "min_side_px"):
        raise JobRefusedError("too_small")
    if long > short * _number(info, "max_aspect"):
        raise JobRefusedError("bad_aspect")


def _declared_size(form: str, data: bytes) -> tuple[int, int] | None:
    """Width and height from the fixed header of a PNG or WebP; None when there is none.

    Pillow allocates two canvases when it opens a WebP, and reads a PNG up to its pixels: both before it tells
    the size. The other formats are opened without allocating anything.
    """
    if form == "png" and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
        return int(width), int(height)
    if form != "webp" or len(data) < 30:
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _is_animated_png(data: bytes) -> bool:
    """Whether an acTL chunk before the pixels declares anything but one frame.

    Read here because Pillow takes a file with an impossible number of frames for a still picture.
    """
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"acTL":
            return length < 4 or data[at + 8 : at + 12] != b"\0\0\0\1"
        if kind == b"IDAT":
            return False
        at += 12 + length
    return False


def _stops_halfway(picture: Image.Image) -> bool:
    """Whether the lower eighth is what libjpeg fills in for pixels that never came.

    A JPEG that was cut and closed with a proper end marker, or whose header promises more than its data holds,
    decodes without an error. The fill is exactly mid-grey over whole rows; a picture that is mid-grey at its
    top as well was drawn like that.
    """
    if picture.mode != "RGB":
        return False
    width, height = picture.size
    strip = max(1, height // 8)
    fill = tuple((value, value) for value in _LIBJPEG_FILL)
    bottom = picture.crop((0, height - strip, width, height)).getextrema()
    return bottom == fill and picture.crop((0, 0, width, strip)).getextrema() != fill


def _orientation(picture: Image.Image, form: str) -> int:
    """The EXIF orientation, 1 when there is none that can be read.

    HEIF is upright already: libheif has applied the container's own turns, and the standard (ISO/IEC 23000-22,
    7.3.6.8) says to ignore EXIF there. Of an AVIF Pillow leaves the pixels as they are and reports the
    container's turns as if they were EXIF. Elsewhere Pillow looks into XMP when EXIF has no orientation.
    """
    if form == "heif":
        return 1
    if form == "avif":
        picture.info.pop("xmp", None)
    try:
        found = picture.getexif().get(_ORIENTATION_TAG, 1)
    except MemoryError:
        raise
    except Exception:  # a broken EXIF block spoils nothing but itself
        return 1
    return found if isinstance(found, int) else 1


def _eight_bit(picture: Image.Image) -> Image.Image:
    """L, RGB or CMYK, 8 bits a channel, opaque."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(_SIXTEEN_TO_EIGHT, "L")
    elif picture.has_transparency_data:
        with_alpha = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        backdrop = Image.new("RGB", picture.size, (BACKDROP_GREY,) * 3)
        backdrop.paste(with_alpha, mask=with_alpha.getchannel("A"))
        backdrop.info["icc_profile"] = picture.info.get("icc_profile")
        picture = backdrop
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("RGB")
    return picture


def _whole_shrink(size: tuple[int, int], long_side_px: int) -> int:
    """The whole number to divide by that brings the long side nearest to the limit without ending far below.

    Phones make 4032 pixels: halved that is 2016, for a tenth of what filtering down to 2048 costs.
    """
    long = max(size)
    least = math.ceil(long / long_side_px)
    return least if long / least >= _NEAR_ENOUGH * long_side_px else max(1, long // long_side_px)


def _shrunk(picture: Image.Image, long_side_px: int) -> Image.Image:
    """No side longer than `long_side_px`; smaller pictures keep their size."""
    whole = _whole_shrink(picture.size, long_side_px)
    if whole > 1:
        picture = picture.reduce(whole)
    scale = long_side_px / max(picture.size)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.HAMMING)


def _srgb(picture: Image.Image) -> Image.Image:
    """RGB in the sRGB space: the embedded profile applied where it fits the picture, ignored where not."""
    profile = picture.info.get("icc_profile")
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, _SRGB, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")
