"""Intake on pictures made here: what comes out, what is refused and what the person reads."""

from __future__ import annotations

import hashlib
import json
import os
import select
import signal
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, ImageDraw, PngImagePlugin

from pipeline.errors import IntakeError
from pipeline.intake import SENTENCES, IntakeLimits, IntakePool, intake, verdict, verdicts
from pipeline.types import CleanPhoto

PLANTED = "PLANTED-4711-51.4778N"
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
RED, LIME, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
pillow_heif.register_heif_opener()


@pytest.fixture(scope="module")
def pool() -> Iterator[IntakePool]:
    with IntakePool(size=2) as pool:
        yield pool


def scene(width: int = 240, height: int = 320) -> Image.Image:
    """Red at the top left, lime at the top right, blue at the bottom left, a soft pattern between."""
    ramp = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (ramp, ramp.transpose(Image.Transpose.ROTATE_180), ramp))
    draw = ImageDraw.Draw(picture)
    for colour, left, top in ((RED, 0, 0), (LIME, width - 40, 0), (BLUE, 0, height - 40)):
        draw.rectangle((left, top, left + 39, top + 39), fill=colour)
    return picture


def encoded(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def opened(photo: CleanPhoto) -> Image.Image:
    picture = Image.open(BytesIO(photo.data))
    picture.load()
    return picture


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    value = picture.getpixel((x, y))
    assert isinstance(value, tuple)
    return tuple(int(channel) for channel in value)


def assert_near(seen: tuple[int, ...], wanted: tuple[int, ...], tolerance: int = 24) -> None:
    assert max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) <= tolerance, f"{seen} is not {wanted}"


def assert_upright_scene(picture: Image.Image) -> None:
    width, height = picture.size
    assert_near(colour_at(picture, 10, 10), RED)
    assert_near(colour_at(picture, width - 10, 10), LIME)
    assert_near(colour_at(picture, 10, height - 10), BLUE)


def refusal(data: bytes, by: Callable[[bytes], CleanPhoto]) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        by(data)
    assert caught.value.code in SENTENCES
    return caught.value


@pytest.mark.parametrize("form", FORMATS)
def test_a_photo_keeps_its_size_and_colours_in_every_format(pool: IntakePool, form: str) -> None:
    photo = pool.clean(encoded(scene(300, 400), form))
    picture = opened(photo)
    assert (photo.width, photo.height) == picture.size == (300, 400)
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert photo.sha256 == hashlib.sha256(photo.data).hexdigest()
    assert_upright_scene(picture)


def test_the_same_file_gives_the_same_bytes_every_time_and_either_way(pool: IntakePool) -> None:
    data = encoded(scene())
    assert pool.clean(data) == pool.clean(data) == intake(data)


def test_a_photo_with_gps_xmp_comment_and_profile_loses_them(pool: IntakePool) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = PLANTED
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = PLANTED
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><script>{PLANTED}</script></x:xmpmeta>'.encode()
    data = encoded(scene(), exif=exif, xmp=xmp, comment=PLANTED, icc_profile=profile)
    assert data.count(PLANTED.encode()) >= 4, "the test planted nothing"
    photo = pool.clean(data)
    picture = Image.open(BytesIO(photo.data))
    assert PLANTED.encode() not in photo.data
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not picture.getexif()
    assert picture.applist == [("APP0", picture.app["APP0"])]  # type: ignore[attr-defined] # of JPEG files only


def test_text_in_a_png_is_lost(pool: IntakePool) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", f"<script>{PLANTED}</script>")
    assert PLANTED.encode() not in pool.clean(encoded(scene(), "PNG", pnginfo=text)).data


_STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_sideways_comes_out_upright(pool: IntakePool, form: str, orientation: int) -> None:
    turn = _STORED_AS[orientation]
    stored = scene() if turn is None else scene().transpose(turn)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    picture = opened(pool.clean(encoded(stored, form, exif=exif)))
    assert picture.size == (240, 320)
    assert_upright_scene(picture)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_sideways_heic_is_turned_once(pool: IntakePool, orientation: int) -> None:
    """The encoder writes the turn into the container; the EXIF block is there as well."""
    turn = _STORED_AS[orientation]
    assert turn is not None
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = encoded(scene(320, 400).transpose(turn), "HEIF", exif=exif.tobytes())
    assert b"irot" in data
    picture = opened(pool.clean(data))
    assert picture.size == (320, 400)
    assert_upright_scene(picture)


@pytest.mark.parametrize("orientation", [0, 9, 99, 65535])
def test_an_orientation_that_does_not_exist_is_ignored(pool: IntakePool, orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    assert_upright_scene(opened(pool.clean(encoded(scene(), exif=exif))))


def test_a_broken_exif_block_spoils_nothing(pool: IntakePool) -> None:
    assert_upright_scene(
        opened(pool.clean(encoded(scene(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + b"\x01" * 40)))
    )


def test_sixteen_bits_are_scaled_not_clipped(pool: IntakePool) -> None:
    rows = struct.pack("<200H", *(column * 327 for column in range(200))) * 120
    data = encoded(Image.frombytes("I;16", (200, 120), rows), "PNG")
    picture = opened(pool.clean(data))
    for column in (5, 50, 100, 190):
        assert_near(colour_at(picture, column, 60), (round(column * 327 / 257),) * 3, 4)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_kind_of_png_becomes_colour(pool: IntakePool, mode: str) -> None:
    picture = opened(pool.clean(encoded(scene().convert(mode), "PNG")))
    assert (picture.mode, picture.size) == ("RGB", (240, 320))
    if mode in ("P", "RGBA"):
        assert_upright_scene(picture)


def test_cmyk_is_not_inverted(pool: IntakePool) -> None:
    picture = opened(pool.clean(encoded(Image.new("CMYK", (200, 200), (0, 255, 255, 0)))))
    seen = colour_at(picture, 100, 100)
    assert seen[0] > 180, f"cyan-free ink came out as {seen}"
    assert max(seen[1:]) < 90, f"cyan-free ink came out as {seen}"


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_what_is_transparent_becomes_a_neutral_light_grey(pool: IntakePool, form: str) -> None:
    picture = scene().convert("RGBA")
    picture.paste((255, 0, 255, 0), (100, 100, 180, 180))
    clean = opened(pool.clean(encoded(picture, form, lossless=True)))
    seen = colour_at(clean, 140, 140)
    assert max(seen) - min(seen) <= 4, f"{seen} is no grey"
    assert 200 <= seen[0] <= 240
    assert_upright_scene(clean)


def swapped_profile() -> bytes:
    """sRGB with the primaries of red and blue exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)


@pytest.mark.parametrize("form", FORMATS)
def test_the_colour_profile_is_applied_before_it_is_dropped(pool: IntakePool, form: str) -> None:
    picture = Image.new("RGB", (300, 300), (220, 30, 30))
    clean = opened(pool.clean(encoded(picture, form, icc_profile=swapped_profile())))
    assert_near(colour_at(clean, 150, 150), (30, 30, 220), 30)
    assert "icc_profile" not in clean.info


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_a_profile_that_does_not_fit_is_ignored(pool: IntakePool, mode: str) -> None:
    profile = b"no profile at all" if mode == "RGB" else swapped_profile()
    picture = opened(pool.clean(encoded(scene().convert(mode), icc_profile=profile)))
    assert picture.mode == "RGB"


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((4032, 3024), (2016, 1512)), ((3000, 2000), (2048, 1365)), ((1000, 2500), (819, 2048)), ((2048, 700), None)],
)
@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_a_large_photo_is_brought_down_to_2048(
    pool: IntakePool, form: str, size: tuple[int, int], wanted: tuple[int, int] | None
) -> None:
    picture = opened(pool.clean(encoded(scene(*size), form)))
    assert picture.size == (wanted or size)
    assert_near(colour_at(picture, 5, 5), RED)


def black_png(width: int, height: int, *, colour: bool = False) -> bytes:
    """A valid PNG whose pixels are all zero: a small file, however large the picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2 if colour else 0, 0, 0, 0)
    pixels = zlib.compress(bytes((width * (3 if colour else 1) + 1) * height), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def webp_header(width: int, height: int) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    body = b"VP8L" + struct.pack("<IBI", 6, 0x2F, bits) + b"\0" * 6
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def animation(form: str) -> bytes:
    frames = [scene(), scene().transpose(Image.Transpose.ROTATE_180)]
    return encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("empty", lambda: b""),
    "text": ("unsupported_format", lambda: b"hello, this is a photo"),
    "a gif": ("unsupported_format", lambda: encoded(scene(), "GIF")),
    "a tiff": ("unsupported_format", lambda: encoded(scene(), "TIFF")),
    "a video": ("unsupported_format", lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(500)),
    "a heif sequence": ("animated", lambda: b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc" + bytes(500)),
    "an animated png": ("animated", lambda: animation("PNG")),
    "an animated webp": ("animated", lambda: animation("WEBP")),
    "an animated avif": ("animated", lambda: animation("AVIF")),
    "81 megapixels": ("too_many_pixels", lambda: black_png(9000, 9000)),
    "a webp that declares 131 megapixels": ("too_many_pixels", lambda: webp_header(16383, 8000)),
    "a jpeg over 50 megapixels": ("too_many_pixels", lambda: encoded(Image.new("L", (8000, 6400)), quality=5)),
    "over 20 MB": ("too_large_file", lambda: b"\xff\xd8\xff" + bytes(20 * 1024 * 1024)),
    "a long strip": ("bad_aspect", lambda: encoded(scene(1400, 300))),
    "a thumbnail": ("too_small", lambda: encoded(scene(99, 140))),
    "the preview of a heic": ("too_small", lambda: encoded(scene(160, 200), "HEIF")),
    "a png with no width": ("corrupt", lambda: black_png(0, 200)),
    "a png without pixels": ("corrupt", lambda: black_png(300, 300)[:33]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_with_its_code(pool: IntakePool, name: str) -> None:
    code, make = REFUSED[name]
    error = refusal(make(), pool.clean)
    assert error.code == code
    assert not error.retryable


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_photo_that_was_cut_off_is_refused(pool: IntakePool, form: str, part: float) -> None:
    data = encoded(Image.effect_noise((400, 400), 60).convert("RGB"), form)
    assert refusal(data[: int(len(data) * part)], pool.clean).code == "corrupt"


def test_a_jpeg_that_was_cut_off_and_closed_again_is_refused(pool: IntakePool) -> None:
    """libjpeg makes no error of it: it fills the rest with grey."""
    data = encoded(scene(600, 800))
    assert refusal(data[: len(data) // 2] + b"\xff\xd9", pool.clean).code == "corrupt"


def test_a_picture_that_is_grey_all_over_is_a_picture(pool: IntakePool) -> None:
    assert pool.clean(encoded(Image.new("RGB", (300, 300), (128, 128, 128)))).width == 300


def test_sentences_say_what_to_do_next() -> None:
    limits = IntakeLimits(max_bytes=7 * 1024 * 1024)
    too_large = refusal(b"\xff\xd8\xff" + bytes(8 << 20), lambda data: intake(data, limits))
    assert "7 MB" in too_large.user_message
    gif = refusal(encoded(scene(), "GIF"), intake)
    assert gif.user_message == "Animated pictures don't work here. Send a still photo (JPEG, PNG, WebP or HEIC)."
    assert "a video" in refusal(REFUSED["a video"][1](), intake).user_message
    for code, sentence in SENTENCES.items():
        assert sentence.endswith("."), code
        assert len(sentence.rstrip(".").split(". ")) == 2, f"{code} does not say what happened and what to do"


def wait_until_gone(pid: int) -> None:
    descriptor = os.pidfd_open(pid)
    try:
        watch = select.poll()
        watch.register(descriptor, select.POLLIN)
        assert watch.poll(30_000), f"process {pid} is still there"
    finally:
        os.close(descriptor)


def test_a_child_that_hangs_is_a_timeout_and_the_next_photo_works() -> None:
    with IntakePool(size=1, limits=IntakeLimits(wall_s=3.0)) as pool:
        (pid,) = pool.idle_pids()
        os.kill(pid, signal.SIGSTOP)
        assert refusal(encoded(scene()), pool.clean).code == "timeout"
        assert pool.clean(encoded(scene())).width == 240


def test_a_child_that_is_killed_at_work_is_an_error_and_the_next_photo_works() -> None:
    errors: list[IntakeError] = []
    with IntakePool(size=1) as pool:
        (pid,) = pool.idle_pids()
        os.kill(pid, signal.SIGSTOP)
        worker = threading.Thread(target=lambda: errors.append(refusal(encoded(scene()), pool.clean)))
        worker.start()
        while pid in pool.idle_pids():
            os.sched_yield()
        os.kill(pid, signal.SIGKILL)
        worker.join(30)
        assert [(error.code, error.retryable) for error in errors] == [("unavailable", True)]
        assert pool.clean(encoded(scene())).width == 240


def test_a_child_that_is_killed_while_it_waits_costs_nobody_a_photo() -> None:
    with IntakePool(size=1) as pool:
        (pid,) = pool.idle_pids()
        os.kill(pid, signal.SIGKILL)
        wait_until_gone(pid)
        assert pool.clean(encoded(scene())).width == 240


def test_a_picture_that_needs_too_much_memory_is_refused_and_the_next_photo_works() -> None:
    with IntakePool(size=1, limits=IntakeLimits(memory_bytes=160 << 20)) as pool:
        assert refusal(black_png(7000, 7000, colour=True), pool.clean).code == "out_of_memory"
        assert pool.clean(encoded(scene())).width == 240


def test_a_picture_that_needs_too_much_cpu_time_is_refused_and_the_next_photo_works() -> None:
    with IntakePool(size=1, limits=IntakeLimits(cpu_s=1)) as pool:
        data = encoded(scene(6000, 8000), progressive=True, quality=20)
        last_scan = data.rindex(b"\xff\xda")
        slow = data[:-2] + data[last_scan:-2] * 60 + b"\xff\xd9"
        assert refusal(slow, pool.clean).code == "timeout"
        assert pool.clean(encoded(scene())).width == 240


def test_a_closed_pool_says_so() -> None:
    pool = IntakePool(size=1)
    pool.close()
    assert refusal(encoded(scene()), pool.clean).code == "unavailable"


def test_the_verdict_on_files_is_one_json_object_each(tmp_path: Path) -> None:
    good, bad, folder, pipe = (tmp_path / name for name in ("good.txt", "bad.jpg", "folder", "pipe"))
    good.write_bytes(encoded(scene()))
    bad.write_bytes(b"not a photo")
    folder.mkdir()
    os.mkfifo(pipe)
    said = list(verdicts([good, bad, folder, pipe, tmp_path / "missing"]))
    assert [(one["verdict"], one["code"]) for one in said] == [
        ("accept", "ok"),
        ("reject", "unsupported_format"),
        ("reject", "no_file"),
        ("reject", "no_file"),
        ("reject", "no_file"),
    ]
    assert all(set(json.loads(json.dumps(one))) == {"file", "verdict", "code", "message"} for one in said)
    assert verdict(good) == said[0]


_SEEDS = [encoded(scene(120, 130), form) for form in FORMATS[:4]] + [encoded(scene(260, 280), "HEIF")]
_EDITS = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 12)), max_size=6)


def mutated(seed: bytes, edits: list[tuple[float, bytes, int]], kept: float) -> bytes:
    data = bytearray(seed)
    for place, insert, drop in edits:
        at = int(place**3 * len(data))  # mostly in the header, where the decisions are
        data[at : at + drop] = insert
    return bytes(data[: int(len(data) * kept)])


def assert_clean_or_refused(pool: IntakePool, data: bytes) -> None:
    """Any other exception than IntakeError fails the test, and so does a file that keeps a child from starting."""
    code = "ok"
    try:
        photo = pool.clean(data)
        assert opened(photo).size == (photo.width, photo.height)
    except IntakeError as error:
        code = error.code
    assert code in {"ok", *SENTENCES} - {"unavailable", "busy"}


_FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_FUZZ
@given(seed=st.sampled_from(_SEEDS), edits=_EDITS, kept=st.sampled_from([1.0, 1.0, 0.97, 0.5]))
def test_a_mutated_photo_is_a_clean_photo_or_an_intake_error(
    pool: IntakePool, seed: bytes, edits: list[tuple[float, bytes, int]], kept: float
) -> None:
    assert_clean_or_refused(pool, mutated(seed, edits, kept))


@_FUZZ
@given(
    start=st.sampled_from([b"", b"\xff\xd8\xff\xe0", *(seed[:40] for seed in _SEEDS)]),
    rest=st.binary(max_size=400),
)
def test_random_bytes_are_an_intake_error(pool: IntakePool, start: bytes, rest: bytes) -> None:
    assert_clean_or_refused(pool, start + rest)
